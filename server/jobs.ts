import { type JobResult, type JobWithMetadata, PgBoss } from 'pg-boss'
import { messageOf } from '../core/error.ts'
import type { Database } from './database.ts'
import { forgetDeadJobs, freeActiveJobs, jobsWithoutHope, reviveDeadJob } from './dead-jobs.ts'
import type { Log } from './log.ts'
import type { Outcome } from './outcome.ts'

export const jobKinds = ['build', 'subtree', 'anchor', 'status'] as const
export type JobKind = (typeof jobKinds)[number]

/** Does the work of one kind for some batches; `stopping` tells to end soon. What is thrown fails them all. */
export type Perform = (
  batchIds: readonly string[],
  stopping: AbortSignal,
) => Promise<ReadonlyMap<string, Outcome>>

/**
 * Work that is done in the background, one job a batch and kind, by whichever process is free.
 *
 * What is wanted stands in the batches and credentials; a job says only that it should be done now. So none is the only record of
 * anything, and `ensure` makes those that are missing.
 */
export interface Jobs {
  /** Has this done at once, also where it waits for another try or was given up. Durable once it returns. */
  readonly ask: (kind: JobKind, batchIds: readonly string[]) => Promise<void>
  /** The same where nobody is at it; what waits for another try or was given up is left alone. */
  readonly ensure: (kind: JobKind, batchIds: readonly string[]) => Promise<void>
  /** Takes jobs from now on. */
  readonly start: () => Promise<void>
  /** Does what can be done now, before it returns; returns how many jobs are done. */
  readonly drain: () => Promise<number>
  /** Tries a job again that was given up; `undefined` where there is no such job. */
  readonly revive: (id: string) => Promise<{ kind: JobKind; batch: string } | undefined>
  /** Ends what is under way, or hands it back. */
  readonly stop: () => Promise<void>
}

interface JobData {
  readonly batch: string
}

/** Jobs that ended here wait for a person. */
const graveyard = 'dead'
const hour = 3600
const day = 24 * hour
/** After so long without a sign of life a job counts as left behind: longer than any pause of a healthy process. */
const heartbeatSeconds = 15
const signOfLifeSeconds = 3
const batchesPerJob: Readonly<Record<JobKind, number>> = {
  build: 1,
  subtree: 1,
  anchor: 50,
  status: 10,
}

