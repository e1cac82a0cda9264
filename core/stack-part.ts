import type { BoundPart } from './award-terms.ts'
import type { JsonObject } from './canonical.ts'
import { endings, readEndedAt } from './ended-at.ts'
import { equivalenceOf, isStatement } from './equivalence.ts'
import { type Component, componentOf } from './pathway/component.ts'
import type { Equivalence } from './pathway/equivalence.ts'
import type { CheckName, Report } from './report.ts'
import type { SameHolder } from './same-holder.ts'
import type { StackReport } from './stack.ts'
import { formatSeconds } from './time.ts'
import type { Readers } from './verify.ts'

/**
 * What became of a part of an award.
 *
 * `verified`: it came along and is genuine and in force. `ended`: genuine, and revoked, suspended or withdrawn. `bound`: it did not come along,
 * so only its digest is known. `differs`: what came under its id is another document. `invalid`: it is not genuine. `indeterminate`: it
 * could not be checked.
 */
export type PartState = 'verified' | 'ended' | 'bound' | 'differs' | 'invalid' | 'indeterminate'

export interface PartReport {
  readonly id: string
  readonly kind: 'component' | 'statement'
  readonly state: PartState
  /** Stable. */
  readonly code: string
  /** A sentence for a person. */
  readonly message: string
  /** Whether it is of the holder of the award; absent where it did not come along, or is a statement. */
  readonly holder?: SameHolder
  /** When it ended, where the registry's events tell, and whether that was before the award was made. */
  readonly endedAt?: string
  readonly endedBefore?: boolean
  /** About the part by itself, where it came along. */
  readonly report?: Report
  /** About its own parts, where it is an award itself. */
  readonly stack?: InnerStack
}

/** An award within an award. Its parts are told in brief, so that a report is no longer than what was handed in allows for. */
export type InnerStack = Pick<
  StackReport,
  'verdict' | 'reason' | 'summary' | 'pathway' | 'rule' | 'missing' | 'notes'
> & { readonly parts: readonly Pick<PartReport, 'id' | 'state' | 'code' | 'message'>[] }

/** The same of a report in full. */
export function innerStack(report: StackReport): InnerStack {
  const { verdict, reason, summary, pathway, rule, missing, notes } = report
  const parts = report.parts.map(({ id, state, code, message }) => ({ id, state, code, message }))
  return { verdict, reason, summary, pathway, rule, missing, notes, parts }
}

/** A part with what a rule can do with it. */
export interface JudgedPart {
  readonly part: PartReport
  readonly component?: Component
  readonly equivalence?: Equivalence
}

/** A part that came along, by the report about it. */
export function judgePart(
  bound: BoundPart,
  document: JsonObject,
  report: Report,
  holder: SameHolder,
  stack: InnerStack | undefined,
): JudgedPart {
  const kind = isStatement(document) ? 'statement' : 'component'
  const { state, code, message } = stateOf(report, stack)
  const part: PartReport = {
    id: bound.id,
    kind,
    state,
    code,
    message,
    report,
    ...(kind === 'component' && { holder }),
    ...(stack && { stack }),
  }
  if (state !== 'verified' && state !== 'ended') return { part }
  const read =
    kind === 'statement' ? equivalenceOf(document, report) : componentOf(document, report)
  if (typeof read === 'string') {
    return {
      part: {
        ...part,
        state: 'invalid',
        code: 'component_unusable',
        message: `It can be no part of a stack: ${read}.`,
      },
    }
  }
  return 'from' in read ? { part, equivalence: read } : { part, component: read }
}

/** A part of which nothing came along but its digest in the award. */
export function boundOnly({ id }: BoundPart): JudgedPart {
  return {
    part: {
      id,
      kind: 'component',
      state: 'bound',
      code: 'component_withheld',
      message:
        'It was not handed in: the award binds it by its digest, and no more is known of it.',
    },
  }
}

/** What came under the id of a part is not what the award binds. */
export function differing({ id }: BoundPart): JudgedPart {
  return {
    part: {
      id,
      kind: 'component',
      state: 'differs',
      code: 'component_differs',
      message: 'What was handed in under its id is another document than the award binds.',
    },
  }
}

function stateOf(
  report: Report,
  stack: InnerStack | undefined,
): Pick<PartReport, 'state' | 'code' | 'message'> {
  const { verdict, reason, summary, checks } = report
  const said = { code: reason, message: summary }
  // A status that ended a credential leaves open whether it was genuine, which it is where nothing else objects.
  const open = (names: readonly CheckName[]) =>
    checks.some(({ name, outcome }) => outcome === 'indeterminate' && !names.includes(name))
  if (verdict === 'invalid' && endings.some((ending) => ending === reason)) {
    return open(['status', 'validity'])
      ? { state: 'indeterminate', ...said }
      : { state: 'ended', ...said }
  }
  // It counts for when the award was made, which the rule looks at; that it ended since takes nothing back.
  if (verdict === 'invalid' && reason === 'expired') {
    if (open(['validity'])) return { state: 'indeterminate', ...said }
    return {
      state: 'verified',
      code: 'expired_since',
      message: 'It is genuine; its validity has ended since.',
    }
  }
  if (verdict !== 'valid') return { state: verdict, ...said }
  if (!stack || stack.verdict === 'valid') return { state: 'verified', ...said }
  const { reason: code, summary: message } = stack
  const isEnded = code === 'award_suspended' || code === 'award_revoked'
  return { state: isEnded ? 'ended' : stack.verdict, code, message }
}

/** Asks when a part ended, so that what had ended before the award is not taken for what ended since. */
export async function dated(
  judged: JudgedPart,
  awardedAt: number | undefined,
  readers: Readers,
): Promise<JudgedPart> {
  const { state, code, report } = judged.part
  const ending = endings.find((one) => one === code)
  const chain = report?.anchor && readers.chain(report.anchor.chainId)
  if (state !== 'ended' || !ending || !chain || !report?.anchor) return judged
  const at = await readEndedAt(chain, report.anchor, ending)
  if (at === undefined) return judged
  const endedBefore = awardedAt !== undefined && at * 1000 < awardedAt
  return { ...judged, part: { ...judged.part, endedAt: formatSeconds(at), endedBefore } }
}
