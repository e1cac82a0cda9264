import { setImmediate as othersTurn } from 'node:timers/promises'
import { parseAchievement } from '../core/achievement.ts'
import { issueAwards } from '../core/award.ts'
import type { JsonObject } from '../core/canonical.ts'
import { InvalidInputError } from '../core/error.ts'
import { isObject } from '../core/i-json.ts'
import type { Learner } from '../core/learner.ts'
import { membersOf } from '../core/open-badges/member.ts'
import { openCredential } from '../core/opened.ts'
import { pathwayBounds } from '../core/pathway/bounds.ts'
import { makeBudget } from '../core/pathway/budget.ts'
import { type Presented, type Qualification, qualify } from '../core/qualify.ts'
import { isAbout } from '../core/same-holder.ts'
import { createVerifyMany } from '../core/verify-many.ts'
import { withAllowance } from '../documents/allowance.ts'
import { batchRequestOf, insertDocuments, random } from './award-batch.ts'
import type { Applicant, AwardRequest } from './award-request.ts'
import { isAnchored } from './batch-state.ts'
import { type BatchRow, findBatch, type Idempotency } from './batches.ts'
import { documentTexts, selectDocuments } from './credential-documents.ts'
import { credentialWithProof, findCredential } from './credentials.ts'
import type { IssuerRow } from './issuers.ts'
import { HttpProblem } from './problem.ts'
import type { Service } from './service.ts'

/** What becomes of one applicant. */
export interface AwardResult {
  readonly line: number
  readonly name: string
  readonly outcome: 'qualifies' | 'misses' | 'undecided'
  readonly counted: readonly string[]
  readonly missing: readonly string[]
  readonly asides: Qualification['asides']
  readonly refused: Qualification['refused']
}

/** Comparing an address with a salted hash costs a hash: applicants times credentials. */
const mostComparisons = 2_000_000
/** Steps of all evaluations of one request: ten of the hardest, or thousands as pathways are. */
const stepsOfRequest = 10 * pathwayBounds.steps

/** Evaluates the pathway for every applicant, over what they hand in and what the batches hold of theirs; each credential is verified. */
export async function judgeApplicants(
  service: Service,
  issuer: IssuerRow,
  request: AwardRequest,
): Promise<readonly { readonly learner: Learner; readonly qualification: Qualification }[]> {
  const { readers, trust } = service
  const verify = createVerifyMany({
    readersFor: () => ({ ...readers, document: withAllowance(readers.document) }),
    trust,
    clock: Date.now,
  })
  const found = await findOwn(service, issuer, request)
  const at = request.validFrom === undefined ? Date.now() : Date.parse(request.validFrom)
  const budget = makeBudget(stepsOfRequest)
  const judged: { learner: Learner; qualification: Qualification }[] = []
  for (const [i, { learner, components }] of request.applicants.entries()) {
    const presented: Presented[] = []
    for (const [j, component] of components.entries()) {
      const pointer = `/learners/${i}/components/${j}`
      const { text, document } = await open(component, pointer)
      presented.push({ document, report: await verify(text) })
    }
    for (const id of found.get(i) ?? []) {
      const stored = await findCredential(service.database.db, id)
      if (!stored) continue
      const keys = { db: service.database.db, box: service.secretBox }
      const document = await credentialWithProof(keys, service.trees, stored)
      presented.push({ document, report: await verify(JSON.stringify(document)) })
    }
    const qualification = qualify(request.pathway, learner, presented, at, budget)
    judged.push({ learner, qualification })
    await othersTurn()
  }
  return judged
}

/** A credential as JSON, or as the text of a JSON Web Token. */
async function open(component: unknown, pointer: string) {
  const isText = typeof component === 'string'
  if (!isText && !isObject(component as never)) {
    throw new InvalidInputError('component_malformed', 'expected a credential', pointer)
  }
  try {
    const { document } = await openCredential(component as string | JsonObject)
    return { document, text: isText ? component : JSON.stringify(component) }
  } catch (thrown) {
    if (!(thrown instanceof InvalidInputError)) throw thrown
    throw new InvalidInputError(thrown.code, thrown.message, pointer + thrown.pointer)
  }
}

