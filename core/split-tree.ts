import { invariant } from './error.ts'
import { siblingsOf, type Tree, treeOver } from './tree.ts'
import { siblingOffsets } from './tree-path.ts'

/**
 * A batch tree in parts: subtrees of 2^height leaves in status index order, and the top tree over their roots. Root and siblings are those of the whole tree.
 *
 * The last subtree may have fewer leaves. Its root is then promoted to the height of the others without meeting a sibling, so its own height does not matter.
 */
export interface Split {
  readonly size: number
  readonly height: number
}

/** Where the siblings of a leaf lie: node offsets in its own subtree, then in the top tree. */
export interface SplitOffsets {
  readonly subtree: number
  readonly inside: readonly number[]
  readonly above: readonly number[]
}

export function subtreeCount({ size, height }: Split): number {
  return Math.ceil(size / 2 ** height)
}

/** Leaves of a subtree; its first has the status index `subtree * 2 ** height`. */
export function subtreeSize(split: Split, subtree: number): number {
  invariant(subtree >= 0 && subtree < subtreeCount(split), 'a subtree of the batch')
  return Math.min(2 ** split.height, split.size - subtree * 2 ** split.height)
}

/** The tree over the roots of all subtrees, in order. Subtrees are built by `treeOver`, by whoever and in any order. */
export function topTree(roots: readonly Uint8Array[]): Tree {
  const nodes = new Uint8Array(roots.length * 32)
  for (const [i, root] of roots.entries()) nodes.set(root, i * 32)
  return treeOver(nodes)
}

/** Node offsets of the siblings from the leaf at `index` up, for whoever keeps subtrees and top tree elsewhere. */
export function splitSiblingOffsets(split: Split, index: number): SplitOffsets {
  invariant(Number.isInteger(index) && index >= 0 && index < split.size, 'index within the batch')
  const subtree = Math.floor(index / 2 ** split.height)
  return {
    subtree,
    inside: siblingOffsets(subtreeSize(split, subtree), index % 2 ** split.height),
    above: siblingOffsets(subtreeCount(split), subtree),
  }
}

/** Sibling hashes from the leaf at `index` to the root of the batch; `own` is the subtree that it lies in. */
export function splitSiblings(
  split: Split,
  own: Tree,
  top: Tree,
  index: number,
): readonly Uint8Array[] {
  const subtree = Math.floor(index / 2 ** split.height)
  invariant(own.size === subtreeSize(split, subtree), 'the subtree of the leaf')
  invariant(top.size === subtreeCount(split), 'a top tree over all subtrees')
  return [...siblingsOf(own, index % 2 ** split.height), ...siblingsOf(top, subtree)]
}
