import { type Kysely, sql } from 'kysely'
import type { BatchEntry, BatchRequest } from '../core/batch.ts'
import { concatBytes } from '../core/bytes.ts'
import { rootOf, type Tree } from '../core/tree.ts'
import { moveBatches } from './batch-state.ts'
import { type BatchRow, credentialRow, type Idempotency } from './batches.ts'
import { killPoint } from './kill-point.ts'
import { HttpProblem } from './problem.ts'
import type { Tables } from './tables.ts'

/** What a batch is built from: until it is built, every credential of it can be made anew. */
export interface Build {
  readonly request: BatchRequest
  /** Secret, 32 bytes. */
  readonly seed: Uint8Array
}

/** Records a batch that is to be built: durable once it returns. Throws on a second use of an idempotency key. */
export async function insertBuild(
  db: Kysely<Tables>,
  { request, seed }: Build,
  context: { readonly issuerId: string; readonly idempotency: Idempotency },
): Promise<void> {
  await db.transaction().execute(async (transaction) => {
    await transaction
      .insertInto('batches')
      .values({
        id: request.id,
        issuer_id: context.issuerId,
        state: 'building',
        name: request.achievement.name,
        // No batch has the root zero, and the registry refuses it.
        root: new Uint8Array(32),
        size: request.learners.length,
        chain_id: request.account.chainId,
        registry: request.registry,
        account: request.account.address,
        nodes: new Uint8Array(),
        idempotency_key: context.idempotency.key ?? null,
        request_hash: context.idempotency.requestHash,
      })
      .execute()
    killPoint('build.recording')
    await transaction
      .insertInto('builds')
      .values({ batch_id: request.id, seed, request: JSON.stringify(request) })
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
export async function findBuild(db: Kysely<Tables>, id: string): Promise<Build | undefined> {
  const row = await db
    .selectFrom('builds')
    .select(['seed', 'request'])
    .where('batch_id', '=', id)
    .executeTakeFirst()
  return row && { seed: Uint8Array.from(row.seed), request: JSON.parse(row.request) }
}

/** How many credentials of a batch under construction are stored, from status index 0 on without a gap. */
export async function countBuilt(db: Kysely<Tables>, id: string): Promise<number> {
  const row = await db
    .selectFrom('build_chunks')
    .select(sql<number>`coalesce(sum(length(leaves)), 0) / 32`.as('built'))
    .where('batch_id', '=', id)
    .executeTakeFirst()
  return Number(row?.built ?? 0)
}

/** Stores the credentials from status index `first` on with their leaves, all or none. Throws where some are stored already. */
export async function insertChunk(
  db: Kysely<Tables>,
  id: string,
  first: number,
  entries: readonly BatchEntry[],
  leaves: Uint8Array,
): Promise<void> {
  await db.transaction().execute(async (transaction) => {
    const rows = entries.map((entry, i) => credentialRow(id, first + i, entry))
    await transaction.insertInto('build_chunks').values({ batch_id: id, first, leaves }).execute()
    killPoint('build.storing')
    await transaction.insertInto('credentials').values(rows).execute()
  })
  killPoint('build.stored')
}

/** The leaves that are stored, in status index order. */
export async function readLeaves(db: Kysely<Tables>, id: string): Promise<Uint8Array> {
  const rows = await db
    .selectFrom('build_chunks')
    .select('leaves')
    .where('batch_id', '=', id)
    .orderBy('first')
    .execute()
  return concatBytes(...rows.map(({ leaves }) => leaves))
}

/** Makes the batch a built one, and destroys the seed and the copy of the roster. Safe to call twice. */
export async function finishBuild(db: Kysely<Tables>, id: string, tree: Tree): Promise<void> {
  await db.transaction().execute(async (transaction) => {
    const facts = { root: rootOf(tree), nodes: tree.nodes }
    await moveBatches(transaction, [id], 'building', 'built', facts)
    killPoint('build.finishing')
    await transaction.deleteFrom('build_chunks').where('batch_id', '=', id).execute()
    await transaction.deleteFrom('builds').where('batch_id', '=', id).execute()
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
