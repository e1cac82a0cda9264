import { fromMultibase, toMultibase } from './bytes.ts'
import type { Json, JsonObject } from './canonical.ts'
import { compressPoint, decompressPoint, isOnCurve } from './curve-point.ts'
import { InvalidInputError, pointerTo } from './error.ts'
import { isObject } from './i-json.ts'
import type { PublicKey } from './multikey.ts'

/** A public key as a JSON Web Key, RFC 7517, RFC 8037. Throws `InvalidInputError` for a type that has none. */
export function toJwk({ type, bytes }: PublicKey): JsonObject {
  if (type === 'Ed25519' || type === 'X25519') {
    return { kty: 'OKP', crv: type, x: toBase64Url(bytes) }
  }
  if (type === 'BLS12-381 G2') {
    throw new InvalidInputError('key_type_unknown', `a key of type ${type} has no JSON Web Key`)
  }
  const { x, y } = decompressPoint(type, bytes)
  return { kty: 'EC', crv: type, x: toBase64Url(x), y: toBase64Url(y) }
}

/** The public key in a JSON Web Key. It is untrusted; throws `InvalidInputError`, also where it holds a private key. */
export function parseJwk(value: Json | undefined, pointer = ''): PublicKey {
  if (!isObject(value)) throw new InvalidInputError('key_malformed', 'expected a key', pointer)
  if (value['d'] !== undefined) {
    throw new InvalidInputError('key_malformed', 'it holds a private key', pointerTo(pointer, 'd'))
  }
  const bytesAt = (name: string): Uint8Array => {
    const text = value[name]
    const place = pointerTo(pointer, name)
    if (typeof text === 'string') return fromMultibase(`u${text}`, place)
    throw new InvalidInputError('key_malformed', 'expected base64url', place)
  }
  const { kty, crv } = value
  if (kty === 'OKP' && (crv === 'Ed25519' || crv === 'X25519')) {
    const bytes = bytesAt('x')
    if (bytes.length === 32) return { type: crv, bytes }
    throw new InvalidInputError('key_length', 'expected 32 bytes', pointerTo(pointer, 'x'))
  }
  if (kty === 'EC' && typeof crv === 'string' && isOnCurve(crv)) {
    return { type: crv, bytes: compressPoint(crv, bytesAt('x'), bytesAt('y')) }
  }
  throw new InvalidInputError('key_type_unknown', 'a key of a type that is not known here', pointer)
}

function toBase64Url(bytes: Uint8Array): string {
  return toMultibase(bytes).slice(1)
}
