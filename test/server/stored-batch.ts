import type { Kysely } from 'kysely'
import type { Batch } from '../../core/batch.ts'
import { fromHex } from '../../core/bytes.ts'
import type { Tables } from '../../server/tables.ts'

/** Stores a batch as the service did at first: whole documents, and the whole tree beside the batch. */
export async function storeBatch(
  db: Kysely<Tables>,
  batch: Batch,
  { issuerId, name }: { readonly issuerId: string; readonly name: string },
): Promise<void> {
  const row = {
    id: batch.id,
    issuer_id: issuerId,
    name,
    root: fromHex(batch.root),
    size: batch.entries.length,
    chain_id: batch.target.chainId,
    registry: batch.target.registry,
    account: batch.target.issuer,
    nodes: batch.tree.nodes,
    idempotency_key: null,
    request_hash: new Uint8Array(32),
  }
  // The columns that came later stay as a migration leaves them.
  await db
    .insertInto('batches')
    .values(row as never)
    .execute()
  const credentials = batch.entries.map(({ credential, salt }, statusIndex) => ({
    id: String(credential['id']).slice('urn:uuid:'.length),
    batch_id: batch.id,
    status_index: statusIndex,
    document: JSON.stringify(credential),
    salt,
  }))
  await db
    .insertInto('credentials')
    .values(credentials as never)
    .execute()
}
