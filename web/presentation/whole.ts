import type { Verdict } from '../../core/report.ts'
import type { Outcome } from './outcome.ts'

/** What decides about the whole, by the name of its message. */
export type WholeReason =
  | 'valid'
  | 'knownPerson'
  | 'unbound'
  | 'unsigned'
  | 'replayed'
  | 'otherAudience'
  | 'ended'
  | 'altered'
  | 'malformed'
  | 'signatureOpen'
  | 'someBad'
  | 'someOfOthers'
  | 'stackBad'
  | 'unconfirmed'
  | 'someOpen'
  | 'someUnproved'

/** The verdict on a presentation as a whole. */
export interface Whole {
  readonly verdict: Verdict
  readonly reason: WholeReason
  /** Credentials that the reason is about. */
  readonly count: number
  /** Credentials in all. */
  readonly all: number
  /** A sentence of core, where it says more. */
  readonly detail: string
}

const reasons: Readonly<Record<string, WholeReason>> = {
  challenge_mismatch: 'replayed',
  domain_mismatch: 'otherAudience',
  presentation_expired: 'ended',
  proof_expired: 'ended',
  signature_invalid: 'altered',
  holder_key_mismatch: 'altered',
}

/** One verdict for all of it: what is wrong with the presentation goes first, then what is wrong within it, then what is open. */
export function wholeOf(outcome: Outcome): Whole {
  const { task, presented, signedFor } = outcome
  const { presentation, credentials } = presented
  const all = credentials.length
  const say = (verdict: Verdict, reason: WholeReason, count = 0, detail = ''): Whole => ({
    verdict,
    reason,
    count,
    all,
    detail,
  })
  const counted = (wanted: (one: (typeof credentials)[number]['told']) => boolean) =>
    credentials.filter(({ told }) => wanted(told)).length
  const isUnsigned = presentation.reason === 'proof_missing' || presentation.unsigned
  if (presentation.verdict !== 'valid' && !isUnsigned) {
    const { verdict, reason, summary } = presentation
    const fallback = verdict === 'invalid' ? 'malformed' : 'signatureOpen'
    return say(verdict, reasons[reason] ?? fallback, 0, summary)
  }
  if (isUnsigned && task.question) return say('invalid', 'unsigned')
  const bad = counted(({ verdict }) => verdict === 'invalid')
  if (bad > 0) return say('invalid', 'someBad', bad)
  const ofOthers = counted(({ holder }) => holder === 'other')
  if (ofOthers > 0) return say('invalid', 'someOfOthers', ofOthers)
  const refuted = outcome.stacks.filter(({ report }) => report.verdict === 'invalid')
  const [first] = refuted
  if (first) return say('invalid', 'stackBad', refuted.length, first.report.summary)
  const isNamed = signedFor.challenge !== undefined || audienceOf(outcome) !== undefined
  const isOwn = task.source === 'asked' || task.source === 'opened' || task.isConfirmed
  if (isNamed && !isOwn) return say('indeterminate', 'unconfirmed')
  const open = counted(({ verdict }) => verdict === 'indeterminate')
  if (open > 0) return say('indeterminate', 'someOpen', open)
  if (isUnsigned && task.person?.email === undefined) return say('indeterminate', 'unbound')
  const unproved = counted(({ holder }) => holder === 'unproved')
  if (unproved > 0) return say('indeterminate', 'someUnproved', unproved)
  return say('valid', isUnsigned ? 'knownPerson' : 'valid', all)
}

/** Whom it is made for, by its own word. */
export function audienceOf({ terms, signedFor }: Outcome): string | undefined {
  return terms.audience ?? signedFor.domain
}

/** Whether it helps to know the person's address. */
export function wantsPerson({ task, presented }: Outcome, { reason }: Whole): boolean {
  return (
    task.person !== undefined ||
    reason === 'unbound' ||
    presented.credentials.some(({ told }) => told.holder === 'unproved')
  )
}
