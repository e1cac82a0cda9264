import { utf8 } from './bytes.ts'
import type { Json } from './canonical.ts'
import { InvalidInputError } from './error.ts'
import { countNames, credentialLimits, type JsonLimits } from './i-json.ts'
import { parseStrictly } from './strict-json.ts'

/**
 * Parses untrusted bytes as I-JSON (RFC 7493): what `JSON.parse` would repair is refused.
 *
 * Refuses invalid UTF-8, duplicate member names, lone surrogates, numbers that a double does not hold (RFC 7493 §2.2) and anything
 * beyond `limits`. Throws `InvalidInputError` with the JSON pointer of the place.
 */
export function parseJson(input: Uint8Array | string, limits = credentialLimits): Json {
  const size = typeof input === 'string' ? utf8Length(input, limits.bytes) : input.length
  if (size > limits.bytes) {
    throw new InvalidInputError(
      'too_large',
      `${size} bytes of JSON; at most ${limits.bytes} are read`,
    )
  }
  // A byte order mark may be passed over (RFC 8259 §8.1); decoding bytes drops it, so a text loses it too.
  const text = typeof input === 'string' ? input.replace(/^\uFEFF/, '') : decodeUtf8(input)
  const value = parseFast(text, limits)
  if (value !== undefined) return value
  if (text.trim() === '') throw new InvalidInputError('empty', 'there is nothing in it')
  return parseStrictly(text, limits)
}

/** Bytes of a text, so that bytes and text have one limit; of a text beyond it anyhow, only its length. */
function utf8Length(text: string, limit: number): number {
  return text.length > limit ? text.length : utf8(text).length
}

const decoder = new TextDecoder('utf-8', { fatal: true })

function decodeUtf8(bytes: Uint8Array): string {
  try {
    return decoder.decode(bytes)
  } catch {
    throw new InvalidInputError('utf8_invalid', 'the bytes are not UTF-8; save the file as UTF-8')
  }
}

/**
 * The value as `JSON.parse` has it, which is several times faster, where it repaired nothing: of members with the same name it keeps
 * one, so that there are fewer names in the value than in the text. `undefined` where the text is to be read strictly.
 */
function parseFast(text: string, limits: JsonLimits): Json | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return countNames(value, limits) === countColons(text) ? (value as Json) : undefined
  } catch {
    return undefined // Malformed: the strict parser says where.
  }
}

const manyZeros = '0'.repeat(200)

/** Colons outside of strings, one for each member name; not a number where a number may be so small that it became 0. */
function countColons(text: string): number {
  if (text.includes(manyZeros)) return Number.NaN
  // Where nothing is escaped, the next quotation mark ends a string, and the engine finds it fastest.
  const isPlain = !text.includes('\\')
  let colons = 0
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at)
    if (unit === 0x3a) colons += 1
    else if (unit === 0x22) {
      at = isPlain ? text.indexOf('"', at + 1) : endOfString(text, at + 1)
      if (at === -1) return Number.NaN
    }
    if (unit === 0x2d && /[eE]/.test(text[at - 1] ?? '')) return Number.NaN
  }
  return colons
}

/** Where the string ends that begins before `at`. */
function endOfString(text: string, at: number): number {
  let end = at
  for (; end < text.length; end++) {
    const unit = text.charCodeAt(end)
    if (unit === 0x22) break
    if (unit === 0x5c) end += 1
  }
  return end
}
