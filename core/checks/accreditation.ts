import { ChainUnreadableError, provedAgainst } from '../chain.ts'
import type { Evidence } from '../evidence.ts'
import { answering, type Check } from '../report.ts'

const answer = answering('accreditation')

/** Did somebody whom the verifier trusts vouch for the issuer at the time of the anchor? */
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
      `This verifier names no accreditors for ${trust.name}; who the issuer is, is as the credential states it.`,
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
  if (accreditation) {
    const path = accreditation.accreditors.map(({ name }) => name).join(', then ')
    const later = accreditation.withdrawnAt
      ? ` It was withdrawn at ${accreditation.withdrawnAt}, after the anchor, which leaves this credential valid.`
      : ''
    return answer(
      'valid',
      'accredited',
      `${accreditation.issuerName} was accredited by ${path} when it anchored.${later}`,
      read,
    )
  }
  if (state.accreditation?.ended) {
    return answer(
      'invalid',
      'accreditation_not_in_force',
      `${state.accreditation.ended.name} was not accredited at the time of the anchor.`,
      read,
    )
  }
  return answer(
    'invalid',
    'issuer_unknown',
    `Nobody whom this verifier trusts vouches for ${proof.issuer}: the issuer is unknown.`,
    read,
  )
}
