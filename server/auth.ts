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

/** Refuses a request without a valid API key, or a session that one opened, before its body is read. */
export function requireIssuerKey(db: Kysely<Tables>) {
  const requireKey = requireKeyItself(db)
  return async (request: FastifyRequest): Promise<void> => {
    const session = await request.server.sessionOf(request)
    if (session === undefined) return requireKey(request)
    if (session === 'over') throw sessionOver()
    if (session.of.kind !== 'issuer') {
      const detail = 'You are signed in as the administrator; sign in with the key of an issuer.'
      throw new HttpProblem(403, 'session_other', detail)
    }
    request.issuerId = session.of.issuerId
  }
}

/** The same, and takes no session: whoever has a copy of a cookie shall not make keys that outlive it. */
export function requireKeyItself(db: Kysely<Tables>) {
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
    const session = await request.server.sessionOf(request)
    if (session === 'over') throw sessionOver()
    if (session?.of.kind === 'admin') return
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

export function sessionOver(): HttpProblem {
  return new HttpProblem(401, 'session_over', 'You are not signed in any more; sign in again.')
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