/** Ids of the credentials in the issuer's batches that are about each applicant. */
async function findOwn(
  { database: { db } }: Service,
  issuer: IssuerRow,
  { batches, applicants }: AwardRequest,
): Promise<ReadonlyMap<number, readonly string[]>> {
  const found = new Map<number, string[]>()
  let comparisons = 0
  for (const [i, id] of batches.entries()) {
    const batch = await findBatch(db, id)
    if (batch?.issuer_id !== issuer.id) {
      throw new HttpProblem(404, 'batch_unknown', `There is no batch ${id} for this key.`, {
        pointer: `/batches/${i}`,
      })
    }
    if (!isAnchored(batch.state)) {
      const detail = `Batch ${id} is not anchored, so its credentials do not count yet.`
      throw new HttpProblem(409, 'batch_not_anchored', detail, { pointer: `/batches/${i}` })
    }
    comparisons += batch.size * applicants.length
    if (comparisons > mostComparisons) {
      throw new InvalidInputError(
        'request_too_large',
        `${applicants.length} learners are looked for in more than ${mostComparisons / applicants.length} credentials; ask with fewer of both`,
        '/batches',
      )
    }
    const byDid = new Map(applicants.flatMap(({ learner: { did } }, n) => (did ? [[did, n]] : [])))
    for (let after = -1; after + 1 < batch.size; after += 500) {
      const rows = await selectDocuments(db)
        .where('credentials.batch_id', '=', id)
        .where('credentials.status_index', '>', after)
        .where('credentials.status_index', '<=', after + 500)
        .orderBy('credentials.status_index')
        .execute()
      for (const [at, text] of documentTexts(rows).entries()) {
        const owner = ownerOf(JSON.parse(text) as JsonObject, applicants, byDid)
        if (owner !== undefined) {
          found.set(owner, [...(found.get(owner) ?? []), rows[at]?.id as string])
        }
      }
      await othersTurn()
    }
  }
  return found
}

function ownerOf(
  document: JsonObject,
  applicants: readonly Applicant[],
  byDid: ReadonlyMap<unknown, unknown>,
): number | undefined {
  const [subject] = membersOf(document, 'credentialSubject', '').map(({ value }) => value)
  const did = isObject(subject) ? subject['id'] : undefined
  const known = did === undefined ? undefined : byDid.get(did)
  if (typeof known === 'number') return known
  const at = applicants.findIndex(
    ({ learner: { email } }) => email !== undefined && isAbout(document, { email }),
  )
  return at === -1 ? undefined : at
}

/** What an issuer is told of an applicant. */
export function describeResult(
  { learner, qualification }: { readonly learner: Learner; readonly qualification: Qualification },
  i: number,
): AwardResult {
  const { outcome, counted, missing, asides, refused } = qualification
  const outcomes = { met: 'qualifies', unmet: 'misses', undecided: 'undecided' } as const
  return {
    line: i + 1,
    name: learner.name,
    outcome: outcomes[outcome],
    counted,
    missing,
    asides,
    refused,
  }
}

/** Issues and stores the awards of those who qualify; not anchored yet. Throws `HttpProblem` where nobody does. */
export async function issueAwardBatch(
  service: Service,
  issuer: IssuerRow,
  request: AwardRequest,
  judged: Awaited<ReturnType<typeof judgeApplicants>>,
  idempotency: Idempotency,
): Promise<BatchRow> {
  const qualified = judged.filter(({ qualification }) => qualification.outcome === 'met')
  if (qualified.length === 0) {
    throw new HttpProblem(
      409,
      'nobody_qualifies',
      'Nobody of these learners fulfils the pathway; ask with ?preview=true to see what each misses.',
    )
  }
  const { config, chain, database } = service
  const context = { db: database.db, chain, baseUrl: config.PUBLIC_BASE_URL }
  const achievement = parseAchievement(request.pathway.achievement)
  const batch = issueAwards(
    {
      ...batchRequestOf(context, issuer, request),
      achievement,
      learners: qualified.map(({ learner }) => learner),
    },
    request.pathway,
    qualified.map(({ qualification }) => qualification.parts),
    random,
  )
  return insertDocuments(database.db, batch, achievement.name, { issuerId: issuer.id, idempotency })
}
