import { randomBytes, randomUUID } from 'node:crypto'
import type { Kysely } from 'kysely'
import type { Achievement } from '../core/achievement.ts'
import { issueBatch } from '../core/batch.ts'
import { utf8 } from '../core/bytes.ts'
import { canonicalize, type Json } from '../core/canonical.ts'
import { InvalidInputError } from '../core/error.ts'
import { sha256 } from '../core/hash.ts'
import type { Learner } from '../core/learner.ts'
import { formatSeconds } from '../core/time.ts'
import { type BatchRow, findBatch, findByIdempotencyKey, insertBatch } from './batches.ts'
import type { ServiceChain } from './chains.ts'
import type { IssuerRow } from './issuers.ts'
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

/**
 * Issues a batch and stores it; durable once it returns, and not anchored yet.
 *
 * With an idempotency key the same request gives the same batch; throws `HttpProblem` 409 where the key came with another request.
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

  const batch = issueBatch(
    {
      id: randomUUID(),
      learners: request.learners,
      achievement: request.achievement,
      issuer: issuer.profile,
      account: { chainId: chain.chainId, address: issuer.account },
      registry: chain.registry,
      baseUrl,
      validFrom: request.validFrom ?? formatSeconds(Date.now() / 1000),
      validUntil: request.validUntil,
    },
    (length) => randomBytes(length),
  )
  try {
    await insertBatch(db, batch, {
      issuerId: issuer.id,
      name: request.achievement.name,
      idempotency: { key: idempotencyKey, requestHash },
    })
  } catch (thrown) {
    // Two requests with one key at the same time: the unique index let one through.
    const other = await findRepeated(db, issuer, idempotencyKey, requestHash)
    if (other) return { batch: other, created: false }
    throw thrown
  }
  return { batch: (await findBatch(db, batch.id)) as BatchRow, created: true }
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
