import type { Kysely } from 'kysely'
import { packStatusWords } from '../core/status.ts'
import type { BatchRow } from './batches.ts'
import type { Sender, StatusCall } from './sender.ts'
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
  const pending = await db
    .selectFrom('credentials')
    .select(['id', 'status_index', 'status'])
    .where('batch_id', '=', batch.id)
    .whereRef('status', '<>', 'chain_status')
    .execute()
  for (const [status, call] of Object.entries(calls) as [CredentialStatus, StatusCall][]) {
    const rows = pending.filter((row) => row.status === status)
    if (rows.length === 0) continue
    const runs = packStatusWords(rows.map((row) => row.status_index))
    await sender.changeStatus(call, batch.account, Uint8Array.from(batch.root), runs)
    for (let first = 0; first < rows.length; first += 1000) {
      const ids = rows.slice(first, first + 1000).map(({ id }) => id)
      await db
        .updateTable('credentials')
        .set({ chain_status: status })
        .where('id', 'in', ids)
        .execute()
    }
  }
}
