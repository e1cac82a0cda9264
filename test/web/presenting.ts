import { randomBytes } from 'node:crypto'
import type { Achievement } from '../../core/achievement.ts'
import { issueAwards, partOf } from '../../core/award.ts'
import { type BatchRequest, credentialAt } from '../../core/batch.ts'
import type { JsonObject } from '../../core/canonical.ts'
import type { Learner } from '../../core/learner.ts'
import {
  type Pathway,
  parsePathway,
  parseRequirement,
  pathwayText,
} from '../../core/pathway/pathway.ts'
import {
  makePresentation,
  type PresentationRequest,
  presentationFragment,
} from '../../core/portfolio/presentation.ts'
import { type Question, questionFragment } from '../../core/question.ts'
import { signerOf } from '../core/signers.ts'
import { issueCohort, issuer } from './cohort.ts'
import type { Desk } from './desk.ts'

export const holder = await signerOf(7)
export const email = 'ada@example.org'

interface CourseOptions {
  readonly credits?: number
  readonly eqf?: number
  readonly learner?: Partial<Learner>
  readonly validFrom?: string
  readonly revoked?: boolean
}

/** A course that the holder has done, anchored by the accredited issuer. */
export async function course(
  { chain }: Desk,
  name: string,
  {
    credits = 4,
    eqf = 5,
    learner,
    validFrom = '2025-02-01T00:00:00Z',
    revoked,
  }: CourseOptions = {},
): Promise<JsonObject> {
  const batch = issueCohort(chain, {
    achievement: achievementOf(name, credits, eqf),
    learners: [{ name: 'Ada Ito', email, did: holder.did, ...learner }],
    validFrom,
  })
  await chain.anchor(batch)
  if (revoked) await chain.revoke(batch, 0)
  return credentialAt(batch, 0)
}

function achievementOf(name: string, credits: number, eqf: number): Achievement {
  const slug = encodeURIComponent(name.slice(0, 20))
  return {
    id: `https://northfield.example/courses/${slug}`,
    name,
    description: 'A course.',
    criteria: { narrative: 'Passed.' },
    achievementType: 'MicroCredential',
    creditsAvailable: credits,
    alignment: [
      {
        targetName: `skill of ${name}`,
        targetUrl: `https://skills.example/${slug}`,
        targetFramework: 'Example skills',
      },
      {
        targetName: `EQF level ${eqf}`,
        targetUrl: `http://data.europa.eu/snb/eqf/${eqf}`,
        targetFramework: 'European Qualifications Framework',
        targetCode: String(eqf),
      },
    ],
  }
}

/** An award over these, by a pathway that the site publishes. */
export async function award(
  { chain, site }: Desk,
  parts: readonly JsonObject[],
): Promise<JsonObject> {
  const pathway: Pathway = parsePathway({
    format: 'rootmark-pathway-1',
    id: `${site.url}/pathways/data-practice`,
    name: 'Certificate in Data Practice',
    policy: 'award-suspended',
    achievement: {
      ...achievementOf('Certificate in Data Practice', 8, 5),
      achievementType: 'Certificate',
    },
    every: { issuers: 'any' },
    rule: { credits: 8 },
  })
  site.bodies.set('/pathways/data-practice', pathwayText(pathway))
  const request: BatchRequest = {
    id: `award-${parts.length}`,
    learners: [{ name: 'Ada Ito', email, did: holder.did }],
    achievement: pathway.achievement as never,
    issuer,
    account: { chainId: 31337, address: chain.issuer },
    registry: chain.contracts.registry,
    baseUrl: 'https://northfield.example',
    validFrom: '2026-03-01T00:00:00Z',
    validUntil: undefined,
  }
  const batch = issueAwards(
    request,
    pathway,
    [parts.map(partOf)],
    (length) => new Uint8Array(randomBytes(length)),
  )
  await chain.anchor(batch)
  return credentialAt(batch, 0)
}

export function present(
  credentials: readonly JsonObject[],
  request: Partial<PresentationRequest> = {},
  signer: typeof holder | null = holder,
): Promise<JsonObject> {
  const texts = credentials.map((credential) => JSON.stringify(credential))
  const options = { now: Date.now(), ...(signer && { signer }) }
  return makePresentation({ credentials: texts, ...request }, options)
}

let asked = 0

/** A question about data practice, never asked before. */
export function questionOf(rule: object, more: object = {}): Question {
  asked += 1
  return {
    requirement: parseRequirement({
      format: 'rootmark-requirement-1',
      name: 'Data assistant',
      every: { accredited: true },
      rule,
    }),
    challenge: `challenge-number-${asked}`,
    domain: 'https://quayside.example',
    until: undefined,
    ...more,
  }
}

/** The holder's answer to a question. */
export function answer(
  question: Question,
  credentials: readonly JsonObject[],
  more: Partial<PresentationRequest> = {},
): Promise<JsonObject> {
  const { challenge, domain, requirement } = question
  return present(credentials, { challenge, audience: domain, purpose: requirement.name, ...more })
}

/** Fragment of the link that an applicant sends. */
export async function linkOf(presentation: JsonObject, question?: Question): Promise<string> {
  const fragment = await presentationFragment(presentation)
  if (fragment === undefined) throw new Error('too large for a link')
  return `#${fragment}${question ? `&${await questionFragment(question)}` : ''}`
}
