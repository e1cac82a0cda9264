import { randomBytes, randomUUID } from 'node:crypto'
import { type Kysely, sql } from 'kysely'
import type { Achievement } from '../core/achievement.ts'
import { checkTerms } from '../core/batch.ts'
import { concatBytes, utf8 } from '../core/bytes.ts'
import { canonicalize, type Json, type JsonObject } from '../core/canonical.ts'
import type { BatchTerms } from '../core/credential.ts'
import { digestOf } from '../core/digest.ts'
import { sha256 } from '../core/hash.ts'
import type { Learner } from '../core/learner.ts'
import { createMaker, drawnLength, uuidText } from '../core/making.ts'
import { timesOf } from '../core/roster-piece.ts'
import { successorSeed } from '../core/successor.ts'
import { insertBatch, requestAnchor } from './batches.ts'
import { reissueMail } from './claim-mail.ts'
import type { StoredCredential } from './credentials.ts'
import type { IssuerRow } from './issuers.ts'
import { killPoint } from './kill-point.ts'
import { queueMail } from './mails.ts'
import { nativeHashes } from './native-hash.ts'
import { HttpProblem } from './problem.ts'
import type { Service } from './service.ts'
import { drawHolderLink } from './share.ts'
import type { Tables } from './tables.ts'

/** What a credential is corrected to. Times that are absent stay as they are. */
export interface Correction {
  readonly learner: Learner
  readonly achievement: Achievement
  readonly validFrom: string
  readonly validUntil: string | undefined
}

/** What this service may do for the issuer by itself. */
export interface Roles {
  readonly anchors: boolean
  readonly revokes: boolean
}

export interface Reissued {
  readonly oldId: string
  readonly newId: string
  readonly batchId: string
  readonly revokes: boolean
  readonly created: boolean
}

/**
 * Issues a corrected credential in place of one that is anchored; durable once it returns.
 *
 * One transaction stores the new credential, a batch of one, with the word that it replaces the old one, and the mail to its holder. What
 * follows (anchor, then revocation, then mail) is found in what is stored, by whichever process looks next: the old one is not revoked
 * before the new one is anchored. The same correction again gives the same answer; throws `HttpProblem` 409 `reissued_already` for another.
 */
export async function reissue(
  { database: { db }, chain, config, secretBox, sendMail }: Service,
  issuer: IssuerRow,
  old: StoredCredential,
  correction: Correction,
  { anchors, revokes }: Roles,
): Promise<Reissued> {
  const { validUntil = null } = correction
  const request_hash = sha256(utf8(canonicalize({ ...correction, validUntil } as unknown as Json)))
  const before = await findReissue(db, old.id)
  if (before) return repeated(before, request_hash)

  const { learner } = correction
  const terms: BatchTerms = {
    batchId: randomUUID(),
    achievement: { ...correction.achievement, id: achievementId(correction, old.document) },
    issuer: issuer.profile,
    account: { chainId: chain.chainId, address: issuer.account },
    registry: chain.registry,
    baseUrl: config.PUBLIC_BASE_URL,
    validFrom: correction.validFrom,
    validUntil: correction.validUntil,
  }
  checkTerms(terms, timesOf([learner]))
  const digests = new Uint8Array(32)
  // Its id follows from the old one's digest: that is how whoever verifies knows what it replaced, and why there is only one.
  const seed = successorSeed(digestOf(old.document, old.salt))
  const drawn = concatBytes(seed, randomBytes(drawnLength - seed.length))
  const made = createMaker(terms, nativeHashes)(learner, 0, drawn, digests, 0)
  const newId = uuidText(made.id)
  const by = { issuerId: issuer.id, idempotency: { key: undefined, requestHash: request_hash } }
  try {
    await insertBatch(db, terms, { made: [made], digests }, by, async (transaction) => {
      await transaction
        .insertInto('reissues')
        .values({
          old_id: old.id,
          new_id: newId,
          batch_id: terms.batchId,
          request_hash,
          revokes,
          revoked_at: null,
        })
        .execute()
      if (anchors) await requestAnchor(transaction, terms.batchId)
      if (sendMail && learner.email !== undefined) {
        const url = await drawHolderLink(transaction, config.PUBLIC_BASE_URL, old.id)
        const words = corrected(old.document, terms.achievement)
        const mail = reissueMail(learner.email, words, url)
        await queueMail(transaction, secretBox, mail, terms.batchId)
      }
      killPoint('reissue.storing')
    })
  } catch (thrown) {
    // Two requests at once: the key of the table let one through.
    const other = await findReissue(db, old.id)
    if (other) return repeated(other, request_hash)
    throw thrown
  }
  killPoint('reissue.stored')
  return { oldId: old.id, newId, batchId: terms.batchId, revokes, created: true }
}

async function findReissue(db: Kysely<Tables>, oldId: string) {
  return db.selectFrom('reissues').selectAll().where('old_id', '=', oldId).executeTakeFirst()
}

function repeated(
  found: NonNullable<Awaited<ReturnType<typeof findReissue>>>,
  requestHash: Uint8Array,
): Reissued {
  const { old_id, new_id, batch_id, revokes, request_hash } = found
  if (Buffer.compare(request_hash, requestHash) === 0) {
    return { oldId: old_id, newId: new_id, batchId: batch_id, revokes, created: false }
  }
  throw new HttpProblem(
    409,
    'reissued_already',
    `The credential was replaced by ${new_id} already; correct that one.`,
  )
}

/** What the mail speaks of: the old document with what was achieved as it is now said. */
function corrected(document: JsonObject, achievement: BatchTerms['achievement']): JsonObject {
  const subject = document['credentialSubject'] as JsonObject
  return { ...document, credentialSubject: { ...subject, achievement } as unknown as JsonObject }
}

/** An achievement that is not renamed stays the same one. */
function achievementId({ achievement }: Correction, document: JsonObject): string {
  if (achievement.id !== undefined) return achievement.id
  const subject = document['credentialSubject'] as JsonObject
  return String((subject['achievement'] as JsonObject)['id'])
}

/**
 * Asks for the revocation of what was replaced by a credential that is anchored now; how many. Durable once it returns, and safe to repeat:
 * one statement marks and asks, and rounds bring it to the chain.
 */
export async function revokeReplaced(db: Kysely<Tables>): Promise<number> {
  const { rows } = await sql`
    with due as (
      update reissues set revoked_at = now() from batches
      where batches.id = reissues.batch_id and revokes and revoked_at is null
        and batches.state in ('included', 'safe', 'finalized')
      returning old_id
    )
    update credentials set status = 'revoked', status_request = status_request + 1
    where id in (select old_id from due) and status <> 'revoked'
    returning id`.execute(db)
  if (rows.length > 0) killPoint('reissue.revoked')
  return rows.length
}
