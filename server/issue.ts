import { randomBytes, randomUUID } from 'node:crypto'
import type { Kysely } from 'kysely'
import type { Achievement } from '../core/achievement.ts'
import {
  assembleBatch,
  type Batch,
  type BatchRequest,
  checkRequest,
  planBatch,
  targetOf,
} from '../core/batch.ts'
import { utf8 } from '../core/bytes.ts'
import { canonicalize, type Json } from '../core/canonical.ts'
import { InvalidInputError } from '../core/error.ts'
import { sha256 } from '../core/hash.ts'
import type { Learner } from '../core/learner.ts'
import { formatSeconds } from '../core/time.ts'
import { type BatchRow, findBatch, findByIdempotencyKey, insertBatch } from './batches.ts'
import { makeEntries } from './builder.ts'
import { insertBuild } from './builds.ts'
import type { ServiceChain } from './chains.ts'
import type { IssuerRow } from './issuers.ts'
import { killPoint } from './kill-point.ts'
import { HttpProblem } from './problem.ts'
import type { Tables } from './tables.ts'

/** What a batch is asked for with. */
export interface IssueRequest {
  readonly learners: readonly Learner[]
  readonly achievement: Achievement
  readonly validFrom?: string | undefined
  readonly validUntil?: string | undefined
}

/** What a batch is issued with beside the request. */
export interface IssueContext {
  readonly db: Kysely<Tables>
  readonly chain: ServiceChain
  readonly baseUrl: string
  readonly maxSize: number
}

/** A batch of up to so many credentials is built at once. */
const atOnce = 1000

/**
 * Issues a batch and stores it; durable once it returns, and not anchored yet.
 *
 * A large one is stored as what it is built from, which `Builder` then does. With an idempotency key the same request gives the same
 * batch; throws `HttpProblem` 409 where the key came with another request.
 */
export async function issue(
  { db, chain, baseUrl, maxSize }: IssueContext,
  issuer: IssuerRow,
  request: IssueRequest,
  idempotencyKey: string | undefined,
): Promise<{ readonly batch: BatchRow; readonly created: boolean }> {
  if (request.learners.length > maxSize) {
    throw new InvalidInputError(
      'batch_too_large',
      `${request.learners.length} learners; at most ${maxSize} go into a batch, so split the roster`,
    )
  }
  const requestHash = hashRequest(request)
  const before = await findRepeated(db, issuer, idempotencyKey, requestHash)
  if (before) return { batch: before, created: false }

  const batch: BatchRequest = {
    id: randomUUID(),
    learners: request.learners,
    achievement: request.achievement,
    issuer: issuer.profile,
    account: { chainId: chain.chainId, address: issuer.account },
    registry: chain.registry,
    baseUrl,
    validFrom: request.validFrom ?? formatSeconds(Date.now() / 1000),
    validUntil: request.validUntil,
  }
  checkRequest(batch)
  const context = { issuerId: issuer.id, idempotency: { key: idempotencyKey, requestHash } }
  try {
    if (batch.learners.length > atOnce) {
      await insertBuild(db, { request: batch, seed: randomBytes(32) }, context)
    } else
      await insertBatch(db, await buildAtOnce(batch), { ...context, name: batch.achievement.name })
  } catch (thrown) {
    // Two requests with one key at the same time: the unique index let one through.
    const other = await findRepeated(db, issuer, idempotencyKey, requestHash)
    if (other) return { batch: other, created: false }
    throw thrown
  }
  killPoint('issue.written')
  return { batch: (await findBatch(db, batch.id)) as BatchRow, created: true }
}

async function buildAtOnce(request: BatchRequest): Promise<Batch> {
  const random = (length: number) => randomBytes(length)
  const plan = planBatch(request, random)
  const entries = await makeEntries(plan, 0, plan.seats.length, () => random)
  return assembleBatch(request.id, targetOf(request), entries)
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
  const { learners, achievement, validFrom = null, validUntil = null } = request
  return sha256(
    utf8(canonicalize({ learners, achievement, validFrom, validUntil } as unknown as Json)),
  )
}
