import { type Kysely, sql } from 'kysely'
import type { CredentialName, NamedCredentials, NameProblem } from '../core/named-credentials.ts'
import type { BatchRow } from './batches.ts'
import { type PendingWords, pendingWords } from './pending-statuses.ts'
import { lockStatuses } from './statuses.ts'
import type { CredentialStatus, Tables } from './tables.ts'

const namesPerStatement = 10_000
/** Most bad lines that are told in one answer. */
const maxProblems = 100

/** A list of credentials of a batch. */
export interface NamesOfBatch {
  /** In order, each once. */
  readonly statusIndexes: readonly number[]
  /** Lines of the list, up to a hundred, whose status index, or `undefined` where it names none of the batch, is bad. */
  readonly problemsAt: (
    isBad: (statusIndex: number | undefined) => boolean,
    code: keyof typeof problemWords,
  ) => readonly NameProblem[]
}

/** The first credentials of a batch, at most so many, that a status can be asked for and was not, and how many more there are. */
export async function openIndexes(
  db: Kysely<Tables>,
  batchId: string,
  status: CredentialStatus,
  most: number,
): Promise<{ readonly statusIndexes: readonly number[]; readonly left: number }> {
  const open = db
    .selectFrom('credentials')
    .where('batch_id', '=', batchId)
    .where('status', 'not in', [...new Set(['revoked', status] as const)])
  const { count } = await open
    .select((select) => select.fn.countAll<string>().as('count'))
    .executeTakeFirstOrThrow()
  const rows = await open.select('status_index').orderBy('status_index').limit(most).execute()
  return {
    statusIndexes: rows.map(({ status_index }) => status_index),
    left: Math.max(0, Number(count) - most),
  }
}

const problemWords = {
  credential_unknown: 'is no credential of this batch',
  revocation_final: 'is revoked, and that is final',
} as const

/** Looks a list of credentials up in a batch. */
export async function statusIndexesOf(
  db: Kysely<Tables>,
  { id, size }: Pick<BatchRow, 'id' | 'size'>,
  { names, lines }: NamedCredentials,
): Promise<NamesOfBatch> {
  const found = new Map<string, number>()
  const uuids = names.filter((name) => typeof name === 'string')
  for (let first = 0; first < uuids.length; first += namesPerStatement) {
    const some = uuids.slice(first, first + namesPerStatement).join()
    const rows = await db
      .selectFrom('credentials')
      .select(['id', 'status_index'])
      .where('id', '=', sql<string>`any(string_to_array(${some}, ',')::uuid[])`)
      .where('batch_id', '=', id)
      .execute()
    for (const row of rows) found.set(row.id, row.status_index)
  }
  const indexOf = (name: CredentialName) => {
    if (typeof name === 'string') return found.get(name)
    return name < size ? name : undefined
  }
  const meant = new Set(names.map(indexOf))
  meant.delete(undefined)
  return {
    statusIndexes: ([...meant] as number[]).sort((a, b) => a - b),
    problemsAt(isBad, code) {
      const problems: NameProblem[] = []
      for (const [i, name] of names.entries()) {
        if (problems.length === maxProblems) break
        if (!isBad(indexOf(name))) continue
        const field = typeof name === 'string' ? 'id' : 'statusIndex'
        const message = `${name} ${problemWords[code]}`
        problems.push({ line: lines[i] as number, field, code, message })
      }
      return problems
    },
  }
}

/** What a list of credentials has come to. Nothing is recorded where any of them is revoked and shall be something else. */
export type StatusesRequested =
  | {
      /** Of the credentials that the list names, those that another status was wished for before. */
      readonly changed: number
      /** All of the batch that the chain does not show yet, with what was asked for earlier. */
      readonly pending: readonly PendingWords[]
    }
  | { readonly revoked: ReadonlySet<number> }

/** Records the status that an issuer asks for, for all of the credentials or for none of them; durable once it returns, and safe to repeat. */
export function requestStatuses(
  db: Kysely<Tables>,
  batchId: string,
  statusIndexes: readonly number[],
  status: CredentialStatus,
): Promise<StatusesRequested> {
  return db.transaction().execute((step) => record(step, batchId, statusIndexes, status))
}

/** What `requestStatuses` would come to; records nothing. */
export async function tryStatuses(
  db: Kysely<Tables>,
  batchId: string,
  statusIndexes: readonly number[],
  status: CredentialStatus,
): Promise<StatusesRequested> {
  let outcome: StatusesRequested | undefined
  const undone = db.transaction().execute(async (step) => {
    outcome = await record(step, batchId, statusIndexes, status)
    throw new Undone()
  })
  await undone.catch((thrown: unknown) => {
    if (!(thrown instanceof Undone)) throw thrown
  })
  return outcome as StatusesRequested
}

class Undone extends Error {}

async function record(
  step: Kysely<Tables>,
  batchId: string,
  statusIndexes: readonly number[],
  status: CredentialStatus,
): Promise<StatusesRequested> {
  await lockStatuses(step, batchId)
  let changed = 0
  for (let first = 0; first < statusIndexes.length; first += namesPerStatement) {
    const some = statusIndexes.slice(first, first + namesPerStatement).join()
    const held = await hold(step, batchId, some, status)
    if (held.revoked.size > 0) return held
    changed += held.others
    // Also where it is the same again: whoever takes an earlier request back must not take this one back.
    await sql`
      update credentials set status = ${status}, status_request = status_request + 1
      from unnest(string_to_array(${some}, ',')::integer[]) as meant (at)
      where batch_id = ${batchId} and status_index = at
        and (status <> ${status} or chain_status <> ${status})`.execute(step)
  }
  return { changed, pending: await pendingWords(step, batchId) }
}

/** Keeps others from changing these credentials until the step ends, in the order of their indexes. */
async function hold(
  step: Kysely<Tables>,
  batchId: string,
  some: string,
  status: CredentialStatus,
): Promise<{ readonly others: number; readonly revoked: ReadonlySet<number> }> {
  const { rows } = await sql<{ readonly others: number; readonly revoked: string | null }>`
    with held as materialized (
      select status_index, status from credentials
      where batch_id = ${batchId} and status <> ${status}
        and status_index = any(string_to_array(${some}, ',')::integer[])
      order by status_index
      for update
    )
    select count(*)::integer as others,
      string_agg(status_index::text, ',') filter (where status = 'revoked') as revoked
    from held`.execute(step)
  const { others = 0, revoked } = rows[0] ?? {}
  return { others, revoked: new Set(revoked?.split(',').map(Number)) }
}
