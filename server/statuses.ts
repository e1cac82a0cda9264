import { Transaction } from 'ethers'
import { type Kysely, type RawBuilder, sql } from 'kysely'
import type { StatusWords } from '../core/status.ts'
import type { BatchRow } from './batches.ts'
import { registryInterface, type ServiceChain } from './chains.ts'
import { killPoint } from './kill-point.ts'
import { pendingWords, statusCalls, stepsOf } from './pending-statuses.ts'
import type { Sender } from './sender.ts'
import { type CredentialStatus, credentialStatuses, type Tables } from './tables.ts'

/**
 * Records the status that an issuer asks for; durable once it returns. It reaches the chain with `applyStatuses`.
 *
 * Returns the number of the request, or `final` where the credential was revoked, which cannot be taken back.
 */
export async function requestStatus(
  db: Kysely<Tables>,
  credentialId: string,
  status: CredentialStatus,
): Promise<number | 'final'> {
  const request = await db.transaction().execute(async (transaction) => {
    const row = await transaction
      .selectFrom('credentials')
      .select(['status', 'status_request'])
      .where('id', '=', credentialId)
      .forUpdate()
      .executeTakeFirstOrThrow()
    if (row.status === 'revoked' && status !== 'revoked') return 'final'
    const status_request = row.status_request + 1
    await transaction
      .updateTable('credentials')
      .set({ status, status_request })
      .where('id', '=', credentialId)
      .execute()
    killPoint('status.requesting')
    return status_request
  })
  killPoint('status.requested')
  return request
}

/** Takes a request back that never left, so that a refusal changes nothing; one that somebody asked for again since then stands. */
export async function withdrawRequest(
  db: Kysely<Tables>,
  credentialId: string,
  request: number,
): Promise<void> {
  await db
    .updateTable('credentials')
    .set((row) => ({ status: row.ref('chain_status') }))
    .where('id', '=', credentialId)
    .where('status_request', '=', request)
    .execute()
  killPoint('status.withdrawn')
}

/** Ids of anchored batches with statuses that the chain does not show yet. */
export async function batchesWithPendingStatus(
  db: Kysely<Tables>,
  service: ServiceChain,
): Promise<readonly string[]> {
  const rows = await db
    .selectFrom('batches')
    .select('batches.id')
    .where('chain_id', '=', service.chainId)
    .where('registry', '=', service.registry)
    .where('state', 'in', ['included', 'safe', 'finalized'])
    .where((where) =>
      where.exists(
        where
          .selectFrom('credentials')
          .select('credentials.id')
          .whereRef('credentials.batch_id', '=', 'batches.id')
          .whereRef('credentials.status', '<>', 'credentials.chain_status'),
      ),
    )
    .limit(100)
    .execute()
  return rows.map(({ id }) => id)
}

/** Brings the statuses asked for in a batch onto the chain; safe to call twice. Throws `SendError`, also where patience ends first. */
export async function applyStatuses(
  db: Kysely<Tables>,
  sender: Sender,
  { id, account, root }: Pick<BatchRow, 'id' | 'account' | 'root'>,
  patienceMs: number,
): Promise<void> {
  const batch = { id, account, root: Uint8Array.from(root) }
  const read = async (gas: number) => stepsOf(await pendingWords(db, id), gas)
  await sender.changeStatus(batch, read, patienceMs)
}

/** Records what a signed status call brought about, once it is included. Anything else changes nothing. */
export async function recordStatusCall(
  db: Kysely<Tables>,
  raw: string,
  batchIds: readonly string[],
): Promise<void> {
  const { status, indexes } = readStatusCall(raw)
  // Revoked is final, also where it was asked for and the request was taken back too late.
  const change =
    status === 'revoked'
      ? sql`status = 'revoked', chain_status = 'revoked'`
      : sql`chain_status = ${status}`
  await updateCredentials(db, batchIds, indexes, change, sql`chain_status <> 'revoked'`)
  killPoint('status.recording')
}

/** Takes that back where the chain turned back. */
export async function undoStatusCall(
  db: Kysely<Tables>,
  raw: string,
  batchIds: readonly string[],
): Promise<void> {
  const { status, indexes } = readStatusCall(raw)
  const before = status === 'active' ? 'suspended' : 'active'
  const change = sql`chain_status = ${before}`
  await updateCredentials(db, batchIds, indexes, change, sql`chain_status = ${status}`)
  killPoint('status.undoing')
}

const indexesPerStatement = 10_000

async function updateCredentials(
  db: Kysely<Tables>,
  batchIds: readonly string[],
  indexes: readonly number[],
  change: RawBuilder<unknown>,
  where: RawBuilder<unknown>,
): Promise<void> {
  for (const batchId of batchIds) {
    if (indexes.length > 1) await lockStatuses(db, batchId)
    for (let first = 0; first < indexes.length; first += indexesPerStatement) {
      const some = indexes.slice(first, first + indexesPerStatement).join()
      await sql`
        update credentials set ${change}
        from unnest(string_to_array(${some}, ',')::integer[]) as meant (at)
        where batch_id = ${batchId} and status_index = at and ${where}`.execute(db)
    }
  }
}

/** Whoever changes many statuses of a batch in one transaction does so alone, so that no two wait for one another's rows. */
export async function lockStatuses(db: Kysely<Tables>, batchId: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`statuses ${batchId}`}, 0))`.execute(db)
}

function readStatusCall(raw: string): {
  readonly status: CredentialStatus
  readonly indexes: readonly number[]
} {
  const call = registryInterface.parseTransaction({ data: Transaction.from(raw).data })
  const status = credentialStatuses.find((candidate) => statusCalls[candidate] === call?.name)
  if (!call || !status) return { status: 'active', indexes: [] }
  const [, , firstWord, words] = call.args as unknown as [string, string, bigint, bigint[]]
  return { status, indexes: unpackStatusWords({ firstWord, words: [...words] }) }
}

function unpackStatusWords({ firstWord, words }: StatusWords): readonly number[] {
  const indexes: number[] = []
  words.forEach((word, i) => {
    for (let bit = 0n; bit < 256n; bit++) {
      if ((word >> bit) & 1n) indexes.push((Number(firstWord) + i) * 256 + Number(bit))
    }
  })
  return indexes
}
