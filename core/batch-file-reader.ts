import { checksumAddress } from './abi.ts'
import type { AnchorTarget, BatchEntry, BatchSummary } from './batch.ts'
import { type EntryParser, entryParser } from './batch-entry.ts'
import { hashLeaves } from './batch-hash.ts'
import { toHex } from './bytes.ts'
import { InvalidInputError } from './error.ts'
import { isObject } from './i-json.ts'
import { parseJson } from './json.ts'
import { completeTree, rootOf, treeBytes } from './tree.ts'

/** What the first line of a batch file says; `root` is not known to be true before the last one is read. */
export interface BatchFileHeader {
  readonly id: string
  readonly target: AnchorTarget
  readonly size: number
  readonly root: unknown
}

/** Reads a batch file line by line and keeps 32 bytes of each. */
export interface BatchFileReader {
  /** Takes the next line; returns its entry, or nothing for the header and for empty lines. */
  readonly push: (line: Uint8Array | string) => BatchEntry | undefined
  /** What the file says of itself, once the header was read. */
  readonly header: () => BatchFileHeader | undefined
  /** The batch, whose tree and root are computed. Nothing can be pushed after. */
  readonly end: () => BatchSummary
}

const emptyAtLeast = 1000

/**
 * Reads the lines of an untrusted batch file, recomputes every digest, the tree and the root; throws `InvalidInputError` with the
 * number of the line, or where the file as a whole is not what its header says.
 *
 * Each credential must name the registry, chain and status index that it is anchored with, so that nothing is anchored that
 * its own holder could not verify.
 */
export function createBatchFileReader(): BatchFileReader {
  const leaves = collectLeaves()
  let header: BatchFileHeader | undefined
  let parse: EntryParser | undefined
  let line = 0
  let empty = 0
  const read = (source: Uint8Array | string): BatchEntry | undefined => {
    if (!header || !parse) {
      header = parseHeader(source)
      parse = entryParser(header.target)
      return undefined
    }
    // More than the header announces need not be read to their end.
    if (leaves.count() === header.size) throw incomplete(header.size, `at least ${header.size + 1}`)
    const entry = parse(source, leaves.count())
    leaves.add(entry.digest)
    return entry
  }
  return {
    header: () => header,
    push(source) {
      line += 1
      if (isEmpty(source)) {
        empty += 1
        if (empty <= emptyAtLeast + line / 2) return undefined
        throw malformed(`line ${line}: hardly a line holds anything`)
      }
      return at(line, () => read(source))
    },
    end() {
      if (!header) throw at(1, () => parseHeader(''))
      const { id, target, size, root: said } = header
      const count = leaves.count()
      if (count === 0)
        throw new InvalidInputError('batch_empty', 'a batch needs at least one credential')
      if (count !== size) throw incomplete(size, String(count))
      const tree = completeTree(leaves.nodes(), count)
      const root = toHex(rootOf(tree))
      if (said === root) return { id, target, size, tree, root }
      throw new InvalidInputError(
        'batch_file_altered',
        `the header says root ${said}, the credentials give ${root}`,
      )
    },
  }
}

/** Whether a line counts for nothing. */
export function isEmpty(source: Uint8Array | string): boolean {
  if (typeof source === 'string') return source.trim() === ''
  return source.every((byte) => byte === 0x20 || byte === 0x09 || byte === 0x0d)
}

const sliceSize = 4096

/** Leaves in status index order. Room is made as they come, never for as many as somebody says there will be. */
function collectLeaves() {
  const slices: Uint8Array[] = []
  let count = 0
  return {
    count: () => count,
    add(digest: Uint8Array) {
      const place = count % sliceSize
      if (place === 0) slices.push(new Uint8Array(sliceSize * 32))
      slices.at(-1)?.set(digest, place * 32)
      count += 1
    },
    /** A buffer for the tree that begins with the leaves. */
    nodes(): Uint8Array {
      const nodes = new Uint8Array(treeBytes(count))
      const leaves = nodes.subarray(0, count * 32)
      for (const [i, slice] of slices.entries()) {
        const from = i * sliceSize * 32
        leaves.set(slice.subarray(0, leaves.length - from), from)
      }
      slices.length = 0
      hashLeaves(leaves, 0)
      return nodes
    },
  }
}

/** Parses a line of the file; what is wrong with it is told with its number. */
function at<T>(line: number, parse: () => T): T {
  try {
    return parse()
  } catch (thrown) {
    if (!(thrown instanceof InvalidInputError)) throw thrown
    throw new InvalidInputError(thrown.code, `line ${line}: ${thrown.message}`, thrown.pointer)
  }
}

function parseHeader(source: Uint8Array | string): BatchFileHeader {
  const header = parseJson(source)
  if (!isObject(header) || header['format'] !== 'rootmark-batch-1') {
    throw malformed('expected the header of a rootmark-batch-1 file')
  }
  const { id, chainId, registry, issuer, size, root } = header
  if (typeof id !== 'string' || id === '') throw malformed('expected the id of the batch', '/id')
  if (typeof chainId !== 'number' || !Number.isInteger(chainId) || chainId < 1) {
    throw malformed('expected a chain id', '/chainId')
  }
  if (typeof registry !== 'string') throw malformed('expected an address', '/registry')
  if (typeof issuer !== 'string') throw malformed('expected an address', '/issuer')
  if (typeof size !== 'number' || !Number.isInteger(size) || size < 0) {
    throw malformed('expected the number of credentials', '/size')
  }
  const target = {
    chainId,
    registry: checksumAddress(registry, '/registry'),
    issuer: checksumAddress(issuer, '/issuer'),
  }
  return { id, target, size, root }
}

function incomplete(said: number, found: string): InvalidInputError {
  const message = `the header says ${said} credentials, the file has ${found}`
  return new InvalidInputError('batch_file_incomplete', message)
}

function malformed(message: string, pointer = ''): InvalidInputError {
  return new InvalidInputError('batch_file_malformed', message, pointer)
}
