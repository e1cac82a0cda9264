import type { KnownPerson } from '../same-holder.ts'
import { type Claim, type ReadClaim, readClaims, type VerifiedCredential } from './claim.ts'
import { addCredits, type CreditTotal } from './credits.ts'
import { type FrameworkSkills, skillsByFramework } from './skills.ts'
import { type Timeline, timelineOf } from './timeline.ts'

/** What credentials say that somebody can do. Credentials are named by their place among those that were handed in. */
export interface Competencies {
  /** One for each credential, in the order given. */
  readonly claims: readonly Claim[]
  readonly frameworks: readonly FrameworkSkills[]
  /** Levels of the European Qualifications Framework, highest first, and the credentials that state each as their lowest. */
  readonly levels: readonly { readonly eqf: number; readonly by: readonly number[] }[]
  readonly credits: CreditTotal
  readonly timeline: Timeline
}

export interface CompetencyOptions {
  /** Milliseconds since 1970. */
  readonly now: number
  /**
   * Who presents, as far as the verifier knows: the DID that signed, an e-mail address. Then only what is theirs counts. Without, everything
   * valid counts, and each claim says that its holder is unproved.
   */
  readonly person?: KnownPerson
  /** A time without anything new that is longer than so many days is a gap; a year unless stated. */
  readonly gapDays?: number
}

/**
 * Sums up verified credentials for somebody who asks what a person can do: skills, levels, credits and when, each with the credentials behind
 * it. Nothing is counted twice: not one component under two ids, and not an award beside its parts.
 */
export function competenciesOf(
  credentials: readonly VerifiedCredential[],
  { now, person, gapDays = 365 }: CompetencyOptions,
): Competencies {
  const read = readClaims(credentials, person)
  const counting = read.filter(({ claim }) => claim.discount === undefined)
  return {
    claims: read.map(({ claim }) => claim),
    frameworks: skillsByFramework(counting),
    levels: levelsOf(counting),
    credits: addCredits(read),
    timeline: timelineOf(read, { now, gapDays }),
  }
}

function levelsOf(counting: readonly ReadClaim[]): Competencies['levels'] {
  return [8, 7, 6, 5, 4, 3, 2, 1].flatMap((eqf) => {
    const by = counting
      .filter(({ component }) => component?.eqf === eqf)
      .map(({ claim }) => claim.at)
    return by.length === 0 ? [] : [{ eqf, by }]
  })
}
