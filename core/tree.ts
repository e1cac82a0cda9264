import { compareBytes, toHex } from './bytes.ts'
import { InvalidInputError, invariant } from './error.ts'
import { keccak256 } from './hash.ts'

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
  const encoded = new Uint8Array(64)
  encoded.set(digest)
  new DataView(encoded.buffer).setBigUint64(56, BigInt(statusIndex))
  return keccak256(keccak256(encoded))
}

/**
 * Builds the tree level by level: pairs are sorted and hashed, an odd node is promoted unchanged (the shape of RFC 6962).
 *
 * `leaves` holds 32 bytes a leaf in status index order. Refuses an empty batch and duplicate leaves.
 */
export function buildTree(leaves: Uint8Array): Tree {
  invariant(leaves.length % 32 === 0, 'a leaf has 32 bytes')
  const size = leaves.length / 32
  if (size === 0)
    throw new InvalidInputError('batch_empty', 'a batch needs at least one credential')
  refuseDuplicates(leaves, size)

  const levels = levelOffsets(size)
  const nodes = new Uint8Array(((levels.at(-1) ?? 0) + 1) * 32)
  nodes.set(leaves)
  for (let level = 0, width = size; width > 1; level++, width = Math.ceil(width / 2)) {
    const from = levels[level] as number
    const to = levels[level + 1] as number
    for (let pair = 0; pair < width; pair += 2) {
      const left = nodes.subarray((from + pair) * 32, (from + pair + 1) * 32)
      const right = nodes.subarray((from + pair + 1) * 32, (from + pair + 2) * 32)
      nodes.set(pair + 1 < width ? hashPair(left, right) : left, (to + pair / 2) * 32)
    }
  }
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
  const levels = levelOffsets(size)
  for (let level = 0, at = index, width = size; width > 1; level++) {
    const sibling = at % 2 === 0 ? at + 1 : at - 1
    if (sibling < width) offsets.push((levels[level] as number) + sibling)
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
  return siblings.reduce(hashPair, leaf)
}

const pairBuffer = new Uint8Array(64)

function hashPair(a: Uint8Array, b: Uint8Array): Uint8Array {
  const sorted = compareBytes(a, b) <= 0
  pairBuffer.set(sorted ? a : b)
  pairBuffer.set(sorted ? b : a, 32)
  return keccak256(pairBuffer)
}

function refuseDuplicates(leaves: Uint8Array, size: number): void {
  const view = new DataView(leaves.buffer, leaves.byteOffset, leaves.byteLength)
  // The first 8 bytes tell hashes apart; leaves that meet in these by chance are compared whole.
  const first = new Map<bigint, number>()
  const further = new Map<string, number>()
  for (let i = 0; i < size; i++) {
    const key = view.getBigUint64(i * 32)
    const other = first.get(key)
    if (other === undefined) {
      first.set(key, i)
      continue
    }
    const leaf = leaves.subarray(i * 32, i * 32 + 32)
    const isSame = compareBytes(leaf, leaves.subarray(other * 32, other * 32 + 32)) === 0
    const twin = isSame ? other : further.get(toHex(leaf))
    if (twin !== undefined) {
      const message = `leaves ${twin} and ${i} are the same`
      throw new InvalidInputError('leaf_duplicate', message, `/${i}`)
    }
    further.set(toHex(leaf), i)
  }
}
