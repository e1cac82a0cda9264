import { type Accreditation, holdsAt } from '../accreditation.ts'
import type { AccreditationPath } from '../accreditors.ts'
import { ChainUnreadableError, provedAgainst } from '../chain.ts'
import type { Evidence } from '../evidence.ts'
import type { PathScope } from '../path-scope.ts'
import { type AccreditationEvidence, answering, type Check, type Reading } from '../report.ts'
import { formatSeconds } from '../time.ts'

const answer = answering('accreditation')

/** Did somebody whom the verifier trusts vouch for the issuer at the time of the anchor, and for what it states? Format rules 10.2, 15. */
export function checkAccreditation(evidence: Evidence): Check {
  const { proof, state, accreditation } = evidence
  if (!proof && evidence.otherProofs.length > 0) {
    return answer(
      'skipped',
      'accreditation_not_asked',
      'It is not anchored, so that no accreditation is looked up; who the issuer is, is as the credential states it.',
    )
  }
  if (!proof || !state || typeof state === 'string' || state instanceof ChainUnreadableError) {
    return answer(
      'skipped',
      'not_reached',
      'No anchor was read, so there is no issuer account to look up.',
    )
  }
  const { trust, block, chain } = state
  if (trust.rootAccreditors.length === 0) {
    return answer(
      'skipped',
      'accreditation_not_asked',
      `This verifier names no accreditors for ${trust.name}, so nobody was asked to vouch for the issuer; who it is, is as the credential states it.`,
    )
  }
  const read = [
    {
      what: `accreditations of ${proof.issuer} on ${trust.name}, block ${block.number}`,
      from: chain.label,
      ...provedAgainst(chain, block),
    },
  ]
  if (state.accreditation instanceof ChainUnreadableError) {
    return answer(
      'indeterminate',
      state.accreditation.code,
      `The accreditations could not be read: ${state.accreditation.message}. Try again later.`,
      read,
    )
  }
  if (accreditation && state.accreditation) return vouched(accreditation, state.accreditation, read)
  const { ended, lapsed } = state.accreditation ?? {}
  const { anchoredAt } = state.verification.record
  if (ended) return notInForce(ended, anchoredAt, read)
  if (lapsed) {
    return answer(
      'invalid',
      'accreditor_not_in_force',
      `${proof.issuer} was accredited by ${lapsed.name}, which had no right to accredit anybody when it anchored: ${whenOf(lapsed, anchoredAt)}.`,
      read,
    )
  }
  return answer(
    'invalid',
    'issuer_unknown',
    `Nobody whom this verifier trusts vouches for ${proof.issuer}: either nobody accredited it, or only accreditors that lead to none of those that this verifier names for ${trust.name}.`,
    read,
  )
}

/** There was an accreditation in force; its scopes decide. */
function vouched(
  accreditation: AccreditationEvidence,
  { scope }: AccreditationPath,
  read: readonly Reading[],
): Check {
  const { issuerName, accreditors, withdrawnAt, coverage } = accreditation
  const path = accreditors.map(({ name }) => name).join(', then ')
  if (coverage === 'mismatch') {
    return answer(
      'invalid',
      'accreditation_scope_mismatch',
      `${issuerName} was accredited by ${path} when it anchored, but not for this: the credential states ${scope.why}${givenTo(scope, issuerName)}.`,
      read,
    )
  }
  if (coverage === 'unstated') {
    return answer(
      'indeterminate',
      'accreditation_scope_unstated',
      `${issuerName} was accredited by ${path} within limits, and whether the credential is within them cannot be told: it does not state, or not precisely enough, its ${scope.why}${givenTo(scope, issuerName)}. Ask the issuer.`,
      read,
    )
  }
  const words =
    coverage === 'in_words'
      ? ` ${scopeSaid(accreditation)} is in words and not machine-readable: judge by yourself whether this credential is within it.`
      : ''
  return withdrawnAt === undefined
    ? answer(
        'valid',
        coverage === 'in_words' ? 'accredited_in_words' : 'accredited',
        `${issuerName} was accredited by ${path} when it anchored.${words}`,
        read,
      )
    : answer(
        'valid',
        'accredited_until_withdrawn',
        `${issuerName} was accredited by ${path} when it anchored. It was withdrawn at ${withdrawnAt}, after the anchor, which leaves this credential valid.${words}`,
        read,
      )
}

/** A limit may lie further up: then whose it is, is said. */
function givenTo({ holder }: PathScope, issuerName: string): string {
  return holder === issuerName ? '' : `, by the scope of ${holder}, which accredited it`
}

/** The accreditation's own scope, or that some accreditor's is meant. */
function scopeSaid({ scope }: AccreditationEvidence): string {
  return scope === '' ? 'The scope of an accreditor on the way' : `The scope “${scope}”`
}

/** The only records about the issuer did not hold at the time: why the last one did not. */
function notInForce(record: Accreditation, anchoredAt: number, read: readonly Reading[]): Check {
  const { name, validFrom, withdrawnAt } = record
  const when = `${formatSeconds(anchoredAt)}: ${whenOf(record, anchoredAt)}.`
  if (withdrawnAt !== 0 && holdsAt({ ...record, withdrawnAt: 0 }, anchoredAt)) {
    return answer(
      'invalid',
      'accreditation_withdrawn',
      `The accreditation of ${name} had been withdrawn when it anchored at ${when}`,
      read,
    )
  }
  return anchoredAt < validFrom
    ? answer(
        'invalid',
        'accreditation_not_begun',
        `${name} was not accredited yet when it anchored at ${when}`,
        read,
      )
    : answer(
        'invalid',
        'accreditation_ended',
        `${name} was no longer accredited when it anchored at ${when}`,
        read,
      )
}

/** Why a record did not hold. */
function whenOf({ validFrom, validUntil, withdrawnAt }: Accreditation, anchoredAt: number): string {
  if (anchoredAt < validFrom) return `that began at ${formatSeconds(validFrom)}`
  return withdrawnAt !== 0 && (validUntil === 0 || withdrawnAt < validUntil)
    ? `that was withdrawn at ${formatSeconds(withdrawnAt)}`
    : `that ended at ${formatSeconds(validUntil)}`
}
