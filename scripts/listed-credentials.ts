import { createReadStream } from 'node:fs'
import type { Readable } from 'node:stream'
import type { AnchorTarget } from '../core/batch.ts'
import { createBatchFileReader } from '../core/batch-file-reader.ts'
import { InvalidInputError } from '../core/error.ts'
import { createNameReader, type NamedCredentials, requireNames } from '../core/named-credentials.ts'
import { readBatchLines } from './batch-source.ts'

/** Credentials that one list may name. */
const most = 1_000_000

/** Reads a list of credentials from a file, or from standard input for `-`; throws `InvalidInputError` with its bad lines. */
export async function readList(path: string): Promise<NamedCredentials> {
  const reader = createNameReader(most)
  const source: Readable = path === '-' ? process.stdin : createReadStream(path)
  for await (const chunk of source) reader.push(chunk as Uint8Array)
  return requireNames(reader.end(), path === '-' ? 'standard input' : path)
}

/** The status indexes in a list that names credentials by nothing else. */
export function indexesIn({ names, lines }: NamedCredentials, option: string): readonly number[] {
  return names.map((name, i) => {
    if (typeof name === 'number') return name
    throw new InvalidInputError(
      'batch_missing',
      `${option} names a credential by its id in line ${lines[i]}: add --batch with the batch file, which says its status index`,
    )
  })
}

/** A batch file, recomputed, with the status indexes of the credentials that a list names. */
export interface ListedBatch {
  readonly target: AnchorTarget
  readonly root: string
  readonly statusIndexes: readonly number[]
}

/** Finds the credentials of a list in a batch file, however long; throws `InvalidInputError` with those that are not in it. */
export async function findListed(
  source: string,
  { names, lines }: NamedCredentials,
): Promise<ListedBatch> {
  const found = new Map<string, number | undefined>()
  for (const name of names) if (typeof name === 'string') found.set(`urn:uuid:${name}`, undefined)
  const reader = createBatchFileReader()
  let at = 0
  for await (const some of readBatchLines(source, process.env['ROOTMARK_API_KEY'])) {
    for (const line of some) {
      const entry = reader.push(line)
      if (!entry) continue
      const { id } = entry.credential
      if (typeof id === 'string' && found.has(id)) found.set(id, at)
      at += 1
    }
  }
  const { target, root, size } = reader.end()
  const statusIndexes = names.map((name) =>
    typeof name === 'string' ? found.get(`urn:uuid:${name}`) : name < size ? name : undefined,
  )
  const unknown = names.flatMap((name, i) =>
    statusIndexes[i] === undefined ? [`line ${lines[i]}: ${name}`] : [],
  )
  if (unknown.length === 0) return { target, root, statusIndexes: statusIndexes as number[] }
  const more = unknown.length > 10 ? `, and ${unknown.length - 10} more` : ''
  throw new InvalidInputError(
    'credential_unknown',
    `not in the batch of ${size}: ${unknown.slice(0, 10).join('; ')}${more}`,
  )
}
