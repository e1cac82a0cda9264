import { imageLimit } from '../../core/achievement.ts'

/** A file is read as a whole before it is drawn. */
const mostBytes = 10_000_000
const widths = [256, 192, 128, 96, 72, 56, 44, 36, 28, 20]
const kinds = ['image/svg+xml', 'image/png', 'image/jpeg', 'image/webp']

/** An image that fits into a credential. */
export interface Badge {
  readonly url: string
  /** `undefined` for what was left as it is. */
  readonly width: number | undefined
}

/** Fits an untrusted image file into a credential: as it is, or redrawn as a small PNG. `undefined` where neither works. */
export async function fitBadge(file: File): Promise<Badge | undefined> {
  if (file.size > mostBytes || !kinds.includes(file.type)) return undefined
  const url = await dataUrl(file)
  // Badges are baked into PNG and SVG alone.
  const isBadge = file.type === 'image/png' || file.type === 'image/svg+xml'
  if (isBadge && url.length <= imageLimit) return { url, width: undefined }
  const image = await drawn(url)
  if (!image) return undefined
  for (const width of widths) {
    for (const levels of [256, 4]) {
      const small = redrawn(image, width, levels)
      if (small.length <= imageLimit) return { url: small, width }
    }
  }
  return undefined
}

function dataUrl(file: File): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader()
    reader.onload = () => resolve(String(reader.result))
    reader.onerror = () => reject(reader.error)
    reader.readAsDataURL(file)
  })
}

/** As an image nothing in an SVG runs, and nothing is loaded for it. */
async function drawn(url: string): Promise<HTMLImageElement | undefined> {
  const image = new Image()
  image.src = url
  try {
    await image.decode()
    return image
  } catch {
    return undefined
  }
}

/** `levels` is how many values each colour may take: the fewer, the shorter the PNG. */
function redrawn(image: HTMLImageElement, width: number, levels: number): string {
  const ratio = image.naturalHeight / Math.max(1, image.naturalWidth) || 1
  const canvas = document.createElement('canvas')
  canvas.width = width
  canvas.height = Math.max(1, Math.min(width * 2, Math.round(width * ratio)))
  const context = canvas.getContext('2d')
  context?.drawImage(image, 0, 0, canvas.width, canvas.height)
  if (context && levels < 256) {
    const pixels = context.getImageData(0, 0, canvas.width, canvas.height)
    const step = 255 / (levels - 1)
    pixels.data.forEach((value, i) => {
      pixels.data[i] = Math.round(Math.round(value / step) * step)
    })
    context.putImageData(pixels, 0, 0)
  }
  return canvas.toDataURL('image/png')
}
