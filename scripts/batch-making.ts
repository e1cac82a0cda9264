import { randomBytes } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { open } from 'node:fs/promises'
import { pipeline } from 'node:stream/promises'
import { createGzip, gzipSync } from 'node:zlib'
import type { AnchorTarget, BatchSummary } from '../core/batch.ts'
import { batchHeader, batchLineOf } from '../core/batch-file.ts'
import { hashLeaves } from '../core/batch-hash.ts'
import { type Hex, toHex } from '../core/bytes.ts'
import type { BatchTerms } from '../core/credential.ts'
import { fill, unpackValues } from '../core/credential-template.ts'
import { invariant } from '../core/error.ts'
import type { Learner } from '../core/learner.ts'
import { createMaker, drawnLength, hashesBy, uuidText } from '../core/making.ts'
import { completeTree, rootOf, treeBytes } from '../core/tree.ts'
import type { Progress } from './output.ts'
import { builtInSha256 } from './sha256.ts'

/** Where a batch's file goes, and how. */
export interface BatchFileTarget {
  readonly path: string
  readonly isZipped: boolean
}

const emptyRoot: Hex = `0x${'00'.repeat(32)}`
const pieceLength = 1 << 19

/**
 * Makes the credentials of a batch and writes its file as they are made; learners come in the order of their status indexes. Memory grows by
 * 64 bytes a credential, which the tree takes.
 */
export async function makeBatch(
  terms: BatchTerms,
  learners: AsyncIterable<readonly Learner[]>,
  size: number,
  { path, isZipped }: BatchFileTarget,
  progress: Progress,
): Promise<BatchSummary> {
  const { batchId: id, registry, account } = terms
  const target: AnchorTarget = { chainId: account.chainId, registry, issuer: account.address }
  const nodes = new Uint8Array(treeBytes(size))
  // The root stands first and is known last: its place is kept, and written in the end.
  const header = (root: Hex) => packed(batchHeader({ id, target, size, root }), isZipped)
  const lines = makeLines(terms, learners, nodes.subarray(0, size * 32), progress)
  const file = createWriteStream(path, { mode: 0o600, flush: true })
  file.write(header(emptyRoot))
  await (isZipped ? pipeline(lines, createGzip({ level: 1 }), file) : pipeline(lines, file))
  const tree = completeTree(nodes, size)
  const root = toHex(rootOf(tree))
  await overwriteStart(path, header(root))
  return { id, target, size, tree, root }
}

/** Lines of credentials as bytes; writes their leaves. */
async function* makeLines(
  terms: BatchTerms,
  piles: AsyncIterable<readonly Learner[]>,
  leaves: Uint8Array,
  progress: Progress,
): AsyncGenerator<Uint8Array> {
  const make = createMaker(terms, hashesBy(builtInSha256))
  let statusIndex = 0
  for await (const learners of piles) {
    const first = statusIndex
    const drawn = randomBytes(learners.length * drawnLength)
    let text = ''
    for (const [i, learner] of learners.entries()) {
      const own = drawn.subarray(i * drawnLength, (i + 1) * drawnLength)
      const { id, template, values, salt } = make(
        learner,
        statusIndex,
        own,
        leaves,
        statusIndex * 32,
      )
      const urn = `urn:uuid:${uuidText(id)}`
      text += batchLineOf(fill(template.document, unpackValues(values, urn, statusIndex)), salt)
      statusIndex += 1
      if (text.length < pieceLength) continue
      yield Buffer.from(text, 'utf8')
      text = ''
    }
    if (text !== '') yield Buffer.from(text, 'utf8')
    hashLeaves(leaves.subarray(first * 32, statusIndex * 32), first)
    progress.step(learners.length)
  }
  invariant(statusIndex * 32 === leaves.length, 'as many learners as the batch has')
}

/** Without compression, texts of one length give as many bytes: a member of its own, which RFC 1952 §2.2 allows. */
function packed(header: string, isZipped: boolean): Uint8Array {
  return isZipped ? gzipSync(header, { level: 0 }) : Buffer.from(header, 'utf8')
}

async function overwriteStart(path: string, bytes: Uint8Array): Promise<void> {
  const file = await open(path, 'r+')
  try {
    await file.write(bytes, 0, bytes.length, 0)
    await file.sync()
  } finally {
    await file.close()
  }
}
