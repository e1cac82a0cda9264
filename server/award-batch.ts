import { randomBytes, randomUUID } from 'node:crypto'
import type { Kysely } from 'kysely'
import type { Batch, BatchRequest } from '../core/batch.ts'
import { fromHex } from '../core/bytes.ts'
import { canonicalize, type Json } from '../core/canonical.ts'
import { sha256 } from '../core/hash.ts'
import { formatSeconds } from '../core/time.ts'
import { type BatchRow, findBatch, findByIdempotencyKey, type IssuedBy } from './batches.ts'
import type { ServiceChain } from './chains.ts'
import type { IssuerRow } from './issuers.ts'
import { HttpProblem } from './problem.ts'
import type { Tables } from './tables.ts'

/** What batches are made with whose credentials differ in more than a template has gaps for: awards, and statements of equivalence. */
export interface AwardContext {
  readonly db: Kysely<Tables>
  readonly chain: ServiceChain
  readonly baseUrl: string
}

/** Credentials of one batch at most: it is made and written at once. */
export const mostAwards = 1000

/** Bytes of everything that was asked for, by which a repeated request is known. */
export function hashBody(body: unknown): Uint8Array {
  return sha256(canonicalize(body as Json))
}

/** The batch that the same request made before; throws `HttpProblem` 409 where the key came with another request. */
export async function findMade(
  db: Kysely<Tables>,
  issuer: IssuerRow,
  { key, requestHash }: IssuedBy['idempotency'],
): Promise<BatchRow | undefined> {
  if (key === undefined) return undefined
  const found = await findByIdempotencyKey(db, issuer.id, key)
  if (!found) return undefined
  const { request_hash, ...batch } = found
  if (request_hash && Buffer.compare(request_hash, requestHash) === 0) return batch
  throw new HttpProblem(
    409,
    'idempotency_key_reused',
    `The Idempotency-Key was used for batch ${batch.id} with another request; take a new key for a new batch.`,
  )
}

/** What every batch of the issuer begins with. */
export function batchRequestOf(
  { chain, baseUrl }: AwardContext,
  issuer: IssuerRow,
  times: { readonly validFrom?: string | undefined; readonly validUntil?: string | undefined },
): Omit<BatchRequest, 'learners' | 'achievement'> {
  return {
    id: randomUUID(),
    issuer: issuer.profile,
    account: { chainId: chain.chainId, address: issuer.account },
    registry: chain.registry,
    baseUrl,
    validFrom: times.validFrom ?? formatSeconds(Date.now() / 1000),
    validUntil: times.validUntil,
  }
}

export const random = (length: number): Uint8Array => new Uint8Array(randomBytes(length))

/** Writes a batch with its credentials as documents, or nothing: durable once it returns. */
export async function insertDocuments(
  db: Kysely<Tables>,
  batch: Batch,
  name: string,
  { issuerId, idempotency }: IssuedBy,
): Promise<BatchRow> {
  const { id, target, entries, tree, root } = batch
  await db.transaction().execute(async (transaction) => {
    await transaction
      .insertInto('batches')
      .values({
        id,
        issuer_id: issuerId,
        name,
        size: entries.length,
        chain_id: target.chainId,
        registry: target.registry,
        account: target.issuer,
        idempotency_key: idempotency.key ?? null,
        request_hash: idempotency.requestHash,
        root: fromHex(root, 32),
        nodes: tree.nodes,
        subtree_height: null,
      })
      .execute()
    await transaction
      .insertInto('credentials')
      .values(
        entries.map(({ credential, salt }, index) => ({
          id: String(credential['id']).replace('urn:uuid:', ''),
          batch_id: id,
          status_index: index,
          document: JSON.stringify(credential),
          shape: null,
          filled: null,
          salt,
        })),
      )
      .execute()
  })
  return (await findBatch(db, id)) as BatchRow
}
