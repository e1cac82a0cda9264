import { randomBytes, randomUUID } from 'node:crypto'
import type { Kysely } from 'kysely'
import type { Achievement } from '../core/achievement.ts'
import { checkTerms } from '../core/batch.ts'
import { toHex, utf8 } from '../core/bytes.ts'
import { canonicalize, type Json } from '../core/canonical.ts'
import type { BatchTerms } from '../core/credential.ts'
import { sha256 } from '../core/hash.ts'
import { refuseHeavyImage } from '../core/image-weight.ts'
import type { Learner } from '../core/learner.ts'
import { createMaker, drawnLength, uuidUrn } from '../core/making.ts'
import { permutation } from '../core/permutation.ts'
import type { RosterTimes } from '../core/roster-piece.ts'
import { formatSeconds } from '../core/time.ts'
import {
  type BatchRow,
  findBatch,
  findByIdempotencyKey,
  insertBatch,
  type MadeBatch,
} from './batches.ts'
import { insertBuild } from './builds.ts'
import type { ServiceChain } from './chains.ts'
import type { IssuerRow } from './issuers.ts'
import { killPoint } from './kill-point.ts'
import { nativeHashes } from './native-hash.ts'
import { HttpProblem } from './problem.ts'
import type { HandedIn } from './roster-parts.ts'
import { subtreeHeight } from './subtrees.ts'
import type { Tables } from './tables.ts'

/** What a batch is asked for with. */
export interface IssueRequest {
  readonly roster: HandedIn
  readonly times: RosterTimes
  readonly achievement: Achievement
  readonly validFrom?: string | undefined
  readonly validUntil?: string | undefined
}

/** What a batch is issued with beside the request. */
export interface IssueContext {
  readonly db: Kysely<Tables>
  readonly chain: ServiceChain
  readonly baseUrl: string
}

/**
 * Issues a batch and stores it; durable once it returns, and not anchored yet.
 *
 * A large one is stored as what it is built from, which the job `build` then does. With an idempotency key the same request gives the
 * same batch; throws `HttpProblem` 409 where the key came with another request.
 */
export async function issue(
  { db, chain, baseUrl }: IssueContext,
  issuer: IssuerRow,
  request: IssueRequest,
  idempotencyKey: string | undefined,
): Promise<{ readonly batch: BatchRow; readonly created: boolean }> {
  const requestHash = hashRequest(request)
  const before = await findRepeated(db, issuer, idempotencyKey, requestHash)
  if (before) return { batch: before, created: false }

  const { roster, times, achievement } = request
  const terms: BatchTerms = {
    batchId: roster.rosterId ?? randomUUID(),
    achievement: { ...achievement, id: achievement.id ?? uuidUrn(randomBytes) },
    issuer: issuer.profile,
    account: { chainId: chain.chainId, address: issuer.account },
    registry: chain.registry,
    baseUrl: baseUrl.replace(/\/+$/, ''),
    validFrom: request.validFrom ?? formatSeconds(Date.now() / 1000),
    validUntil: request.validUntil,
  }
  checkTerms(terms, times)
  refuseHeavyImage(achievement, roster.count)
  const by = { issuerId: issuer.id, idempotency: { key: idempotencyKey, requestHash } }
  try {
    if (roster.learners) await insertBatch(db, terms, makeAtOnce(terms, roster.learners), by)
    else {
      const tree = { size: roster.count, height: subtreeHeight }
      await insertBuild(db, { terms, ...tree, seed: randomBytes(32) }, by)
    }
  } catch (thrown) {
    // Two requests with one key at the same time: the unique index let one through.
    const other = await findRepeated(db, issuer, idempotencyKey, requestHash)
    if (other) return { batch: other, created: false }
    throw thrown
  }
  killPoint('issue.written')
  return { batch: (await findBatch(db, terms.batchId)) as BatchRow, created: true }
}

/** The credentials of a few learners, and their digests, in status index order. */
function makeAtOnce(terms: BatchTerms, learners: readonly Learner[]): MadeBatch {
  const make = createMaker(terms, nativeHashes)
  const seats = permutation(learners.length, randomBytes)
  const digests = new Uint8Array(learners.length * 32)
  const made = Array.from(seats, (seat, statusIndex) =>
    make(
      learners[seat] as Learner,
      statusIndex,
      randomBytes(drawnLength),
      digests,
      statusIndex * 32,
    ),
  )
  return { made, digests }
}

async function findRepeated(
  db: Kysely<Tables>,
  issuer: IssuerRow,
  key: string | undefined,
  requestHash: Uint8Array,
): Promise<BatchRow | undefined> {
  if (key === undefined) return undefined
  const found = await findByIdempotencyKey(db, issuer.id, key)
  if (!found) return undefined
  const { request_hash, ...batch } = found
  if (!request_hash || Buffer.compare(request_hash, requestHash) !== 0) {
    throw new HttpProblem(
      409,
      'idempotency_key_reused',
      `The Idempotency-Key was used for batch ${batch.id} with another request; take a new key for a new batch.`,
    )
  }
  return batch
}

function hashRequest(request: IssueRequest): Uint8Array {
  const { roster, achievement, validFrom = null, validUntil = null } = request
  const parts = { roster: toHex(roster.hash), achievement, validFrom, validUntil }
  return sha256(utf8(canonicalize(parts as unknown as Json)))
}
