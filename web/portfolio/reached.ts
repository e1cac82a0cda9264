import type { VerifiedCredential } from '../../core/competencies/claim.ts'
import type { Requirement } from '../../core/pathway/pathway.ts'
import { type Progress, progressOf } from '../../core/portfolio/progress.ts'
import type { KnownPerson } from '../../core/same-holder.ts'

/** What is kept, as rules see it: a new one wherever anything in it changed. */
export interface Possession {
  readonly verified: readonly VerifiedCredential[]
  readonly person: KnownPerson
}

export const nothingHeld: Possession = { verified: [], person: {} }

const known = new WeakMap<Possession, WeakMap<Requirement, Progress>>()

/** How far it goes towards a rule, found out once: a rule may take half a second, and a page is drawn often. */
export function reachedWith(possession: Possession, requirement: Requirement): Progress {
  const answers = known.get(possession) ?? new WeakMap<Requirement, Progress>()
  known.set(possession, answers)
  const { verified, person } = possession
  const progress =
    answers.get(requirement) ?? progressOf(requirement, verified, { now: Date.now(), person })
  answers.set(requirement, progress)
  return progress
}
