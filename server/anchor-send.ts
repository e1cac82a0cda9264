import type { Kysely } from 'kysely'
import { noteOnBatches } from './batch-state.ts'
import { type BatchRow, batchColumns } from './batches.ts'
import type { ServiceChain } from './chains.ts'
import { type Outcome, outcomeOf } from './outcome.ts'
import { SendError } from './send-error.ts'
import type { Sender } from './sender.ts'
import type { Tables } from './tables.ts'

const batchesPerTransaction = 50

/** Ids of the batches that this service shall anchor and nothing is on its way for, the oldest first. */
export async function batchesToAnchor(
  db: Kysely<Tables>,
  service: ServiceChain,
): Promise<readonly string[]> {
  const rows = await managedBatches(db, service)
    .where((where) => where.or([where('retry_at', 'is', null), where('retry_at', '<', new Date())]))
    .limit(500)
    .execute()
  return rows.map(({ id }) => id)
}

/** Anchors those of the batches that shall be anchored; one that is refused stays built, with the reason. */
export async function sendAnchors(
  db: Kysely<Tables>,
  service: ServiceChain,
  sender: Sender,
  ids: readonly string[],
): Promise<ReadonlyMap<string, Outcome>> {
  const outcomes = new Map<string, Outcome>()
  const batches = await managedBatches(db, service).where('id', 'in', ids).execute()
  for (const [account, group] of Map.groupBy(batches, (batch) => batch.account)) {
    for (let first = 0; first < group.length; first += batchesPerTransaction) {
      const some = group.slice(first, first + batchesPerTransaction)
      const outcome = await sendGroup(db, sender, account, some)
      for (const { id } of some) outcomes.set(id, outcome)
    }
  }
  return outcomes
}

function managedBatches(db: Kysely<Tables>, service: ServiceChain) {
  return db
    .selectFrom('batches')
    .select(batchColumns)
    .where('chain_id', '=', service.chainId)
    .where('registry', '=', service.registry)
    .where('state', '=', 'built')
    .where('managed', '=', true)
    .orderBy('created_at')
}

async function sendGroup(
  db: Kysely<Tables>,
  sender: Sender,
  account: string,
  group: readonly BatchRow[],
): Promise<Outcome> {
  const batches = group.map(({ id, root, size }) => ({ id, root: Uint8Array.from(root), size }))
  try {
    await sender.anchor(account, batches)
    return 'done'
  } catch (thrown) {
    const outcome = outcomeOf(thrown)
    if (thrown instanceof SendError && thrown.code !== 'transaction_pending') {
      const ids = group.map(({ id }) => id)
      await noteOnBatches(db, ids, 'built', { reason: thrown.message })
    }
    return outcome
  }
}
