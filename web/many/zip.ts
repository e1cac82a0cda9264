import { badgeBytes } from '../../core/baked.ts'
import { createZipReader } from '../../core/zip/reader.ts'
import type { Item } from './items.ts'
import { piecesOf } from './pieces.ts'

/** All that an archive may unpack to: a bomb ends here. */
const limits = { fileBytes: badgeBytes, allBytes: 512 * 1_048_576, files: 100_000 }

/** The files in an archive, as it is read. Untrusted: it is read by core, within bounds. */
export async function* zippedItems(
  file: Blob,
  name: string,
  onRead: (bytes: number) => void,
): AsyncGenerator<Item> {
  const reader = createZipReader(limits)
  const items = (files: ReturnType<typeof reader.push>) =>
    files.map(
      (file): Item => ({ ...file, name: file.name === undefined ? name : `${name}/${file.name}` }),
    )
  let read = 0
  for await (const piece of piecesOf(file)) {
    read += piece.length
    yield* items(reader.push(piece))
    onRead(read)
  }
  yield* items(reader.end())
}
