import { concatBytes } from '../bytes.ts'
import { InvalidInputError } from '../error.ts'
import {
  type Coming,
  largeEndLength,
  malformed,
  readAfter,
  readComing,
  readEnd,
  readListed,
  type Stated,
  viewOf,
} from './headers.ts'
import { hasEnd, signatureIn, signatures } from './signatures.ts'
import { type Unpacking, unpacking } from './unpack.ts'

/** A file of an archive, or why it is not read. Without a name it is the archive itself that is not read further. */
export interface ZippedFile {
  readonly name: string | undefined
  readonly content: Uint8Array | InvalidInputError
}

/** Reads an archive that comes in pieces. */
export interface ZipReader {
  readonly push: (piece: Uint8Array) => readonly ZippedFile[]
  readonly end: () => readonly ZippedFile[]
}

export interface ZipLimits {
  /** Bytes that one file unpacks to. */
  readonly fileBytes: number
  /** Bytes that all of them unpack to, those that are refused included. */
  readonly allBytes: number
  readonly files: number
}

/** They are kept until the directory has been read. */
const mostLettersOfNames = 8 * 1_048_576

/**
 * Reads the files of a ZIP archive in their order, as its bytes come, and holds no more than one of them. The bytes are untrusted: all
 * is bounded, checksums are compared, archives within it are not opened. What its directory lists has to be what was read, in one unbroken
 * row: other programs go by the directory, and whoever opens the archive shall not see other files than those that were checked.
 */
