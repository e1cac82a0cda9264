import { crc32, deflateSync } from 'node:zlib'

// Images that are put together byte by byte, so that nothing of what is tested made them.

const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])

/** A chunk with its length and CRC, PNG §5.3. */
export function chunk(name: string, data: Uint8Array = new Uint8Array()): Buffer {
  const body = Buffer.concat([Buffer.from(name, 'latin1'), data])
  const length = Buffer.alloc(4)
  length.writeUInt32BE(data.length)
  const check = Buffer.alloc(4)
  check.writeUInt32BE(crc32(body))
  return Buffer.concat([length, body, check])
}

const header = Buffer.from([0, 0, 0, 1, 0, 0, 0, 1, 8, 6, 0, 0, 0])
const pixel = deflateSync(Buffer.from([0, 0x2d, 0x5b, 0x4f, 0xff]))

/** An image of one pixel with these chunks before its pixel. */
export function png(...chunks: readonly Uint8Array[]): Buffer {
  return Buffer.concat([
    signature,
    chunk('IHDR', header),
    ...chunks,
    chunk('IDAT', pixel),
    chunk('IEND'),
  ])
}

export interface TextParts {
  readonly keyword?: string
  readonly flag?: number
  readonly method?: number
  readonly language?: string
  readonly translation?: string
}

/** An iTXt chunk, PNG §11.3.3.4. */
export function itxt(text: string | Uint8Array, parts: TextParts = {}): Buffer {
  const { keyword = 'openbadgecredential', flag = 0, method = 0 } = parts
  const { language = '', translation = '' } = parts
  return chunk(
    'iTXt',
    Buffer.concat([
      Buffer.from(`${keyword}\0`, 'latin1'),
      Buffer.from([flag, method]),
      Buffer.from(`${language}\0${translation}\0`),
      Buffer.from(text),
    ]),
  )
}

/** An SVG image as issuers make it, with `body` as the first thing in it. */
export function svg(body: string, attributes = ''): string {
  return `<?xml version="1.0" encoding="UTF-8"?>
<svg xmlns="http://www.w3.org/2000/svg" xmlns:openbadges="https://purl.imsglobal.org/ob/v3p0" viewBox="0 0 9 9"${attributes}>
  ${body}
  <circle cx="4" cy="4" r="3" fill="#2d5b4f" />
</svg>`
}

/** As Open Badges 3.0 §5.3.2 shows it. */
export function credentialElement(text: string): string {
  return `<openbadges:credential>
    <![CDATA[
      ${text}
    ]]>
  </openbadges:credential>`
}

export const jws = `eyJhbGciOiJSUzI1NiJ9.${Buffer.from('{"a":1}').toString('base64url')}.c2lnbmF0dXJl`
