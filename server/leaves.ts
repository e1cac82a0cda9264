import { type Kysely, sql } from 'kysely'
import { addressWord } from '../core/abi.ts'
import { toHex } from '../core/bytes.ts'
import { isAnchored } from './batch-state.ts'
import { type BatchRow, batchColumns, findBatch } from './batches.ts'
import { HttpProblem } from './problem.ts'
import { anchorIdOf } from './registry-logs.ts'
import type { StoredTree } from './subtrees.ts'
import type { Tables } from './tables.ts'

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
export async function* readLeafBytes(
  db: Kysely<Tables>,
  batch: StoredTree,
): AsyncGenerator<Uint8Array> {
  for (let first = 0; first < batch.size; first += leavesPerRead) {
    const count = Math.min(leavesPerRead, batch.size - first)
    const leaves = await readLeafRange(db, batch, first, count)
    if (leaves.length !== count * 32)
      throw new Error(`the tree of batch ${batch.id} is not complete`)
    yield leaves
  }
}

/** Leaves that lie in one subtree. They come first in stored nodes, and the database reads this part of these and no other. */
async function readLeafRange(
  db: Kysely<Tables>,
  { id, subtree_height: height }: StoredTree,
  first: number,
  count: number,
): Promise<Uint8Array> {
  const within = height === null ? first : first % 2 ** height
  const part = sql<Uint8Array>`
    substring(nodes from ${sql.lit(within * 32 + 1)} for ${sql.lit(count * 32)})`.as('leaves')
  const row =
    height === null
      ? await db.selectFrom('batches').select(part).where('id', '=', id).executeTakeFirst()
      : await db
          .selectFrom('subtrees')
          .select(part)
          .where('batch_id', '=', id)
          .where('subtree', '=', first >>> height)
          .executeTakeFirst()
  return row?.leaves ?? new Uint8Array()
}

/** The same as NDJSON: one hex text a line. */
export async function* readLeafLines(
  db: Kysely<Tables>,
  batch: StoredTree,
): AsyncGenerator<string> {
  for await (const leaves of readLeafBytes(db, batch)) {
    let lines = ''
    for (let at = 0; at < leaves.length; at += 32) {
      lines += `"${toHex(leaves.subarray(at, at + 32))}"\n`
    }
    yield lines
  }
}
