import { setImmediate as othersTurn } from 'node:timers/promises'
import {
  type BatchEntry,
  type BatchPlan,
  makeEntry,
  planBatch,
  type Random,
} from '../core/batch.ts'
import { drawFrom } from '../core/draw.ts'
import { messageOf } from '../core/error.ts'
import { buildTree, leafOf } from '../core/tree.ts'
import {
  countBuilt,
  findBuild,
  finishBuild,
  insertChunk,
  listBuilds,
  readLeaves,
} from './builds.ts'
import type { Database } from './database.ts'
import type { Log } from './watcher.ts'

const chunkSize = 500
/** Credentials that are made between two looks at what else there is to do: a few milliseconds. */
const entriesPerTurn = 20

/** Builds the batches that are too large for one request. Any process takes up what another left behind. */
export interface Builder {
  /** Looks for batches to build now and from time to time. */
  readonly start: () => void
  /** Asks for that soon; errors go to the log. */
  readonly nudge: () => void
  /** Ends after the chunk under way; the next start goes on there. */
  readonly stop: () => Promise<void>
}

export function createBuilder(options: {
  readonly database: Database
  readonly intervalMs: number
  readonly log: Log
}): Builder {
  const { database, intervalMs, log } = options
  let running: Promise<void> = Promise.resolve()
  let queued: Promise<void> | undefined
  let timer: NodeJS.Timeout | undefined
  let stopped = false

  const buildAll = async () => {
    for (const batch of await listBuilds(database.db)) {
      if (stopped) return
      try {
        // One process at a time, and within it one batch: the lock takes a connection.
        const build = () => continueBuild(database, batch, () => stopped)
        const isDone = await database.exclusively(`build ${batch}`, build)
        if (isDone) log.info({ batch }, 'the batch is built')
      } catch (thrown) {
        log.warn({ batch }, `the batch is not built yet: ${messageOf(thrown)}`)
      }
    }
  }
  const round = () => {
    // Whoever asks while a round waits for its turn shares that round.
    queued ??= running.then(() => {
      queued = undefined
      running = stopped ? Promise.resolve() : buildAll().catch(tell)
      return running
    })
    return queued
  }
  const tell = (thrown: unknown) =>
    log.warn({}, `batches to build cannot be listed: ${messageOf(thrown)}`)
  const schedule = (delay: number) => {
    timer = setTimeout(async () => {
      await round()
      if (!stopped) schedule(intervalMs)
    }, delay)
  }
  return {
    start: () => schedule(0),
    nudge: () => void round(),
    async stop() {
      stopped = true
      clearTimeout(timer)
      await queued
      await running
    },
  }
}

/** Builds what is missing of a batch; tells whether it is built now. Killed at any point, it goes on where it was. */
export async function continueBuild(
  { db }: Pick<Database, 'db'>,
  id: string,
  isStopped: () => boolean,
): Promise<boolean> {
  const build = await findBuild(db, id)
  if (!build) return false
  const plan = planBatch(build.request, drawFrom(build.seed, 'batch'))
  const draw = (statusIndex: number) => drawFrom(build.seed, `credential ${statusIndex}`)
  let built = await countBuilt(db, id)
  while (built < plan.seats.length) {
    if (isStopped()) return false
    const entries = await makeEntries(plan, built, built + chunkSize, draw)
    await insertChunk(db, id, built, entries, leavesOf(entries, built))
    built += entries.length
  }
  await finishBuild(db, id, buildTree(await readLeaves(db, id)))
  return true
}

/** The credentials from one status index to before another, with the event loop free in between. */
export async function makeEntries(
  plan: BatchPlan,
  from: number,
  to: number,
  draw: (statusIndex: number) => Random,
): Promise<readonly BatchEntry[]> {
  const entries: BatchEntry[] = []
  for (let index = from; index < Math.min(to, plan.seats.length); index++) {
    entries.push(makeEntry(plan, index, draw(index)))
    if (entries.length % entriesPerTurn === 0) await othersTurn()
  }
  return entries
}

function leavesOf(entries: readonly BatchEntry[], first: number): Uint8Array {
  const leaves = new Uint8Array(entries.length * 32)
  for (const [i, { digest }] of entries.entries()) leaves.set(leafOf(digest, first + i), i * 32)
  return leaves
}
