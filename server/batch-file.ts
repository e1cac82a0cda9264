import type { Kysely } from 'kysely'
import { batchHeader, batchLineOf } from '../core/batch-file.ts'
import { toHex } from '../core/bytes.ts'
import type { BatchRow } from './batches.ts'
import { documentTexts, selectDocuments } from './credential-documents.ts'
import type { Tables } from './tables.ts'

const linesPerRead = 500

/** The lines of a stored batch's file, read piece by piece: what it yields are whole lines. */
export async function* batchFileLines(db: Kysely<Tables>, batch: BatchRow): AsyncGenerator<string> {
  yield batchHeader({
    id: batch.id,
    target: { chainId: batch.chain_id, registry: batch.registry, issuer: batch.account },
    size: batch.size,
    root: toHex(batch.root),
  })
  for (let first = 0; first < batch.size; first += linesPerRead) {
    const rows = await selectDocuments(db)
      .select('credentials.salt')
      .where('credentials.batch_id', '=', batch.id)
      .where('credentials.status_index', '>=', first)
      .where('credentials.status_index', '<', first + linesPerRead)
      .orderBy('credentials.status_index')
      .execute()
    const documents = documentTexts(rows)
    yield rows.map(({ salt }, i) => batchLineOf(documents[i] as string, salt)).join('')
  }
}
