import { bakePng } from '../../core/baked-png.ts'

const side = 1024
const patienceMs = 15_000

/**
 * The badge as a PNG image with the credential baked into it, drawn here from the SVG image: for achievements that bring no PNG image along.
 * Throws where the image cannot be had or drawn.
 */
export async function drawPngBadge(svgUrl: string, credential: string): Promise<Uint8Array> {
  const image = new Image(side, side)
  image.src = svgUrl
  await Promise.race([image.decode(), tooLate()])
  const canvas = document.createElement('canvas')
  canvas.width = side
  canvas.height = side
  canvas.getContext('2d')?.drawImage(image, 0, 0, side, side)
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'))
  if (!blob) throw new Error('the image could not be drawn')
  return bakePng(new Uint8Array(await blob.arrayBuffer()), credential)
}

function tooLate(): Promise<never> {
  return new Promise((_, reject) => {
    setTimeout(() => reject(new Error('the image did not come')), patienceMs)
  })
}
