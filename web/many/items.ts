import { badgeBytes, carrierOf } from '../../core/baked.ts'
import { withAnchorProof } from '../../core/batch.ts'
import { createBatchFileReader } from '../../core/batch-file-reader.ts'
import { readCredentialLines } from '../../core/credential-lines.ts'
import { InvalidInputError } from '../../core/error.ts'
import { credentialLimits } from '../../core/i-json.ts'
import { headOf, kindOf } from './kind.ts'
import { piecesOf } from './pieces.ts'
import { zippedItems } from './zip.ts'

/** Something to check: its bytes, or why they are not read. */
export interface Item {
  readonly name: string
  readonly content: Uint8Array | InvalidInputError
}

/** The credentials in files that a visitor hands in: each its own, or many in an archive, a list or a batch file. All of it is untrusted. */
export async function* itemsOf(
  files: readonly File[],
  onRead: (bytes: number) => void,
): AsyncGenerator<Item> {
  for (const file of files) {
    const name = file.webkitRelativePath || file.name
    const head = await headOf(file)
    const kind = kindOf(head)
    if (kind === 'archive') yield* zippedItems(file, name, onRead)
    else if (kind === 'list') yield* listedItems(file, name, onRead)
    else if (kind === 'batch') yield* batchItems(file, name)
    else yield { name, content: await contentOf(file, head) }
    onRead(file.size)
  }
}

/** Pictures may be larger than the credential in them. */
async function contentOf(file: Blob, head: Uint8Array): Promise<Uint8Array | InvalidInputError> {
  const limit = carrierOf(head) === 'text' ? credentialLimits.bytes : badgeBytes
  if (file.size > limit) {
    return new InvalidInputError('too_large', `${file.size} bytes; at most ${limit} are read`)
  }
  if (file.size === 0) return new InvalidInputError('empty', 'there is nothing in it')
  return new Uint8Array(await file.arrayBuffer())
}

async function* listedItems(
  file: Blob,
  name: string,
  onRead: (bytes: number) => void,
): AsyncGenerator<Item> {
  const lines = readCredentialLines(credentialLimits.bytes)
  const named = ({ line, content }: { line: number; content: Item['content'] }) => ({
    name: `${name}:${line}`,
    content: content instanceof InvalidInputError ? content : content.slice(),
  })
  let read = 0
  for await (const piece of piecesOf(file)) {
    read += piece.length
    for (const line of lines.push(piece)) yield named(line)
    onRead(read)
  }
  for (const line of lines.end()) yield named(line)
}

/** A batch file holds the credentials without their proofs, which follow from all of it. */
async function* batchItems(file: Blob, name: string): AsyncGenerator<Item> {
  const reader = createBatchFileReader()
  const lines = readCredentialLines(credentialLimits.bytes)
  const entries: Exclude<ReturnType<typeof reader.push>, undefined>[] = []
  const take = (found: ReturnType<typeof lines.push>) => {
    for (const { content } of found) {
      if (content instanceof InvalidInputError) throw content
      const entry = reader.push(content)
      if (entry) entries.push(entry)
    }
  }
  try {
    for await (const piece of piecesOf(file)) take(lines.push(piece))
    take(lines.end())
    const batch = reader.end()
    for (const [index, entry] of entries.entries()) {
      const text = JSON.stringify(withAnchorProof(batch, entry, index))
      yield { name: `${name}:${index + 2}`, content: new TextEncoder().encode(text) }
    }
  } catch (thrown) {
    if (!(thrown instanceof InvalidInputError)) throw thrown
    yield { name, content: thrown }
  }
}
