import { ChainUnreadableError } from '../core/chain.ts'
import { sendAnchors } from './anchor-send.ts'
import { batchColumns } from './batches.ts'
import { buildSubtree, continueBuild } from './builder.ts'
import { findBuild, missingSubtrees, reopenBuild } from './builds.ts'
import type { ServiceChain } from './chains.ts'
import type { Database } from './database.ts'
import { parsePart } from './job-parts.ts'
import type { JobKind, Perform } from './jobs.ts'
import { killPoint } from './kill-point.ts'
import type { Log } from './log.ts'
import type { Making } from './making.ts'
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
  readonly making: Making
  /** Told which subtrees of a batch are to be built, by whoever is free; none: the batch can be finished. */
  readonly onParts: (batch: string, subtrees: readonly number[]) => Promise<void>
  /** Told that something was sent, so that its inclusion is noticed soon. */
  readonly onSent: () => void
}): Readonly<Partial<Record<JobKind, Perform>>> {
  const { database, chain, sender, log, making, onParts, onSent } = options
  const { db } = database

  const workshop = { database, making }
  const build: Perform = async (batchIds, stopping) => {
    const outcomes = new Map<string, Outcome>()
    for (const batch of batchIds) {
      // One that failed for good is built when somebody has its job tried again.
      await reopenBuild(db, batch)
      const progress = await continueBuild(workshop, batch, () => stopping.aborted)
      if (progress === 'built') log.info({ batch }, 'the batch is built')
      else if (progress !== 'stopped') await onParts(batch, progress)
      outcomes.set(batch, progress === 'built' ? 'done' : 'later')
    }
    return outcomes
  }

  const subtree: Perform = async (parts, stopping) => {
    const outcomes = new Map<string, Outcome>()
    for (const part of parts) {
      const { batch, number } = parsePart(part)
      const isDone = await buildSubtree(workshop, batch, number, () => stopping.aborted)
      outcomes.set(part, isDone ? 'done' : 'later')
      if (isDone && (await isReady(db, batch))) await onParts(batch, [])
    }
    return outcomes
  }
  if (!sender) return { build, subtree }

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
  return { build, subtree, anchor, status }
}

/** Whether nothing but the finish of a build is left. */
async function isReady(db: Database['db'], batch: string): Promise<boolean> {
  const build = await findBuild(db, batch)
  return build !== undefined && (await missingSubtrees(db, build)).length === 0
}

/** What is on its way is followed by every round; here it is only hurried. */
async function settleQuietly(sender: Sender): Promise<void> {
  try {
    await sender.settle(patienceMs)
  } catch (thrown) {
    if (!(thrown instanceof SendError) && !(thrown instanceof ChainUnreadableError)) throw thrown
  }
}
