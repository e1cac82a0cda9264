import { setImmediate as othersTurn } from 'node:timers/promises'
import type { JsonObject } from '../core/canonical.ts'
import { InvalidInputError } from '../core/error.ts'
import { parseCredential } from '../core/format.ts'
import { isObject } from '../core/i-json.ts'
import { membersOf } from '../core/open-badges/member.ts'
import { isAbout } from '../core/same-holder.ts'
import { mostAwards } from './award-batch.ts'
import type { Applicant, AwardRequest } from './award-request.ts'
import { isAnchored } from './batch-state.ts'
import { type BatchRow, findBatch } from './batches.ts'
import { documentTexts, selectDocuments } from './credential-documents.ts'
import type { IssuerRow } from './issuers.ts'
import { HttpProblem } from './problem.ts'
import type { Service } from './service.ts'

/** Who is looked at, and which credentials of the batches are theirs. */
export interface Holders {
  readonly applicants: readonly Applicant[]
  /** By applicant, ids of credentials. */
  readonly held: ReadonlyMap<number, readonly string[]>
  /** Credentials that name no DID, where everybody who does is an applicant. */
  readonly unnamed: number
}

/** Comparing an address with a salted hash costs a hash: applicants times credentials. */
const mostComparisons = 2_000_000

/**
 * Finds the credentials of the applicants in the issuer's batches, by DID or by the hash of the address. Where nobody is named, everybody
 * whose DID stands in a credential of the batches applies: addresses cannot be read out of their hashes.
 */
export async function findHolders(
  service: Service,
  issuer: IssuerRow,
  request: AwardRequest,
): Promise<Holders> {
  const applicants: Applicant[] = [...(request.applicants ?? [])]
  const byDid = new Map(applicants.flatMap(({ learner: { did } }, i) => (did ? [[did, i]] : [])))
  const held = new Map<number, string[]>()
  let comparisons = 0
  let unnamed = 0
  for (const [i, id] of request.batches.entries()) {
    const batch = await ownAnchored(service, issuer, id, i)
    comparisons += batch.size * Math.max(1, applicants.length)
    if (comparisons > mostComparisons) {
      throw new InvalidInputError(
        'request_too_large',
        `learners are looked for in more credentials than ${mostComparisons} comparisons allow; ask with fewer of both`,
        '/batches',
      )
    }
    for await (const { id: credential, document } of documentsOf(service, batch)) {
      const did = didOf(document)
      let owner = did === undefined ? undefined : byDid.get(did)
      if (owner === undefined && request.applicants === undefined) {
        if (did === undefined) unnamed += 1
        else {
          owner = applicants.push({ learner: { name: nameOf(document), did }, components: [] }) - 1
          byDid.set(did, owner)
          if (applicants.length > mostAwards) throw tooMany()
        }
      }
      owner ??= byAddress(document, applicants)
      if (owner !== undefined) held.set(owner, [...(held.get(owner) ?? []), credential])
    }
  }
  return { applicants, held, unnamed }
}

async function ownAnchored(
  { database: { db } }: Service,
  issuer: IssuerRow,
  id: string,
  i: number,
): Promise<BatchRow> {
  const batch = await findBatch(db, id)
  const pointer = `/batches/${i}`
  if (batch?.issuer_id !== issuer.id) {
    throw new HttpProblem(404, 'batch_unknown', `There is no batch ${id} for this key.`, {
      pointer,
    })
  }
  if (isAnchored(batch.state)) return batch
  const detail = `Batch ${id} is not anchored, so its credentials do not count yet.`
  throw new HttpProblem(409, 'batch_not_anchored', detail, { pointer })
}

async function* documentsOf({ database: { db } }: Service, { id, size }: BatchRow) {
  for (let after = -1; after + 1 < size; after += 500) {
    const rows = await selectDocuments(db)
      .where('credentials.batch_id', '=', id)
      .where('credentials.status_index', '>', after)
      .where('credentials.status_index', '<=', after + 500)
      .orderBy('credentials.status_index')
      .execute()
    const texts = documentTexts(rows)
    for (const [i, row] of rows.entries()) {
      yield { id: row.id, document: JSON.parse(texts[i] as string) as JsonObject }
    }
    await othersTurn()
  }
}

function didOf(document: JsonObject): string | undefined {
  const [subject] = membersOf(document, 'credentialSubject', '').map(({ value }) => value)
  const id = isObject(subject) ? subject['id'] : undefined
  return typeof id === 'string' && id.startsWith('did:') ? id : undefined
}

function nameOf(document: JsonObject): string {
  return parseCredential(document).summary.holder ?? 'Unnamed'
}

function byAddress(document: JsonObject, applicants: readonly Applicant[]): number | undefined {
  const at = applicants.findIndex(
    ({ learner: { email } }) => email !== undefined && isAbout(document, { email }),
  )
  return at === -1 ? undefined : at
}

function tooMany(): InvalidInputError {
  return new InvalidInputError(
    'request_too_large',
    `the batches hold credentials of more than ${mostAwards} people; ask with fewer batches, or name learners`,
    '/batches',
  )
}
