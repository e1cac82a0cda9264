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
import { parseStatusId } from './did.ts'
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
  yield `${JSON.stringify({
    format: 'rootmark-batch-1',
    id: batch.id,
    ...batch.target,
    size: batch.entries.length,
    root: batch.root,
  })}\n`
  for (const { credential, salt } of batch.entries) {
    yield `${JSON.stringify({ salt: toHex(salt), credential })}\n`
  }
}

/**
 * Parses a batch file and recomputes every digest, the tree and the root; throws `InvalidInputError` where the file says otherwise.
 *
 * Each credential must name the registry, chain and status index that it is anchored with, so that nothing is anchored that
 * its own holder could not verify.
 */
export function parseBatchFile(text: string): Batch {
  const [first = '', ...rest] = text.split('\n').filter((line) => line.trim() !== '')
  const header = parseJson(first)
  if (!isObject(header) || header['format'] !== 'rootmark-batch-1') {
    throw new InvalidInputError(
      'batch_file_malformed',
      'line 1: expected the header of a rootmark-batch-1 file',
    )
  }
  const target = {
    chainId: Number(header['chainId']),
    registry: checksumAddress(String(header['registry']), '/registry'),
    issuer: checksumAddress(String(header['issuer']), '/issuer'),
  }
  const entries = rest.map((line, statusIndex) => parseEntry(line, statusIndex, target))
  const batch = assembleBatch(String(header['id']), target, entries)
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

function parseEntry(line: string, statusIndex: number, target: AnchorTarget): BatchEntry {
  const place = `line ${statusIndex + 2}`
  try {
    const entry = parseJson(line)
    if (!isObject(entry) || !isObject(entry['credential'])) {
      throw new InvalidInputError('batch_file_malformed', 'expected a salt and a credential')
    }
    const credential = entry['credential']
    const salt = parseSalt(entry['salt'], '/salt')
    checkStatus(credential, statusIndex, target)
    return { credential, salt, digest: digestOf(credential, salt) }
  } catch (thrown) {
    if (!(thrown instanceof InvalidInputError)) throw thrown
    throw new InvalidInputError(thrown.code, `${place}: ${thrown.message}`, thrown.pointer)
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
