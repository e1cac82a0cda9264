import { setImmediate as othersTurn } from 'node:timers/promises'
import { parseAchievement } from '../core/achievement.ts'
import { issueAwards } from '../core/award.ts'
import type { JsonObject } from '../core/canonical.ts'
import { InvalidInputError } from '../core/error.ts'
import { isObject } from '../core/i-json.ts'
import type { Learner } from '../core/learner.ts'
import { openCredential } from '../core/opened.ts'
import { pathwayBounds } from '../core/pathway/bounds.ts'
import { makeBudget } from '../core/pathway/budget.ts'
import { type Presented, type Qualification, qualify } from '../core/qualify.ts'
import { createVerifyMany } from '../core/verify-many.ts'
import { withAllowance } from '../documents/allowance.ts'
import { batchRequestOf, insertDocuments, random } from './award-batch.ts'
import { findHolders } from './award-holders.ts'
import type { AwardRequest } from './award-request.ts'
import type { BatchRow, Idempotency } from './batches.ts'
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

/** Steps of all evaluations of one request: ten of the hardest, or thousands as pathways are. */
const stepsOfRequest = 10 * pathwayBounds.steps

/** Applicants with what becomes of each. */
export interface Judged {
  readonly judged: readonly { readonly learner: Learner; readonly qualification: Qualification }[]
  /** Credentials of the batches that name no DID, where everybody was asked for who does. */
  readonly unnamed: number
}

/** Evaluates the pathway for every applicant, over what they hand in and what the batches hold of theirs; each credential is verified. */
export async function judgeApplicants(
  service: Service,
  issuer: IssuerRow,
  request: AwardRequest,
): Promise<Judged> {
  const { readers, trust } = service
  const verify = createVerifyMany({
    readersFor: () => ({ ...readers, document: withAllowance(readers.document) }),
    trust,
    clock: Date.now,
  })
  const { applicants, held, unnamed } = await findHolders(service, issuer, request)
  const at = request.validFrom === undefined ? Date.now() : Date.parse(request.validFrom)
  const budget = makeBudget(stepsOfRequest)
  const judged: { learner: Learner; qualification: Qualification }[] = []
  for (const [i, { learner, components }] of applicants.entries()) {
    const presented: Presented[] = []
    for (const [j, component] of components.entries()) {
      const pointer = `/learners/${i}/components/${j}`
      const { text, document } = await open(component, pointer)
      presented.push({ document, report: await verify(text) })
    }
    for (const id of held.get(i) ?? []) {
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
  return { judged, unnamed }
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
  { judged }: Judged,
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
