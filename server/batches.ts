import { type Kysely, type Selectable, sql } from 'kysely'
import type { Batch, BatchEntry } from '../core/batch.ts'
import { fromHex, toHex } from '../core/bytes.ts'
import type { JsonObject } from '../core/canonical.ts'
import { siblingOffsets } from '../core/tree.ts'
import { isAnchored, moveBatches, noteOnBatches } from './batch-state.ts'
import { killPoint } from './kill-point.ts'
import type { BatchTable, Tables } from './tables.ts'

/** A batch without its tree, which only proofs need. */
export type BatchRow = Omit<
  Selectable<BatchTable>,
  'nodes' | 'idempotency_key' | 'request_hash' | 'anchor_id'
>

export const batchColumns = [
  'batches.id',
  'batches.issuer_id',
  'batches.state',
  'batches.reason',
  'batches.name',
  'batches.root',
  'batches.size',
  'batches.chain_id',
  'batches.registry',
  'batches.account',
  'batches.managed',
  'batches.transaction_hash',
  'batches.submitted_at',
  'batches.retry_at',
  'batches.watched_at',
  'batches.anchored_at',
  'batches.withdrawn_at',
  'batches.sequence',
  'batches.created_at',
] as const

/** What makes a repeated request the same one. */
export interface Idempotency {
  readonly key: string | undefined
  readonly requestHash: Uint8Array
}

const rowsPerInsert = 1000

/** Writes a batch with all its credentials, or nothing: durable once it returns. Throws on a second use of an idempotency key. */
export async function insertBatch(
  db: Kysely<Tables>,
  batch: Batch,
  context: { readonly issuerId: string; readonly name: string; readonly idempotency: Idempotency },
): Promise<void> {
  const { target, entries, tree } = batch
  await db.transaction().execute(async (transaction) => {
    await transaction
      .insertInto('batches')
      .values({
        id: batch.id,
        issuer_id: context.issuerId,
        name: context.name,
        root: fromHex(batch.root),
        size: entries.length,
        chain_id: target.chainId,
        registry: target.registry,
        account: target.issuer,
        nodes: tree.nodes,
        idempotency_key: context.idempotency.key ?? null,
        request_hash: context.idempotency.requestHash,
      })
      .execute()
    killPoint('issue.storing')
    for (let first = 0; first < entries.length; first += rowsPerInsert) {
      const rows = entries
        .slice(first, first + rowsPerInsert)
        .map((entry, i) => credentialRow(batch.id, first + i, entry))
      await transaction.insertInto('credentials').values(rows).execute()
    }
  })
}

/** A credential as it is stored. */
export function credentialRow(batchId: string, statusIndex: number, entry: BatchEntry) {
  return {
    id: credentialUuid(entry.credential),
    batch_id: batchId,
    status_index: statusIndex,
    document: JSON.stringify(entry.credential),
    salt: entry.salt,
  }
}

function credentialUuid(credential: JsonObject): string {
  return String(credential['id']).slice('urn:uuid:'.length)
}

export async function findBatch(db: Kysely<Tables>, id: string): Promise<BatchRow | undefined> {
  return db.selectFrom('batches').select(batchColumns).where('id', '=', id).executeTakeFirst()
}

/** The batch that an issuer's idempotency key made, with the hash of the request. */
export async function findByIdempotencyKey(db: Kysely<Tables>, issuerId: string, key: string) {
  return db
    .selectFrom('batches')
    .select([...batchColumns, 'batches.request_hash'])
    .where('issuer_id', '=', issuerId)
    .where('idempotency_key', '=', key)
    .executeTakeFirst()
}

/** Asks for the batch to be anchored by this service, at once and again after a refusal or a failure; durable once it returns. */
export async function requestAnchor(db: Kysely<Tables>, id: string): Promise<void> {
  const wanted = { managed: true, retry_at: null }
  await moveBatches(db, [id], 'failed', 'built', { ...wanted, reason: null })
  killPoint('anchor.noting')
  for (const state of ['built', 'submitted'] as const) {
    await noteOnBatches(db, [id], state, wanted)
  }
}

/** Sibling hashes of one leaf; the database reads these nodes and no others. */
export async function readSiblings(
  db: Kysely<Tables>,
  batch: { readonly id: string; readonly size: number },
  statusIndex: number,
): Promise<readonly Uint8Array[]> {
  const offsets = siblingOffsets(batch.size, statusIndex)
  if (offsets.length === 0) return []
  const starts = offsets.map(
    (offset) => sql`substring(nodes from ${sql.lit(offset * 32 + 1)} for 32)`,
  )
  const { rows } = await sql<{ nodes: Uint8Array }>`
    select ${sql.join(starts, sql` || `)} as nodes from batches where id = ${batch.id}`.execute(db)
  const joined = rows[0]?.nodes ?? new Uint8Array()
  return offsets.map((_, i) => Uint8Array.from(joined.subarray(i * 32, (i + 1) * 32)))
}

/** A batch as the issuer API shows it. */
export function describeBatch(batch: BatchRow) {
  return {
    id: batch.id,
    name: batch.name,
    state: batch.state,
    ...(batch.reason !== null && { reason: batch.reason }),
    managed: batch.managed,
    ...(batch.root.some((byte) => byte !== 0) && { root: toHex(batch.root) }),
    size: batch.size,
    chainId: batch.chain_id,
    registry: batch.registry,
    issuerAccount: batch.account,
    ...(batch.transaction_hash !== null && { transaction: batch.transaction_hash }),
    ...(isAnchored(batch.state) &&
      batch.anchored_at !== null && {
        anchor: {
          anchoredAt: batch.anchored_at.toISOString(),
          sequence: batch.sequence ?? 0,
          finality: batch.state,
          ...(batch.withdrawn_at !== null && { withdrawnAt: batch.withdrawn_at.toISOString() }),
        },
      }),
    createdAt: batch.created_at.toISOString(),
  }
}
