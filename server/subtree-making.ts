import { createCipheriv } from 'node:crypto'
import { hashLeaves } from '../core/batch-hash.ts'
import { drawFrom } from '../core/draw.ts'
import { invariant } from '../core/error.ts'
import type { Learner } from '../core/learner.ts'
import { createMaker, drawnLength, type MadeCredential, type Maker } from '../core/making.ts'
import { treeOver } from '../core/tree.ts'
import { createCopyRows } from './copy-rows.ts'
import { credentialColumns, type Made, type Subtree } from './making.ts'
import { nativeHashes } from './native-hash.ts'

const drawnAtOnce = 1000

/** A subtree that is being made. */
export interface Work {
  readonly subtree: Subtree
  readonly make: Maker
  /** JSON of the learners by place in the subtree. */
  readonly learners: readonly string[]
  /** 32 bytes. */
  readonly key: Uint8Array
  /** 16 bytes. */
  readonly batchId: Uint8Array
  readonly told: Set<number>
  /** Digests by place, 32 bytes each; `known` says which are there. */
  readonly digests: Uint8Array
  readonly known: Uint8Array
}

/** Begins a subtree with its learners, each at a status index of its own. */
export function begin(subtree: Subtree, parts: readonly string[]): Work {
  const learners: string[] = Array.from({ length: subtree.size })
  let count = 0
  for (const part of parts) {
    for (let at = 0; at < part.length; count++) {
      const tab = part.indexOf('\t', at)
      const end = part.indexOf('\n', tab)
      const place = Number(part.slice(at, tab)) - subtree.first
      invariant(place >= 0 && place < subtree.size, 'a status index of the subtree')
      invariant(learners[place] === undefined, 'a status index of one learner')
      learners[place] = part.slice(tab + 1, end)
      at = end + 1
    }
  }
  invariant(count === subtree.size, 'a learner for every status index')
  return {
    subtree,
    make: createMaker(subtree.terms, nativeHashes),
    learners,
    key: drawFrom(subtree.seed, 'credentials')(32),
    batchId: Buffer.from(subtree.terms.batchId.replaceAll('-', ''), 'hex'),
    told: new Set(),
    digests: new Uint8Array(subtree.size * 32),
    known: new Uint8Array(subtree.size),
  }
}

/** Makes the credentials at some places of the subtree: rows in the COPY format, and templates that were not told before. */
export function make(work: Work, from: number, to: number): Made {
  const { subtree, batchId, told } = work
  const rows = createCopyRows()
  const drawn = drawnBytes(work.key, subtree.first + from, to - from)
  const templates: { shape: number; document: string }[] = []
  for (let place = from; place < to; place++) {
    const { id, template, values, salt } = makeAt(work, place, drawn, (place - from) * drawnLength)
    if (!told.has(template.shape)) {
      told.add(template.shape)
      templates.push({ shape: template.shape, document: JSON.stringify(template.document) })
    }
    rows.row(credentialColumns.length)
    rows.bytes(id)
    rows.bytes(batchId)
    rows.int4(subtree.first + place)
    rows.int2(template.shape)
    rows.text(values)
    rows.bytes(salt)
  }
  return { size: to - from, rows: rows.end(), templates }
}

/** Makes the credential at a place from what was drawn for it, and notes its digest. */
function makeAt(work: Work, place: number, drawn: Uint8Array, at: number): MadeCredential {
  const { subtree, learners, digests, known, make } = work
  const learner = JSON.parse(learners[place] as string) as Learner
  const own = drawn.subarray(at, at + drawnLength)
  known[place] = 1
  return make(learner, subtree.first + place, own, digests, place * 32)
}

/** The nodes of the subtree, whoever made its credentials. */
export function finish(work: Work): Uint8Array {
  const { subtree, digests, known } = work
  for (let from = 0; from < subtree.size; from += drawnAtOnce) {
    const to = Math.min(from + drawnAtOnce, subtree.size)
    if (!known.subarray(from, to).includes(0)) continue
    const drawn = drawnBytes(work.key, subtree.first + from, to - from)
    for (let place = from; place < to; place++) {
      if (!known[place]) makeAt(work, place, drawn, (place - from) * drawnLength)
    }
  }
  hashLeaves(digests, subtree.first)
  return treeOver(digests).nodes
}

/** What is drawn for the credentials from a status index on: AES-256 in counter mode, four blocks for each. */
function drawnBytes(key: Uint8Array, first: number, count: number): Uint8Array {
  const counter = Buffer.alloc(16)
  counter.writeBigUInt64BE(BigInt(first) * BigInt(drawnLength / 16), 8)
  return createCipheriv('aes-256-ctr', key, counter).update(new Uint8Array(count * drawnLength))
}
