import { type Kysely, sql } from 'kysely'
import { siblingOffsets, treeOver } from '../core/tree.ts'
import type { Tables } from './tables.ts'

/** Levels of a whole subtree of a new batch: 65,536 leaves, in four megabytes with all nodes above them. */
export const subtreeHeight = 16

/** A batch tree that is cut into subtrees of 2^height leaves. */
export interface CutTree {
  readonly size: number
  readonly height: number
}

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

/** How many subtrees a batch has. */
export function subtreeCount({ size, height }: CutTree): number {
  return Math.ceil(size / 2 ** height)
}

/** The status indices of a subtree. */
export function subtreeRange({ size, height }: CutTree, subtree: number): IndexRange {
  const first = subtree * 2 ** height
  return { first, size: Math.min(2 ** height, size - first) }
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

/**
 * The tree above the subtrees of a batch, all of which are built: their roots are its leaves.
 *
 * A last subtree with fewer levels is a lone node on each level that it lacks, and is promoted there (format rule 6): the root is that
 * of the tree over all leaves.
 */
export async function treeAbove(db: Kysely<Tables>, batchId: string) {
  const rows = await db
    .selectFrom('subtrees')
    .select(sql<Uint8Array>`substring(nodes from length(nodes) - 31)`.as('root'))
    .where('batch_id', '=', batchId)
    .orderBy('subtree')
    .execute()
  return treeOver(Buffer.concat(rows.map(({ root }) => root)))
}

/** Sibling hashes of one leaf; the database reads these nodes and no others. */
export async function readSiblings(
  db: Kysely<Tables>,
  batch: StoredTree,
  statusIndex: number,
): Promise<readonly Uint8Array[]> {
  const { id, size, subtree_height: height } = batch
  if (height === null) return readNodes(db, id, siblingOffsets(size, statusIndex))
  const tree = { size, height }
  const subtree = statusIndex >>> height
  const range = subtreeRange(tree, subtree)
  const [within, above] = await Promise.all([
    readNodes(db, id, siblingOffsets(range.size, statusIndex - range.first), subtree),
    readNodes(db, id, siblingOffsets(subtreeCount(tree), subtree)),
  ])
  return [...within, ...above]
}

/** Nodes at the given offsets of a subtree, or of the tree that stands with the batch. */
async function readNodes(
  db: Kysely<Tables>,
  batchId: string,
  offsets: readonly number[],
  subtree?: number,
): Promise<readonly Uint8Array[]> {
  if (offsets.length === 0) return []
  const parts = offsets.map(
    (offset) => sql`substring(nodes from ${sql.lit(offset * 32 + 1)} for 32)`,
  )
  const nodes = sql<Uint8Array>`${sql.join(parts, sql` || `)}`.as('nodes')
  const row =
    subtree === undefined
      ? await db.selectFrom('batches').select(nodes).where('id', '=', batchId).executeTakeFirst()
      : await db
          .selectFrom('subtrees')
          .select(nodes)
          .where('batch_id', '=', batchId)
          .where('subtree', '=', subtree)
          .executeTakeFirst()
  const joined = row?.nodes ?? new Uint8Array()
  return offsets.map((_, i) => Uint8Array.from(joined.subarray(i * 32, (i + 1) * 32)))
}
