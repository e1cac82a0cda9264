/** The number that bytes write, highest byte first. */
export function numberOf(bytes: Uint8Array): bigint {
  let number = 0n
  for (const byte of bytes) number = (number << 8n) | BigInt(byte)
  return number
}

/** `length` bytes of a number, highest byte first. */
export function bytesOf(number: bigint, length: number): Uint8Array {
  return Uint8Array.from({ length }, (_, i) =>
    Number((number >> BigInt(8 * (length - 1 - i))) & 255n),
  )
}

/** `base` to the power of `exponent` modulo `prime`. For public keys only: its time tells the numbers. */
export function modularPower(base: bigint, exponent: bigint, prime: bigint): bigint {
  let result = 1n
  let square = base % prime
  for (let rest = exponent; rest > 0n; rest >>= 1n) {
    if (rest & 1n) result = (result * square) % prime
    square = (square * square) % prime
  }
  return result
}
