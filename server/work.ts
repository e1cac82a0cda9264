import { ChainUnreadableError } from '../core/chain.ts'
import { sendAnchors } from './anchor-send.ts'
import { batchColumns } from './batches.ts'
import { continueBuild } from './builder.ts'
import { reopenBuild } from './builds.ts'
import type { ServiceChain } from './chains.ts'
import type { Database } from './database.ts'
import type { JobKind, Perform } from './jobs.ts'
import { killPoint } from './kill-point.ts'
import type { Log } from './log.ts'
import { type Outcome, outcomeOf } from './outcome.ts'
import { SendError } from './send-error.ts'
import type { Sender } from './sender.ts'
import { applyStatuses } from './statuses.ts'

/** How long a job waits for what it sent; on a chain with longer blocks the next rounds look at it again. */
const patienceMs = 2000

/** What this process can do of the work that is done in the background. Every step of it may be done twice. */
export function createPerformers(options: {
  readonly database: Database
  readonly chain: ServiceChain
  readonly sender: Sender | undefined
  readonly log: Log
  /** Told that something was sent, so that its inclusion is noticed soon. */
  readonly onSent: () => void
}): Readonly<Partial<Record<JobKind, Perform>>> {
  const { database, chain, sender, log, onSent } = options
  const { db } = database

  const build: Perform = async (batchIds, stopping) => {
    const outcomes = new Map<string, Outcome>()
    for (const batch of batchIds) {
      // One that failed for good is built when somebody has its job tried again.
      await reopenBuild(db, batch)
      const go = () => continueBuild(database, batch, () => stopping.aborted)
      const isDone = await database.exclusively(`build ${batch}`, go)
      if (isDone) log.info({ batch }, 'the batch is built')
      outcomes.set(batch, isDone || !stopping.aborted ? 'done' : 'later')
    }
    return outcomes
  }
  if (!sender) return { build }

  const anchor: Perform = async (batchIds) => {
    killPoint('anchor.taken')
    const outcomes = await sendAnchors(db, chain, sender, batchIds)
    killPoint('anchor.sent')
    await settleQuietly(sender)
    killPoint('anchor.waited')
    onSent()
    return outcomes
  }

  const status: Perform = async (batchIds) => {
    const outcomes = new Map<string, Outcome>()
    const batches = await db
      .selectFrom('batches')
      .select(batchColumns)
      .where('id', 'in', batchIds)
      .where('chain_id', '=', chain.chainId)
      .where('registry', '=', chain.registry)
      .where('state', 'in', ['included', 'safe', 'finalized'])
      .execute()
    killPoint('status.taken')
    for (const batch of batches) {
      try {
        await applyStatuses(db, sender, batch, patienceMs)
        outcomes.set(batch.id, 'done')
      } catch (thrown) {
        outcomes.set(batch.id, outcomeOf(thrown))
        if (thrown instanceof SendError) {
          log.warn({ batch: batch.id, code: thrown.code }, thrown.message)
        }
      }
    }
    killPoint('status.done')
    return outcomes
  }
  return { build, anchor, status }
}

/** What is on its way is followed by every round; here it is only hurried. */
async function settleQuietly(sender: Sender): Promise<void> {
  try {
    await sender.settle(patienceMs)
  } catch (thrown) {
    if (!(thrown instanceof SendError) && !(thrown instanceof ChainUnreadableError)) throw thrown
  }
}
