import { compareScope } from '../scope-coverage.ts'
import { calendarBefore } from '../time.ts'
import type { Component } from './component.ts'
import { describeDuration } from './duration.ts'
import type { Equivalence } from './equivalence.ts'
import type { Where } from './where.ts'

/** Whether a component is what a clause wants: by which statement, where it needs one; or why not, in words. */
export type Fit =
  | { readonly fits: true; readonly by?: Equivalence }
  | { readonly fits: false; readonly why: string }

/** `at` is when the award is made, in milliseconds since 1970; `equivalences` are those that the rule accepts. */
export function fitOf(
  where: Where,
  component: Component,
  { at, equivalences }: { readonly at: number; readonly equivalences: readonly Equivalence[] },
): Fit {
  const named = namedBy(where, component, equivalences)
  if (!named.fits) return named
  const why =
    whyNotIssuer(where, component) ??
    whyNotKind(where, component) ??
    whyNotForm(where, component) ??
    whyNotTime(where, component, at)
  return why === undefined ? named : { fits: false, why }
}

function namedBy(
  { achievements }: Where,
  { achievement }: Component,
  equivalences: readonly Equivalence[],
): Fit {
  if (achievements === undefined) return { fits: true }
  if (achievement !== undefined && achievements.includes(achievement)) return { fits: true }
  const by = equivalences.find(({ from, to }) => from === achievement && achievements.includes(to))
  return by ? { fits: true, by } : { fits: false, why: 'it is for another achievement' }
}

/** Whether somebody's word counts: their DID or account is named, or an accreditor vouches for them. */
export function whyNotIssuer(
  { issuers, accredited }: Pick<Where, 'issuers' | 'accredited'>,
  {
    issuer,
    account,
    accreditors,
    facts,
  }: Pick<Component, 'issuer' | 'account' | 'accreditors'> & Partial<Pick<Component, 'facts'>>,
): string | undefined {
  if (Array.isArray(issuers) && !issuers.includes(issuer.id) && !issuers.includes(account)) {
    return `its issuer ${issuer.id.slice(0, 200)} is none of those that count`
  }
  if (accredited === undefined) return undefined
  if (accreditors === undefined) return 'no trusted accreditation covers it'
  const { by, scope } = accredited
  if (by && !by.some((one) => accreditors.includes(one))) {
    return 'it was not issued under an accreditor that counts'
  }
  if (scope === undefined || facts === undefined) return undefined
  const { coverage, why } = compareScope(scope.text, facts)
  if (coverage === 'covered') return undefined
  return coverage === 'mismatch' ? `it states ${why}` : `it does not state its ${why}`
}

function whyNotKind(
  { types, eqf, isced, skills }: Where,
  component: Component,
): string | undefined {
  const { facts } = component
  if (types && !facts.types.some((type) => types.includes(type))) {
    return `its type is ${facts.types[0]?.slice(0, 60) ?? 'not stated'}, not ${types.join(' or ')}`
  }
  if (eqf !== undefined && component.eqf === undefined) return 'it states no EQF level'
  if (eqf !== undefined && (component.eqf as number) < eqf) {
    return `it is at EQF level ${component.eqf}, and ${eqf} is the least`
  }
  if (isced && !facts.isced.some((fact) => isced.some((code) => fact.startsWith(code)))) {
    return `its field is ${facts.isced.join(', ') || 'not stated'}, not ${isced.join(' or ')}`
  }
  if (skills && !component.skills.some((skill) => skills.includes(skill))) {
    return 'it shows none of the skills'
  }
  return undefined
}

function whyNotForm(
  { plain = false, withoutStatus = false }: Where,
  { account, hasStatus }: Component,
): string | undefined {
  if (account === undefined && !plain) return 'it is signed and not anchored'
  if (!hasStatus && !withoutStatus) {
    return 'it names no status, so that nobody can tell whether it was revoked'
  }
  return undefined
}

function whyNotTime(
  { within }: Where,
  { awardedAt, endsAt }: Component,
  at: number,
): string | undefined {
  if (awardedAt > at) return 'it begins after the award'
  if (endsAt !== undefined && endsAt < at) return 'it had expired when the award was made'
  if (within && awardedAt < calendarBefore(at, within)) {
    return `it was awarded more than ${describeDuration(within)} before`
  }
  return undefined
}
