import { type Kysely, sql } from 'kysely'
import { type Block, readLatestBlock } from '../core/chain.ts'
import type { AnchorRecord } from '../core/registry.ts'
import { markBatches } from './batch-marks.ts'
import { type BatchState, isAnchored, moveBatches, noteOnBatches } from './batch-state.ts'
import { type BatchRow, batchColumns } from './batches.ts'
import { readAnchor, type ServiceChain } from './chains.ts'
import { killPoint } from './kill-point.ts'
import type { Log } from './log.ts'
import { watchStatuses } from './status-watch.ts'
import type { Tables } from './tables.ts'
import { batchesOnTheirWay, forgetTransactions } from './transactions.ts'

const concurrentReads = 16
const batchesPerRound = 500
/** After this a transaction that the endpoint does not know counts as lost. */
const lostSeconds = 60

/** What the anchor of a batch looks like on chain. */
interface Sighting {
  readonly batch: BatchRow
  readonly record: AnchorRecord | undefined
  readonly state: BatchState
  /** The size of the anchor, where it is not the batch's: whoever anchored it committed to another batch. */
  readonly misfit?: number
}

/**
 * Compares the batches that are not finalized with the chain's state and moves them on or back; of finalized ones those that
 * `followChain` marked.
 *
 * State is read, not logs, so that an anchor counts whoever sent it. Returns the batches that the chain has forgotten.
 */
export async function watchAnchors(
  db: Kysely<Tables>,
  service: ServiceChain,
  finalityDepth: number | undefined,
  log: Log,
): Promise<readonly BatchRow[]> {
  const block = await readLatestBlock(service.chain, service.chainId)
  const lost = [...(await forgetIfReset(db, service, block))]
  const batches = await batchesToWatch(db, service)
  for (let first = 0; first < batches.length; first += concurrentReads) {
    const seen = await Promise.all(
      batches
        .slice(first, first + concurrentReads)
        .map((batch) => sight(db, service, batch, block, finalityDepth)),
    )
    for (const sighting of seen) {
      const isLost = !sighting.record && sighting.misfit === undefined
      if (isAnchored(sighting.batch.state) && isLost) lost.push(sighting.batch)
      killPoint('watch.sighted')
      await record(db, sighting, block, log)
    }
  }
  const gone = await watchStatuses(db, service, block)
  const ids = gone.map(({ id }) => id)
  if (ids.length > 0) await forget(db, ids)
  return [...lost, ...gone]
}

/** When even the latest anchor that was final is gone, this is another chain than before: every anchor is looked for anew. */
async function forgetIfReset(
  db: Kysely<Tables>,
  service: ServiceChain,
  block: Block,
): Promise<readonly BatchRow[]> {
  const ours = db
    .selectFrom('batches')
    .select(batchColumns)
    .where('chain_id', '=', service.chainId)
    .where('registry', '=', service.registry)
    .where('state', '=', 'finalized')
  const latest = await ours.orderBy('anchored_at', 'desc').limit(1).executeTakeFirst()
  if (!latest) return []
  const root = Uint8Array.from(latest.root)
  if (await readAnchor(service, latest.account, root, block.number)) return []
  const lost = await ours.execute()
  // Transactions of that chain mean nothing on this one.
  await forgetTransactions(db, service.chainId)
  await forget(
    db,
    lost.map(({ id }) => id),
  )
  return lost
}

/** A batch that only its issuer can anchor is looked at ever less often: every sixtieth of its age, at least every ten minutes. */
function batchesToWatch(db: Kysely<Tables>, service: ServiceChain): Promise<BatchRow[]> {
  return db
    .selectFrom('batches')
    .select(batchColumns)
    .where('chain_id', '=', service.chainId)
    .where('registry', '=', service.registry)
    .where('state', 'not in', ['building', 'finalized'])
    .where(
      sql<boolean>`(state not in ('built', 'failed') or (state = 'built' and managed) or watched_at is null
        or watched_at < now() - least(interval '10 minutes', (now() - created_at) / 60))`,
    )
    .orderBy(sql`watched_at nulls first`)
    .limit(batchesPerRound)
    .execute()
}

