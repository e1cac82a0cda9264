import { open } from 'node:fs/promises'
import { pipeline } from 'node:stream/promises'
import { createGunzip } from 'node:zlib'
import { InvalidInputError, messageOf } from '../core/error.ts'

const pieceLength = 1 << 18

/** The bytes of a file, piece by piece, unpacked where they are gzip. Throws `InvalidInputError` where the file changes meanwhile. */
export async function* readPieces(path: string): AsyncGenerator<Uint8Array> {
  const file = await open(path)
  try {
    const before = await file.stat()
    const stream = file.createReadStream({ highWaterMark: pieceLength, autoClose: false })
    yield* unpacked(stream, path)
    const after = await file.stat()
    const hasChanged = before.size !== after.size || before.mtimeMs !== after.mtimeMs
    if (before.isFile() && hasChanged) throw changed(path)
  } finally {
    await file.close()
  }
}

export function changed(path: string): InvalidInputError {
  return new InvalidInputError(
    'file_changed',
    `${path} changed while it was read: run the command again when nobody writes to it`,
  )
}

/** Unpacks gzip as it comes, whatever its name; other bytes pass. What unpacks to more than is wanted is the reader's to refuse. */
export async function* unpacked(
  pieces: AsyncIterable<Uint8Array>,
  name: string,
): AsyncGenerator<Uint8Array> {
  const rest = pieces[Symbol.asyncIterator]()
  const start = await readStart(rest)
  const all = following(start, rest)
  if (start[0] !== 0x1f || start[1] !== 0x8b) {
    yield* all
    return
  }
  const gunzip = createGunzip({ chunkSize: pieceLength })
  // What fails on the way in comes out of the other end too.
  pipeline(all, gunzip).catch(() => undefined)
  try {
    yield* gunzip
  } catch (thrown) {
    if (!isZlibError(thrown)) throw thrown
    const message = `${name} is cut off or damaged: it begins as gzip, but ${messageOf(thrown)}`
    throw new InvalidInputError('gzip_malformed', message)
  }
}

async function readStart(pieces: AsyncIterator<Uint8Array>): Promise<Uint8Array> {
  let start: Uint8Array = new Uint8Array()
  while (start.length < 2) {
    const { value, done } = await pieces.next()
    if (done) break
    start = start.length === 0 ? value : Buffer.concat([start, value])
  }
  return start
}

async function* following(
  start: Uint8Array,
  rest: AsyncIterator<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  try {
    if (start.length > 0) yield start
    for (;;) {
      const { value, done } = await rest.next()
      if (done) return
      yield value
    }
  } finally {
    await rest.return?.()
  }
}

function isZlibError(thrown: unknown): boolean {
  return thrown instanceof Error && 'code' in thrown && String(thrown.code).startsWith('Z_')
}
