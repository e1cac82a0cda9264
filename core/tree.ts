import { hashLevels } from './batch-hash.ts'
import { InvalidInputError, invariant } from './error.ts'
import { refuseDuplicates } from './leaf-duplicate.ts'
import { siblingOffsets } from './tree-path.ts'

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

/** Sibling hashes from the leaf at `index` to the root. */
export function siblingsOf(tree: Tree, index: number): readonly Uint8Array[] {
  return siblingOffsets(tree.size, index).map((at) => tree.nodes.slice(at * 32, (at + 1) * 32))
}
