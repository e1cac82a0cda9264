import { formatSeconds } from '../../core/time.ts'
import type { ChainTrust, Trust } from '../../core/trust.ts'
import type { ReadDocument } from '../../documents/reader.ts'
import type { Output } from '../output.ts'
import { type BatchAccreditation, readAccreditations } from './accreditations.ts'
import { rebuildAll } from './batches.ts'
import { type AnchoredBatch, type ChainView, readChainView } from './chain.ts'
import { type CheckedCredentials, verifyCredentials } from './credentials.ts'
import {
  type Finding,
  findDifferences,
  findGaps,
  findMisdated,
  findReordered,
  findWithheld,
  type Scope,
} from './findings.ts'
import { heldFiles, leavesOfHeld } from './held.ts'
import { chainAt } from './one-block.ts'
import { type Basis, basisOf, type Place } from './place.ts'
import { findPublishedDifferences, readAllPublished } from './published.ts'
import { createPublishedReader } from './publisher.ts'
import { findRepeated } from './repeated.ts'
import { findUnlogged } from './replay.ts'
import type { SampleTerms } from './sample.ts'
import { findUnauthorised, findUnloggedGrants } from './sender.ts'
import { compareLists, type ListState } from './status-lists.ts'

/** A batch as an audit found it. */
export interface AuditedBatch extends Omit<AnchoredBatch, 'bitmaps' | 'index'> {
  /** Whether leaves or credentials were at hand that lead to its root, all of them. */
  readonly rebuilt: boolean
  /** The service that publishes its leaves. */
  readonly published?: string
  /** Absent where the auditor names no accreditors, or none vouched. */
  readonly accreditation?: BatchAccreditation
  readonly statusLists?: { readonly revocation: ListState; readonly suspension: ListState }
}

export type StatusChange = Omit<ChainView['changes'][number], 'firstWord' | 'words'>

/** What an audit found: `findings` are for the issuer, or the endpoint, to answer; `unread` is what could not be looked at. */
export interface AuditReport extends Scope {
  readonly block: { readonly number: number; readonly hash: string; readonly time: string }
  readonly basis: Basis
  /** The root accreditors whose word counts; none where accreditation was not asked for. */
  readonly trusted: ChainTrust['rootAccreditors']
  readonly count: number
  readonly batches: readonly AuditedBatch[]
  readonly changes: readonly StatusChange[]
  readonly credentials: CheckedCredentials
  readonly findings: readonly Finding[]
  readonly unread: readonly Finding[]
  /** What is no fault, but what an auditor will want to ask about. */
  readonly notes: readonly Finding[]
}

/** What is audited beside the chain. Paths are separated by commas, `now` is in milliseconds. */
export interface Material {
  readonly batches: string | undefined
  readonly holders: string | undefined
  readonly sample: SampleTerms
  readonly trust: Trust
  readonly services: readonly string[]
  readonly document: ReadDocument
  readonly now: number
}

/** Audits an issuer; throws where chain or files cannot be read. */
export async function auditIssuer(
  place: Place,
  material: Material,
  output: Output,
): Promise<AuditReport> {
  const { services, now, document, trust, holders, sample } = material
  const scope = { chainId: place.chainId, registry: place.address, issuer: place.issuer }
  const files = await rebuildAll(material.batches, output)
  const atHand = files ?? []
  const view = await readChainView(place, output)
  const { batches, block } = view
  const readPublished = createPublishedReader()
  const held = await leavesOfHeld(await heldFiles(holders))
  const published = await readAllPublished(services, readPublished, batches, scope, held, output)
  const rebuilt = atHand.flatMap((each) => ('batch' in each ? [each.batch] : []))
  const issuerIds = new Map(rebuilt.map(({ root, issuerId }) => [root, issuerId]))
  const reading = { place, document, readPublished, issuerIds, now }
  const lists = await compareLists(batches, published.batches, reading, output)
  const chain = chainAt(place, block)
  const accreditations = await readAccreditations(chain, block, place, trust, batches)
  const verified = await verifyCredentials(
    { files: atHand, holders },
    batches,
    scope,
    { size: sample.size, seed: sample.seed ?? block.hash },
    { readers: { chain: () => chain, document }, trust, now },
    output,
  )
  const hasMaterial = files !== undefined || services.length > 0
  const findings = [
    ...view.lies.map((lie) => placed(lie, batches)),
    ...findGaps(view),
    ...findMisdated(view),
    ...findUnlogged(view),
    ...findUnauthorised(batches, view.grants),
    ...findUnloggedGrants(view.grants, view.granted),
    ...(accreditations?.findings ?? []),
    ...findDifferences(view, atHand, scope),
    ...findRepeated(batches, atHand),
    ...(hasMaterial ? findWithheld(view, atHand, published.batches, published.unread) : []),
    ...findPublishedDifferences(batches, published.batches),
    ...findReordered(batches, atHand, published.batches),
    ...lists.findings,
    ...verified.findings,
  ]
  const unread = [
    ...sendersUnread(batches),
    ...statusesUnread(batches),
    ...published.unread,
    ...lists.unread,
    ...(accreditations?.unread ?? []),
    ...verified.unread,
  ]
  const matching = new Set(
    [...rebuilt, ...published.batches.flatMap(({ tree }) => ('root' in tree ? [tree] : []))].map(
      ({ root, size }) => `${root} ${size}`,
    ),
  )
  const audited = batches.map(({ bitmaps: _, index: __, ...batch }) => {
    const service = published.batches.find(({ root }) => root === batch.root)?.service
    const statusLists = lists.states.get(batch.root)
    const accreditation = accreditations?.byRoot.get(batch.root)
    return {
      ...batch,
      rebuilt: matching.has(`${batch.root} ${batch.size}`),
      ...(service !== undefined && { published: service }),
      ...(accreditation && { accreditation }),
      ...(statusLists && { statusLists }),
    }
  })
  return {
    ...scope,
    block: { number: block.number, hash: block.hash, time: formatSeconds(block.time) },
    basis: basisOf(place, block),
    trusted: trust.chains.get(place.chainId)?.rootAccreditors ?? [],
    count: view.count,
    batches: audited,
    changes: view.changes.map(({ firstWord: _, words: __, ...change }) => change),
    credentials: verified.checked,
    findings,
    unread,
    notes: verified.notes,
  }
}

/** With the number of the batch that it is about, where there is one. */
function placed(lie: Finding, batches: readonly AnchoredBatch[]): Finding {
  const sequence = batches.find(({ root }) => root === lie.root)?.sequence
  return { ...lie, ...(sequence !== undefined && { sequence }) }
}

/** Whether an operator was allowed to anchor cannot be told of a transaction that the endpoint does not give. */
function sendersUnread(batches: readonly AnchoredBatch[]): readonly Finding[] {
  return batches
    .filter(({ sender }) => sender.kind === 'unknown')
    .map(({ sequence, root, transaction }) => ({
      code: 'transaction_unread',
      message: `The endpoint does not give transaction ${transaction}, which anchored batch number ${sequence}: audit with another endpoint.`,
      sequence,
      root,
    }))
}

function statusesUnread(batches: readonly AnchoredBatch[]): readonly Finding[] {
  return batches
    .filter(({ bitmaps }) => bitmaps === undefined)
    .map(({ sequence, root, size }) => ({
      code: 'statuses_unread',
      message: `Batch number ${sequence} says that it has ${size} credentials, more than statuses are read of: no batch is that large.`,
      sequence,
      root,
    }))
}
