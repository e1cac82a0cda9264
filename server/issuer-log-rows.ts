import { type Kysely, sql } from 'kysely'
import type { EndedCounts } from '../core/issuer-log.ts'
import type { Finality } from '../core/report.ts'
import type { ServiceChain } from './chains.ts'
import type { Tables } from './tables.ts'

/** A batch that this service publishes: anchored, and its leaves are here. */
export interface PublishedBatch {
  readonly id: string
  readonly sequence: number
  readonly root: Uint8Array
  readonly size: number
  readonly state: Finality
  readonly anchored_at: Date
  readonly withdrawn_at: Date | null
}

/** What pictures and sums need of every batch of a log. */
export interface BatchFigures extends EndedCounts {
  readonly sequence: number
  readonly size: number
  readonly anchored_at: Date
  readonly withdrawn_at: Date | null
}

const anchored = ['included', 'safe', 'finalized'] as const

/** Until the root stands on the chain, nobody has to know that a batch exists: what is not anchored is never read here. */
function publishedBatches(
  db: Kysely<Tables>,
  { chainId, registry }: ServiceChain,
  account: string,
) {
  return db
    .selectFrom('batches')
    .where('account', '=', account)
    .where('sequence', 'is not', null)
    .where('anchored_at', 'is not', null)
    .where('chain_id', '=', chainId)
    .where('registry', '=', registry)
    .where('state', 'in', anchored)
}

/** The batches with numbers from `first` to `last`, newest first. Of two that claim a number, after a reorganisation, the one that was seen last. */
export async function readPublished(
  db: Kysely<Tables>,
  chain: ServiceChain,
  account: string,
  { first, last }: { readonly first: number; readonly last: number },
): Promise<readonly PublishedBatch[]> {
  const rows = await publishedBatches(db, chain, account)
    .select(['id', 'sequence', 'root', 'size', 'state', 'anchored_at', 'withdrawn_at'])
    .distinctOn('sequence')
    .where('sequence', '>=', first)
    .where('sequence', '<=', last)
    .orderBy('sequence', 'desc')
    .orderBy('watched_at', (order) => order.desc().nullsLast())
    .execute()
  return rows as unknown as PublishedBatch[]
}

/** Size and standing of all batches, in the order of their numbers. */
export async function readFigures(
  db: Kysely<Tables>,
  chain: ServiceChain,
  account: string,
): Promise<readonly BatchFigures[]> {
  const ids = publishedBatches(db, chain, account).select('id')
  const ended = endedCredentials(db).where('batch_id', 'in', ids)
  const rows = await publishedBatches(db, chain, account)
    .leftJoin(ended.as('ended'), 'ended.batch_id', 'batches.id')
    .select([
      'sequence',
      'size',
      'anchored_at',
      'withdrawn_at',
      sql<number>`coalesce(revoked, 0)`.as('revoked'),
      sql<number>`coalesce(suspended, 0)`.as('suspended'),
    ])
    .distinctOn('sequence')
    .orderBy('sequence')
    .orderBy('watched_at', (order) => order.desc().nullsLast())
    .execute()
  return rows as unknown as BatchFigures[]
}

/** How many credentials of each batch have ended, as far as was seen; batches without any are not in it. */
export async function readEnded(
  db: Kysely<Tables>,
  ids: readonly string[],
): Promise<ReadonlyMap<string, EndedCounts>> {
  if (ids.length === 0) return new Map()
  const rows = await endedCredentials(db).where('batch_id', 'in', ids).execute()
  return new Map(rows.map(({ batch_id, revoked, suspended }) => [batch_id, { revoked, suspended }]))
}

function endedCredentials(db: Kysely<Tables>) {
  return db
    .selectFrom('credentials')
    .select([
      'batch_id',
      sql<number>`(count(*) filter (where chain_status = 'revoked'))::integer`.as('revoked'),
      sql<number>`(count(*) filter (where chain_status = 'suspended'))::integer`.as('suspended'),
    ])
    .where('chain_status', '<>', 'active')
    .groupBy('batch_id')
}

/** Transactions of this service that anchored batches and are in a block; those of issuers' own keys it does not know. */
export async function readTransactions(
  db: Kysely<Tables>,
  { chainId }: ServiceChain,
  ids: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  if (ids.length === 0) return new Map()
  const rows = await db
    .selectFrom('transaction_batches')
    .innerJoin('transactions', 'transactions.id', 'transaction_id')
    .select(['batch_id', 'hash'])
    .where('batch_id', 'in', ids)
    .where('chain_id', '=', chainId)
    .where('purpose', '=', 'anchor')
    .where('state', '=', 'included')
    .where('reverted', '=', false)
    .execute()
  return new Map(rows.map(({ batch_id, hash }) => [batch_id, hash]))
}

/** When the stored batches were last compared with the chain, by any process. */
export async function readSeenAt(
  db: Kysely<Tables>,
  { chainId, registry }: ServiceChain,
): Promise<Date | undefined> {
  const row = await db
    .selectFrom('watch_rounds')
    .select('ended_at')
    .where('chain_id', '=', chainId)
    .where('registry', '=', registry)
    .executeTakeFirst()
  return row?.ended_at
}
