import { hashLevels } from './batch-hash.ts'
import { InvalidInputError, invariant } from './error.ts'
import { scalar } from './kernel/scalar.ts'
import { refuseDuplicates } from './leaf-duplicate.ts'

/**
 * The batch tree: every level in one buffer, leaves first, 32 bytes a node. Format rule 6.
 *
 * `levels[k]` is the node offset at which level k starts; the root is the last node.
 */
export interface Tree {
  readonly nodes: Uint8Array
  readonly levels: readonly number[]
  readonly size: number
}

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

/**
 * Builds the tree level by level: pairs are sorted and hashed, an odd node is promoted unchanged (the shape of RFC 6962).
 *
 * `leaves` holds 32 bytes a leaf in status index order. Refuses an empty batch and duplicate leaves.
 */
export function buildTree(leaves: Uint8Array): Tree {
  const size = leaves.length / 32
  if (size === 0)
    throw new InvalidInputError('batch_empty', 'a batch needs at least one credential')
  refuseDuplicates(leaves)
  return treeOver(leaves)
}

/**
 * The tree over nodes that are known to differ: the leaves of a part of a batch, the roots of its parts. Leaves of `leafOf` cannot
 * repeat, as each binds its status index.
 */
export function treeOver(leaves: Uint8Array): Tree {
  const size = leaves.length / 32
  invariant(Number.isInteger(size) && size > 0, 'a leaf has 32 bytes, and a tree has one')
  const nodes = new Uint8Array(treeBytes(size))
  nodes.set(leaves)
  return completeTree(nodes, size)
}

/** Bytes that all nodes of a tree of `size` leaves take: at most 64 a leaf, and 32 a level. */
export function treeBytes(size: number): number {
  invariant(Number.isInteger(size) && size > 0, 'a tree has a leaf')
  return ((levelOffsets(size).at(-1) as number) + 1) * 32
}

/** Builds the levels in a buffer of `treeBytes` that starts with the leaves, so that a large batch holds them once. The leaves must differ. */
export function completeTree(nodes: Uint8Array, size: number): Tree {
  const levels = levelOffsets(size)
  invariant(nodes.length === treeBytes(size), 'room for every node, and no more')
  hashLevels(nodes, levels)
  return { nodes, levels, size }
}

/** Node offset of each level of a tree of `size` leaves, leaves first. */
export function levelOffsets(size: number): readonly number[] {
  const levels = [0]
  for (let width = size; width > 1; width = Math.ceil(width / 2)) {
    levels.push((levels.at(-1) as number) + width)
  }
  return levels
}

export function rootOf(tree: Tree): Uint8Array {
  return tree.nodes.slice(-32)
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

/** Sibling hashes from the leaf at `index` to the root. */
export function siblingsOf(tree: Tree, index: number): readonly Uint8Array[] {
  return siblingOffsets(tree.size, index).map((at) => tree.nodes.slice(at * 32, (at + 1) * 32))
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
