import type { Json } from '../../core/canonical.ts'
import { readLatestBlock } from '../../core/chain.ts'
import type { StatusPurpose } from '../../core/did.ts'
import { InvalidInputError, messageOf } from '../../core/error.ts'
import { readStatusList, type StatusList } from '../../core/foreign-list.ts'
import { isObject } from '../../core/i-json.ts'
import { parseJson } from '../../core/json.ts'
import { statusAt } from '../../core/status-list.ts'
import type { ReadDocument } from '../../documents/reader.ts'
import type { Output } from '../output.ts'
import { type AnchoredBatch, readBitmaps } from './chain.ts'
import type { Finding } from './findings.ts'
import type { Place } from './place.ts'
import { stateAt } from './proved-state.ts'
import type { PublishedBatch } from './published.ts'
import type { ReadPublished } from './publisher.ts'
import type { Bitmaps } from './state.ts'
import { findStrangers, type NamedIssuer } from './strangers.ts'

const purposes = ['revocation', 'suspension'] as const

/** `absent` is no fault: the chain has the statuses, and an issuer without a key cannot sign a list. */
export type ListState = 'agrees' | 'differs' | 'absent' | 'unread'

export interface ComparedLists {
  readonly states: ReadonlyMap<string, Readonly<Record<StatusPurpose, ListState>>>
  readonly findings: readonly Finding[]
  readonly unread: readonly Finding[]
}

interface Reading {
  readonly place: Place
  readonly document: ReadDocument
  readonly readPublished: ReadPublished
  /** How the batch files name the issuer, by root. */
  readonly issuerIds: ReadonlyMap<string, string>
  /** Milliseconds. */
  readonly now: number
}

/** Compares the status lists that services publish with the registry's bitmaps. */
export async function compareLists(
  anchored: readonly AnchoredBatch[],
  published: readonly PublishedBatch[],
  reading: Reading,
  output: Output,
): Promise<ComparedLists> {
  const byRoot = new Map(anchored.map((batch) => [batch.root, batch]))
  const states = new Map<string, Record<StatusPurpose, ListState>>()
  const findings: Finding[] = []
  const unread: Finding[] = []
  const named: NamedIssuer[] = []
  const progress = output.progress('Status lists', published.length)
  for (const { root, service, id } of published) {
    const batch = byRoot.get(root)
    const found = { revocation: 'absent', suspension: 'absent' } as Record<StatusPurpose, ListState>
    for (const purpose of batch?.bitmaps && id !== undefined ? purposes : []) {
      const url = `${service}/batches/${id}/status/${purpose}`
      const compared = await compareList(url, purpose, batch as AnchoredBatch, reading)
      const { state, code, message, issuerId } = compared
      found[purpose] = state
      if (issuerId !== undefined && batch) named.push({ issuerId, batch, purpose, url })
      if (code === undefined) continue
      const told = { code, message: message ?? '', root, file: url, sequence: batch?.sequence ?? 0 }
      if (state === 'differs') findings.push(told)
      else unread.push(told)
    }
    states.set(root, found)
    progress.step()
  }
  progress.stop()
  for (const { batch, purpose, finding } of findStrangers(
    named,
    new Set(reading.issuerIds.values()),
  )) {
    const found = states.get(batch.root)
    if (found) found[purpose] = 'differs'
    findings.push(finding)
  }
  return { states, findings, unread }
}

interface Comparison {
  readonly state: ListState
  readonly code?: string
  readonly message?: string
  /** Who issued a list that agrees with the chain, where no credential of its batch tells who has to. */
  readonly issuerId?: string
}

/** What keeps a list, or the key that signed it, from being read. */
const unreadable = ['status_list_unverified', 'status_unreachable']

/** What base64url and JSON make of the longest list that verifiers read, and some room. */
const maxListBytes = 24_000_000

