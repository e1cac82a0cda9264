import { type Kysely, sql } from 'kysely'
import type { BatchTerms } from '../core/credential.ts'
import { invariant } from '../core/error.ts'
import { type Split, subtreeCount } from '../core/split-tree.ts'
import { rootOf } from '../core/tree.ts'
import { moveBatches } from './batch-state.ts'
import { type BatchRow, batchFacts, type IssuedBy } from './batches.ts'
import { createCopyRows } from './copy-rows.ts'
import type { Database } from './database.ts'
import { killPoint } from './kill-point.ts'
import { credentialColumns, type Made } from './making.ts'
import { HttpProblem } from './problem.ts'
import {
  builtSubtrees,
  type IndexRange,
  type StoredTree,
  subtreeRange,
  treeAbove,
} from './subtrees.ts'
import type { Tables } from './tables.ts'

/** What a batch is built from beside its roster: until it is built, every credential of it can be made anew. */
export interface Build extends Split {
  readonly batchId: string
  readonly terms: BatchTerms
  /** Secret, 32 bytes. */
  readonly seed: Uint8Array
  /** The attempt to deal the learners to the subtrees that counts; `null` until one is done. */
  readonly deal: number | null
}

/** Records a batch that is to be built from the roster with its id: durable once it returns. Throws on a second use of an idempotency key. */
export async function insertBuild(
  db: Kysely<Tables>,
  { terms, size, height, seed }: Omit<Build, 'batchId' | 'deal'>,
  by: IssuedBy,
): Promise<void> {
  await db.transaction().execute(async (transaction) => {
    await transaction
      .insertInto('batches')
      .values({
        ...batchFacts(terms, size, by),
        state: 'building',
        // No batch has the root zero, and the registry refuses it.
        root: new Uint8Array(32),
        nodes: new Uint8Array(),
        subtree_height: height,
      })
      .execute()
    killPoint('build.recording')
    await transaction
      .insertInto('builds')
      .values({ batch_id: terms.batchId, seed, terms: JSON.stringify(terms), deal: null })
      .execute()
  })
}

/** Ids of the batches that are being built, the oldest first. */
export async function listBuilds(db: Kysely<Tables>): Promise<readonly string[]> {
  const rows = await db
    .selectFrom('batches')
    .select('id')
    .where('state', '=', 'building')
    .orderBy('created_at')
    .execute()
  return rows.map(({ id }) => id)
}

/** What a batch is built from; `undefined` once it is built. */
export async function findBuild(db: Kysely<Tables>, batchId: string): Promise<Build | undefined> {
  const row = await db
    .selectFrom('builds')
    .innerJoin('batches', 'batches.id', 'builds.batch_id')
    .select([
      'builds.seed',
      'builds.terms',
      'builds.deal',
      'batches.size',
      'batches.subtree_height',
    ])
    .where('batch_id', '=', batchId)
    .executeTakeFirst()
  if (!row) return undefined
  // JSON has no `undefined`, and a batch without an end has none.
  const terms = { validUntil: undefined, ...JSON.parse(row.terms) }
  const { size, subtree_height: height } = row
  invariant(height !== null, 'a batch that is built has subtrees')
  return { batchId, size, height, terms, seed: Uint8Array.from(row.seed), deal: row.deal }
}

/** How many credentials of a batch under construction are stored. */
export async function countBuilt(
  db: Kysely<Tables>,
  { id, size, subtree_height: height }: StoredTree,
): Promise<number> {
  if (height === null) return 0
  const built = await builtSubtrees(db, id)
  const whole = built.map((subtree) => subtreeRange({ size, height }, subtree).size)
  return whole.reduce((sum, count) => sum + count, await countChunks(db, id, { first: 0, size }))
}

/** How many credentials are stored of subtrees under construction; within one they are stored in order. */
export async function countChunks(
  db: Kysely<Tables>,
  batchId: string,
  { first, size }: IndexRange,
): Promise<number> {
  const row = await db
    .selectFrom('build_chunks')
    .select(sql<number>`coalesce(sum(size), 0)`.as('count'))
    .where('batch_id', '=', batchId)
    .where('first', '>=', first)
    .where('first', '<', first + size)
    .executeTakeFirst()
  return Number(row?.count ?? 0)
}

