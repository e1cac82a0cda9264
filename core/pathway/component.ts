import type { JsonObject } from '../canonical.ts'
import { didPkh } from '../did.ts'
import { parseCredential } from '../format.ts'
import { isObject } from '../i-json.ts'
import { membersOf } from '../open-badges/member.ts'
import type { Report } from '../report.ts'
import { type ScopeFacts, scopeFactsOf } from '../scope-coverage.ts'
import { creditsOf, type StatedCredits } from './credits.ts'

/** A verified credential as a rule sees it. */
export interface Component {
  /** Id of the credential. */
  readonly id: string
  readonly name: string
  readonly issuer: { readonly id: string; readonly name: string | undefined }
  /** The account that anchored it, as a did:pkh; `undefined` where it is signed only. */
  readonly account: string | undefined
  /** Id of the achievement. */
  readonly achievement: string | undefined
  /** What it is: components of one key are the same one, however many credentials say so. */
  readonly key: string
  /** The lowest EQF level that it states. */
  readonly eqf: number | undefined
  readonly facts: ScopeFacts
  /** URLs of skills, as their frameworks write them. */
  readonly skills: readonly string[]
  readonly credits: StatedCredits
  /** Start of its validity, in milliseconds since 1970. */
  readonly awardedAt: number
  /** End of its validity. */
  readonly endsAt: number | undefined
  readonly hasStatus: boolean
  /** Accounts of the accreditors under whom it was issued, where an accreditation that the verifier trusts covers it. */
  readonly accreditors: readonly string[] | undefined
}

/**
 * What a rule can know of a credential, by its document and the report about it; or why it can be no component, in words.
 *
 * Whether the report is a good one is for the caller to say.
 */
export function componentOf(document: JsonObject, report: Report): Component | string {
  const subjects = membersOf(document, 'credentialSubject', '').map(({ value }) => value)
  const [subject] = subjects
  if (!isObject(subject) || subjects.length !== 1) return 'it is about several subjects, or none'
  const achievements = membersOf(subject, 'achievement', '').map(({ value }) => value)
  const [achievement] = achievements
  if (!isObject(achievement) || achievements.length !== 1) {
    return 'it is for no achievement, or for several'
  }
  const { summary, statuses, validFrom, validUntil, issuerId } = parseCredential(document)
  const { issuer, name } = summary
  if (summary.id === '') return 'it has no id, so that nothing can name it'
  if (validFrom === undefined) return 'it does not say from when it is valid'
  const achievementId = typeof achievement['id'] === 'string' ? achievement['id'] : undefined
  const facts = scopeFactsOf(document)
  const { accreditation, anchor } = report
  return {
    id: summary.id,
    name,
    issuer: { id: issuerId, name: accreditation?.issuerName || issuer.name },
    account: anchor && didPkh({ chainId: anchor.chainId, address: anchor.issuer }),
    achievement: achievementId,
    key: JSON.stringify([issuerId, keyOf(achievement, achievementId)]),
    eqf: facts.eqf.length === 0 ? undefined : Math.min(...facts.eqf.map(Number)),
    facts,
    skills: [...new Set(summary.skills.map(({ url }) => url))],
    credits: creditsOf(subject, achievement),
    awardedAt: validFrom,
    endsAt: validUntil,
    hasStatus: statuses.length > 0 || anchor !== undefined,
    accreditors:
      accreditation?.coverage === 'covered' || accreditation?.coverage === 'in_words'
        ? accreditation.accreditors.map(({ account }) => account)
        : undefined,
  }
}

/**
 * An achievement goes by its id. One that was made up for a batch says nothing beyond that batch, so there the name and the catalogue code
 * stand for it: who takes a course twice has it once.
 */
function keyOf(achievement: JsonObject, id: string | undefined): string {
  if (id !== undefined && !id.toLowerCase().startsWith('urn:uuid:')) return id
  const texts = [achievement['name'], achievement['humanCode']]
  return JSON.stringify(
    texts.map((text) => (typeof text === 'string' ? text.trim().toLowerCase() : '')),
  )
}
