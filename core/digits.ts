import { InvalidInputError } from './error.ts'

// A code on paper holds three digits in ten bits: 56 bits in 17 digits waste less than base64url in whole bytes does.
const groupBytes = 7
const groupDigits = 17
/** Digits for 0 to 7 bytes. */
const digitsFor = [0, 3, 5, 8, 10, 13, 15, 17]

/** Bytes as decimal digits: seven bytes, big-endian, in seventeen; fewer at the end in as few as hold them. */
export function toDigits(bytes: Uint8Array): string {
  let digits = ''
  for (let i = 0; i < bytes.length; i += groupBytes) {
    const group = bytes.subarray(i, i + groupBytes)
    const value = group.reduce((sum, byte) => sum * 256n + BigInt(byte), 0n)
    digits += value.toString().padStart(digitsFor[group.length] as number, '0')
  }
  return digits
}

/** The bytes of digits, which are untrusted; each value has one spelling. Throws `InvalidInputError`. */
export function fromDigits(digits: string): Uint8Array {
  const rest = digitsFor.indexOf(digits.length % groupDigits)
  const groups = Math.floor(digits.length / groupDigits)
  if (rest < 0 || !/^\d*$/.test(digits)) throw malformed()
  const bytes = new Uint8Array(groups * groupBytes + rest)
  for (let group = 0; group * groupBytes < bytes.length; group++) {
    const start = group * groupBytes
    const end = Math.min(start + groupBytes, bytes.length)
    let value = BigInt(digits.slice(group * groupDigits, (group + 1) * groupDigits))
    for (let i = end - 1; i >= start; i--) {
      bytes[i] = Number(value & 255n)
      value >>= 8n
    }
    if (value > 0n) throw malformed()
  }
  return bytes
}

function malformed(): InvalidInputError {
  return new InvalidInputError('carried_malformed', 'these digits are not bytes: some are missing')
}
