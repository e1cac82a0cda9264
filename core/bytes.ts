import { InvalidInputError } from './error.ts'

/** A `0x` hex string. */
export type Hex = `0x${string}`

const hexOf = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'))
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
    bytes[i] = Number.parseInt(text.slice(2 + 2 * i, 4 + 2 * i), 16)
  }
  return bytes
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
  let binary = ''
  for (const byte of bytes) binary += String.fromCharCode(byte)
  const base64url = btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '')
  return `u${base64url}`
}

/** The bytes of a multibase `u` text; refuses padding and stray bits, so that a value has one spelling. */
export function fromMultibase(text: string, pointer = ''): Uint8Array {
  if (/^u[A-Za-z0-9_-]*$/.test(text) && text.length % 4 !== 2) {
    const binary = atob(text.slice(1).replaceAll('-', '+').replaceAll('_', '/'))
    const bytes = Uint8Array.from(binary, (char) => char.charCodeAt(0))
    if (toMultibase(bytes) === text) return bytes
  }
  throw new InvalidInputError(
    'multibase_malformed',
    'expected multibase base64url: the letter u, then base64url without padding',
    pointer,
  )
}
