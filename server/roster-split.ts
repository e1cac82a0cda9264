import { randomInt } from 'node:crypto'
import type { Kysely } from 'kysely'
import { drawFrom } from '../core/draw.ts'
import { invariant } from '../core/error.ts'
import { permutation } from '../core/permutation.ts'
import { subtreeCount } from '../core/split-tree.ts'
import type { Build } from './builds.ts'
import { createCopyRows } from './copy-rows.ts'
import type { Database } from './database.ts'
import { killPoint } from './kill-point.ts'
import type { Making } from './making.ts'
import { linesIn } from './roster-lines.ts'
import type { Tables } from './tables.ts'

const columns = ['batch_id', 'deal', 'subtree', 'part', 'rows']

/**
 * Deals the learners of a batch to its subtrees, each with the status index that was drawn for it; tells whether that is done.
 *
 * Only then can any number of workers make the subtrees, each from its own learners. Begun again, it starts from the first learner.
 */
export async function splitRoster(
  { db, bulk, atOnce }: Pick<Database, 'db' | 'bulk' | 'atOnce'>,
  making: Pick<Making, 'deal'>,
  build: Build,
  isStopped: () => boolean,
): Promise<boolean> {
  const { batchId, size, height, seed } = build
  // Of two who deal at once, each writes rows of its own, and one of them counts.
  const deal = randomInt(2 ** 31)
  // The learner at place i of the roster gets status index order[i]: an index tells nothing about the place (format rule 4).
  const order = permutation(size, drawFrom(seed, 'batch'))
  const waiting: string[] = Array.from({ length: subtreeCount(build) }, () => '')
  let waitingLength = 0
  let round = 0
  const flush = async () => {
    const written = createCopyRows()
    for (const [subtree, rows] of waiting.entries()) {
      if (rows === '') continue
      written.row(columns.length)
      written.uuid(batchId)
      written.int4(deal)
      written.int4(subtree)
      written.int4(round)
      written.text(rows)
      waiting[subtree] = ''
    }
    await bulk(({ copy }) => copy('subtree_rosters', columns, written.end()))
    round += 1
    waitingLength = 0
  }
  let place = 0
  for (let part = 0; ; part++) {
    if (isStopped()) return false
    const rows = await readPart(db, batchId, part)
    if (rows === undefined) break
    const count = linesIn(rows)
    invariant(place + count <= size, 'as many learners as the batch has')
    const dealt = await making.deal(rows, order.slice(place, place + count), height)
    for (const [subtree, text] of dealt) waiting[subtree] += text
    place += count
    waitingLength += rows.length
    if (waitingLength > atOnce.bytes) await flush()
  }
  await flush()
  // Where another was done first, the roster is gone by now.
  if (place < size && (await findDeal(db, batchId)) !== null) return true
  invariant(place === size, 'as many learners as the batch has')
  await db.transaction().execute(async (transaction) => {
    const { numUpdatedRows } = await transaction
      .updateTable('builds')
      .set({ deal })
      .where('batch_id', '=', batchId)
      .where('deal', 'is', null)
      .executeTakeFirst()
    const others = transaction.deleteFrom('subtree_rosters').where('batch_id', '=', batchId)
    if (numUpdatedRows === 0n) {
      await others.where('deal', '=', deal).execute()
      return
    }
    await others.where('deal', '<>', deal).execute()
    await transaction.deleteFrom('roster_parts').where('roster_id', '=', batchId).execute()
  })
  killPoint('build.split')
  return true
}

async function findDeal(db: Kysely<Tables>, batchId: string): Promise<number | null> {
  const row = await db
    .selectFrom('builds')
    .select('deal')
    .where('batch_id', '=', batchId)
    .executeTakeFirst()
  return row?.deal ?? null
}

async function readPart(
  db: Kysely<Tables>,
  batchId: string,
  part: number,
): Promise<string | undefined> {
  const row = await db
    .selectFrom('roster_parts')
    .select('rows')
    .where('roster_id', '=', batchId)
    .where('part', '=', part)
    .executeTakeFirst()
  return row?.rows
}
