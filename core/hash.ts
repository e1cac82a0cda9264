import { createSHA256 } from 'hash-wasm'
import { messageSlice } from './kernel/kernel.ts'
import { scalar } from './kernel/scalar.ts'

const sha = await createSHA256()

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

/** SHA-256, 32 bytes. */
export function sha256(bytes: Uint8Array): Uint8Array {
  return sha.init().update(bytes).digest('binary')
}