async function sight(
  db: Kysely<Tables>,
  service: ServiceChain,
  batch: BatchRow,
  block: Block,
  finalityDepth: number | undefined,
): Promise<Sighting> {
  const root = Uint8Array.from(batch.root)
  const record = await readAnchor(service, batch.account, root, block.number)
  if (!record) return { batch, record, state: await stateWithoutAnchor(db, service, batch) }
  if (record.size !== batch.size) {
    return { batch, record: undefined, state: 'failed', misfit: record.size }
  }
  const holds = (at: number | 'safe' | 'finalized') =>
    // A chain without the tag, or a state before the registry: not known to be final.
    readAnchor(service, batch.account, root, at).then(Boolean, () => false)
  if (finalityDepth !== undefined) {
    const state = (await holds(Math.max(0, block.number - finalityDepth)))
      ? 'finalized'
      : 'included'
    return { batch, record, state }
  }
  if (await holds('finalized')) return { batch, record, state: 'finalized' }
  return { batch, record, state: (await holds('safe')) ? 'safe' : 'included' }
}

async function stateWithoutAnchor(
  db: Kysely<Tables>,
  service: ServiceChain,
  batch: BatchRow,
): Promise<BatchState> {
  if (isAnchored(batch.state)) return 'built'
  if (batch.state !== 'submitted' || batch.submitted_at === null) return batch.state
  // The sender knows the fate of what it signed; what it knows nothing of is judged by its age.
  if ((await batchesOnTheirWay(db, [batch.id])).size > 0) return 'submitted'
  if (Date.now() - batch.submitted_at.getTime() < lostSeconds * 1000) return 'submitted'
  const params = [batch.transaction_hash]
  const known = await service.chain.provider.request({ method: 'eth_getTransactionByHash', params })
  return known ? 'submitted' : 'built'
}

async function record(
  db: Kysely<Tables>,
  { batch, record, state, misfit }: Sighting,
  block: Block,
  log: Log,
): Promise<void> {
  if (misfit !== undefined) return refuse(db, batch, misfit, log)
  if (isAnchored(batch.state) && !record) return forget(db, [batch.id])
  const facts = {
    watched_at: new Date(),
    ...(record && {
      reason: null,
      anchored_at: new Date(record.anchoredAt * 1000),
      withdrawn_at: record.withdrawnAt ? new Date(record.withdrawnAt * 1000) : null,
      sequence: record.sequence,
    }),
  }
  if (state === batch.state) return noteOnBatches(db, [batch.id], state, facts)
  // Of statuses that were changed before anybody followed the chain, no log will tell.
  if (state === 'finalized') await markBatches(db, [batch.id], block.number)
  await moveBatches(db, [batch.id], batch.state, state, facts)
  log.info({ batch: batch.id, from: batch.state, to: state }, 'a batch moves')
  killPoint(`watch.${state}`)
}

/**
 * An anchor of another size is not this batch's: with too small a one, credentials would be unknown to the registry, with too large a
 * one, it has room for some that nobody issued. None is handed out, and the root is taken for good.
 */
async function refuse(
  db: Kysely<Tables>,
  { id, state, size, reason: before }: BatchRow,
  found: number,
  log: Log,
): Promise<void> {
  const reason = `the registry holds this root with size ${found}, but the batch has ${size} credentials: issue it anew`
  const facts = { reason, watched_at: new Date(), retry_at: null }
  if (isAnchored(state)) await forget(db, [id])
  const from = isAnchored(state) ? 'built' : state
  if (from === 'failed') await noteOnBatches(db, [id], 'failed', facts)
  else await moveBatches(db, [id], from, 'failed', facts)
  if (from !== 'failed' || reason !== before) {
    log.warn({ batch: id, size, found }, 'the size of an anchor is not that of its batch')
  }
}

/** Back to where nothing of these batches was on chain, statuses included. */
async function forget(db: Kysely<Tables>, ids: readonly string[]): Promise<void> {
  await db.transaction().execute(async (transaction) => {
    for (const from of ['included', 'safe', 'finalized'] as const) {
      const moved = await moveBatches(transaction, ids, from, 'built', {
        reason: 'the chain has forgotten the anchor',
        anchored_at: null,
        withdrawn_at: null,
        sequence: null,
        transaction_hash: null,
        retry_at: null,
      })
      for (let first = 0; first < moved.length; first += 1000) {
        await transaction
          .updateTable('credentials')
          .set({ chain_status: 'active' })
          .where('batch_id', 'in', moved.slice(first, first + 1000))
          .where('chain_status', '<>', 'active')
          .execute()
      }
    }
  })
  killPoint('watch.forgotten')
}
