import { createPrivateKey, generateKeyPairSync, randomUUID, sign } from 'node:crypto'
import { type Kysely, sql } from 'kysely'
import { formatMultikey } from '../core/multikey.ts'
import type { SecretBox } from './secret-box.ts'
import type { Tables } from './tables.ts'

/** A key of an issuer as anybody may know it. */
export interface PublicKey {
  readonly id: string
  /** Ed25519, as a Multikey. */
  readonly publicKeyMultibase: string
  readonly createdAt: Date
  /** What it signed later does not count; `undefined` while it is in use. */
  readonly expires: Date | undefined
}

/** The key that an issuer signs with now. */
export interface SigningKey {
  readonly publicKeyMultibase: string
  /** Ed25519, RFC 8032: 64 bytes. */
  readonly sign: (bytes: Uint8Array) => Promise<Uint8Array>
  /** The time of the database at which it was found in use. */
  readonly now: Date
}

/** A key that is made but stored nowhere yet. */
export interface NewIssuerKey {
  readonly id: string
  readonly publicKeyMultibase: string
  readonly sealed: Uint8Array
}

const labelOf = (id: string) => `issuer key ${id}`

export function makeIssuerKey(box: SecretBox): NewIssuerKey {
  const id = randomUUID()
  const { publicKey, privateKey } = generateKeyPairSync('ed25519')
  const { x = '' } = publicKey.export({ format: 'jwk' })
  const bytes = new Uint8Array(Buffer.from(x, 'base64url'))
  return {
    id,
    publicKeyMultibase: formatMultikey({ type: 'Ed25519', bytes }),
    sealed: box.seal(privateKey.export({ format: 'der', type: 'pkcs8' }), labelOf(id)),
  }
}

/** Stores the first key of an issuer; durable once it returns. Throws where the issuer has one in use. */
export async function insertIssuerKey(
  db: Kysely<Tables>,
  issuerId: string,
  key: NewIssuerKey,
): Promise<void> {
  const { id, publicKeyMultibase, sealed } = key
  await db
    .insertInto('issuer_keys')
    .values({ id, issuer_id: issuerId, public_key: publicKeyMultibase, sealed, retired_at: null })
    .execute()
}

/** All keys of an issuer, the one in use first and then the latest first. */
export async function listIssuerKeys(
  db: Kysely<Tables>,
  issuerId: string,
): Promise<readonly PublicKey[]> {
  const rows = await db
    .selectFrom('issuer_keys')
    .select(['id', 'public_key', 'created_at', 'retired_at'])
    .where('issuer_id', '=', issuerId)
    .orderBy('retired_at', (order) => order.desc().nullsFirst())
    .execute()
  return rows.map(({ id, public_key, created_at, retired_at }) => ({
    id,
    publicKeyMultibase: public_key,
    createdAt: created_at,
    expires: retired_at ?? undefined,
  }))
}

/** The key that an issuer signs with; `undefined` where it has none. Throws where it cannot be opened. */
export async function findSigningKey(
  db: Kysely<Tables>,
  box: SecretBox,
  issuerId: string,
): Promise<SigningKey | undefined> {
  return openKey(box, await keyInUse(db, issuerId).executeTakeFirst())
}

/** The same, but its time is never after the end of the key, however close a replacement is. */
export async function holdSigningKey(
  db: Kysely<Tables>,
  box: SecretBox,
  issuerId: string,
): Promise<SigningKey | undefined> {
  // The lock waits for a replacement under way. A key that was replaced meanwhile is passed over, and its successor seen the
  // second time.
  const find = () => keyInUse(db, issuerId).forShare().executeTakeFirst()
  return openKey(box, (await find()) ?? (await find()))
}

function keyInUse(db: Kysely<Tables>, issuerId: string) {
  return db
    .selectFrom('issuer_keys')
    .select(['id', 'public_key', 'sealed', sql<Date>`clock_timestamp()`.as('now')])
    .where('issuer_id', '=', issuerId)
    .where('retired_at', 'is', null)
}

function openKey(
  box: SecretBox,
  row: Awaited<ReturnType<ReturnType<typeof keyInUse>['executeTakeFirst']>>,
): SigningKey | undefined {
  if (!row?.sealed) return undefined
  const der = Buffer.from(box.open(row.sealed, labelOf(row.id)))
  const privateKey = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' })
  return {
    publicKeyMultibase: row.public_key,
    sign: async (bytes) => sign(null, bytes, privateKey),
    now: row.now,
  }
}

/**
 * Replaces the key `usedKeyId` by a new one and destroys its private part; durable once it returns.
 *
 * `false` where it is not the key in use: of two who replace it at once, one wins.
 */
export async function replaceIssuerKey(
  db: Kysely<Tables>,
  issuerId: string,
  usedKeyId: string,
  key: NewIssuerKey,
): Promise<boolean> {
  return db.transaction().execute(async (transaction) => {
    const { numUpdatedRows } = await transaction
      .updateTable('issuer_keys')
      // The end of the second: proofs are dated in whole seconds.
      .set({
        sealed: null,
        retired_at: sql<Date>`date_trunc('second', clock_timestamp()) + interval '1 second'`,
      })
      .where('id', '=', usedKeyId)
      .where('issuer_id', '=', issuerId)
      .where('retired_at', 'is', null)
      .executeTakeFirst()
    if (numUpdatedRows === 0n) return false
    await insertIssuerKey(transaction, issuerId, key)
    return true
  })
}
