import type { BoundAward } from './award-terms.ts'
import type { Budget } from './pathway/budget.ts'
import { type Evaluation, evaluate } from './pathway/evaluate.ts'
import type { Pathway } from './pathway/pathway.ts'
import type { AwardPolicy } from './pathway/policy.ts'
import type { Report, Verdict } from './report.ts'
import type { PathwayReport, StackReport } from './stack.ts'
import { notesOf, wordOf } from './stack-notes.ts'
import type { JudgedPart, PartReport } from './stack-part.ts'

/** All that was found out about an award and its parts. */
export interface Found {
  readonly report: Report
  readonly bound: BoundAward
  /** Where it is the one that the award binds. */
  readonly pathway: Pathway | undefined
  readonly pathwayState: PathwayReport['state']
  readonly judged: readonly JudgedPart[]
  /** When the award was made, in milliseconds since 1970, by its own word. */
  readonly awardedAt: number | undefined
  /** Ids under which another document came as well as the one that is bound. */
  readonly doubles: readonly string[]
  readonly budget: Budget
  readonly nesting: 'stack_circular' | 'stack_too_deep' | undefined
  readonly isOfAnother: boolean
}

/** One thing that objects. */
interface Objection {
  readonly verdict: Exclude<Verdict, 'valid'>
  readonly reason: string
  readonly summary: string
}

/** Folds what was found out to a verdict: what is wrong goes before what could not be checked. */
export function judgeStack(found: Found): StackReport {
  const { report, judged } = found
  const parts = judged.map(({ part }) => part)
  const whole = evaluateParts(found, ['verified', 'ended'])
  const objections = [
    ...ofAward(found),
    ...ofParts(found),
    ...ofPathway(found),
    ...ofRule(found, whole),
  ]
  const deciding = objections.find(({ verdict }) => verdict === 'invalid') ?? objections[0]
  return {
    verdict: deciding?.verdict ?? 'valid',
    reason: deciding?.reason ?? 'valid',
    summary: deciding?.summary ?? praise(parts),
    award: report,
    pathway: describePathway(found),
    parts,
    rule: whole?.outcome ?? 'unchecked',
    clause: whole?.clause,
    missing: whole?.missing ?? [],
    asides: whole?.asides ?? [],
    strangers: [],
    notes: notesOf(found),
  }
}

function ofAward({ report, nesting, isOfAnother, bound, pathway }: Found): readonly Objection[] {
  const { verdict, reason, summary } = report
  const objections: Objection[] = []
  if (verdict !== 'valid') objections.push({ verdict, reason, summary })
  if (nesting === 'stack_circular') {
    objections.push(invalid(nesting, 'The award is, over some steps, a part of itself.'))
  }
  if (nesting === 'stack_too_deep') {
    const said = 'Awards lie deeper within one another than is looked at.'
    objections.push({ verdict: 'indeterminate', reason: nesting, summary: said })
  }
  if (isOfAnother)
    objections.push(invalid('award_of_other_holder', 'The award is of somebody else.'))
  if (pathway && pathway.policy !== bound.policy) {
    const said = `The award names the policy ${bound.policy}, and its pathway ${pathway.policy}.`
    objections.push(invalid('policy_mismatch', said))
  }
  return objections
}

function ofParts({ judged }: Found): readonly Objection[] {
  return judged.flatMap(({ part }): readonly Objection[] => {
    const { id, state, message, holder } = part
    if (state === 'differs') return [invalid('component_differs', `${id}: ${message}`)]
    if (state === 'invalid') return [invalid('component_invalid', `${id}: ${message}`)]
    if (holder === 'other') {
      return [invalid('component_of_other_holder', `${id} is of another holder than the award.`)]
    }
    return []
  })
}

function ofPathway({ pathwayState, bound }: Found): readonly Objection[] {
  if (pathwayState === 'bound') return []
  const { id } = bound.pathway
  if (pathwayState === 'differs') {
    const said = `What was handed in as pathway ${id} is not the one that the award was made by.`
    return [invalid('pathway_differs', said)]
  }
  const [reason, said] =
    pathwayState === 'changed'
      ? ['pathway_changed', `Pathway ${id} is another now than when the award was made`]
      : ['pathway_withheld', `Pathway ${id} is not at hand`]
  const summary = `${said}, so whether its rule holds is its issuer's word.`
  return [{ verdict: 'indeterminate', reason, summary }]
}

