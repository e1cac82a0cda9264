import { type Kysely, sql } from 'kysely'
import { type BatchRow, batchColumns, describeBatch, findBatch } from './batches.ts'
import { countBuilt } from './builds.ts'
import { selectDocuments } from './credential-documents.ts'
import { type ListedFacts, listedFacts } from './credentials.ts'
import { HttpProblem } from './problem.ts'
import type { Tables } from './tables.ts'

/** Credentials that one search shows: whoever needs more narrows it. */
const mostFound = 50
/** Names have no index: a search through tens of millions is given up. */
const longestMs = 5_000
const uuidPattern =
  /^(?:urn:uuid:)?([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})$/i

/** An issuer's batches, the newest first. `before` is the last one of the page before. */
export async function listBatches(
  db: Kysely<Tables>,
  issuerId: string,
  before: string | undefined,
  limit: number,
) {
  const last = before === undefined ? undefined : await findBatch(db, before)
  const rows: BatchRow[] = await db
    .selectFrom('batches')
    .select(batchColumns)
    .where('issuer_id', '=', issuerId)
    .$if(last !== undefined, (query) =>
      query.where(
        sql<boolean>`(created_at, id) < (select created_at, id from batches where id = ${before})`,
      ),
    )
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit + 1)
    .execute()
  const page = rows.slice(0, limit)
  const batches = await Promise.all(page.map((batch) => described(db, batch)))
  const next = rows.length > limit ? page.at(-1)?.id : undefined
  return { batches, ...(next !== undefined && { next }) }
}

async function described(db: Kysely<Tables>, batch: BatchRow) {
  if (batch.state !== 'building') return describeBatch(batch)
  return { ...describeBatch(batch), built: await countBuilt(db, batch) }
}

/** Credentials of an issuer by a part of the holder's name, or by their id. `search` is untrusted. */
export async function searchCredentials(
  db: Kysely<Tables>,
  issuerId: string,
  search: string,
  batchId: string | undefined,
) {
  const id = uuidPattern.exec(search.trim())?.[1]?.toLowerCase()
  const rows = await inTime(db, (transaction) =>
    selectDocuments(transaction)
      .innerJoin('batches', 'batches.id', 'credentials.batch_id')
      .select([
        'credentials.status',
        'batches.id as batch',
        'batches.name as batchName',
        'batches.withdrawn_at',
      ])
      .where('batches.issuer_id', '=', issuerId)
      .where('batches.state', 'not in', ['building', 'failed'])
      .$if(batchId !== undefined, (query) => query.where('batches.id', '=', batchId as string))
      .where(id === undefined ? namedLike(search.trim()) : sql<boolean>`credentials.id = ${id}`)
      .orderBy('batches.created_at', 'desc')
      .orderBy('credentials.status_index')
      .limit(mostFound + 1)
      .execute(),
  )
  const shown = rows.slice(0, mostFound)
  const facts = listedFacts(shown)
  const credentials = shown.map(
    ({ id, status_index, status, batch, batchName, withdrawn_at }, i) => ({
      id,
      statusIndex: status_index,
      ...(facts[i] as ListedFacts),
      status,
      batch,
      batchName,
      ...(withdrawn_at !== null && { withdrawn: true }),
    }),
  )
  return { credentials, complete: rows.length <= mostFound }
}

/** What credentials are filled with begins with the name, as JSON prints it. */
function namedLike(search: string) {
  const pattern = anyCase(JSON.stringify(search.normalize('NFC')).slice(1, -1))
  return sql<boolean>`(split_part(credentials.filled, chr(10), 1) ~ ${pattern} or credentials.document ~ ${pattern})`
}

/** A regular expression for a text in upper or lower case: left to the database, it would depend on its locale. Nothing in it repeats. */
function anyCase(text: string): string {
  return Array.from(text, (letter) => {
    const forms = new Set([letter, letter.toLowerCase(), letter.toUpperCase()])
    if (forms.size === 1) return letter.replace(/[\\^$.|?*+()[\]{}]/, '\\$&')
    return `(?:${[...forms].join('|')})`
  }).join('')
}

async function inTime<T>(
  db: Kysely<Tables>,
  ask: (transaction: Kysely<Tables>) => Promise<T>,
): Promise<T> {
  try {
    return await db.transaction().execute(async (transaction) => {
      await sql`set local statement_timeout = ${sql.lit(longestMs)}`.execute(transaction)
      return ask(transaction)
    })
  } catch (thrown) {
    // PostgreSQL appendix A: query_canceled.
    if ((thrown as { readonly code?: unknown }).code !== '57014') throw thrown
    const detail = 'The search takes too long over so many credentials; look within one batch.'
    throw new HttpProblem(503, 'search_too_slow', detail)
  }
}