/** Subtrees of a build that are still to be built. */
export async function missingSubtrees(
  db: Kysely<Tables>,
  build: Build,
): Promise<readonly number[]> {
  const built = new Set(await builtSubtrees(db, build.batchId))
  return Array.from({ length: subtreeCount(build) }, (_, i) => i).filter((i) => !built.has(i))
}

/** Stores the credentials from status index `first` on, all or none. Throws where some are stored already. */
export async function insertChunk(
  { db, bulk }: Pick<Database, 'db' | 'bulk'>,
  batchId: string,
  { first, size }: IndexRange,
  { rows, templates }: Made,
): Promise<void> {
  await bulk(async ({ run, copy }) => {
    const chunk = { batch_id: batchId, first, size }
    await run(db.insertInto('build_chunks').values(chunk).compile())
    killPoint('build.storing')
    for (const template of templates) {
      const row = { batch_id: batchId, ...template }
      const insert = db.insertInto('credential_templates').values(row)
      await run(insert.onConflict((conflict) => conflict.doNothing()).compile())
    }
    await copy('credentials', credentialColumns, rows)
  })
  killPoint('build.stored')
}

/** Stores the nodes of a subtree, and destroys the copy of its learners. Throws where it is stored already. */
export async function finishSubtree(
  { db, bulk }: Pick<Database, 'db' | 'bulk'>,
  batchId: string,
  subtree: number,
  { first, size }: IndexRange,
  nodes: Uint8Array,
): Promise<void> {
  const row = createCopyRows()
  row.row(3)
  row.uuid(batchId)
  row.int4(subtree)
  row.bytes(nodes)
  await bulk(async ({ run, copy }) => {
    await copy('subtrees', ['batch_id', 'subtree', 'nodes'], row.end())
    killPoint('subtree.finishing')
    const chunks = db.deleteFrom('build_chunks').where('batch_id', '=', batchId)
    await run(
      chunks
        .where('first', '>=', first)
        .where('first', '<', first + size)
        .compile(),
    )
    const rosters = db.deleteFrom('subtree_rosters').where('batch_id', '=', batchId)
    await run(rosters.where('subtree', '=', subtree).compile())
  })
  killPoint('subtree.finished')
}

/** Makes the batch a built one, and destroys the seed and what is left of the roster. Safe to call twice. */
export async function finishBuild(db: Kysely<Tables>, batchId: string): Promise<void> {
  const tree = await treeAbove(db, batchId)
  await db.transaction().execute(async (transaction) => {
    const facts = { root: rootOf(tree), nodes: tree.nodes }
    await moveBatches(transaction, [batchId], 'building', 'built', facts)
    killPoint('build.finishing')
    await transaction.deleteFrom('build_chunks').where('batch_id', '=', batchId).execute()
    await transaction.deleteFrom('builds').where('batch_id', '=', batchId).execute()
    await transaction.deleteFrom('rosters').where('id', '=', batchId).execute()
  })
  killPoint('build.finished')
}

/** Has a batch built that could not be built before; safe to call for any. */
export async function reopenBuild(db: Kysely<Tables>, id: string): Promise<void> {
  if (await findBuild(db, id)) await moveBatches(db, [id], 'failed', 'building', { reason: null })
}

/** Refuses what only a batch with a root can give. Throws `HttpProblem` 409. */
export function requireBuilt({ state, root }: Pick<BatchRow, 'state' | 'root'>): void {
  if (state === 'building') {
    throw new HttpProblem(
      409,
      'batch_building',
      'The batch is still being built; GET /batches/{id} shows how far it is. Try again when its state is built.',
    )
  }
  if (root.every((byte) => byte === 0)) {
    throw new HttpProblem(
      409,
      'batch_failed',
      'The batch could not be built; GET /batches/{id} gives the reason, and whoever runs the service can have it tried again.',
    )
  }
}
