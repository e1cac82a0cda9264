import {
  type Build,
  countChunks,
  findBuild,
  finishBuild,
  finishSubtree,
  insertChunk,
  missingSubtrees,
} from './builds.ts'
import type { Database } from './database.ts'
import type { Made, Making } from './making.ts'
import { splitRoster } from './roster-split.ts'
import { subtreeRange } from './subtrees.ts'

/** What a build goes on with: a database, and a thread that makes credentials. */
export interface Workshop {
  readonly database: Database
  readonly making: Making
}

/** `built`, or the subtrees that are to be built before; `stopped` where it was told to. */
export type Progress = 'built' | 'stopped' | readonly number[]

/**
 * Builds what is missing of a batch. Killed at any point, it goes on where it was.
 *
 * Where several subtrees are missing, it leaves them to whoever is free and returns them; called again after, it finishes the batch.
 */
export async function continueBuild(
  workshop: Workshop,
  batchId: string,
  isStopped: () => boolean,
): Promise<Progress> {
  const { db, exclusively } = workshop.database
  const lone = await exclusively(`build ${batchId}`, async () => {
    const build = await findBuild(db, batchId)
    if (!build) return 'built'
    if (build.deal === null) {
      const isDealt = await splitRoster(workshop.database, workshop.making, build, isStopped)
      if (!isDealt) return 'stopped'
    }
    return missingSubtrees(db, build)
  })
  if (typeof lone === 'string') return lone
  if (lone.length > 1) return lone
  const [last] = lone
  if (last !== undefined && !(await buildSubtree(workshop, batchId, last, isStopped))) {
    return 'stopped'
  }
  await exclusively(`build ${batchId}`, async () => {
    if (await findBuild(db, batchId)) await finishBuild(db, batchId)
  })
  return 'built'
}

/** Builds what is missing of one subtree; tells whether it is built now. */
export async function buildSubtree(
  workshop: Workshop,
  batchId: string,
  subtree: number,
  isStopped: () => boolean,
): Promise<boolean> {
  const { db, exclusively } = workshop.database
  return exclusively(`build ${batchId} ${subtree}`, async () => {
    const build = await findBuild(db, batchId)
    if (!build || !(await missingSubtrees(db, build)).includes(subtree)) return true
    return makeSubtree(workshop, build, subtree, isStopped)
  })
}

async function makeSubtree(
  { database, making }: Workshop,
  build: Build,
  subtree: number,
  isStopped: () => boolean,
): Promise<boolean> {
  const { db } = database
  const { batchId, terms, seed } = build
  const range = subtreeRange(build, subtree)
  const parts = await readRoster(database, build, subtree)
  const session = await making.begin({ terms, seed, ...range }, parts)
  try {
    let built = await countChunks(db, batchId, range)
    const { rows } = database.atOnce
    const make = (from: number): Promise<Made> | undefined =>
      from < range.size ? session.make(from, Math.min(from + rows, range.size)) : undefined
    // The next ones are made while these are stored.
    for (let next = make(built); next; ) {
      if (isStopped()) return false
      const made = await next
      const chunk = { first: range.first + built, size: made.size }
      built += made.size
      next = make(built)
      next?.catch(() => undefined)
      await insertChunk(database, batchId, chunk, made)
    }
    await finishSubtree(database, batchId, subtree, range, await session.finish())
    return true
  } finally {
    session.close()
  }
}

/** Read part by part, so that no answer of the database is a large one. */
async function readRoster(
  { db }: Database,
  { batchId, deal }: Build,
  subtree: number,
): Promise<readonly string[]> {
  const parts = db
    .selectFrom('subtree_rosters')
    .where('batch_id', '=', batchId)
    .where('deal', '=', deal)
    .where('subtree', '=', subtree)
  const texts: string[] = []
  for (const { part } of await parts.select('part').orderBy('part').execute()) {
    const row = await parts.select('rows').where('part', '=', part).executeTakeFirstOrThrow()
    texts.push(row.rows)
  }
  return texts
}
