import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type BatchEntry, type BatchSummary, withAnchorProof } from '../core/batch.ts'
import { type EntryParser, entryParser } from '../core/batch-entry.ts'
import { isEmpty } from '../core/batch-file-reader.ts'
import { compareBytes } from '../core/bytes.ts'
import { leafOf } from '../core/tree-path.ts'
import { readBatchLines } from './batch-source.ts'
import type { Output } from './output.ts'
import { changed } from './pieces.ts'

/** A batch file whose tree is known. */
export interface KnownBatch {
  readonly source: string
  readonly apiKey: string | undefined
  readonly summary: BatchSummary
}

/**
 * Writes credentials of a batch as holders get them, `<uuid>.json` each, out of its file. `wanted` holds status indexes; without it,
 * all are written. Returns how many.
 */
export async function writeCredentials(
  { source, apiKey, summary }: KnownBatch,
  wanted: ReadonlySet<number> | undefined,
  folder: string,
  output: Output,
): Promise<number> {
  const parse = entryParser(summary.target)
  const progress = output.progress('Credentials', wanted?.size ?? summary.size)
  let next = -1 // The header comes first.
  let written = 0
  const write = async (line: Uint8Array, statusIndex: number) => {
    const entry = parseKnown(parse, line, statusIndex)
    if (!entry || !isLeafOf(summary, entry, statusIndex)) throw changed(source)
    const credential = withAnchorProof(summary, entry, statusIndex)
    const name = nameOf(credential['id'], statusIndex)
    const text = `${JSON.stringify(credential, null, 2)}\n`
    await writeFile(join(folder, name), text, { mode: 0o600, flag: 'wx' })
    written += 1
    progress.step()
  }
  try {
    for await (const lines of readBatchLines(source, apiKey)) {
      const writing: Promise<void>[] = []
      for (const line of lines) {
        if (isEmpty(line)) continue
        const statusIndex = next++
        if (statusIndex < 0 || (wanted && !wanted.has(statusIndex))) continue
        writing.push(write(line, statusIndex))
      }
      await Promise.all(writing)
    }
  } finally {
    progress.stop()
  }
  if (next !== summary.size || written !== (wanted?.size ?? summary.size)) throw changed(source)
  return written
}

/** Whoever wrote the file must not choose where others are written. */
function nameOf(id: unknown, statusIndex: number): string {
  const [, uuid] = /^urn:uuid:([0-9a-f]+(?:-[0-9a-f]+){4})$/.exec(String(id)) ?? []
  return `${uuid ?? statusIndex}.json`
}

/** The entry of a line that was read before; nothing where it is no longer one. */
function parseKnown(
  parse: EntryParser,
  line: Uint8Array,
  statusIndex: number,
): BatchEntry | undefined {
  try {
    return parse(line, statusIndex)
  } catch {
    return undefined
  }
}

function isLeafOf({ tree }: BatchSummary, { digest }: BatchEntry, statusIndex: number): boolean {
  const known = tree.nodes.subarray(statusIndex * 32, (statusIndex + 1) * 32)
  return compareBytes(leafOf(digest, statusIndex), known) === 0
}
