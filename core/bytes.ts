import { InvalidInputError } from './error.ts'

/** A `0x` hex string. */
export type Hex = `0x${string}`

const hexOf = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'))
/** The two hex digits of a byte. */
export function hexPair(byte: number): string {
  return hexOf[byte] as string
}

const hexPattern = /^0x(?:[0-9a-fA-F]{2})*$/

export function toHex(bytes: Uint8Array): Hex {
  let text: Hex = '0x'
  for (const byte of bytes) text += hexOf[byte]
  return text
}

/** Throws `InvalidInputError` where the text is not `0x` and pairs of hex digits, or not `length` bytes. */
export function fromHex(text: string, length?: number, pointer = ''): Uint8Array {
  if (!hexPattern.test(text) || (length !== undefined && text.length !== 2 + 2 * length)) {
    const size = length === undefined ? 'pairs of hex digits' : `${2 * length} hex digits`
    throw new InvalidInputError('hex_malformed', `expected 0x and ${size}`, pointer)
  }
  const bytes = new Uint8Array((text.length - 2) / 2)
  for (let i = 0; i < bytes.length; i++) {
    bytes[i] = (hexValue(text, 2 + 2 * i) << 4) | hexValue(text, 3 + 2 * i)
  }
  return bytes
}

/** Of 0-9, A-F and a-f. */
function hexValue(text: string, at: number): number {
  const unit = text.charCodeAt(at)
  return unit <= 0x39 ? unit - 0x30 : (unit & 0x0f) + 9
}

export function concatBytes(...parts: readonly Uint8Array[]): Uint8Array {
  const joined = new Uint8Array(parts.reduce((length, part) => length + part.length, 0))
  let offset = 0
  for (const part of parts) {
    joined.set(part, offset)
    offset += part.length
  }
  return joined
}

/** Order of two byte strings of the same length, as the EVM compares `bytes32`. */
export function compareBytes(a: Uint8Array, b: Uint8Array): number {
  for (let i = 0; i < a.length; i++) {
    const difference = (a[i] ?? 0) - (b[i] ?? 0)
    if (difference !== 0) return difference
  }
  return 0
}

const encoder = new TextEncoder()

export function utf8(text: string): Uint8Array {
  return encoder.encode(text)
}

/** Multibase `u`: base64url without padding. */
export function toMultibase(bytes: Uint8Array): string {
  let text = 'u'
  for (let i = 0; i < bytes.length; i += 3) {
    const [a, b = 0, c = 0] = [bytes[i] as number, bytes[i + 1], bytes[i + 2]]
    text += digits[a >> 2]
    text += digits[((a & 3) << 4) | (b >> 4)]
    if (i + 1 < bytes.length) text += digits[((b & 15) << 2) | (c >> 6)]
    if (i + 2 < bytes.length) text += digits[c & 63]
  }
  return text
}

// RFC 4648 §5
const digits = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
/** What stands for no digit has a bit above all digits. */
const noDigit = 64
const digitValues = new Uint8Array(128).fill(noDigit)
for (let i = 0; i < digits.length; i++) digitValues[digits.charCodeAt(i)] = i

function digitValue(unit: number): number {
  return unit < 128 ? (digitValues[unit] as number) : noDigit
}

/** The bytes of a multibase `u` text; refuses padding and stray bits, so that a value has one spelling. */
export function fromMultibase(text: string, pointer = ''): Uint8Array {
  const bytes = text.startsWith('u') ? fromDigits(text) : undefined
  if (bytes) return bytes
  throw new InvalidInputError(
    'multibase_malformed',
    'expected multibase base64url: the letter u, then base64url without padding',
    pointer,
  )
}

/** The bytes of the digits after the first character; `undefined` where they are not the one spelling of any. */
function fromDigits(text: string): Uint8Array | undefined {
  const bytes = new Uint8Array(Math.floor(((text.length - 1) * 3) / 4))
  let seen = 0
  let [i, at] = [1, 0]
  for (; i + 3 < text.length; i += 4, at += 3) {
    const a = digitValue(text.charCodeAt(i))
    const b = digitValue(text.charCodeAt(i + 1))
    const c = digitValue(text.charCodeAt(i + 2))
    const d = digitValue(text.charCodeAt(i + 3))
    seen |= a | b | c | d
    bytes[at] = (a << 2) | (b >> 4)
    bytes[at + 1] = (b << 4) | (c >> 2)
    bytes[at + 2] = (c << 6) | d
  }
  const rest = text.length - i
  // One digit alone is no byte; of two the last four bits, of three the last two belong to none.
  if (rest === 1) return undefined
  if (rest > 1) {
    const a = digitValue(text.charCodeAt(i))
    const b = digitValue(text.charCodeAt(i + 1))
    const c = rest === 3 ? digitValue(text.charCodeAt(i + 2)) : 0
    seen |= a | b | c
    const held = (a << 12) | (b << 6) | c
    bytes[at] = held >> 10
    if (rest === 3) bytes[at + 1] = held >> 2
    if ((held & (rest === 3 ? 0b11 : 0x3ff)) !== 0) return undefined
  }
  return seen < noDigit ? bytes : undefined
}
