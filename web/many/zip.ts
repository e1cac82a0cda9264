import { Unzip, UnzipInflate } from 'fflate'
import { badgeBytes } from '../../core/baked.ts'
import { InvalidInputError } from '../../core/error.ts'
import type { Item } from './items.ts'
import { piecesOf } from './pieces.ts'

/** All that an archive may unpack to, what is thrown away included: a bomb ends here. */
const maxUnpacked = 512 * 1_048_576
const maxEntries = 100_000

/** The files in an archive, as it is read. Untrusted: entries, their sizes and their sum are bounded, and archives within it are not opened. */
export async function* zippedItems(
  file: Blob,
  name: string,
  onRead: (bytes: number) => void,
): AsyncGenerator<Item> {
  const ready: Item[] = []
  let unpacked = 0
  let entries = 0
  const unzip = new Unzip((entry) => {
    if (isNoise(entry.name)) return
    entries += 1
    const told = { name: `${name}/${entry.name}` }
    const pieces: Uint8Array[] = []
    let size = 0
    entry.ondata = (error, piece, isLast) => {
      unpacked += piece?.length ?? 0
      if (size > badgeBytes) return
      size += piece?.length ?? 0
      if (error) {
        size = Number.POSITIVE_INFINITY
        ready.push({ ...told, content: malformed(error.message) })
      } else if (size > badgeBytes) {
        pieces.length = 0
        ready.push({ ...told, content: tooLarge(`more than ${badgeBytes} bytes`) })
      } else {
        pieces.push(piece.slice())
        if (isLast) ready.push({ ...told, content: joined(pieces, size) })
      }
    }
    entry.start()
  })
  unzip.register(UnzipInflate)
  let read = 0
  try {
    for await (const piece of piecesOf(file)) {
      read += piece.length
      unzip.push(piece.slice(), read === file.size)
      yield* ready.splice(0)
      onRead(read)
      if (unpacked > maxUnpacked || entries > maxEntries) {
        yield { name, content: tooLarge('the archive unpacks to more than is read') }
        return
      }
    }
    if (entries === 0) yield { name, content: malformed('it has no files') }
  } catch (thrown) {
    yield* ready.splice(0)
    yield { name, content: malformed(String(thrown)) }
  }
}

/** Folders, and what operating systems put beside the files. */
function isNoise(path: string): boolean {
  return path.endsWith('/') || /(?:^|\/)(?:__MACOSX\/|\.|Thumbs\.db$)/.test(path)
}

function joined(pieces: readonly Uint8Array[], size: number): Uint8Array {
  const all = new Uint8Array(size)
  let at = 0
  for (const piece of pieces) {
    all.set(piece, at)
    at += piece.length
  }
  return all
}

function malformed(why: string): InvalidInputError {
  return new InvalidInputError('zip_malformed', why)
}

function tooLarge(why: string): InvalidInputError {
  return new InvalidInputError('too_large', why)
}
