import encodeChunks from 'png-chunks-encode'
import extractChunks from 'png-chunks-extract'
import { concatBytes, utf8 } from './bytes.ts'
import { InvalidInputError, messageOf } from './error.ts'
import { credentialLimits } from './i-json.ts'

// Open Badges 3.0 §5.3.1, and Open Badges 2.0 baking.
const keyword = 'openbadgecredential'
const oldKeyword = 'openbadges'

/** Images of 2 MiB have some hundred. */
const maxChunks = 10_000

interface Chunk {
  readonly name: string
  readonly data: Uint8Array
}

/** A text chunk's data from its keyword on. PNG §11.3.3. */
interface KeyedChunk extends Chunk {
  readonly keyword: string
}

/**
 * The text that is baked into a PNG image: the credential's JSON, or a JWS.
 *
 * The bytes are untrusted. Throws `InvalidInputError` where they are no whole PNG image (`png_malformed`), hold no credential (`badge_empty`),
 * hold several (`badge_ambiguous`), an Open Badges 2 assertion (`open_badges_2`), or a text beyond the size of a credential (`too_large`).
 */
export async function unbakePng(png: Uint8Array): Promise<Uint8Array> {
  const chunks = readChunks(png).flatMap(keyed)
  const found = chunks.filter((chunk) => chunk.name === 'iTXt' && chunk.keyword === keyword)
  const [only] = found
  if (found.length > 1) {
    throw new InvalidInputError(
      'badge_ambiguous',
      'this PNG image holds several credentials, of which a verifier could see either; ask for the badge as its issuer handed it out',
    )
  }
  if (only) return readText(only)
  if (chunks.some((chunk) => chunk.keyword === oldKeyword)) {
    throw new InvalidInputError(
      'open_badges_2',
      'this PNG image is an Open Badges 2 badge; credentials of Open Badges 3.0 are checked here',
    )
  }
  throw new InvalidInputError(
    'badge_empty',
    'this PNG image holds no credential. Screenshots, edited images and images that an app made smaller lose it: ask for the badge as its issuer handed it out',
  )
}

/** The image with `text` baked into it, in place of what was baked there before. Throws `InvalidInputError` (`png_malformed`). */
export function bakePng(png: Uint8Array, text: string): Uint8Array {
  const [header, ...rest] = readChunks(png)
  if (!header) throw malformed('it has no header')
  const others = rest.filter((chunk) => !isBaked(chunk))
  // Keyword NUL, no compression (0, 0), no language tag NUL, no translated keyword NUL, text. PNG §11.3.3.4.
  const data = concatBytes(utf8(`${keyword}\0\0\0\0\0`), utf8(text))
  return encodeChunks([header, { name: 'iTXt', data }, ...others])
}

/** The chunks of an image up to its end. Untrusted; throws `InvalidInputError` (`png_malformed`). */
export function readChunks(png: Uint8Array): readonly Chunk[] {
  checkLengths(png)
  try {
    return extractChunks(png)
  } catch (thrown) {
    throw malformed(messageOf(thrown))
  }
}

/** The library allocates what a length field claims, up to 4 GiB: each chunk has to lie within the bytes at hand. PNG §5.3. */
function checkLengths(png: Uint8Array): void {
  const view = new DataView(png.buffer, png.byteOffset, png.byteLength)
  let count = 0
  for (let at = 8; at < png.length; ) {
    count += 1
    if (count > maxChunks) throw malformed(`it has more than ${maxChunks} chunks`)
    const isWhole = at + 12 <= png.length && view.getUint32(at) <= png.length - at - 12
    if (!isWhole) throw malformed('it is cut off')
    if (view.getUint32(at + 4) === 0x49454e44) return // IEND: what follows is not looked at.
    at += 12 + view.getUint32(at)
  }
}

function isBaked(chunk: Chunk): boolean {
  return keyed(chunk).some((text) => text.keyword === keyword || text.keyword === oldKeyword)
}

function keyed(chunk: Chunk): readonly KeyedChunk[] {
  if (!['iTXt', 'tEXt', 'zTXt'].includes(chunk.name)) return []
  const end = chunk.data.indexOf(0)
  if (end < 0) return []
  return [{ ...chunk, keyword: String.fromCharCode(...chunk.data.subarray(0, Math.min(end, 80))) }]
}

/** PNG §11.3.3.4. Open Badges 3.0 forbids compression; what is compressed anyway is read all the same. */
async function readText({ data, keyword: { length } }: KeyedChunk): Promise<Uint8Array> {
  const flag = data[length + 1]
  const method = data[length + 2]
  const languageEnd = data.indexOf(0, length + 3)
  const translationEnd = data.indexOf(0, languageEnd + 1)
  if (languageEnd < 0 || translationEnd < 0 || method !== 0 || !(flag === 0 || flag === 1)) {
    throw malformed('its text chunk is not made as PNG says')
  }
  const text = data.subarray(translationEnd + 1)
  const plain = flag === 1 ? await inflate(text, credentialLimits.bytes) : text
  if (plain.length > credentialLimits.bytes) throw tooLarge()
  return plain
}

/** Stops as soon as more than `limit` bytes have come out: a small chunk can claim gigabytes. */
async function inflate(bytes: Uint8Array, limit: number): Promise<Uint8Array> {
  const parts: Uint8Array[] = []
  let size = 0
  const source = new Blob([bytes as BlobPart]).stream()
  const reader = source.pipeThrough(new DecompressionStream('deflate')).getReader()
  for (;;) {
    const { done, value } = await reader.read().catch((thrown: unknown) => {
      throw malformed(`its text cannot be decompressed: ${messageOf(thrown)}`)
    })
    if (done) return concatBytes(...parts)
    size += value.length
    if (size > limit) {
      await reader.cancel()
      throw tooLarge()
    }
    parts.push(value)
  }
}

function malformed(why: string): InvalidInputError {
  return new InvalidInputError(
    'png_malformed',
    `this PNG image is damaged (${why}); download it again`,
  )
}

function tooLarge(): InvalidInputError {
  return new InvalidInputError(
    'too_large',
    `more than ${credentialLimits.bytes} bytes of text are baked into this image: this is no credential`,
  )
}