function ofRule(found: Found, whole: Evaluation | undefined): readonly Objection[] {
  if (!whole || found.nesting) return []
  const { bound, judged } = found
  const open = judged.find(({ part }) => part.state === 'bound' || part.state === 'indeterminate')
  const unknown = open && openObjection(open.part)
  const late = judged.find(({ part }) => part.endedBefore)
  if (whole.outcome !== 'met') return [unknown ?? (late ? endedBefore(late.part) : unmet(whole))]
  const ended = judged.find(({ part }) => part.state === 'ended')
  if (!ended || bound.policy === 'award-stands') return []
  // What ended matters where the rule does not hold without it.
  if (evaluateParts(found, ['verified'])?.outcome === 'met') return []
  return [unknown ?? endedObjection(bound.policy, ended.part)]
}

function unmet({ outcome, missing }: Evaluation): Objection {
  return outcome === 'undecided'
    ? {
        verdict: 'indeterminate',
        reason: 'rule_undecided',
        summary:
          'Whether the rule of the pathway holds takes longer to find out than is spent on it.',
      }
    : invalid('rule_unmet', `The parts do not fulfil the pathway: ${missing.join('; ')}.`)
}

function endedBefore({ id, code, endedAt }: PartReport): Objection {
  const said = `The award should not have been made: ${id} was ${wordOf(code)} already, since ${endedAt}.`
  return invalid('component_ended_before', said)
}

function openObjection({ id, state, code, message }: PartReport): Objection {
  return state === 'bound'
    ? {
        verdict: 'indeterminate',
        reason: 'components_withheld',
        summary: `The rule of the pathway cannot be checked without ${id}, which was not handed in.`,
      }
    : { verdict: 'indeterminate', reason: code, summary: `${id}: ${message}` }
}

function endedObjection(policy: AwardPolicy, { id, code }: PartReport): Objection {
  // What is only suspended may come back, so an award is not revoked for it.
  const isFinal = policy === 'award-revoked' && code !== 'suspended' && code !== 'award_suspended'
  return isFinal
    ? invalid('award_revoked', `By its pathway the award ends, because ${id} is ${wordOf(code)}.`)
    : invalid(
        'award_suspended',
        `By its pathway the award is suspended, because ${id} is ${wordOf(code)}.`,
      )
}

/** The rule over the parts in some of the states, as of when the award was made. */
function evaluateParts(
  { pathway, judged, awardedAt, budget }: Found,
  states: readonly PartReport['state'][],
): Evaluation | undefined {
  if (!pathway || awardedAt === undefined) return undefined
  const counting = judged.filter(
    ({ part }) => states.includes(part.state) && part.holder !== 'other' && !part.endedBefore,
  )
  const components = counting.flatMap(({ component }) => (component ? [component] : []))
  const equivalences = counting.flatMap(({ equivalence }) => (equivalence ? [equivalence] : []))
  return evaluate(pathway, components, { at: awardedAt, equivalences, budget })
}

function describePathway({ bound, pathway, pathwayState }: Found): PathwayReport {
  const messages = {
    bound: 'It is the pathway that the award was made by.',
    differs: 'What was handed in under its id is another one than the award binds.',
    changed: 'What its address gives now is another one than the award binds.',
    withheld: 'It was not handed in, and its address gives nothing.',
  }
  return {
    id: bound.pathway.id,
    name: pathway?.name,
    policy: bound.policy,
    state: pathwayState,
    message: messages[pathwayState],
  }
}

function praise(parts: readonly PartReport[]): string {
  const count = (state: PartReport['state']) => parts.filter((part) => part.state === state).length
  const [verified, ended, bound] = [count('verified'), count('ended'), count('bound')]
  const rest = [
    ...(ended > 0 ? [`${ended} ended since, which its policy allows for`] : []),
    ...(bound > 0 ? [`${bound} only bound by digest, which the rule does not need`] : []),
  ]
  const more = rest.length > 0 ? ` (${rest.join('; ')})` : ''
  return `The award is genuine and in force, and follows from its parts: ${verified} of ${parts.length} verified${more}.`
}

function invalid(reason: string, summary: string): Objection {
  return { verdict: 'invalid', reason, summary }
}
