import { createKeccak } from 'hash-wasm'
import { MerkleTree } from 'merkletreejs'
import { keccak256 } from '../../core/hash.ts'
import { numberOf, type OpenContender } from '../contender.ts'
import { digests } from '../sample.ts'

/** The tree over given leaves, with hash-wasm's Keccak, or with our kernel's where `ownKernel` is set. */
export const open: OpenContender = async (task) => {
  const size = numberOf(task, 'size')
  const bytes = Buffer.from(digests(size).buffer)
  const leaves = Array.from({ length: size }, (_, i) => bytes.subarray(i * 32, i * 32 + 32))
  const keccak = await createKeccak(256)
  const withWasm = (data: Buffer) => Buffer.from(keccak.init().update(data).digest('binary'))
  const hash = task['ownKernel'] ? (data: Buffer) => Buffer.from(keccak256(data)) : withWasm
  return { run: () => new MerkleTree(leaves, hash, { sortPairs: true }).getHexRoot() }
}
