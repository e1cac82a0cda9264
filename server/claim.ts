import { timingSafeEqual } from 'node:crypto'
import { type Kysely, sql } from 'kysely'
import type { JsonObject } from '../core/canonical.ts'
import { identityHash } from '../core/credential.ts'
import { isObject } from '../core/i-json.ts'
import { HttpProblem } from './problem.ts'
import { makeHolderLink, type NewLink } from './share.ts'
import { drawToken, hashToken } from './share-token.ts'
import type { Tables } from './tables.ts'

/** A one-time link works so long. */
export const claimMinutes = 60
/** So many mails at most an hour about one credential. */
const mostClaims = 5
/** More than anybody's credential names. */
const mostIdentifiers = 20

/** Whether a credential is of the person with this e-mail, which it holds as a salted hash. The e-mail is untrusted. */
export function isHeldBy(credential: JsonObject, email: string): boolean {
  const address = email.trim().toLowerCase().normalize('NFC')
  return identifiersOf(credential)
    .slice(0, mostIdentifiers)
    .some(({ identityType, identityHash: stated, salt, hashed }) => {
      if (identityType !== 'emailAddress' || typeof stated !== 'string') return false
      if (hashed === false) return equal(stated.toLowerCase(), address)
      return equal(stated, identityHash(address, typeof salt === 'string' ? salt : ''))
    })
}

function identifiersOf({ credentialSubject }: JsonObject): readonly JsonObject[] {
  const listed = isObject(credentialSubject) ? credentialSubject['identifier'] : undefined
  return (Array.isArray(listed) ? listed : [listed]).filter(isObject)
}

function equal(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)]
  return left.length === right.length && timingSafeEqual(left, right)
}

/** A secret that is to be mailed, or `undefined` where enough were mailed of late. Durable once it returns. */
export async function openClaim(
  db: Kysely<Tables>,
  credentialId: string,
): Promise<string | undefined> {
  const { token, hash } = drawToken()
  await db.deleteFrom('claims').where('ends_at', '<', sql<Date>`now()`).execute()
  const { rows } = await sql`
    insert into claims (hash, credential_id, ends_at)
    select ${hash}, ${credentialId}::uuid, now() + ${sql.lit(claimMinutes)} * interval '1 minute'
    where (select count(*) from claims where credential_id = ${credentialId}::uuid) < ${sql.lit(mostClaims)}
    returning hash`.execute(db)
  return rows.length > 0 ? token : undefined
}

/** Takes a one-time secret for a link of the holder's, once; throws `HttpProblem` 404 `claim_unknown`. The token is untrusted. */
export async function spendClaim(
  db: Kysely<Tables>,
  baseUrl: string,
  token: string,
): Promise<NewLink> {
  const hash = hashToken(token)
  if (!hash) throw unknown()
  return db.transaction().execute(async (transaction) => {
    const claim = await transaction
      .deleteFrom('claims')
      .where('hash', '=', hash)
      .where('ends_at', '>', sql<Date>`now()`)
      .returning('credential_id')
      .executeTakeFirst()
    if (!claim) throw unknown()
    return makeHolderLink(transaction, baseUrl, claim.credential_id)
  })
}

function unknown(): HttpProblem {
  return new HttpProblem(
    404,
    'claim_unknown',
    `This one-time link does not work: it was used, or is older than ${claimMinutes} minutes. Ask for another one.`,
  )
}
