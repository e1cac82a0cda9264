import { sha256 as portableSha256 } from '@noble/hashes/sha2.js'
import { utf8 } from './bytes.ts'
import { invariant } from './error.ts'
import { messageSlice } from './kernel/kernel.ts'
import { scalar } from './kernel/scalar.ts'
import type { Sha256 } from './making.ts'

let platform: Sha256 = (data) => portableSha256(typeof data === 'string' ? utf8(data) : data)

/** Keccak-256 as Ethereum uses it, 32 bytes. */
export function keccak256(bytes: Uint8Array): Uint8Array {
  const { memory, buffer, state } = scalar
  scalar.start()
  let at = 0
  for (; bytes.length - at > messageSlice; at += messageSlice) {
    memory.set(bytes.subarray(at, at + messageSlice), buffer)
    scalar.absorb(messageSlice)
  }
  memory.set(at === 0 ? bytes : bytes.subarray(at), buffer)
  scalar.finish(bytes.length - at)
  return memory.slice(state, state + 32)
}

/** SHA-256 of bytes, or of a text as UTF-8; 32 bytes. */
export function sha256(data: Uint8Array | string): Uint8Array {
  return platform(data)
}

/**
 * Has SHA-256 computed by what the platform has built in, from now on and in all of this process: many times faster than JavaScript,
 * which runs everywhere. Called once, by whoever starts the process.
 */
export function useSha256(builtIn: Sha256): void {
  const [first, last] = [0xba, 0xad] // FIPS 180-4, example "abc"
  const sample = builtIn('abc')
  invariant(
    sample.length === 32 && sample[0] === first && sample[31] === last,
    'the platform computes SHA-256',
  )
  platform = builtIn
}
