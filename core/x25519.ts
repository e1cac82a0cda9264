import { InvalidInputError } from './error.ts'
import { bytesOf, modularPower, numberOf } from './prime-field.ts'

const prime = 2n ** 255n - 19n

/**
 * The X25519 key (32 bytes) that corresponds to an Ed25519 key: u = (1 + y) / (1 − y), RFC 7748 §4.1.
 *
 * Both keys write their coordinate with the lowest byte first; the highest bit of an Ed25519 key is the sign of x. Throws
 * `InvalidInputError` for the neutral point, which is nobody's key.
 */
export function montgomeryKey(ed25519Key: Uint8Array): Uint8Array {
  const y = numberOf(ed25519Key.toReversed()) % 2n ** 255n
  const divisor = (((1n - y) % prime) + prime) % prime
  if (divisor === 0n) throw new InvalidInputError('key_malformed', 'this is no key of anybody')
  const u = ((1n + y) * modularPower(divisor, prime - 2n, prime)) % prime
  return bytesOf(u, 32).toReversed()
}
