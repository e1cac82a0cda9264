import type { Kysely } from 'kysely'
import { packStatusWords } from '../core/status.ts'
import type { BatchRow } from './batches.ts'
import type { Sender, StatusCall, StatusStep } from './sender.ts'
import type { CredentialStatus, Tables } from './tables.ts'

const calls: Readonly<Record<CredentialStatus, StatusCall>> = {
  active: 'reinstate',
  suspended: 'suspend',
  revoked: 'revoke',
}

/** What asking for a status comes to. `final` says that it was revoked, which cannot be taken back. */
export type StatusChange = 'changed' | 'unchanged' | 'final'

/** Records the status that an issuer asks for; durable once it returns. It reaches the chain with `applyStatuses`. */
export async function requestStatus(
  db: Kysely<Tables>,
  credentialId: string,
  status: CredentialStatus,
): Promise<StatusChange> {
  return db.transaction().execute(async (transaction) => {
    const row = await transaction
      .selectFrom('credentials')
      .select('status')
      .where('id', '=', credentialId)
      .forUpdate()
      .executeTakeFirstOrThrow()
    if (row.status === status) return 'unchanged'
    if (row.status === 'revoked') return 'final'
    await transaction
      .updateTable('credentials')
      .set({ status })
      .where('id', '=', credentialId)
      .execute()
    return 'changed'
  })
}

/** Takes a request back that never left, so that a refusal changes nothing. */
export async function withdrawRequest(db: Kysely<Tables>, credentialId: string): Promise<void> {
  await db
    .updateTable('credentials')
    .set((row) => ({ status: row.ref('chain_status') }))
    .where('id', '=', credentialId)
    .execute()
}

/** Brings the statuses asked for in a batch onto the chain; safe to call twice. Throws `SendError`. */
export async function applyStatuses(
  db: Kysely<Tables>,
  sender: Sender,
  batch: Pick<BatchRow, 'id' | 'account' | 'root'>,
): Promise<void> {
  const root = Uint8Array.from(batch.root)
  await sender.changeStatus(batch.account, root, () => pendingSteps(db, batch.id))
}

async function pendingSteps(db: Kysely<Tables>, batchId: string): Promise<readonly StatusStep[]> {
  const pending = await db
    .selectFrom('credentials')
    .select(['id', 'status_index', 'status'])
    .where('batch_id', '=', batchId)
    .whereRef('status', '<>', 'chain_status')
    .execute()
  return [...Map.groupBy(pending, ({ status }) => status)].map(([status, rows]) => ({
    call: calls[status],
    runs: packStatusWords(rows.map((row) => row.status_index)),
    onIncluded: () =>
      recordStatus(
        db,
        rows.map(({ id }) => id),
        status,
      ),
  }))
}

async function recordStatus(
  db: Kysely<Tables>,
  ids: readonly string[],
  status: CredentialStatus,
): Promise<void> {
  for (let first = 0; first < ids.length; first += 1000) {
    await db
      .updateTable('credentials')
      .set({ chain_status: status })
      .where('id', 'in', ids.slice(first, first + 1000))
      .execute()
  }
}
