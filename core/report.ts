import type { EndorsementVerdict } from './open-badges/endorsement-verdict.ts'
import type { Skill } from './open-badges/skill.ts'
import type { AwardPolicy } from './pathway/policy.ts'

/** The questions a verification asks, in reading order. */
export const checkNames = [
  'format',
  'integrity',
  'anchor',
  'signature',
  'issuer',
  'accreditation',
  'status',
  'validity',
] as const

export type CheckName = (typeof checkNames)[number]
export type Outcome = 'valid' | 'invalid' | 'indeterminate' | 'skipped'
export type Verdict = 'valid' | 'invalid' | 'indeterminate'
export type Finality = 'included' | 'safe' | 'finalized'

/** One thing that was read to answer a check, and where from. */
export interface Reading {
  /** What was asked, for example `verify(…) at block 123`. */
  readonly what: string
  /** Whose answer it is: an endpoint's label or a URL. */
  readonly from: string
  /** Against what it is proved, whoever answered; where absent, the answer is believed. */
  readonly proved?: string
}

/** The credential that a revoked one was replaced by; to be checked by itself. */
export interface Successor {
  readonly id: string
  /** Where the issuer's service has it. */
  readonly url: string
}

/** One question and its outcome. `code` is stable; `message` is a plain English sentence for a person. */
export interface Check {
  readonly name: CheckName
  readonly outcome: Outcome
  readonly code: string
  readonly message: string
  readonly read: readonly Reading[]
  /** What replaced the credential, where its status is `superseded`. */
  readonly successor?: Successor
}

/** Makes the checks of one name. */
export function answering(name: CheckName) {
  return (
    outcome: Outcome,
    code: string,
    message: string,
    read: readonly Reading[] = [],
  ): Check => ({ name, outcome, code, message, read })
}

/** What the credential says of itself; nothing here is verified by being repeated. */
export interface CredentialSummary {
  readonly id: string
  readonly name: string
  readonly description: string
  readonly achievementType: string | undefined
  readonly criteria: string | undefined
  readonly credits: number | undefined
  readonly skills: readonly Skill[]
  readonly holder: string | undefined
  readonly result: string | undefined
  readonly issuer: {
    readonly id: string
    readonly name: string | undefined
    readonly url: string | undefined
  }
  readonly validFrom: string
  readonly validUntil: string | undefined
}

/** The anchor as the chain shows it. Times are ISO 8601; `sequence` counts the issuer's anchors from 1. */
export interface AnchorEvidence {
  readonly chainId: number
  readonly chainName: string
  readonly testNetwork: boolean
  readonly registry: string
  readonly issuer: string
  readonly root: string
  readonly leaf: string
  readonly digest: string
  readonly statusIndex: number
  readonly size: number
  readonly sequence: number
  readonly anchoredAt: string
  readonly finality: Finality
  /** The registry that the credential names, where it could not be read and the issuer's migration led to this anchor. */
  readonly migratedFrom?: { readonly chainId: number; readonly registry: string }
  /** Block the state was read at. */
  readonly block: { readonly number: number; readonly hash: string; readonly time: string }
}

/** The accreditor that vouches for the issuer, with the names that the accreditation record states. */
export interface AccreditationEvidence {
  /** From a trusted root accreditor (first) to the one that accredited the issuer (last), each with the scope within which it may accredit. */
  readonly accreditors: readonly {
    readonly account: string
    readonly name: string
    readonly scope?: string
  }[]
  readonly issuerName: string
  readonly issuerDid: string
  readonly scope: string
  /** Whether all these scopes allow the credential; `in_words`: at least one is for people to read. Format rule 15. */
  readonly coverage: 'covered' | 'in_words' | 'unstated' | 'mismatch'
  readonly validFrom: string
  readonly validUntil: string | undefined
  readonly withdrawnAt: string | undefined
}

/** An award by its own word: none of its parts came along, so nothing of them was looked at. */
export type AwardSummary =
  | {
      readonly pathway: string
      readonly policy: AwardPolicy
      /** Ids of the parts, each of which is bound by its digest. */
      readonly parts: readonly string[]
    }
  | { readonly problem: string }

/** All checks of one credential, and the verdict they fold to. */
export interface Report {
  readonly verdict: Verdict
  /** `code` of the check that decides the verdict; `valid` where none objects. */
  readonly reason: string
  /** One sentence for a person. */
  readonly summary: string
  readonly checks: readonly Check[]
  readonly credential: CredentialSummary | undefined
  readonly anchor: AnchorEvidence | undefined
  readonly accreditation: AccreditationEvidence | undefined
  /** Endorsements within the badge, each verified by itself; none of them decides the verdict. */
  readonly endorsements: readonly EndorsementVerdict[]
  /** What the credential says that it was made of, where it is an award; `verifyStack` verifies it with its parts. */
  readonly award?: AwardSummary
  readonly checkedAt: string
}

/**
 * Folds checks to a verdict: `invalid` if any is invalid, else `indeterminate` if any could not be answered, else `valid`.
 *
 * The deciding check is the first in reading order, so that a tampered credential is called tampered and not unknown.
 */
export function foldVerdict(
  checks: readonly Check[],
): Pick<Report, 'verdict' | 'reason' | 'summary'> {
  const deciding =
    checks.find((check) => check.outcome === 'invalid') ??
    checks.find((check) => check.outcome === 'indeterminate')
  if (!deciding && !checks.some(isEvidence)) {
    return {
      verdict: 'indeterminate',
      reason: 'nothing_proved',
      summary: 'Nothing in this credential could be checked against anything.',
    }
  }
  if (!deciding) {
    return {
      verdict: 'valid',
      reason: 'valid',
      summary: 'This credential is genuine, unaltered and in force.',
    }
  }
  return {
    verdict: deciding.outcome === 'invalid' ? 'invalid' : 'indeterminate',
    reason: deciding.code,
    summary: deciding.message,
  }
}

/** Only a content that matches an anchor or a signature makes a credential valid; all else is circumstance. */
function isEvidence({ name, outcome }: Check): boolean {
  return outcome === 'valid' && (name === 'integrity' || name === 'signature')
}
