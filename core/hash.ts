import { createKeccak, createSHA256 } from 'hash-wasm'

const keccak = await createKeccak(256)
const sha = await createSHA256()

/** Keccak-256 as Ethereum uses it, 32 bytes. */
export function keccak256(bytes: Uint8Array): Uint8Array {
  return keccak.init().update(bytes).digest('binary')
}

/** SHA-256, 32 bytes. */
export function sha256(bytes: Uint8Array): Uint8Array {
  return sha.init().update(bytes).digest('binary')
}