export function createZipReader(limits: ZipLimits): ZipReader {
  /** What was read of each file, by its place in the archive, until the directory lists it. */
  const unlisted = new Map<number, Stated>()
  const names = new Set<string>()
  const found: ZippedFile[] = []
  let held: Uint8Array = new Uint8Array()
  let place = 0
  let unpacked = 0
  let files = 0
  let lettersOfNames = 0
  let open: OpenFile | undefined
  let stage: 'files' | 'directory' | 'end' | 'over' | 'broken' = 'files'

  const take = (length: number): Uint8Array => {
    const taken = held.subarray(0, length)
    held = held.subarray(length)
    place += length
    return taken
  }
  const onBytes = (count: number) => {
    unpacked += count
  }
  const unpackingOf = (coming: Coming): Unpacking | undefined => {
    if (isNoise(coming.name)) return undefined
    if (!names.has(coming.name)) return unpacking(coming, limits.fileBytes, onBytes)
    const message = 'another file before it has this name, and only one of the two is unpacked'
    const refusal = new InvalidInputError('zip_ambiguous', message)
    return { push: () => undefined, end: () => refusal }
  }
  const begin = (coming: Coming) => {
    files += 1
    lettersOfNames += coming.name.length
    if (lettersOfNames > mostLettersOfNames) throw tooLarge('its names are longer than 8 MiB')
    if (files > limits.files) throw tooLarge(`it has more than ${limits.files} files`)
    open = { coming, unpacking: unpackingOf(coming), from: place, read: 0 }
    names.add(coming.name)
  }
  const finish = ({ coming, unpacking, from }: OpenFile, stated: Stated) => {
    unlisted.set(from, stated)
    open = undefined
    if (unpacking) found.push({ name: coming.name, content: unpacking.end(stated) })
  }
  const pass = (file: OpenFile, length: number) => {
    const data = take(length)
    file.unpacking?.push(data)
    file.read += length
    if (unpacked > limits.allBytes) {
      throw tooLarge(`it unpacks to more than ${limits.allBytes} bytes`)
    }
  }

  /** Takes in what is there of the data of a file; says whether the file is whole. */
  const readData = (file: OpenFile): boolean => {
    const { coming } = file
    if (coming.statedAfter === undefined) {
      pass(file, Math.min(held.length, coming.packed - file.read))
      if (file.read < coming.packed) return false
      finish(file, coming)
      return true
    }
    for (;;) {
      // Data may hold the signature as well: they end where the size behind it is theirs.
      const at = signatureIn(held)
      pass(file, at ?? Math.max(0, held.length - 3))
      if (at === undefined) return false
      const after = readAfter(held, coming.statedAfter)
      if (!after) return false
      if (after.value.packed !== file.read) {
        pass(file, 1)
        continue
      }
      take(after.length)
      finish(file, { ...coming, ...after.value })
      return true
    }
  }

  /** Takes in one part that is not data; false where it is not all there. */
  const readPart = (): boolean => {
    if (stage === 'over') {
      if (held.length > 0) throw ambiguous('something follows after its end')
      return false
    }
    if (held.length < 4) return false
    const signature = viewOf(held).getUint32(0, true)
    const isAt = (...stages: readonly string[]) => stages.includes(stage)
    if (signature === signatures.file && isAt('files')) {
      const part = readComing(held)
      if (!part) return false
      begin(part.value)
      take(part.length)
    } else if (signature === signatures.listed && isAt('files', 'directory')) {
      const part = readListed(held)
      if (!part) return false
      stage = 'directory'
      const { offset, ...listed } = part.value
      if (!isSame(unlisted.get(offset), listed)) {
        throw ambiguous('its directory lists another file than the one that stands there')
      }
      unlisted.delete(offset)
      take(part.length)
    } else if (signature === signatures.largeEnd && isAt('files', 'directory')) {
      const length = largeEndLength(held)
      if (length === undefined) return false
      stage = 'end'
      take(length)
    } else if (signature === signatures.largeEndPlace && isAt('end')) {
      if (held.length < 20) return false
      take(20)
    } else if (signature === signatures.end) {
      const part = readEnd(held)
      if (!part) return false
      if (unlisted.size > 0) throw ambiguous('it holds files that its directory does not list')
      if (hasEnd(part.value)) throw ambiguous('its comment looks like the end of an archive')
      stage = 'over'
      take(part.length)
      if (files === 0) throw malformed('it has no files')
    } else {
      throw malformed('it is no ZIP archive, or damaged')
    }
    return true
  }

  const settle = (work: () => void): readonly ZippedFile[] => {
    if (stage === 'broken') return []
    try {
      work()
    } catch (thrown) {
      if (!(thrown instanceof InvalidInputError)) throw thrown
      found.push({ name: undefined, content: thrown })
      stage = 'broken'
      held = new Uint8Array()
    }
    return found.splice(0)
  }
  return {
    push(piece) {
      return settle(() => {
        held = concatBytes(held, piece)
        while (open ? readData(open) : readPart());
      })
    },
    end() {
      if (stage === 'over') return []
      return settle(() => {
        if (place + held.length === 0) throw malformed('there is nothing in it')
        const where = open ? ` in the middle of ${open.coming.name}` : ''
        throw malformed(`it ends${where} before its end; it was not sent whole`)
      })
    },
  }
}

interface OpenFile {
  readonly coming: Coming
  /** None for what is passed over. */
  readonly unpacking: Unpacking | undefined
  readonly from: number
  read: number
}

function isSame(read: Stated | undefined, listed: Stated): boolean {
  if (!read) return false
  const keys = ['name', 'method', 'crc', 'packed', 'size'] as const
  return keys.every((key) => read[key] === listed[key])
}

/** Folders, and what operating systems put beside the files. */
function isNoise(path: string): boolean {
  return path.endsWith('/') || /(?:^|\/)(?:__MACOSX\/|(?:\._.*|\.DS_Store|Thumbs\.db)$)/.test(path)
}

function ambiguous(why: string): InvalidInputError {
  return new InvalidInputError(
    'zip_ambiguous',
    `${why}: other programs may show other files than those that were read; pack it anew`,
  )
}

function tooLarge(why: string): InvalidInputError {
  return new InvalidInputError('too_large', `${why}, the most that is read of an archive`)
}
