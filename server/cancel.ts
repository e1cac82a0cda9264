import type { Kysely } from 'kysely'
import { moveBatches } from './batch-state.ts'
import type { BatchRow } from './batches.ts'
import { HttpProblem } from './problem.ts'
import type { Tables } from './tables.ts'

const rowsPerStatement = 20_000

/**
 * Ends a batch that is not built yet, and destroys what was made of it. Safe to call again where it was interrupted.
 *
 * Throws `HttpProblem` 409 for a batch that is built: its file may be in the issuer's hands already, and its root on the way to the chain.
 */
export async function cancelBuild(
  db: Kysely<Tables>,
  { id, size, state }: Pick<BatchRow, 'id' | 'size' | 'state'>,
): Promise<void> {
  await db.transaction().execute(async (transaction) => {
    const build = await transaction
      .selectFrom('builds')
      .select('batch_id')
      .where('batch_id', '=', id)
      .forUpdate()
      .executeTakeFirst()
    if (!build && state !== 'failed') throw alreadyBuilt()
    const reason = 'cancelled before it was built'
    const moved = await moveBatches(transaction, [id], 'building', 'failed', { reason })
    if (moved.length === 0 && !(await isUnbuilt(transaction, id))) throw alreadyBuilt()
    // Whoever builds it can store nothing from here on.
    await transaction.deleteFrom('builds').where('batch_id', '=', id).execute()
    await transaction.deleteFrom('rosters').where('id', '=', id).execute()
  })
  for (let first = 0; first < size; first += rowsPerStatement) {
    await db
      .deleteFrom('credentials')
      .where('batch_id', '=', id)
      .where('status_index', '>=', first)
      .where('status_index', '<', first + rowsPerStatement)
      .execute()
  }
  await db.deleteFrom('batches').where('id', '=', id).where('state', '=', 'failed').execute()
}

/** Whether a failed batch has no root: one that failed later is a batch like any other. */
async function isUnbuilt(db: Kysely<Tables>, id: string): Promise<boolean> {
  const row = await db
    .selectFrom('batches')
    .select(['state', 'root'])
    .where('id', '=', id)
    .executeTakeFirst()
  return row?.state === 'failed' && row.root.every((byte) => byte === 0)
}

function alreadyBuilt(): HttpProblem {
  return new HttpProblem(
    409,
    'batch_built',
    'The batch is built, and its file may be in use: it is not deleted. Do not anchor it, or revoke its credentials.',
  )
}
