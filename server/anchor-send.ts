import type { Kysely } from 'kysely'
import { noteOnBatches } from './batch-state.ts'
import { type BatchRow, batchColumns } from './batches.ts'
import type { ServiceChain } from './chains.ts'
import { SendError } from './send-error.ts'
import type { Sender } from './sender.ts'
import type { Tables } from './tables.ts'

const batchesPerRound = 500
const batchesPerTransaction = 50
const retrySeconds = 30

/** Anchors the batches that this service shall anchor; one that is refused stays built, with the reason. Returns how many there were. */
export async function sendAnchors(
  db: Kysely<Tables>,
  service: ServiceChain,
  sender: Sender,
): Promise<number> {
  const batches = await db
    .selectFrom('batches')
    .select(batchColumns)
    .where('chain_id', '=', service.chainId)
    .where('registry', '=', service.registry)
    .where('state', '=', 'built')
    .where('managed', '=', true)
    .where((where) => where.or([where('retry_at', 'is', null), where('retry_at', '<', new Date())]))
    .orderBy('created_at')
    .limit(batchesPerRound)
    .execute()
  for (const [account, group] of Map.groupBy(batches, (batch) => batch.account)) {
    for (let first = 0; first < group.length; first += batchesPerTransaction) {
      await sendGroup(db, sender, account, group.slice(first, first + batchesPerTransaction))
    }
  }
  return batches.length
}

async function sendGroup(
  db: Kysely<Tables>,
  sender: Sender,
  account: string,
  group: readonly BatchRow[],
): Promise<void> {
  const batches = group.map(({ id, root, size }) => ({ id, root: Uint8Array.from(root), size }))
  try {
    await sender.anchor(account, batches)
  } catch (thrown) {
    if (!(thrown instanceof SendError)) throw thrown
    if (thrown.code === 'transaction_pending') return
    const ids = group.map(({ id }) => id)
    const retryAt = new Date(Date.now() + retrySeconds * 1000)
    await noteOnBatches(db, ids, 'built', { reason: thrown.message, retry_at: retryAt })
  }
}
