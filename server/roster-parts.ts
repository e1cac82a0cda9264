import { createHash, randomUUID } from 'node:crypto'
import { setImmediate as othersTurn } from 'node:timers/promises'
import { type Kysely, sql } from 'kysely'
import { InvalidInputError, invariant } from '../core/error.ts'
import type { Learner } from '../core/learner.ts'
import { createCopyRows } from './copy-rows.ts'
import type { Database } from './database.ts'
import { killPoint } from './kill-point.ts'
import { learnersOf, rowsOf } from './roster-lines.ts'
import type { Tables } from './tables.ts'

/** The learners of a roster that was handed in: in memory where they are few, else stored under an id that becomes their batch's. */
export interface HandedIn {
  readonly count: number
  /** All of them, where they are few. */
  readonly learners: readonly Learner[] | undefined
  /** Where they are stored otherwise. */
  readonly rosterId: string | undefined
  /** SHA-256 over all of them, 32 bytes: the same learners in the same order have the same. */
  readonly hash: Uint8Array
}

/** Some learners as they are stored: JSON in UTF-8, one a line. */
export interface LearnerRows {
  readonly count: number
  readonly rows: Uint8Array
}

/** Takes learners as they are read, and holds no more of them than a part. */
export interface RosterIntake {
  /** Throws `InvalidInputError` beyond the most that a batch may have. What it returns means: wait before you give more. */
  readonly take: (learners: readonly Learner[]) => Promise<void>
  readonly takeRows: (learners: LearnerRows) => Promise<void>
  readonly end: () => Promise<HandedIn>
  /** Waits for work on the roster, for which the sender waits, too. */
  readonly during: <T>(work: Promise<T>) => Promise<T>
  /** Whether learners are being read or stored, so that it is not the sender who is slow. */
  readonly isBusy: () => boolean
  /** Leaves nothing behind. Safe to call at any time, also after the end. */
  readonly drop: () => Promise<void>
}

/** So many are issued at once and never stored as a roster. */
export const atOnce = 1000
/** Bytes of a stored part: what one roster on its way keeps in memory. */
const partLength = 1 << 20

export function openIntake(
  { db, bulk }: Pick<Database, 'db' | 'bulk'>,
  maxSize: number,
): RosterIntake {
  const id = randomUUID()
  const hash = createHash('sha256')
  let waiting: Uint8Array[] = []
  let length = 0
  let count = 0
  let parts = 0
  let works = 0
  let isStoring = false
  let isDropped = false

  const during = async <T>(work: Promise<T>): Promise<T> => {
    works += 1
    try {
      return await work
    } finally {
      works -= 1
    }
  }
  const flush = async () => {
    if (waiting.length === 0) return
    isStoring = true
    try {
      await during(store())
    } finally {
      isStoring = false
    }
  }
  const store = async () => {
    const rows = waiting
    waiting = []
    length = 0
    if (parts === 0) await db.insertInto('rosters').values({ id }).execute()
    const written = createCopyRows()
    written.row(3)
    written.uuid(id)
    written.int4(parts)
    written.bytes(Buffer.concat(rows))
    await bulk(({ copy }) => copy('roster_parts', ['roster_id', 'part', 'rows'], written.end()))
    parts += 1
    await touch(db, id)
    killPoint('roster.stored')
  }
  const takeRows = async (learners: LearnerRows) => {
    invariant(!isDropped, 'an intake that is open')
    if (learners.count === 0) return
    count += learners.count
    if (count > maxSize) {
      throw new InvalidInputError(
        'batch_too_large',
        `more than ${maxSize} learners; at most ${maxSize} go into a batch, so split the roster`,
      )
    }
    hash.update(learners.rows)
    waiting.push(learners.rows)
    length += learners.rows.length
    if (count > atOnce && length >= partLength) await flush()
  }
  return {
    during,
    isBusy: () => works > 0,
    take: (learners) => takeRows({ count: learners.length, rows: rowsOf(learners) }),
    takeRows,
    async end() {
      const isFew = count <= atOnce
      if (!isFew) await flush()
      return {
        count,
        learners: isFew ? learnersOf(Buffer.concat(waiting).toString('utf8')) : undefined,
        rosterId: isFew ? undefined : id,
        hash: hash.digest(),
      }
    },
    async drop() {
      isDropped = true
      // What is being stored at this moment would stay behind.
      while (isStoring) await othersTurn()
      await dropRoster(db, id)
    },
  }
}

/** Nothing is left of a roster that no batch is built from. */
export async function dropRoster(db: Kysely<Tables>, id: string): Promise<void> {
  await db
    .deleteFrom('rosters')
    .where('id', '=', id)
    .where(({ not, exists, selectFrom }) =>
      not(exists(selectFrom('builds').select('batch_id').whereRef('batch_id', '=', 'rosters.id'))),
    )
    .execute()
}

/** Drops rosters whose handing-in has ended in the middle, with the process or the connection. */
export async function dropAbandonedRosters(db: Kysely<Tables>): Promise<void> {
  const stale = await db
    .selectFrom('rosters')
    .select('id')
    .where('touched_at', '<', sql<Date>`now() - interval '1 hour'`)
    .execute()
  for (const { id } of stale) await dropRoster(db, id)
}

async function touch(db: Kysely<Tables>, id: string): Promise<void> {
  await db
    .updateTable('rosters')
    .set({ touched_at: sql<Date>`now()` })
    .where('id', '=', id)
    .execute()
}
