import { concatBytes, fromHex, toHex, utf8 } from './bytes.ts'
import { InvalidInputError, invariant } from './error.ts'
import { keccak256 } from './hash.ts'

/** The first four bytes of the hash of a function's signature, for example `verify(address,bytes32,uint256,bytes32[])`. */
export function selectorOf(signature: string): Uint8Array {
  return keccak256(utf8(signature)).slice(0, 4)
}

/** A 32-byte word holding an unsigned integer. */
export function uintWord(value: number | bigint): Uint8Array {
  const word = new Uint8Array(32)
  let rest = BigInt(value)
  invariant(rest >= 0n, 'an unsigned integer')
  for (let i = 31; rest > 0n; i--, rest >>= 8n) {
    invariant(i >= 0, 'at most 256 bits')
    word[i] = Number(rest & 0xffn)
  }
  return word
}

/** A 32-byte word holding an address of 20 bytes. */
export function addressWord(address: string): Uint8Array {
  return concatBytes(new Uint8Array(12), fromHex(address, 20))
}

/** Addresses with the case of their checksum, by any spelling that was asked for: the same few come again and again. */
const knownAddresses = new Map<string, string>()
const mostAddresses = 4096

/** An address with its checksum in the case of its letters, EIP-55. Throws `InvalidInputError` for other text. */
export function checksumAddress(text: string, pointer = ''): string {
  const known = knownAddresses.get(text)
  if (known !== undefined) return known
  if (!/^0x[0-9a-fA-F]{40}$/.test(text)) {
    throw new InvalidInputError('address_malformed', 'expected 0x and 40 hex digits', pointer)
  }
  const digits = text.slice(2).toLowerCase()
  const hash = toHex(keccak256(utf8(digits))).slice(2)
  const cased = Array.from(digits, (digit, i) =>
    Number.parseInt(hash[i] as string, 16) >= 8 ? digit.toUpperCase() : digit,
  ).join('')
  const isMixed = /[a-f]/.test(text.slice(2)) && /[A-F]/.test(text.slice(2))
  if (isMixed && cased !== text.slice(2)) {
    throw new InvalidInputError(
      'address_checksum',
      `${text} has a typing error: its EIP-55 checksum does not fit`,
      pointer,
    )
  }
  // Strangers choose what is asked for, so the room is bounded.
  if (knownAddresses.size >= mostAddresses) knownAddresses.clear()
  knownAddresses.set(text, `0x${cased}`)
  return `0x${cased}`
}

/** Reads ABI-encoded bytes word by word; throws `InvalidInputError` where they end early or hold what no encoder writes. */
export class AbiReader {
  readonly #bytes: Uint8Array
  readonly #pointer: string

  constructor(bytes: Uint8Array, pointer = '') {
    this.#bytes = bytes
    this.#pointer = pointer
  }

  get length(): number {
    return this.#bytes.length
  }

  /** A view of the bytes, not a copy. */
  word(at: number): Uint8Array {
    this.#reach(at)
    return this.#bytes.subarray(at, at + 32)
  }

  uint(at: number): bigint {
    return BigInt(toHex(this.word(at)))
  }

  /** An unsigned integer of at most `bits`, which a JavaScript number holds. */
  index(at: number, bits = 53): number {
    this.#reach(at)
    const bytes = this.#bytes
    let high = 0
    for (let i = at; i < at + 25; i++) high |= bytes[i] as number
    let value = 0
    for (let i = at + 25; i < at + 32; i++) value = value * 256 + (bytes[i] as number)
    if (high !== 0 || value >= 2 ** bits) {
      throw this.#malformed(`holds too large a number at byte ${at}`)
    }
    return value
  }

  address(at: number): string {
    const word = this.word(at)
    for (let i = 0; i < 12; i++) {
      if (word[i] !== 0) throw this.#malformed(`holds no address at byte ${at}`)
    }
    return checksumAddress(toHex(word.subarray(12)))
  }

  flag(at: number): boolean {
    const value = this.uint(at)
    if (value > 1n) throw this.#malformed(`holds no boolean at byte ${at}`)
    return value === 1n
  }

  /** A `string` whose length word stands at `at`. */
  text(at: number): string {
    const length = this.index(at)
    if (at + 32 + length > this.#bytes.length) throw this.#malformed('ends within a text')
    const bytes = this.#bytes.subarray(at + 32, at + 32 + length)
    return new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes)
  }

  #reach(at: number): void {
    if (!Number.isSafeInteger(at) || at < 0 || at + 32 > this.#bytes.length) {
      throw this.#malformed(`ends before byte ${at + 32}`)
    }
  }

  #malformed(what: string): InvalidInputError {
    return new InvalidInputError(
      'abi_malformed',
      `the ABI-encoded bytes are malformed: ${what}`,
      this.#pointer,
    )
  }
}
