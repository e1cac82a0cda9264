import type { Achievement, Issuer } from './achievement.ts'
import { fromHex, type Hex, toHex } from './bytes.ts'
import type { JsonObject } from './canonical.ts'
import { type BatchTerms, makeCredential } from './credential.ts'
import { type Account, didPkh, parseDidPkh, parseWebUrl } from './did.ts'
import { digestOf } from './digest.ts'
import { InvalidInputError, invariant } from './error.ts'
import type { Learner } from './learner.ts'
import { uuidUrn } from './making.ts'
import { permutation } from './permutation.ts'
import { attachAnchorProof } from './proof.ts'
import type { RosterTimes } from './roster-piece.ts'
import { parseTimestamp } from './time.ts'
import { buildTree, rootOf, siblingsOf, type Tree } from './tree.ts'
import { leafOf } from './tree-path.ts'

/** A source of random bytes fit for secrets, such as `crypto.getRandomValues`. */
export type Random = (length: number) => Uint8Array

/** A credential of a batch before its proof, with what its leaf is made of. `salt` and `digest` have 32 bytes. */
export interface BatchEntry {
  readonly credential: JsonObject
  readonly salt: Uint8Array
  readonly digest: Uint8Array
}

/** Where and for whom a batch is anchored. */
export interface AnchorTarget {
  readonly chainId: number
  readonly registry: string
  readonly issuer: string
}

/** The credentials that are anchored together; the entry at position i has status index i. */
export interface Batch {
  readonly id: string
  readonly target: AnchorTarget
  readonly entries: readonly BatchEntry[]
  readonly tree: Tree
  readonly root: Hex
}

/** A batch without its credentials, for whoever reads or makes them one by one. */
export interface BatchSummary {
  readonly id: string
  readonly target: AnchorTarget
  readonly size: number
  readonly tree: Tree
  readonly root: Hex
}

/** What a batch is issued from. Times are XSD dateTimeStamps. */
export interface BatchRequest {
  readonly id: string
  readonly learners: readonly Learner[]
  readonly achievement: Achievement
  readonly issuer: Issuer
  readonly account: Account
  readonly registry: string
  readonly baseUrl: string
  readonly validFrom: string
  readonly validUntil?: string | undefined
}

/** A batch of which nothing is made yet but the order: the learner at `seats[i]` gets status index i. */
export interface BatchPlan {
  readonly request: BatchRequest
  readonly terms: BatchTerms
  readonly seats: Uint32Array
}

/**
 * Issues a batch: one credential per learner, each at a status index drawn at random, so that an index tells nothing about the
 * order of the roster (format rule 4).
 */
export function issueBatch(request: BatchRequest, random: Random): Batch {
  const plan = planBatch(request, random)
  const entries = Array.from(plan.seats, (_, statusIndex) => makeEntry(plan, statusIndex, random))
  return assembleBatch(request.id, targetOf(request), entries)
}

/** Refuses a request that no batch can be issued from, wherever it comes from. Throws `InvalidInputError`. */
export function checkRequest(request: BatchRequest): void {
  if (request.learners.length === 0)
    throw new InvalidInputError('batch_empty', 'a batch needs at least one learner')
  checkTimes(request)
  checkIssuer(request)
}

/** Draws what all credentials of a batch share and who gets which status index. Draws: the achievement's id if it has none, then the order. */
export function planBatch(request: BatchRequest, random: Random): BatchPlan {
  checkRequest(request)
  const achievement = {
    ...request.achievement,
    id: request.achievement.id ?? uuidUrn(random),
  }
  const terms = {
    ...request,
    batchId: request.id,
    achievement,
    baseUrl: request.baseUrl.replace(/\/+$/, ''),
    validUntil: request.validUntil,
  }
  return { request, terms, seats: permutation(request.learners.length, random) }
}

/** The credential at one status index of a planned batch. Draws 64 bytes: its id, the salt of the e-mail's hash, the salt of its digest. */
export function makeEntry(plan: BatchPlan, statusIndex: number, random: Random): BatchEntry {
  const seat = plan.seats[statusIndex]
  invariant(seat !== undefined, 'a status index of the batch')
  const credential = makeCredential(plan.terms, plan.request.learners[seat] as Learner, {
    id: uuidUrn(random),
    statusIndex,
    identitySalt: random(16),
  })
  const salt = random(32)
  return { credential, salt, digest: digestOf(credential, salt) }
}

/** Where a requested batch will be anchored. */
export function targetOf({ account, registry }: BatchRequest): AnchorTarget {
  return { chainId: account.chainId, registry, issuer: account.address }
}

