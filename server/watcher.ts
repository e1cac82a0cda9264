import type { Kysely } from 'kysely'
import { ChainUnreadableError } from '../core/chain.ts'
import { messageOf } from '../core/error.ts'
import { sendAnchors } from './anchor-send.ts'
import { watchAnchors } from './anchor-watch.ts'
import { batchColumns } from './batches.ts'
import type { ServiceChain } from './chains.ts'
import { killPoint } from './kill-point.ts'
import { SendError } from './send-error.ts'
import type { Sender } from './sender.ts'
import { applyStatuses } from './statuses.ts'
import type { Tables } from './tables.ts'
import { recordRound } from './watch-rounds.ts'

/** Keeps the stored batches and the chain in step. */
export interface Watcher {
  readonly start: () => void
  /** One full round; rounds never overlap. Throws where the chain cannot be read. */
  readonly round: () => Promise<void>
  /** Asks for a round soon; errors go to the log. */
  readonly nudge: () => void
  /** Ends the loop and waits for the round under way. */
  readonly stop: () => Promise<void>
}

/** What the watcher says, as pino takes it. */
export interface Log {
  readonly info: (facts: object, message: string) => void
  readonly warn: (facts: object, message: string) => void
}

/** How long a round waits for what it sent; a chain with longer blocks is looked at again in the next. */
const patienceMs = 2000

export function createWatcher(options: {
  readonly db: Kysely<Tables>
  readonly service: ServiceChain
  readonly sender: Sender | undefined
  readonly finalityDepth: number | undefined
  readonly intervalMs: number
  /** Whether a chain that forgets is worth a warning. */
  readonly resetIsNews: boolean
  readonly log: Log
}): Watcher {
  const { db, service, sender, finalityDepth, intervalMs, resetIsNews, log } = options
  let running: Promise<void> = Promise.resolve()
  let queued: Promise<void> | undefined
  let timer: NodeJS.Timeout | undefined
  let stopped = false

  const work = async () => {
    killPoint('round.begun')
    const lost = await watchAnchors(db, service, finalityDepth)
    await recordRound(db, service)
    if (lost.length > 0) {
      const level = resetIsNews ? 'warn' : 'info'
      log[level](
        { batches: lost.length },
        'the chain has forgotten anchors; they are looked for anew',
      )
    }
    if (!sender) return
    killPoint('round.watched')
    const settled = await sender.settle(0)
    killPoint('round.settled')
    await sendAnchors(db, service, sender)
    killPoint('round.sent')
    const sent = await sender.settle(patienceMs)
    killPoint('round.waited')
    if (settled || sent) await watchAnchors(db, service, finalityDepth)
    await applyPendingStatuses()
    killPoint('round.ended')
  }
  const applyPendingStatuses = async () => {
    for (const batch of await batchesWithPendingStatus(db, service)) {
      await applyStatuses(db, sender as Sender, batch, patienceMs).catch((thrown: unknown) => {
        if (!(thrown instanceof SendError)) throw thrown
        if (thrown.code === 'transaction_pending') return
        log.warn({ batch: batch.id, code: thrown.code }, thrown.message)
      })
    }
  }
  const round = (): Promise<void> => {
    // Whoever asks while a round waits for its turn shares that round.
    queued ??= running
      .catch(() => undefined)
      .then(() => {
        queued = undefined
        running = stopped ? Promise.resolve() : work()
        return running
      })
    return queued
  }
  let trouble: string | undefined
  const attempt = async () => {
    try {
      await round()
      if (trouble !== undefined) log.info({}, 'the chain is watched again')
      trouble = undefined
    } catch (thrown) {
      const code = thrown instanceof ChainUnreadableError ? thrown.code : 'failed'
      // An outage is told once, not with every round.
      if (code !== trouble) log.warn({ code }, `the chain is not watched: ${messageOf(thrown)}`)
      trouble = code
    }
  }
  const schedule = (delay: number) => {
    timer = setTimeout(async () => {
      await attempt()
      if (!stopped) schedule(intervalMs)
    }, delay)
  }
  return {
    start: () => schedule(0),
    round,
    nudge: () => void attempt(),
    async stop() {
      stopped = true
      clearTimeout(timer)
      await queued?.catch(() => undefined)
      await running.catch(() => undefined)
    },
  }
}

function batchesWithPendingStatus(db: Kysely<Tables>, service: ServiceChain) {
  return db
    .selectFrom('batches')
    .select(batchColumns)
    .where('chain_id', '=', service.chainId)
    .where('registry', '=', service.registry)
    .where('state', 'in', ['included', 'safe', 'finalized'])
    .where((where) =>
      where.exists(
        where
          .selectFrom('credentials')
          .select('credentials.id')
          .whereRef('credentials.batch_id', '=', 'batches.id')
          .whereRef('credentials.status', '<>', 'credentials.chain_status'),
      ),
    )
    .limit(100)
    .execute()
}
