import type { Json, JsonObject } from '../canonical.ts'
import { checkReceivedModel } from '../data-model/credential.ts'
import { isLimit, type Problem, problemOf } from '../data-model/problem.ts'
import { isObject } from '../i-json.ts'
import type { Report } from '../report.ts'
import { makeWork, type Work } from '../work.ts'
import { badgeKindOf, checkReceivedBadge } from './badge.ts'
import { type Endorsed, endorsementsOf, type PlacedEndorsement } from './endorsement.ts'

/** How an endorsement within a badge came out. Names and comments are its own words; the endorser's id is what was verified. */
export interface EndorsementVerdict extends Verdict {
  readonly pointer: string
  readonly about: Endorsed | undefined
  readonly endorser: { readonly id: string | undefined; readonly name: string | undefined }
  readonly comment: string | undefined
}

type Verdict = Pick<Report, 'verdict' | 'reason' | 'summary'>

/** Verifies one credential by itself, for example `verifyCredential` of this core without another look at endorsements. */
export type VerifyEndorsement = (credential: JsonObject) => Promise<Verdict>

/**
 * Verifies each endorsement that a badge carries as the credential that it is, and whether it is about this badge. Open Badges 3.0
 * §8.1 step 6 and §8.2. It says nothing of the badge: an endorsement that has expired takes nothing from what it stood beside.
 */
export async function verifyEndorsements(
  badge: JsonObject,
  verify: VerifyEndorsement,
  work = makeWork(),
): Promise<readonly EndorsementVerdict[]> {
  const verdicts: EndorsementVerdict[] = []
  for (const placed of endorsementsOf(badge).endorsements) {
    const verdict = await verifyPlaced(placed, verify, work)
    verdicts.push({ ...describe(placed), ...verdict })
  }
  return verdicts
}

async function verifyPlaced(
  { endorsement, about }: PlacedEndorsement,
  verify: VerifyEndorsement,
  work: Work,
): Promise<Verdict> {
  const [problem] = await problemsOf(endorsement, work)
  if (problem) {
    const verdict = isLimit(problem) ? 'indeterminate' : 'invalid'
    return { verdict, reason: problem.code, summary: problem.message }
  }
  const verdict = await verify(endorsement as JsonObject)
  if (verdict.verdict !== 'valid' || about !== undefined) return verdict
  return {
    verdict: 'invalid',
    reason: 'endorsement_misplaced',
    summary: 'It is genuine, but endorses something else than this badge or anything in it.',
  }
}

async function problemsOf(endorsement: Json, work: Work): Promise<readonly Problem[]> {
  try {
    work.spend(endorsement)
  } catch (thrown) {
    return [problemOf(thrown)]
  }
  const problems = await checkReceivedModel(endorsement)
  if (problems.length > 0) return problems
  if (badgeKindOf(endorsement as JsonObject) === 'EndorsementCredential') {
    return checkReceivedBadge(endorsement)
  }
  const message = 'expected type to name EndorsementCredential'
  return [{ code: 'not_an_endorsement', message, pointer: '/type' }]
}

function describe({ endorsement, pointer, about }: PlacedEndorsement) {
  const credential = isObject(endorsement) ? endorsement : {}
  const { issuer, credentialSubject: subject } = credential
  return {
    pointer,
    about,
    endorser: isObject(issuer)
      ? { id: textOf(issuer['id']), name: textOf(issuer['name']) }
      : { id: textOf(issuer), name: undefined },
    comment: isObject(subject) ? textOf(subject['endorsementComment']) : undefined,
  }
}

function textOf(value: Json | undefined): string | undefined {
  return typeof value === 'string' ? value : undefined
}
