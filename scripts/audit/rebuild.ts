import { createHash } from 'node:crypto'
import { AbiCoder, getBytes, keccak256 } from 'ethers'
import { MerkleTree } from 'merkletreejs'
import { fromHex } from '../../core/bytes.ts'
import type { JsonObject } from '../../core/canonical.ts'
import { parseStatusId } from '../../core/did.ts'
import { canonicalForm } from '../../core/digest.ts'
import { InvalidInputError } from '../../core/error.ts'
import { isObject } from '../../core/i-json.ts'
import { parseJson } from '../../core/json.ts'

/** What a batch file says of itself, and what its credentials really lead to. */
export interface RebuiltBatch {
  readonly id: string
  readonly chainId: number
  readonly registry: string
  readonly issuer: string
  readonly statedRoot: string
  readonly statedSize: number
  /** As the first credential names its issuer. */
  readonly issuerId: string
  /** Ids of its credentials in status index order; empty texts where there is none. */
  readonly ids: readonly string[]
  readonly root: string
  readonly size: number
  /** SHA-256 of all leaves in order, hex. */
  readonly leavesHash: string
}

/** A tree of leaves alone. */
export type RebuiltTree = Pick<RebuiltBatch, 'root' | 'size' | 'leavesHash'>

/**
 * Rebuilds a batch with code that is not the issuer's: leaves by ethers and Node's own SHA-256, the tree by merkletreejs.
 *
 * Only the canonical form (RFC 8785) is shared with the rest of Rootmark. Throws `InvalidInputError` for a file that cannot be read.
 */
export function rebuildBatch(text: string): RebuiltBatch {
  const [first = '', ...lines] = text.split('\n').filter((line) => line.trim() !== '')
  const header = parseJson(first)
  if (!isObject(header) || header['format'] !== 'rootmark-batch-1') {
    throw new InvalidInputError('batch_file_malformed', 'line 1 is not the header of a batch file')
  }
  if (lines.length === 0) {
    throw new InvalidInputError('batch_file_incomplete', 'the file holds no credentials')
  }
  const stated = {
    id: String(header['id']),
    chainId: Number(header['chainId']),
    registry: String(header['registry']),
    issuer: String(header['issuer']),
    statedRoot: String(header['root']),
    statedSize: Number(header['size']),
  }
  const entries = lines.map((line, i) => entryOf(line, i, stated))
  const ids = entries.map(({ id }) => id)
  const issuerId = issuerIdOf(lines[0] ?? '')
  return { ...stated, issuerId, ids, ...treeOf(entries.map(({ leaf }) => leaf)) }
}

/** Rebuilds a tree from published leaves, 32 bytes each. Throws `InvalidInputError` where they are cut. */
export function rebuildTree(bytes: Uint8Array): RebuiltTree {
  if (bytes.length === 0 || bytes.length % 32 !== 0) {
    throw new InvalidInputError(
      'leaves_malformed',
      `expected leaves of 32 bytes, found ${bytes.length} bytes`,
    )
  }
  const leaves = Array.from({ length: bytes.length / 32 }, (_, i) =>
    Buffer.from(bytes.subarray(i * 32, i * 32 + 32)),
  )
  return treeOf(leaves)
}

function treeOf(leaves: readonly Buffer[]): RebuiltTree {
  const tree = new MerkleTree([...leaves], hash, { sortPairs: true })
  const leavesHash = createHash('sha256').update(Buffer.concat(leaves)).digest('hex')
  return { root: tree.getHexRoot(), size: leaves.length, leavesHash }
}

/** The root that a leaf and its siblings lead to. */
export function rootFrom(leaf: Buffer, siblings: readonly Uint8Array[]): string {
  const root = siblings.reduce<Buffer>((node, sibling) => {
    const pair = [node, Buffer.from(sibling)].sort(Buffer.compare)
    return hash(Buffer.concat(pair))
  }, leaf)
  return `0x${root.toString('hex')}`
}

function issuerIdOf(line: string): string {
  const entry = parseJson(line)
  const credential = isObject(entry) ? entry['credential'] : undefined
  const issuer = isObject(credential) ? credential['issuer'] : undefined
  return String(isObject(issuer) ? issuer['id'] : issuer)
}

function entryOf(
  line: string,
  statusIndex: number,
  stated: { chainId: number; registry: string },
): { readonly leaf: Buffer; readonly id: string } {
  const entry = parseJson(line)
  const credential = isObject(entry) ? entry['credential'] : undefined
  if (!isObject(entry) || !isObject(credential) || typeof entry['salt'] !== 'string') {
    throw new InvalidInputError(
      'batch_file_malformed',
      `line ${statusIndex + 2} is no credential with its salt`,
    )
  }
  requireStatus(credential, statusIndex, stated)
  const leaf = leafFrom(credential, fromHex(entry['salt'], 32), statusIndex)
  return { leaf, id: typeof credential['id'] === 'string' ? credential['id'] : '' }
}

/** The leaf of a credential: format rules 3 and 5. */
export function leafFrom(credential: JsonObject, salt: Uint8Array, statusIndex: number): Buffer {
  const inner = createHash('sha256').update(canonicalForm(credential)).digest()
  const digest = createHash('sha256').update(salt).update(inner).digest()
  const encoded = AbiCoder.defaultAbiCoder().encode(['bytes32', 'uint256'], [digest, statusIndex])
  return hash(hash(Buffer.from(getBytes(encoded))))
}

/** A credential whose status is read elsewhere than where it is anchored could never be revoked. */
function requireStatus(
  credential: JsonObject,
  statusIndex: number,
  { chainId, registry }: { chainId: number; registry: string },
): void {
  for (const entry of [credential['credentialStatus']].flat()) {
    const id =
      isObject(entry) && typeof entry['id'] === 'string' ? parseStatusId(entry['id']) : undefined
    if (
      id?.statusIndex !== statusIndex ||
      id.registry.chainId !== chainId ||
      id.registry.address !== registry
    ) {
      throw new InvalidInputError(
        'status_mismatch',
        `line ${statusIndex + 2}: the credential does not name status index ${statusIndex} of this registry`,
      )
    }
  }
}

function hash(bytes: Buffer): Buffer {
  return Buffer.from(getBytes(keccak256(bytes)))
}
