import type { Kysely, Selectable, Transaction } from 'kysely'
import { hashLeaves } from '../core/batch-hash.ts'
import { toHex } from '../core/bytes.ts'
import type { BatchTerms } from '../core/credential.ts'
import { type MadeCredential, uuidText } from '../core/making.ts'
import { rootOf, treeOver } from '../core/tree.ts'
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
  'batches.subtree_height',
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

/** Who issues a batch, and with which request. */
export interface IssuedBy {
  readonly issuerId: string
  readonly idempotency: Idempotency
}

/** What is stored of every batch from its first moment. */
export function batchFacts(terms: BatchTerms, size: number, { issuerId, idempotency }: IssuedBy) {
  return {
    id: terms.batchId,
    issuer_id: issuerId,
    name: terms.achievement.name,
    size,
    chain_id: terms.account.chainId,
    registry: terms.registry,
    account: terms.account.address,
    idempotency_key: idempotency.key ?? null,
    request_hash: idempotency.requestHash,
  }
}

/** Credentials in status index order, and their digests, 32 bytes each. */
export interface MadeBatch {
  readonly made: readonly MadeCredential[]
  readonly digests: Uint8Array
}

/** Writes a small batch with all its credentials, and what belongs to it, or nothing: durable once it returns. Throws on a second use of an idempotency key. */
export async function insertBatch(
  db: Kysely<Tables>,
  terms: BatchTerms,
  { made, digests }: MadeBatch,
  by: IssuedBy,
  also?: (transaction: Transaction<Tables>) => Promise<void>,
): Promise<void> {
  const leaves = digests.slice()
  hashLeaves(leaves, 0)
  const tree = treeOver(leaves)
  const templates = new Map(made.map(({ template }) => [template.shape, template.document]))
  await db.transaction().execute(async (transaction) => {
    await transaction
      .insertInto('batches')
      .values({
        ...batchFacts(terms, made.length, by),
        root: rootOf(tree),
        nodes: tree.nodes,
        subtree_height: null,
      })
      .execute()
    killPoint('issue.storing')
    await transaction
      .insertInto('credential_templates')
      .values(
        [...templates].map(([shape, document]) => ({
          batch_id: terms.batchId,
          shape,
          document: JSON.stringify(document),
        })),
      )
      .execute()
    await transaction
      .insertInto('credentials')
      .values(
        made.map(({ id, template, values, salt }, index) => ({
          id: uuidText(id),
          batch_id: terms.batchId,
          status_index: index,
          document: null,
          shape: template.shape,
          filled: values,
          salt,
        })),
      )
      .execute()
    await also?.(transaction)
  })
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