export async function openJobs(options: {
  readonly database: Database
  /** The kinds that this process can do. */
  readonly performers: Readonly<Partial<Record<JobKind, Perform>>>
  /** Told when a job was tried for the last time, with why it failed. */
  readonly onDead: (kind: JobKind, batch: string, reason: string) => Promise<void>
  /** Whether this process looks for jobs whose process has died. */
  readonly supervises: boolean
  readonly attempts: number
  readonly log: Log
}): Promise<Jobs> {
  const { database, performers, onDead, log } = options
  const boss = new PgBoss({
    ...database.queue,
    schedule: false,
    supervise: options.supervises,
    registerInstance: false,
    useListenNotify: true,
    // A process that was killed is noticed by its missing heartbeat.
    superviseIntervalSeconds: 2,
    monitorIntervalSeconds: 2,
  })
  tellOfTrouble(boss, log)
  await boss.start()
  await boss.createQueue(graveyard, { retentionSeconds: 365 * day, deleteAfterSeconds: day })
  const policy = {
    retryLimit: options.attempts - 1,
    retryDelay: 2,
    retryBackoff: true,
    retryDelayMax: 300,
    heartbeatSeconds,
    expireInSeconds: day,
    deleteAfterSeconds: hour,
    deadLetter: graveyard,
    notify: true,
  }
  for (const kind of jobKinds) {
    await boss.createQueue(kind, { policy: 'exclusive', ...policy })
    // Settings of an earlier start may differ.
    await boss.updateQueue(kind, policy)
  }

  // The embedded database is this process's alone: whatever is under way in it was begun by one that is gone.
  if (database.queue.backend === 'pglite') await freeActiveJobs(database.db)

  const stopping = new AbortController()
  const handedBack: { readonly kind: JobKind; readonly batch: string }[] = []

  const perform = async (
    kind: JobKind,
    jobs: readonly JobWithMetadata<JobData>[],
  ): Promise<{ readonly results: JobResult[]; readonly done: number }> => {
    const batches = jobs.map(({ data }) => data.batch)
    const outcomes = await outcomesOf(performers[kind] as Perform, batches, stopping.signal)
    const results: JobResult[] = []
    let done = 0
    for (const { id, data, retryCount, retryLimit } of jobs) {
      const outcome = outcomes.get(data.batch) ?? 'done'
      if (outcome === 'done' || outcome === 'later') {
        if (outcome === 'later' && stopping.signal.aborted) {
          handedBack.push({ kind, batch: data.batch })
        }
        if (outcome === 'done') done += 1
        results.push({ id, status: 'completed' })
        continue
      }
      if (retryCount >= retryLimit) {
        log.warn({ job: id, kind, batch: data.batch }, `given up: ${outcome.failed}`)
        await onDead(kind, data.batch, outcome.failed)
      } else {
        log.info({ job: id, kind, batch: data.batch }, `tried again later: ${outcome.failed}`)
      }
      results.push({ id, status: 'failed', output: { message: outcome.failed } })
    }
    return { results, done }
  }

  const kinds = jobKinds.filter((kind) => performers[kind])
  const ask: Jobs['ask'] = async (kind, batchIds) => {
    await forgetDeadJobs(database.db, kind, batchIds)
    // Due by any clock, and not so long ago that the queue takes it for one that nobody wanted and drops it.
    const startAfter = new Date(Date.now() - hour * 1000)
    for (const batch of batchIds) {
      await boss.upsert(kind, { batch }, { singletonKey: batch, startAfter })
    }
  }
  const ensure: Jobs['ensure'] = async (kind, batchIds) => {
    const hopeless = await jobsWithoutHope(database.db, kind, batchIds)
    const jobs = batchIds
      .filter((batch) => !hopeless.has(batch))
      .map((batch) => ({ data: { batch }, singletonKey: batch }))
    if (jobs.length > 0) await boss.insert(kind, jobs)
  }
  return {
    ask,
    ensure,
    async start() {
      for (const kind of kinds) {
        const settings = {
          batchSize: batchesPerJob[kind],
          pollingIntervalSeconds: 2,
          notifyPollingIntervalSeconds: 2,
          includeMetadata: true,
          perJobResults: true,
          heartbeatRefreshSeconds: signOfLifeSeconds,
        } as const
        await boss.work<JobData, unknown, typeof settings>(
          kind,
          settings,
          async (jobs) => (await perform(kind, jobs)).results,
        )
      }
    },
    async drain() {
      let count = 0
      for (const kind of kinds) {
        for (;;) {
          const jobs = await boss.fetch<JobData>(kind, {
            batchSize: batchesPerJob[kind],
            includeMetadata: true,
          })
          if (jobs.length === 0) break
          const alive = setInterval(
            () => boss.touch(kind, jobs).catch(() => undefined),
            signOfLifeSeconds * 1000,
          )
          const { results, done } = await perform(kind, jobs).finally(() => clearInterval(alive))
          for (const { id, status, output } of results) {
            if (status === 'completed') await boss.complete(kind, id)
            else await boss.fail(kind, id, output as object)
          }
          count += done
        }
      }
      return count
    },
    async revive(id) {
      const dead = await reviveDeadJob(database.db, id)
      if (dead) await ask(dead.kind, [dead.batch])
      return dead
    },
    async stop() {
      stopping.abort()
      await Promise.all(kinds.map((kind) => boss.offWork(kind, { wait: true })))
      // Nobody has to wait for a round to go on with what was left in the middle.
      const left = handedBack.splice(0)
      for (const { kind, batch } of left) await ensure(kind, [batch]).catch(() => undefined)
      await boss.stop({ graceful: true, timeout: 5000 })
    },
  }
}

async function outcomesOf(
  perform: Perform,
  batches: readonly string[],
  stopping: AbortSignal,
): Promise<ReadonlyMap<string, Outcome>> {
  try {
    return await perform([...new Set(batches)], stopping)
  } catch (thrown) {
    const failed = messageOf(thrown).slice(0, 500)
    return new Map(batches.map((batch) => [batch, { failed }]))
  }
}

const quietMs = 60_000

/** The queue says the same every second while the database is away: once a minute is enough. */
function tellOfTrouble(boss: PgBoss, log: Log): void {
  let toldAt = Number.NEGATIVE_INFINITY
  boss.on('error', (thrown: unknown) => {
    if (performance.now() - toldAt < quietMs) return
    toldAt = performance.now()
    log.warn({}, `the jobs cannot be read or written: ${messageOf(thrown)}`)
  })
}
