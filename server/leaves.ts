import type { Kysely } from 'kysely'
import { addressWord } from '../core/abi.ts'
import { toHex } from '../core/bytes.ts'
import { isAnchored } from './batch-state.ts'
import { type BatchRow, batchColumns, findBatch } from './batches.ts'
import { HttpProblem } from './problem.ts'
import { anchorIdOf } from './registry-logs.ts'
import type { StoredTree } from './subtrees.ts'
import type { Tables } from './tables.ts'
import type { Trees } from './trees.ts'

/** A quarter of a megabyte: what one reader keeps in memory, whatever the size of the batch. Subtrees hold a whole number of these. */
const leavesPerRead = 8192

/** A batch whose leaves anybody may read. Throws `HttpProblem`: 404 where there is none, 409 before it is anchored. */
export async function publishedBatch(db: Kysely<Tables>, id: string): Promise<BatchRow> {
  return requirePublished(await findBatch(db, id))
}

/** The same by what the chain says of a batch: the account (EIP-55) that anchored it and its root of 32 bytes. */
export async function publishedBatchOf(
  db: Kysely<Tables>,
  account: string,
  root: Uint8Array,
): Promise<BatchRow> {
  // Both branches have an index; the id is missing for a moment only, until the watcher wrote it down.
  const anchorId = anchorIdOf(addressWord(account), root)
  const batch = await db
    .selectFrom('batches')
    .select(batchColumns)
    .where(({ eb, or }) => or([eb('anchor_id', '=', anchorId), eb('anchor_id', 'is', null)]))
    .where('root', '=', root)
    .where('account', '=', account)
    .executeTakeFirst()
  return requirePublished(batch)
}

/** Until the root stands on the chain, nobody has to know that the batch exists. */
function requirePublished(batch: BatchRow | undefined): BatchRow {
  if (!batch) throw new HttpProblem(404, 'batch_unknown', 'There is no such batch here.')
  if (isAnchored(batch.state)) return batch
  throw new HttpProblem(
    409,
    'batch_not_anchored',
    'The batch is not anchored yet, and its leaves are public once it is; try again in a minute.',
  )
}

/** The leaves of a batch in status index order, 32 bytes each, read piece by piece. */
export async function* readLeafBytes(trees: Trees, batch: StoredTree): AsyncGenerator<Uint8Array> {
  for (let first = 0; first < batch.size; first += leavesPerRead) {
    yield await trees.leaves(batch, first, Math.min(leavesPerRead, batch.size - first))
  }
}

/** The same as NDJSON: one hex text a line. */
export async function* readLeafLines(trees: Trees, batch: StoredTree): AsyncGenerator<string> {
  for await (const leaves of readLeafBytes(trees, batch)) {
    let lines = ''
    for (let at = 0; at < leaves.length; at += 32) {
      lines += `"${toHex(leaves.subarray(at, at + 32))}"\n`
    }
    yield lines
  }
}