async function compareList(
  url: string,
  purpose: StatusPurpose,
  batch: AnchoredBatch,
  { place, document, readPublished, issuerIds, now }: Reading,
): Promise<Comparison> {
  const answer = await readPublished(url, { maxBytes: maxListBytes, type: /\b(?:json|vc)\b/i })
  if (answer.kind === 'absent') return { state: 'absent' }
  if (answer.kind === 'unread') {
    return { state: 'unread', code: 'status_list_unread', message: `${answer.why}.` }
  }
  let list: StatusList
  let parsed: Json
  const known = issuerIds.get(batch.root)
  try {
    parsed = parseJson(answer.bytes, { bytes: maxListBytes, depth: 32, values: 50_000 })
    const readers = {
      chain: () => undefined,
      document: async (asked: string) => (asked === url ? parsed : document(asked)),
    }
    const issuerId = known ?? issuerOf(parsed)
    list = await readStatusList(url, 'BitstringStatusListEntry', { issuerId, readers, now })
  } catch (thrown) {
    if (!(thrown instanceof InvalidInputError)) throw thrown
    const { code } = thrown
    if (unreadable.includes(code)) {
      const message = `Who signed it could not be read, so that it could not be compared: ${messageOf(thrown)}. That says nothing against the list; a DID document of an intranet can be put into PINNED_DOCUMENTS_DIR.`
      return { state: 'unread', code, message }
    }
    const message = `No verifier can rely on it: ${messageOf(thrown)}.`
    return { state: 'differs', code, message }
  }
  const name = listNameOf(parsed)
  if (name && (name.id !== idOf(url) || name.purpose !== purpose)) {
    const message = `It says that it is the ${name.purpose} list of batch ${name.id.slice(0, 60)}, and lies where the ${purpose} list of batch ${idOf(url)} belongs.`
    return { state: 'differs', code: 'status_list_foreign', message }
  }
  if (!list.purposes.includes(purpose)) {
    const message = `It is a list for ${list.purposes.join(', ').slice(0, 60)}, not for ${purpose}.`
    return { state: 'differs', code: 'status_list_malformed', message }
  }
  const wrong = await differing(list, purpose, batch, place)
  if (wrong.length === 0) {
    return { state: 'agrees', ...(known === undefined && { issuerId: issuerOf(parsed) }) }
  }
  const some = `${wrong.slice(0, 8).join(', ')}${wrong.length > 8 ? ', …' : ''}`
  const message = `It disagrees with the chain about ${wrong.length} of ${batch.size} credentials: status index ${some}.`
  return { state: 'differs', code: 'status_list_disagrees', message }
}

const listPath = /\/batches\/([^/]+)\/status\/([a-z]+)$/

/** Which list it says it is, as far as services of this software name theirs. Verifiers need not ask: Bitstring Status List §2.2. */
function listNameOf(list: Json): { readonly id: string; readonly purpose: string } | undefined {
  const [, id, purpose] = listPath.exec(String(isObject(list) ? list['id'] : '')) ?? []
  return id === undefined || purpose === undefined ? undefined : { id, purpose }
}

function idOf(url: string): string {
  return listPath.exec(url)?.[1] ?? ''
}

function issuerOf(list: Json): string {
  const issuer = isObject(list) ? list['issuer'] : undefined
  return String(isObject(issuer) ? issuer['id'] : issuer)
}

/** Indexes at which a list agrees neither with the audited block nor, as lists are always the newest, with the chain of this moment. */
async function differing(
  { bits }: StatusList,
  purpose: StatusPurpose,
  batch: AnchoredBatch,
  place: Place,
): Promise<readonly number[]> {
  const isAll = batch.withdrawnAt !== undefined && purpose === 'revocation'
  const differs = (indexes: readonly number[], bitmaps: Bitmaps | undefined) =>
    indexes.filter(
      (index) => statusAt(bits, index) !== (isAll || bitAt(bitmaps?.[purpose] ?? [], index)),
    )
  const all = Array.from({ length: batch.size }, (_, index) => index)
  const wrong = differs(all, batch.bitmaps)
  if (wrong.length === 0) return wrong
  const newest = await readLatestBlock(place.chain, place.chainId)
  const bitmaps = await readBitmaps(
    stateAt(place, newest, () => {}),
    batch,
  )
  return differs(wrong, bitmaps)
}

function bitAt(words: readonly bigint[], index: number): boolean {
  return (((words[index >> 8] ?? 0n) >> BigInt(index & 255)) & 1n) === 1n
}
