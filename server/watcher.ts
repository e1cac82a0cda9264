import { ChainUnreadableError } from '../core/chain.ts'
import { messageOf } from '../core/error.ts'
import type { ContractAddresses } from '../core/trust.ts'
import { batchesToAnchor } from './anchor-send.ts'
import { watchAnchors } from './anchor-watch.ts'
import { listBuilds } from './builds.ts'
import { type Followed, followChain } from './chain-follower.ts'
import type { ServiceChain } from './chains.ts'
import type { Database } from './database.ts'
import type { Jobs } from './jobs.ts'
import { killPoint } from './kill-point.ts'
import type { Log } from './log.ts'
import { revokeReplaced } from './reissue.ts'
import { dropAbandonedRosters } from './roster-parts.ts'
import type { Sender } from './sender.ts'
import { batchesWithPendingStatus } from './statuses.ts'
import { recordRound } from './watch-rounds.ts'

/** Compares the stored batches with the chain, and asks for the work that is wanted and that nobody is at. */
export interface Watcher {
  readonly start: () => void
  /** One full round, unless another process is at it; rounds never overlap. Throws where the chain cannot be read. */
  readonly round: () => Promise<void>
  /** Asks for a round soon; errors go to the log. */
  readonly nudge: () => void
  /** Ends the loop and waits for the round under way. */
  readonly stop: () => Promise<void>
}

export function createWatcher(options: {
  readonly database: Database
  readonly jobs: Pick<Jobs, 'ensure'>
  readonly service: ServiceChain
  /** The contracts whose logs are followed. */
  readonly contracts: ContractAddresses
  readonly sender: Sender | undefined
  readonly finalityDepth: number | undefined
  readonly intervalMs: number
  /** Whether a chain that forgets is worth a warning. */
  readonly resetIsNews: boolean
  readonly log: Log
}): Watcher {
  const { database, jobs, service, contracts, sender, finalityDepth, intervalMs, log } = options
  const { db } = database
  const level = options.resetIsNews ? 'warn' : 'info'
  let running: Promise<void> = Promise.resolve()
  let queued: Promise<void> | undefined
  let timer: NodeJS.Timeout | undefined
  let stopped = false

  const work = async () => {
    killPoint('round.begun')
    await jobs.ensure('build', await listBuilds(db))
    // One process at a time looks for all.
    await database.ifFree(`watch ${service.chainId} ${service.registry}`, watch)
    killPoint('round.ended')
  }
  const watch = async () => {
    await dropAbandonedRosters(db)
    tell(await followChain(db, service, contracts, finalityDepth))
    killPoint('round.followed')
    const lost = await watchAnchors(db, service, finalityDepth, log)
    await recordRound(db, service)
    await revokeReplaced(db)
    if (lost.length > 0) {
      log[level](
        { batches: lost.length },
        'the chain has forgotten anchors; they are looked for anew',
      )
    }
    if (!sender) return
    killPoint('round.watched')
    const settled = await sender.settle(0)
    killPoint('round.settled')
    if (settled) await watchAnchors(db, service, finalityDepth, log)
    await jobs.ensure('anchor', await batchesToAnchor(db, service))
    await jobs.ensure('status', await batchesWithPendingStatus(db, service))
    killPoint('round.asked')
  }
  let logTrouble: string | undefined
  const tell = ({ reorgedFrom, begun, touched, trouble }: Followed) => {
    if (begun === 'another chain') log[level]({}, 'what was final is gone: this is another chain')
    if (reorgedFrom !== undefined) log.info({ from: reorgedFrom }, 'the chain turned back')
    if (touched.operators) log.info({}, 'an issuer of ours gave or took an operator’s roles')
    if (touched.accreditations) log.info({}, 'the accreditation of an issuer of ours changed')
    // Told once, not with every round; state is read all the same.
    if (trouble && !logTrouble) log.warn({}, `the chain’s logs are not read: ${trouble}`)
    logTrouble = trouble
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
