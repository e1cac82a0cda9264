import { setImmediate as othersTurn } from 'node:timers/promises'
import {
  type BatchEntry,
  type BatchPlan,
  makeEntry,
  planBatch,
  type Random,
} from '../core/batch.ts'
import { drawFrom } from '../core/draw.ts'
import { buildTree, leafOf } from '../core/tree.ts'
import { countBuilt, findBuild, finishBuild, insertChunk, readLeaves } from './builds.ts'
import type { Database } from './database.ts'

const chunkSize = 500
/** Credentials that are made between two looks at what else there is to do: a few milliseconds. */
const entriesPerTurn = 20

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
