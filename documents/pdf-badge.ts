import { inflateSync } from 'node:zlib'
import encodeChunks from 'png-chunks-encode'
import { readChunks } from '../core/baked-png.ts'
import type { Json, JsonObject } from '../core/canonical.ts'
import { isObject } from '../core/i-json.ts'

/** The picture of an achievement, and what it shows where that is said. */
export interface BadgePicture {
  readonly png: Buffer
  readonly caption: string | undefined
}

/** Pixels a side: more than print shows. */
const mostPixels = 2048
/** Samples of a pixel by colour type. PNG §11.2.1. */
const samplesOf: Readonly<Record<number, number>> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 }
const drawn = ['IHDR', 'PLTE', 'tRNS', 'IDAT', 'IEND']

/**
 * The PNG image that an achievement brings along within the credential, of which nothing is kept but its pixels; `undefined` where there
 * is none that can be drawn. Nothing is fetched. It is untrusted: an image that does not unpack to what its header says is none.
 */
export function badgePicture(credential: JsonObject): BadgePicture | undefined {
  const image = memberOf(
    memberOf(memberOf(credential, 'credentialSubject'), 'achievement'),
    'image',
  )
  const url = isObject(image) ? image['id'] : image
  const [, data] =
    typeof url === 'string' ? (/^data:image\/png;base64,([\w+/=]+)$/i.exec(url) ?? []) : []
  if (data === undefined) return undefined
  try {
    const png = pixelsOf(Buffer.from(data, 'base64'))
    const caption = memberOf(image, 'caption')
    return png && { png, caption: typeof caption === 'string' ? caption : undefined }
  } catch {
    // Issuers hand images in untested: a certificate is set without one that is damaged.
    return undefined
  }
}

function memberOf(value: Json | undefined, name: string): Json | undefined {
  return isObject(value) ? value[name] : undefined
}

function pixelsOf(bytes: Uint8Array): Buffer | undefined {
  const chunks = readChunks(bytes).filter(({ name }) => drawn.includes(name))
  const header = Buffer.from(chunks.find(({ name }) => name === 'IHDR')?.data ?? [])
  const [width, height] = [header.readUInt32BE(0), header.readUInt32BE(4)]
  const [depth = 0, colours = 0, , , interlaced] = header.subarray(8)
  const samples = samplesOf[colours]
  const isDrawn = depth <= 8 && samples !== undefined && interlaced === 0
  if (!isDrawn || Math.max(width, height) > mostPixels || width * height === 0) return undefined
  const size = height * (1 + Math.ceil((width * samples * depth) / 8))
  const packed = chunks.filter(({ name }) => name === 'IDAT').map(({ data }) => data)
  // Throws beyond: a small file can claim gigabytes.
  const { length } = inflateSync(Buffer.concat(packed), { maxOutputLength: size })
  return length === size ? Buffer.from(encodeChunks(chunks)) : undefined
}
