import { type Kysely, sql } from 'kysely'
import { type Block, readBlock } from '../core/chain.ts'
import { noteOnBatches } from './batch-state.ts'
import { type BatchRow, batchColumns } from './batches.ts'
import { readStatuses } from './chain-statuses.ts'
import { readAnchor, type ServiceChain } from './chains.ts'
import { readFollowing } from './followed-blocks.ts'
import { recordStatuses } from './seen-statuses.ts'
import type { Tables } from './tables.ts'
import { batchesOnTheirWay } from './transactions.ts'

const batchesPerRound = 100
const readsAtOnce = 8

type MarkedBatch = BatchRow & { readonly marks: number }

/**
 * Reads withdrawal and statuses of the marked batches from the chain's state as of `block`, finalized ones included, and records what
 * others than this service did there. Beside them, the batch that was not looked at longest: where logs are missing, so are marks.
 *
 * Returns the batches whose anchor is gone. One that a status transaction of ours is under way for keeps its mark for later.
 */
export async function watchStatuses(
  db: Kysely<Tables>,
  service: ServiceChain,
  block: Block,
): Promise<readonly BatchRow[]> {
  const followed = await readFollowing(db, service)
  // An endpoint that is behind what was read before shows what is no more.
  if (!followed || block.number < followed.number) return []
  const batches = [...(await markedBatches(db, service)), ...(await longestUnseen(db, service))]
  const underWay = await batchesUnderWay(db, service, batches, block)
  const gone: BatchRow[] = []
  for (let first = 0; first < batches.length; first += readsAtOnce) {
    const some = batches.slice(first, first + readsAtOnce)
    const found = await Promise.all(
      some.map((batch) =>
        underWay.has(batch.id) ? ('unclear' as const) : look(db, service, batch, block),
      ),
    )
    for (const [i, batch] of some.entries()) {
      if (found[i] === 'gone') gone.push(batch)
      await recordLook(db, batch, found[i] === 'unclear' ? 0 : batch.marks)
    }
  }
  return gone
}

async function look(
  db: Kysely<Tables>,
  service: ServiceChain,
  batch: MarkedBatch,
  block: Block,
): Promise<'recorded' | 'gone' | 'unclear'> {
  const { id, account, size } = batch
  const root = Uint8Array.from(batch.root)
  const record = await readAnchor(service, account, root, block.number)
  const statuses = record && (await readStatuses(service, { account, root, size }, block.number))
  const now = await readBlock(service.chain, block.number)
  // The chain turned back meanwhile: what was read may be of two chains.
  if (now?.hash !== block.hash) return 'unclear'
  // An anchor of another size is somebody's for another batch: `watchAnchors` tells.
  if (!record || record.size !== size || !statuses) return 'gone'
  const withdrawn_at = record.withdrawnAt ? new Date(record.withdrawnAt * 1000) : null
  await noteOnBatches(db, [id], batch.state, { withdrawn_at })
  await recordStatuses(db, id, statuses)
  return 'recorded'
}

function anchoredBatches(db: Kysely<Tables>, service: ServiceChain) {
  return db
    .selectFrom('watched_statuses')
    .innerJoin('batches', 'batches.id', 'watched_statuses.batch_id')
    .select([...batchColumns, 'watched_statuses.marks'])
    .where('chain_id', '=', service.chainId)
    .where('registry', '=', service.registry)
    .where('state', 'in', ['included', 'safe', 'finalized'])
}

function markedBatches(db: Kysely<Tables>, service: ServiceChain): Promise<MarkedBatch[]> {
  return anchoredBatches(db, service)
    .whereRef('seen', '<', 'marks')
    .orderBy(sql`looked_at nulls first`)
    .limit(batchesPerRound)
    .execute()
}

function longestUnseen(db: Kysely<Tables>, service: ServiceChain): Promise<MarkedBatch[]> {
  return anchoredBatches(db, service)
    .whereRef('seen', '=', 'marks')
    .where('looked_at', '<', sql<Date>`now() - interval '1 day'`)
    .orderBy('looked_at')
    .limit(1)
    .execute()
}

/** Batches of which this service knows more than the state at `block` shows, or less: a status transaction is on its way, or was included later. */
async function batchesUnderWay(
  db: Kysely<Tables>,
  { chain, chainId }: ServiceChain,
  batches: readonly BatchRow[],
  block: Block,
): Promise<ReadonlySet<string>> {
  const ids = batches.map(({ id }) => id)
  const underWay = new Set(await batchesOnTheirWay(db, ids, 'status'))
  if (ids.length === 0) return underWay
  const latest = await db
    .selectFrom('transaction_batches')
    .innerJoin('transactions', 'transactions.id', 'transaction_id')
    .select(({ fn }) => ['batch_id', 'operator', fn.max<number>('nonce').as('nonce')])
    .where('batch_id', 'in', ids)
    .where('chain_id', '=', chainId)
    .where('purpose', '=', 'status')
    .where('state', '=', 'included')
    .groupBy(['batch_id', 'operator'])
    .execute()
  for (const [operator, rows] of Map.groupBy(latest, (row) => row.operator)) {
    const params = [operator, `0x${block.number.toString(16)}`]
    const answer = await chain.provider.request({ method: 'eth_getTransactionCount', params })
    // An answer that is no number leaves them all under way.
    for (const { batch_id, nonce } of rows) if (!(Number(answer) > nonce)) underWay.add(batch_id)
  }
  return underWay
}

/** Marks that were set since `seen` was read stay. */
async function recordLook(db: Kysely<Tables>, { id }: MarkedBatch, seen: number): Promise<void> {
  await db
    .updateTable('watched_statuses')
    .set({ looked_at: sql<Date>`now()`, seen: sql<number>`greatest(seen, ${seen}::integer)` })
    .where('batch_id', '=', id)
    .execute()
}
