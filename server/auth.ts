import type { FastifyRequest } from 'fastify'
import type { Kysely } from 'kysely'
import { type BatchRow, findBatch } from './batches.ts'
import { findCredential, type StoredCredential } from './credentials.ts'
import { findIssuer, type IssuerRow } from './issuers.ts'
import { issuerIdOfKey, keysEqual } from './keys.ts'
import { HttpProblem } from './problem.ts'
import type { Tables } from './tables.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** The issuer whose API key came with the request; set by `requireIssuerKey`. */
    issuerId: string
  }
}

/** Refuses a request without a valid API key, before its body is read. */
export function requireIssuerKey(db: Kysely<Tables>) {
  return async (request: FastifyRequest): Promise<void> => {
    const issuerId = await issuerIdOfKey(db, bearerOf(request))
    if (issuerId === undefined) throw unauthorized('The API key is not valid, or was deleted.')
    request.issuerId = issuerId
  }
}

/** Refuses a request without the administrator's key. */
export function requireAdminKey(adminKey: string | undefined) {
  return async (request: FastifyRequest): Promise<void> => {
    if (adminKey === undefined) {
      throw new HttpProblem(
        403,
        'admin_disabled',
        'This needs an administrator, and the service has none; whoever runs it can set ADMIN_KEY.',
      )
    }
    if (!keysEqual(bearerOf(request), adminKey)) {
      throw unauthorized('This needs the administrator key, ADMIN_KEY.')
    }
  }
}

function bearerOf(request: FastifyRequest): string {
  const [scheme, key] = (request.headers.authorization ?? '').split(' ')
  if (scheme?.toLowerCase() === 'bearer' && key) return key
  throw unauthorized('Send your key as Authorization: Bearer <key>.')
}

function unauthorized(detail: string): HttpProblem {
  return new HttpProblem(401, 'key_invalid', detail)
}

// Whatever belongs to somebody else does not exist: an id tells nothing to who guesses it.

export async function ownIssuer(
  db: Kysely<Tables>,
  request: FastifyRequest,
  slug: string,
): Promise<IssuerRow> {
  const issuer = await findIssuer(db, slug)
  if (issuer?.id === request.issuerId) return issuer
  throw new HttpProblem(404, 'issuer_unknown', 'There is no such issuer for this key.')
}

export async function ownBatch(
  db: Kysely<Tables>,
  request: FastifyRequest,
  id: string,
): Promise<BatchRow> {
  const batch = await findBatch(db, id)
  if (batch?.issuer_id === request.issuerId) return batch
  throw new HttpProblem(404, 'batch_unknown', 'There is no such batch for this key.')
}

export async function ownCredential(
  db: Kysely<Tables>,
  request: FastifyRequest,
  id: string,
): Promise<StoredCredential> {
  const stored = await findCredential(db, id)
  if (stored?.batch.issuer_id === request.issuerId) return stored
  throw new HttpProblem(404, 'credential_unknown', 'There is no such credential for this key.')
}
