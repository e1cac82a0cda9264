import type { JsonObject } from '../../../core/canonical.ts'
import type { VerifiedCredential } from '../../../core/competencies/claim.ts'
import { parseCredential } from '../../../core/format.ts'
import type { Report } from '../../../core/report.ts'
import { badgeBy } from '../signers.ts'

interface Said {
  readonly id?: string
  /** Ids of its parts: then it is an award. */
  readonly parts?: readonly string[]
  readonly achievement?: JsonObject
  readonly subject?: JsonObject
  readonly document?: JsonObject
}

const digestMultibase = 'uEiC6eBa_j9Cgq4AaP3K0i0FhXuOeMs9VeXdbeG2FOR3Z1A'

/** A badge for an achievement that goes by `name`. */
export function badge(name: string, said: Said = {}): JsonObject {
  const { id = `urn:x:${name}`, parts, achievement, subject, document } = said
  const pathway = 'urn:x:pathway'
  const bound = [pathway, ...(parts ?? [])].map((one) => ({ id: one, digestMultibase }))
  return badgeBy('did:example:college', {
    id,
    credentialSubject: {
      type: ['AchievementSubject'],
      achievement: { id: `urn:achievement:${name}`, type: ['Achievement'], name, ...achievement },
      ...subject,
    },
    ...(parts && {
      termsOfUse: [{ id: pathway, type: 'urn:rootmark:pathway:award-stands' }],
      relatedResource: bound,
    }),
    ...document,
  })
}

export function credits(value: unknown): Said {
  return { achievement: { creditsAvailable: value as number } }
}

/** A report such as a verification returns, of which a summary reads the verdict and what the credential says. */
export function verified(
  document: JsonObject,
  { verdict = 'valid', reason = 'valid' }: Partial<Pick<Report, 'verdict' | 'reason'>> = {},
): VerifiedCredential {
  const report: Report = {
    verdict,
    reason,
    summary: reason,
    checks: [],
    credential: parseCredential(document).summary,
    anchor: undefined,
    accreditation: undefined,
    endorsements: [],
    checkedAt: '2026-06-01T00:00:00Z',
  }
  return { document, report }
}
