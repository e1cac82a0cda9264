import { type Evaluation, evaluate } from './pathway/evaluate.ts'
import type { Requirement } from './pathway/pathway.ts'
import {
  type PresentationStanding,
  type Presented,
  type PresentedCredential,
  type PresentedOptions,
  verifyPresented,
} from './presented.ts'
import type { Verdict } from './report.ts'

export type MatchOptions = PresentedOptions

/** A credential of a presentation. */
export interface MatchedCredential extends PresentedCredential {
  /** Whether it counts for a clause. */
  readonly counts: boolean
}

/** Which clauses of a requirement the verified credentials of a presentation meet. */
export interface MatchReport extends Pick<Evaluation, 'outcome' | 'clause' | 'missing' | 'asides'> {
  readonly verdict: Verdict
  readonly reason: string
  readonly summary: string
  readonly requirement: string
  readonly presentation: PresentationStanding
  readonly credentials: readonly MatchedCredential[]
}

/**
 * Verifies a presentation with every credential in it, and evaluates a requirement over those that are valid and of its holder. Never throws
 * for a bad presentation, which is untrusted.
 */
export async function matchPresentation(
  presentation: unknown,
  requirement: Requirement,
  options: MatchOptions,
): Promise<MatchReport> {
  return matchPresented(await verifyPresented(presentation, options), requirement, options.now)
}

/** The same for a presentation that is verified already; `now` is milliseconds since 1970. */
export function matchPresented(
  { presentation, credentials: judged }: Presented,
  requirement: Requirement,
  now: number,
): MatchReport {
  const evaluation = evaluate(
    requirement,
    judged.flatMap(({ component }) => (component ? [component] : [])),
    {
      at: now,
      equivalences: judged.flatMap(({ equivalence }) => (equivalence ? [equivalence] : [])),
    },
  )
  const counted = new Set(evaluation.counted)
  const credentials = judged.map(({ told, component }) => ({
    ...told,
    counts: component !== undefined && counted.has(component.id),
  }))
  const { outcome, clause, missing, asides } = evaluation
  return {
    ...fold(presentation, evaluation, credentials),
    requirement: requirement.name,
    presentation,
    outcome,
    clause,
    missing,
    asides,
    credentials,
  }
}

function fold(
  presentation: PresentationStanding,
  { outcome, missing }: Evaluation,
  credentials: readonly MatchedCredential[],
): Pick<MatchReport, 'verdict' | 'reason' | 'summary'> {
  if (presentation.verdict !== 'valid') {
    const { verdict, reason, summary } = presentation
    return { verdict, reason, summary }
  }
  if (outcome === 'met') {
    return {
      verdict: 'valid',
      reason: 'valid',
      summary: 'Verified credentials of the holder meet the requirement.',
    }
  }
  if (outcome === 'undecided') {
    const summary = 'Whether the requirement is met takes longer to find out than is spent on it.'
    return { verdict: 'indeterminate', reason: 'rule_undecided', summary }
  }
  const unchecked = credentials.find(({ verdict }) => verdict === 'indeterminate')
  const unproved = credentials.find(
    ({ verdict, holder }) => verdict === 'valid' && holder === 'unproved',
  )
  const lack = `Missing: ${missing.join('; ')}.`
  if (unchecked) {
    const summary = `${unchecked.id} could not be checked: ${unchecked.summary} ${lack}`
    return { verdict: 'indeterminate', reason: unchecked.reason, summary }
  }
  if (unproved) {
    const summary = `Nothing shows that ${unproved.id} is of who presents it; say which e-mail address you know them by. ${lack}`
    return { verdict: 'indeterminate', reason: 'holder_unproved', summary }
  }
  return { verdict: 'invalid', reason: 'requirement_unmet', summary: lack }
}
