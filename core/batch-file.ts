import { checksumAddress } from './abi.ts'
import {
  type AnchorTarget,
  assembleBatch,
  type Batch,
  type BatchEntry,
  parseSalt,
} from './batch.ts'
import { toHex } from './bytes.ts'
import type { JsonObject } from './canonical.ts'
import { didPkh, parseDidPkh, parseStatusId } from './did.ts'
import { digestOf } from './digest.ts'
import { InvalidInputError } from './error.ts'
import { isObject } from './i-json.ts'
import { parseJson } from './json.ts'

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
  return `${JSON.stringify({ salt: toHex(salt), credential })}\n`
}

/**
 * Parses a batch file and recomputes every digest, the tree and the root; throws `InvalidInputError` where the file says otherwise.
 *
 * Each credential must name the registry, chain and status index that it is anchored with, so that nothing is anchored that
 * its own holder could not verify.
 */
export function parseBatchFile(text: string): Batch {
  const [first, ...rest] = text
    .split('\n')
    .map((source, i): Line => ({ source, number: i + 1 }))
    .filter(({ source }) => source.trim() !== '')
  const { header, id, target } = at(first?.number ?? 1, () => parseHeader(first?.source ?? ''))
  const entries = rest.map(({ source, number }, statusIndex) =>
    at(number, () => parseEntry(source, statusIndex, target)),
  )
  const batch = assembleBatch(id, target, entries)
  if (header['size'] !== entries.length) {
    throw new InvalidInputError(
      'batch_file_incomplete',
      `the header says ${header['size']} credentials, the file has ${entries.length}`,
    )
  }
  if (header['root'] !== batch.root) {
    throw new InvalidInputError(
      'batch_file_altered',
      `the header says root ${header['root']}, the credentials give ${batch.root}`,
    )
  }
  return batch
}

interface Line {
  readonly source: string
  readonly number: number
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

function parseHeader(source: string) {
  const header = parseJson(source)
  if (!isObject(header) || header['format'] !== 'rootmark-batch-1') {
    throw malformed('expected the header of a rootmark-batch-1 file')
  }
  const { id, chainId, registry, issuer } = header
  if (typeof id !== 'string' || id === '') throw malformed('expected the id of the batch', '/id')
  if (typeof chainId !== 'number' || !Number.isInteger(chainId) || chainId < 1) {
    throw malformed('expected a chain id', '/chainId')
  }
  if (typeof registry !== 'string') throw malformed('expected an address', '/registry')
  if (typeof issuer !== 'string') throw malformed('expected an address', '/issuer')
  const target = {
    chainId,
    registry: checksumAddress(registry, '/registry'),
    issuer: checksumAddress(issuer, '/issuer'),
  }
  return { header, id, target }
}

function parseEntry(source: string, statusIndex: number, target: AnchorTarget): BatchEntry {
  const entry = parseJson(source)
  if (!isObject(entry) || !isObject(entry['credential'])) {
    throw malformed('expected a salt and a credential')
  }
  const credential = entry['credential']
  const salt = parseSalt(entry['salt'], '/salt')
  if (credential['proof'] !== undefined) {
    // The digest leaves proofs out, so one in the file would be nobody's word.
    throw malformed('a credential stands here without proofs; remove them', '/credential/proof')
  }
  checkIssuer(credential, target)
  checkStatus(credential, statusIndex, target)
  return { credential, salt, digest: digestOf(credential, salt) }
}

/** A did:pkh names the account that must anchor; a header with another one would make credentials that nobody can verify. */
function checkIssuer(credential: JsonObject, target: AnchorTarget): void {
  const issuer = credential['issuer']
  const id = isObject(issuer) ? issuer['id'] : issuer
  const account = typeof id === 'string' ? parseDidPkh(id) : undefined
  if (!account) return
  if (account.chainId !== target.chainId || account.address !== target.issuer) {
    throw new InvalidInputError(
      'issuer_mismatch',
      `the credential names ${id} as its issuer, the header ${didPkh({ chainId: target.chainId, address: target.issuer })}`,
      '/credential/issuer',
    )
  }
}

function checkStatus(credential: JsonObject, statusIndex: number, target: AnchorTarget): void {
  const entries = [credential['credentialStatus']].flat()
  for (const entry of entries) {
    const id =
      isObject(entry) && typeof entry['id'] === 'string' ? parseStatusId(entry['id']) : undefined
    if (
      id?.statusIndex !== statusIndex ||
      id.registry.chainId !== target.chainId ||
      id.registry.address !== target.registry
    ) {
      throw new InvalidInputError(
        'status_mismatch',
        `the credential does not name status index ${statusIndex} of the registry in the header`,
        '/credential/credentialStatus',
      )
    }
  }
}

function malformed(message: string, pointer = ''): InvalidInputError {
  return new InvalidInputError('batch_file_malformed', message, pointer)
}
