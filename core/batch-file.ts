import type { Batch } from './batch.ts'
import { createBatchFileReader } from './batch-file-reader.ts'
import { toHex } from './bytes.ts'
import type { JsonObject } from './canonical.ts'

/**
 * The lines of a batch file (NDJSON): a header, then one line per credential with its salt, in status index order.
 *
 * The file holds personal data and salts: it belongs to the issuer alone.
 */
export function* batchLines(batch: Batch): Generator<string> {
  yield batchHeader({ ...batch, size: batch.entries.length })
  for (const { credential, salt } of batch.entries) yield batchLine(credential, salt)
}

/** The first line of a batch file, for whoever keeps the entries elsewhere. */
export function batchHeader(
  batch: Pick<Batch, 'id' | 'target' | 'root'> & { readonly size: number },
): string {
  const { id, target, size, root } = batch
  return `${JSON.stringify({ format: 'rootmark-batch-1', id, ...target, size, root })}\n`
}

/** One further line of a batch file. */
export function batchLine(credential: JsonObject, salt: Uint8Array): string {
  return batchLineOf(JSON.stringify(credential), salt)
}

/** The same line, of a credential whose JSON is at hand: as `JSON.stringify` prints it, without a proof. */
export function batchLineOf(credential: string, salt: Uint8Array): string {
  return `{"salt":"${toHex(salt)}","credential":${credential}}\n`
}

/** Parses a batch file that fits into one text, and recomputes it as `createBatchFileReader` does. */
export function parseBatchFile(text: string): Batch {
  const reader = createBatchFileReader()
  const entries = text.split('\n').flatMap((line) => reader.push(line) ?? [])
  const { id, target, tree, root } = reader.end()
  return { id, target, entries, tree, root }
}
