import { type Kysely, type RawBuilder, sql } from 'kysely'
import { packWords, type StatusLimits, type StatusWords, statusCallGas } from '../core/status.ts'
import type { StatusCall, StatusStep } from './sender.ts'
import type { CredentialStatus, Tables } from './tables.ts'

export const statusCalls: Readonly<Record<CredentialStatus, StatusCall>> = {
  active: 'reinstate',
  suspended: 'suspend',
  revoked: 'revoke',
}

/** Credentials of a batch that are to get one status and do not have it on the chain yet, as words of 256. */
export interface PendingWords {
  readonly status: CredentialStatus
  readonly count: number
  readonly masks: ReadonlyMap<number, bigint>
  readonly isUsed: (word: number) => boolean
}

/**
 * So many transactions are on their way for a batch at most: endpoints hold no more than 16 of an account for sure, and what waits
 * for a block is paid at the fee of today.
 */
const maxRuns = 16

/** What the chain does not show yet of the statuses asked for. A word is a row, so that memory is a byte for each credential of the batch at most. */
export function pendingWords(
  db: Kysely<Tables>,
  batchId: string,
): Promise<readonly PendingWords[]> {
  return readWords(db, batchId, sql`status`, sql`status <> chain_status`)
}

/** What the chain would have to be brought, were a status asked for all of a batch. What is revoked stays so. */
export function wordsOfAll(
  db: Kysely<Tables>,
  batchId: string,
  wanted: CredentialStatus,
): Promise<readonly PendingWords[]> {
  const open = sql`status <> 'revoked' and chain_status not in ('revoked', ${wanted})`
  return readWords(db, batchId, sql`${wanted}::text`, open)
}

async function readWords(
  db: Kysely<Tables>,
  batchId: string,
  wanted: RawBuilder<unknown>,
  where: RawBuilder<unknown>,
): Promise<readonly PendingWords[]> {
  const { rows } = await sql<{
    readonly status: CredentialStatus
    readonly word: number
    readonly count: number
    readonly mask: string
  }>`
    select ${wanted} as status, status_index / 256 as word, count(*)::integer as count,
      bit_or(set_bit(repeat('0', 256)::bit(256), 255 - status_index % 256, 1))::text as mask
    from credentials
    where batch_id = ${batchId} and ${where}
    group by 1, 2
    order by 1, 2`.execute(db)
  const pending: PendingWords[] = []
  for (const [status, some] of Map.groupBy(rows, (row) => row.status)) {
    const used = status === 'active' ? undefined : await usedWords(db, batchId, status)
    pending.push({
      status,
      count: some.reduce((sum, { count }) => sum + count, 0),
      masks: new Map(some.map(({ word, mask }) => [word, BigInt(`0b${mask}`)])),
      isUsed: (word) => used?.has(word) ?? true,
    })
  }
  return pending
}

/** Words in which the chain shows a status of somebody already, so that another costs less. */
async function usedWords(
  db: Kysely<Tables>,
  batchId: string,
  status: CredentialStatus,
): Promise<ReadonlySet<number>> {
  const rows = await db
    .selectFrom('credentials')
    .select(sql<number>`status_index / 256`.as('word'))
    .distinct()
    .where('batch_id', '=', batchId)
    .where('chain_status', '=', status)
    .execute()
  return new Set(rows.map(({ word }) => word))
}

/** The transactions to send next, each within `gas`. */
export function stepsOf(pending: readonly PendingWords[], gas: number): readonly StatusStep[] {
  let left = maxRuns
  return pending.flatMap((words) => {
    const runs = runsOf(words, { gas, isUsed: words.isUsed }).slice(0, left)
    left -= runs.length
    return runs.length === 0 ? [] : [{ call: statusCalls[words.status], runs }]
  })
}

/** How many transactions all of it takes, and about how much gas. */
export function costOf(pending: readonly PendingWords[], gas: number) {
  const each = pending.flatMap((words) => {
    const { isUsed } = words
    return runsOf(words, { gas, isUsed }).map((run) => statusCallGas(run, isUsed))
  })
  return { transactions: each.length, gas: each.reduce((sum, one) => sum + one, 0) }
}

function runsOf({ masks }: PendingWords, limits: StatusLimits): readonly StatusWords[] {
  return packWords(masks, limits)
}

/** What the chain shows of a batch, as far as was seen, and what it is to show. */
export async function countStatuses(db: Kysely<Tables>, { id }: { readonly id: string }) {
  const { pending } = await db
    .selectFrom('credentials')
    .select((select) => select.fn.countAll<number>().as('pending'))
    .where('batch_id', '=', id)
    .whereRef('status', '<>', 'chain_status')
    .executeTakeFirstOrThrow()
  const ended = await db
    .selectFrom('credentials')
    .select((select) => ['chain_status', select.fn.countAll<number>().as('count')])
    .where('batch_id', '=', id)
    .where('chain_status', '<>', 'active')
    .groupBy('chain_status')
    .execute()
  const countOf = (status: CredentialStatus) =>
    Number(ended.find(({ chain_status }) => chain_status === status)?.count ?? 0)
  return {
    id,
    revoked: countOf('revoked'),
    suspended: countOf('suspended'),
    pending: Number(pending),
  }
}
