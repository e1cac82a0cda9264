import type { JsonObject } from '../canonical.ts'
import { isStatement } from '../equivalence.ts'
import { type Component, componentOf } from '../pathway/component.ts'
import type { Report, Verdict } from '../report.ts'
import { isAbout, isAboutAnother, type KnownPerson, type SameHolder } from '../same-holder.ts'

/** A credential as it was handed in, and the report of its verification. */
export interface VerifiedCredential {
  readonly document: JsonObject
  readonly report: Report
}

/**
 * Why a credential counts for nothing: its verdict is another than valid; it is somebody else's; nothing shows that it is the person's; it says
 * the same as one that counts; it is a statement about achievements, or in another way no achievement of one person.
 */
export type Discount =
  | 'not_valid'
  | 'of_another'
  | 'holder_unproved'
  | 'same_component'
  | 'statement'
  | 'no_achievement'

/** What one credential claims, who says so, and how that came out. */
export interface Claim {
  /** Its place among the credentials that were handed in, from 0. */
  readonly at: number
  readonly id: string
  readonly name: string
  readonly issuer: { readonly id: string; readonly name: string | undefined }
  readonly verdict: Verdict
  /** Of the report: a stable code, and a sentence for a person. */
  readonly reason: string
  readonly summary: string
  /** Compared with the person that the verifier knows; `unproved` where none is known. */
  readonly holder: SameHolder
  /** Absent where it counts. */
  readonly discount?: Discount
  /** The place of the one that counts in its stead, for `same_component`. */
  readonly sameAs?: number
}

/** A claim with what can be read of its credential. */
export interface ReadClaim {
  readonly claim: Claim
  readonly document: JsonObject
  readonly report: Report
  /** Absent where the credential is not genuine, or no achievement of one person. */
  readonly component?: Component
}

/** Reads each credential, in the order given. Of those that say the same, the one that states the most credits counts, or the first. */
export function readClaims(
  credentials: readonly VerifiedCredential[],
  person: KnownPerson | undefined,
): readonly ReadClaim[] {
  const read = credentials.map((one, at) => readClaim(one, at, person))
  const counting = new Map<string, ReadClaim>()
  for (const one of read) {
    const { component, claim } = one
    if (!component || claim.discount !== undefined) continue
    const other = counting.get(component.key)
    if (!other || unitsOf(one) > unitsOf(other)) counting.set(component.key, one)
  }
  return read.map((one) => {
    const { component, claim } = one
    const first = component && claim.discount === undefined && counting.get(component.key)
    if (!first || first === one) return one
    const said = { discount: 'same_component' as const, sameAs: first.claim.at }
    return { ...one, claim: { ...claim, ...said } }
  })
}

function unitsOf({ component }: ReadClaim): number {
  return component?.credits.units ?? 0
}

function readClaim(
  { document, report }: VerifiedCredential,
  at: number,
  person: KnownPerson | undefined,
): ReadClaim {
  const { verdict, reason, summary, credential, accreditation } = report
  const holder = holderOf(document, person)
  const issuer = credential?.issuer
  const claim: Claim = {
    at,
    id: credential?.id ?? '',
    name: credential?.name ?? '',
    issuer: { id: issuer?.id ?? '', name: accreditation?.issuerName || issuer?.name },
    verdict,
    reason,
    summary,
    holder,
  }
  const component = isGenuine(report) && !isStatement(document) && componentOf(document, report)
  const read = typeof component === 'object' ? { component } : {}
  const discount = discountOf(document, report, holder, person, 'component' in read)
  return {
    claim: discount === undefined ? claim : { ...claim, discount },
    document,
    report,
    ...read,
  }
}

function discountOf(
  document: JsonObject,
  { verdict }: Report,
  holder: SameHolder,
  person: KnownPerson | undefined,
  isComponent: boolean,
): Discount | undefined {
  if (verdict !== 'valid') return 'not_valid'
  if (isStatement(document)) return 'statement'
  if (holder === 'other') return 'of_another'
  if (holder === 'unproved' && person !== undefined) return 'holder_unproved'
  return isComponent ? undefined : 'no_achievement'
}

/** Valid, or it was until its validity ended, which takes nothing back of what was learned. */
function isGenuine({ verdict, reason, checks }: Report): boolean {
  if (verdict === 'valid') return true
  return reason === 'expired' && checks.every(({ outcome }) => outcome !== 'indeterminate')
}

function holderOf(document: JsonObject, person: KnownPerson | undefined): SameHolder {
  if (!person) return 'unproved'
  if (isAbout(document, person)) return 'same'
  return isAboutAnother(document, person) ? 'other' : 'unproved'
}
