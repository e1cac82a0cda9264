import { concatBytes } from './bytes.ts'
import { InvalidInputError } from './error.ts'
import { bytesOf, modularPower, numberOf } from './prime-field.ts'

/** y² = x³ + ax + b over a prime field; each prime is 3 modulo 4, so that a square root is a power. SEC 2, FIPS 186-5. */
interface Curve {
  readonly prime: bigint
  readonly a: bigint
  readonly b: bigint
  readonly size: number
}

const p256 = 2n ** 256n - 2n ** 224n + 2n ** 192n + 2n ** 96n - 1n
const p384 = 2n ** 384n - 2n ** 128n - 2n ** 96n + 2n ** 32n - 1n
const p521 = 2n ** 521n - 1n

const curves = {
  'P-256': {
    prime: p256,
    a: p256 - 3n,
    b: 0x5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604bn,
    size: 32,
  },
  'P-384': {
    prime: p384,
    a: p384 - 3n,
    b: 0xb3312fa7e23ee7e4988e056be3f82d19181d9c6efe8141120314088f5013875ac656398d8a2ed19d2a85c8edd3ec2aefn,
    size: 48,
  },
  'P-521': {
    prime: p521,
    a: p521 - 3n,
    b: 0x0051953eb9618e1c9a1f929a21a0b68540eea2da725b99b315f3b8b489918ef109e156193951ec7e937b1652c0bd3bb1bf073573df883d2c34f1ef451fd46b503f00n,
    size: 66,
  },
  secp256k1: { prime: 2n ** 256n - 2n ** 32n - 977n, a: 0n, b: 7n, size: 32 },
} as const satisfies Record<string, Curve>

export type CurveName = keyof typeof curves

export function isOnCurve(type: string): type is CurveName {
  return Object.hasOwn(curves, type)
}

/** Both coordinates of a compressed point, SEC 1 §2.3.4; throws `InvalidInputError` where it is no point of the curve. */
export function decompressPoint(
  name: CurveName,
  bytes: Uint8Array,
): { readonly x: Uint8Array; readonly y: Uint8Array } {
  const { prime, a, b, size } = curves[name]
  const x = numberOf(bytes.slice(1))
  const square = (((x * x + a) % prime) * x + b) % prime
  const root = modularPower(square, (prime + 1n) / 4n, prime)
  const isOdd = bytes[0] === 3
  const known = bytes[0] === 2 || isOdd
  if (!known || bytes.length !== size + 1 || x >= prime || (root * root) % prime !== square) {
    throw new InvalidInputError('key_malformed', `this is no point of the curve ${name}`)
  }
  const y = (root & 1n) === (isOdd ? 1n : 0n) ? root : prime - root
  return { x: bytesOf(x, size), y: bytesOf(y, size) }
}

/** The compressed point of two coordinates; throws `InvalidInputError` where they are no point of the curve. */
export function compressPoint(name: CurveName, x: Uint8Array, y: Uint8Array): Uint8Array {
  const { size } = curves[name]
  const isOdd = ((y.at(-1) ?? 0) & 1) === 1
  const bytes = concatBytes(Uint8Array.of(isOdd ? 3 : 2), x)
  if (x.length === size && y.length === size) {
    const point = decompressPoint(name, bytes)
    if (numberOf(point.y) === numberOf(y)) return bytes
  }
  throw new InvalidInputError('key_malformed', `this is no point of the curve ${name}`)
}
