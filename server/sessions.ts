import { randomBytes } from 'node:crypto'
import type { Kysely } from 'kysely'
import { hashKey } from './keys.ts'
import type { Tables } from './tables.ts'

/** Whom a session speaks for. */
export type SessionOf =
  | { readonly kind: 'issuer'; readonly issuerId: string }
  | { readonly kind: 'admin' }

export interface Session {
  readonly of: SessionOf
  readonly endsAt: Date
}

/** A working day: whoever finds the computer the next morning is asked for the key. */
export const sessionSeconds = 12 * 3600

/** A key that opens sessions: an issuer's, by its id, or the administrator's. */
export type SessionKey = { readonly keyId: string } | { readonly adminKey: string }

/** Opens a session and drops those that are over; durable once it returns. The token is told this once. */
export async function openSession(
  db: Kysely<Tables>,
  key: SessionKey,
  now = new Date(),
): Promise<{ readonly token: string; readonly endsAt: Date }> {
  const token = randomBytes(32).toString('base64url')
  const endsAt = new Date(now.getTime() + sessionSeconds * 1000)
  await db.deleteFrom('sessions').where('ends_at', '<', now).execute()
  await db
    .insertInto('sessions')
    .values({
      hash: hashKey(token),
      key_id: 'keyId' in key ? key.keyId : null,
      admin_hash: 'adminKey' in key ? hashKey(key.adminKey) : null,
      ends_at: endsAt,
    })
    .execute()
  return { token, endsAt }
}

/** The session of an untrusted token, if it is not over: by its time, by signing out, or with the end of its key. */
export async function findSession(
  db: Kysely<Tables>,
  token: string,
  adminKey: string | undefined,
  now = new Date(),
): Promise<Session | undefined> {
  const row = await db
    .selectFrom('sessions')
    .leftJoin('api_keys', 'api_keys.id', 'sessions.key_id')
    .select(['sessions.admin_hash', 'sessions.ends_at', 'api_keys.issuer_id'])
    .where('sessions.hash', '=', hashKey(token))
    .where('sessions.ends_at', '>', now)
    .executeTakeFirst()
  if (!row) return undefined
  const { issuer_id, admin_hash, ends_at: endsAt } = row
  if (issuer_id !== null) return { of: { kind: 'issuer', issuerId: issuer_id }, endsAt }
  // A hash of what only the service knows: nothing is learned from how long this takes.
  const isStill =
    adminKey !== undefined && admin_hash !== null && hashKey(adminKey).equals(admin_hash)
  return isStill ? { of: { kind: 'admin' }, endsAt } : undefined
}

/** It is over once this returns, whoever has a copy of the cookie. Safe to call twice. */
export async function closeSession(db: Kysely<Tables>, token: string): Promise<void> {
  await db.deleteFrom('sessions').where('hash', '=', hashKey(token)).execute()
}
