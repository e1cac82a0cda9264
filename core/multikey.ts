import { decode, encode } from 'base58-universal'
import { concatBytes } from './bytes.ts'
import { InvalidInputError } from './error.ts'

/** Multicodec prefixes of public keys, the bytes of the key itself, and what the key is for. */
const keyTypes = {
  Ed25519: { prefix: [0xed, 0x01], length: 32 },
  X25519: { prefix: [0xec, 0x01], length: 32 },
  secp256k1: { prefix: [0xe7, 0x01], length: 33 },
  'P-256': { prefix: [0x80, 0x24], length: 33 },
  'P-384': { prefix: [0x81, 0x24], length: 49 },
  'P-521': { prefix: [0x82, 0x24], length: 67 },
  'BLS12-381 G2': { prefix: [0xeb, 0x01], length: 96 },
} as const

export type KeyType = keyof typeof keyTypes

/** A public key; on a NIST or Koblitz curve `bytes` is the compressed point. */
export interface PublicKey {
  readonly type: KeyType
  readonly bytes: Uint8Array
}

/** The text of base58 grows its work with the square of its length; no key of ours needs more. */
const maxTextLength = 1_000

/** `z` and base58btc of prefix and key, Controlled Identifiers §2.2.2. */
export function formatMultikey({ type, bytes }: PublicKey): string {
  return toBase58(concatBytes(Uint8Array.from(keyTypes[type].prefix), bytes))
}

/**
 * The public key in a multikey text. The text is untrusted.
 *
 * Throws `InvalidInputError`: `multibase_malformed` for other text, `key_type_unknown` for other prefixes, `key_length` where the key
 * is longer or shorter than its type says.
 */
export function parseMultikey(text: string, pointer = ''): PublicKey {
  const bytes = fromBase58(text, pointer)
  for (const [type, { prefix, length }] of Object.entries(keyTypes)) {
    if (bytes[0] !== prefix[0] || bytes[1] !== prefix[1]) continue
    if (bytes.length === prefix.length + length) {
      return { type: type as KeyType, bytes: bytes.slice(prefix.length) }
    }
    throw new InvalidInputError(
      'key_length',
      `a key of type ${type} has ${length} bytes, this one ${bytes.length - prefix.length}`,
      pointer,
    )
  }
  throw new InvalidInputError('key_type_unknown', 'a key of a type that is not known here', pointer)
}

/** Multibase `z`: base58btc. */
export function toBase58(bytes: Uint8Array): string {
  return `z${encode(bytes)}`
}

/** The bytes of a multibase `z` text of at most 1,000 characters; throws `InvalidInputError` for any other. */
export function fromBase58(text: string, pointer = ''): Uint8Array {
  if (text.length <= maxTextLength && /^z[1-9A-HJ-NP-Za-km-z]+$/.test(text)) {
    const bytes = decode(text.slice(1))
    if (bytes) return bytes
  }
  throw new InvalidInputError(
    'multibase_malformed',
    'expected multibase base58btc: the letter z, then base58',
    pointer,
  )
}

/**
 * Throws `InvalidInputError` (`crypto_unavailable`) where signatures cannot be checked at all: browsers keep their cryptography from
 * pages that were not loaded over https.
 */
export function requireCrypto(): void {
  if (globalThis.crypto?.subtle !== undefined) return
  throw new InvalidInputError(
    'crypto_unavailable',
    'this page was not loaded over https, so that the browser keeps its cryptography from it',
  )
}

/** Whether `signature` is the key's over `data`. Ed25519 (RFC 8032), or ECDSA with the hash of the curve's size on P-256 and P-384. */
export async function isSignedBy(
  key: PublicKey,
  data: Uint8Array,
  signature: Uint8Array,
): Promise<boolean> {
  const { from } = await (key.type === 'Ed25519'
    ? import('@digitalbazaar/ed25519-multikey')
    : import('@digitalbazaar/ecdsa-multikey'))
  try {
    const pair = await from({ type: 'Multikey', publicKeyMultibase: formatMultikey(key) })
    return await pair.verifier().verify({ data, signature })
  } catch {
    return false // a key that is no point of its curve signs nothing
  }
}