/** The batch of entries that are already made, in status index order: its tree and root are computed, never taken over. */
export function assembleBatch(
  id: string,
  target: AnchorTarget,
  entries: readonly BatchEntry[],
): Batch {
  const leaves = new Uint8Array(entries.length * 32)
  for (const [statusIndex, { digest }] of entries.entries()) {
    leaves.set(leafOf(digest, statusIndex), statusIndex * 32)
  }
  const tree = buildTree(leaves)
  return { id, target, entries, tree, root: toHex(rootOf(tree)) }
}

/** A credential of the batch as its holder gets it: with its anchor proof. */
export function credentialAt(batch: Batch, statusIndex: number): JsonObject {
  const entry = batch.entries[statusIndex]
  if (!entry)
    throw new InvalidInputError(
      'status_index_unknown',
      `the batch has no status index ${statusIndex}`,
    )
  return withAnchorProof(batch, entry, statusIndex)
}

/** A credential as its holder gets it, of a batch whose entries are kept elsewhere. */
export function withAnchorProof(
  { target, tree }: Pick<BatchSummary, 'target' | 'tree'>,
  { credential, salt }: Pick<BatchEntry, 'credential' | 'salt'>,
  statusIndex: number,
): JsonObject {
  const siblings = siblingsOf(tree, statusIndex)
  return attachAnchorProof(credential, { ...target, statusIndex, salt, siblings })
}

/**
 * Refuses terms that no batch can be issued with. `times` says what the roster's own times ask of them, where it is too large to be looked
 * at again. Throws `InvalidInputError`.
 */
export function checkTerms(terms: BatchTerms, { latestFrom, earliestUntil }: RosterTimes): void {
  const from = parseTimestamp(terms.validFrom, '/validFrom')
  const until =
    terms.validUntil === undefined
      ? Number.POSITIVE_INFINITY
      : parseTimestamp(terms.validUntil, '/validUntil')
  if (until <= from) throw timesOutOfOrder('/validUntil')
  if (latestFrom && until <= latestFrom.time) throw learnerOutOfOrder(latestFrom.line, 'validFrom')
  if (earliestUntil && earliestUntil.time <= from) {
    throw learnerOutOfOrder(earliestUntil.line, 'validUntil')
  }
  checkIssuer(terms)
}

function learnerOutOfOrder(line: number, member: string): InvalidInputError {
  return new InvalidInputError(
    'times_out_of_order',
    `line ${line} of the roster: with the batch's own time, validUntil is not after validFrom`,
    `/learners/${line - 1}/${member}`,
  )
}

function checkTimes({ validFrom, validUntil, learners }: BatchRequest): void {
  const from = parseTimestamp(validFrom, '/validFrom')
  const until =
    validUntil === undefined ? Number.POSITIVE_INFINITY : parseTimestamp(validUntil, '/validUntil')
  if (until <= from) throw timesOutOfOrder('/validUntil')
  for (const [i, learner] of learners.entries()) {
    const ownFrom = learner.validFrom
      ? parseTimestamp(learner.validFrom, `/learners/${i}/validFrom`)
      : from
    const ownUntil = learner.validUntil
      ? parseTimestamp(learner.validUntil, `/learners/${i}/validUntil`)
      : until
    if (ownUntil <= ownFrom) throw timesOutOfOrder(`/learners/${i}/validUntil`)
  }
}

/** A did:pkh of another account would make credentials that no verifier takes. */
function checkIssuer({
  issuer,
  account,
  baseUrl,
}: Pick<BatchRequest, 'issuer' | 'account' | 'baseUrl'>): void {
  const named = issuer.id === undefined ? undefined : parseDidPkh(issuer.id)
  if (named && (named.address !== account.address || named.chainId !== account.chainId)) {
    throw new InvalidInputError(
      'issuer_mismatch',
      `the issuer names ${issuer.id}, but ${didPkh(account)} will anchor; leave the id out or correct it`,
      '/issuer/id',
    )
  }
  parseWebUrl(baseUrl, '/baseUrl')
}

function timesOutOfOrder(pointer: string): InvalidInputError {
  return new InvalidInputError('times_out_of_order', 'validUntil is not after validFrom', pointer)
}

/** A salt as batch files and databases keep it. */
export function parseSalt(text: unknown, pointer: string): Uint8Array {
  if (typeof text !== 'string')
    throw new InvalidInputError('salt_missing', 'expected a salt', pointer)
  return fromHex(text, 32, pointer)
}
