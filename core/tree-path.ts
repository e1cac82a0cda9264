import { invariant } from './error.ts'
import { scalar } from './kernel/scalar.ts'

// The way from a leaf to the root, which is all that a verifier needs of the batch tree. Format rules 5 and 6.

/** More siblings than any batch can need: sizes are 32-bit. */
export const maxSiblings = 32

/**
 * The leaf of a digest (32 bytes) at a status index: `keccak256(keccak256(abi.encode(digest, statusIndex)))`. Format rule 5.
 *
 * Hashed twice from typed input, so that no inner node can pose as a leaf and no index can be swapped.
 */
export function leafOf(digest: Uint8Array, statusIndex: number): Uint8Array {
  invariant(digest.length === 32, 'a digest has 32 bytes')
  invariant(
    Number.isSafeInteger(statusIndex) && statusIndex >= 0,
    'a status index is a whole number',
  )
  const { memory, buffer, state } = scalar
  memory.set(digest, buffer)
  scalar.leaf(statusIndex)
  return memory.slice(state, state + 32)
}

/** Node offsets of the siblings from the leaf at `index` up, for whoever keeps the nodes elsewhere. */
export function siblingOffsets(size: number, index: number): readonly number[] {
  invariant(Number.isInteger(index) && index >= 0 && index < size, 'index within the batch')
  const offsets: number[] = []
  for (let start = 0, at = index, width = size; width > 1; ) {
    const sibling = at % 2 === 0 ? at + 1 : at - 1
    if (sibling < width) offsets.push(start + sibling)
    start += width
    at = Math.floor(at / 2)
    width = Math.ceil(width / 2)
  }
  return offsets
}

/** The root that a leaf and its siblings lead to. */
export function rootFrom(leaf: Uint8Array, siblings: readonly Uint8Array[]): Uint8Array {
  invariant(siblings.length <= maxSiblings, `at most ${maxSiblings} siblings`)
  const { memory, buffer, state } = scalar
  memory.set(nodeOf(leaf), buffer)
  for (let i = 0; i < siblings.length; i++) {
    memory.set(nodeOf(siblings[i] as Uint8Array), buffer + 32 + i * 32)
  }
  scalar.fold(siblings.length)
  return memory.slice(state, state + 32)
}

function nodeOf(bytes: Uint8Array): Uint8Array {
  invariant(bytes.length === 32, 'a node has 32 bytes')
  return bytes
}
