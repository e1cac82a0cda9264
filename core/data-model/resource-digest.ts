import { fromMultibase } from '../bytes.ts'
import type { Json } from '../canonical.ts'
import { InvalidInputError } from '../error.ts'
import { fromBase58 } from '../multikey.ts'
import { type HashName, hashNames } from './known-resource.ts'

/** What a digest says: the hash function, and its value. */
export interface ResourceDigest {
  readonly hash: HashName
  readonly bytes: Uint8Array
}

const lengths: Readonly<Record<HashName, number>> = { sha256: 32, sha384: 48, sha512: 64 }
/** Multihash codes and lengths, by their first two bytes. */
const multihashes: Readonly<Record<HashName, readonly [number, number]>> = {
  sha256: [0x12, 32],
  sha384: [0x20, 48],
  sha512: [0x13, 64],
}
// Subresource Integrity §3.5, with the alphabets of both base64s as CSP 3 `base64-value` has them.
const hashExpression = /^(sha256|sha384|sha512)-([A-Za-z0-9+/_-]+)={0,2}(?:\?[\x21-\x7e]*)?$/

/** The digests of a `digestSRI`: those of the strongest hash function in it, any of which may match. Throws `InvalidInputError`. */
export function parseSri(value: Json | undefined, pointer: string): readonly ResourceDigest[] {
  if (typeof value !== 'string' || value.length > 2_000) throw malformed('sha384-…', pointer)
  const digests = value.split(' ').map((expression) => {
    const match = hashExpression.exec(expression)
    if (!match) throw malformed('sha384- and base64', pointer)
    const hash = match[1] as HashName
    const text = (match[2] as string).replaceAll('+', '-').replaceAll('/', '_')
    return sized(hash, fromMultibase(`u${text}`, pointer), pointer)
  })
  const strongest = hashNames.findLast((name) => digests.some(({ hash }) => hash === name))
  return digests.filter(({ hash }) => hash === strongest)
}

/**
 * The digest of a `digestMultibase`: multibase `u` or `z` of a multihash (VC Data Integrity §2.6), or of the bare digest, whose
 * length then says which it is, as public suites and issuers write it. Throws `InvalidInputError`.
 */
export function parseMultibaseDigest(value: Json | undefined, pointer: string): ResourceDigest {
  if (typeof value !== 'string') throw malformed('u and base64url, or z and base58', pointer)
  const bytes = value.startsWith('z') ? fromBase58(value, pointer) : fromMultibase(value, pointer)
  for (const hash of hashNames) {
    const [code, length] = multihashes[hash]
    if (bytes.length === length + 2 && bytes[0] === code && bytes[1] === length) {
      return { hash, bytes: bytes.slice(2) }
    }
  }
  const hash = hashNames.find((name) => lengths[name] === bytes.length)
  if (!hash) throw malformed('a SHA-256, SHA-384 or SHA-512 digest', pointer)
  return { hash, bytes }
}

function sized(hash: HashName, bytes: Uint8Array, pointer: string): ResourceDigest {
  if (bytes.length === lengths[hash]) return { hash, bytes }
  throw malformed(`the ${lengths[hash]} bytes of ${hash}`, pointer)
}

function malformed(expected: string, pointer: string): InvalidInputError {
  return new InvalidInputError(
    'digest_malformed',
    `expected a digest in the form of ${expected}`,
    pointer,
  )
}
