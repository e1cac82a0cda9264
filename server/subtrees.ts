import { type Kysely, sql } from 'kysely'
import { type Split, subtreeSize, topTree } from '../core/split-tree.ts'
import type { Tree } from '../core/tree.ts'
import type { Tables } from './tables.ts'

/** Levels of a whole subtree of a new batch: 65,536 leaves, in four megabytes with all nodes above them. */
export const subtreeHeight = 16

/** A stored batch tree; without a height it is not cut. */
export interface StoredTree {
  readonly id: string
  readonly size: number
  readonly subtree_height: number | null
}

/** Consecutive status indices. */
export interface IndexRange {
  readonly first: number
  readonly size: number
}

/** The status indices of a subtree. */
export function subtreeRange(split: Split, subtree: number): IndexRange {
  return { first: subtree * 2 ** split.height, size: subtreeSize(split, subtree) }
}

/** Subtrees of a batch that are built. */
export async function builtSubtrees(
  db: Kysely<Tables>,
  batchId: string,
): Promise<readonly number[]> {
  const rows = await db
    .selectFrom('subtrees')
    .select('subtree')
    .where('batch_id', '=', batchId)
    .execute()
  return rows.map(({ subtree }) => subtree)
}

/** The tree above the subtrees of a batch, all of which are built. */
export async function treeAbove(db: Kysely<Tables>, batchId: string): Promise<Tree> {
  const rows = await db
    .selectFrom('subtrees')
    .select(sql<Uint8Array>`substring(nodes from length(nodes) - 31)`.as('root'))
    .where('batch_id', '=', batchId)
    .orderBy('subtree')
    .execute()
  return topTree(rows.map(({ root }) => root))
}
