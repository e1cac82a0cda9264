import { createHash, randomBytes, randomUUID, timingSafeEqual } from 'node:crypto'
import type { Kysely } from 'kysely'
import type { Tables } from './tables.ts'

/** An API key as it is told once; afterwards only its hash is known. */
export interface NewKey {
  readonly id: string
  readonly key: string
}

/** SHA-256 of a key; enough for a secret of 256 random bits. */
export function hashKey(key: string): Buffer {
  return createHash('sha256').update(key).digest()
}

export function keysEqual(a: string, b: string): boolean {
  return timingSafeEqual(hashKey(a), hashKey(b))
}

/** Makes a key for an issuer; durable once it returns. */
export async function createKey(db: Kysely<Tables>, issuerId: string): Promise<NewKey> {
  const id = randomUUID()
  const key = `rm_${randomBytes(32).toString('base64url')}`
  await db
    .insertInto('api_keys')
    .values({ id, issuer_id: issuerId, hash: hashKey(key) })
    .execute()
  return { id, key }
}

/** The issuer that a key belongs to. */
export async function issuerIdOfKey(db: Kysely<Tables>, key: string): Promise<string | undefined> {
  return (await findKey(db, key))?.issuerId
}

/** The id of a key that somebody sends, and its issuer. */
export async function findKey(db: Kysely<Tables>, key: string) {
  return db
    .selectFrom('api_keys')
    .select(['id as keyId', 'issuer_id as issuerId'])
    .where('hash', '=', hashKey(key))
    .executeTakeFirst()
}

export async function listKeys(db: Kysely<Tables>, issuerId: string) {
  return db
    .selectFrom('api_keys')
    .select(['id', 'created_at'])
    .where('issuer_id', '=', issuerId)
    .orderBy('created_at')
    .execute()
}

/** Whether there was such a key; it works no more once this returns. */
export async function deleteKey(
  db: Kysely<Tables>,
  issuerId: string,
  id: string,
): Promise<boolean> {
  const { numDeletedRows } = await db
    .deleteFrom('api_keys')
    .where('issuer_id', '=', issuerId)
    .where('id', '=', id)
    .executeTakeFirst()
  return numDeletedRows > 0n
}
