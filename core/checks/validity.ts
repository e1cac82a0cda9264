import type { ParsedCredential } from '../format.ts'
import type { Check } from '../report.ts'

/** Is `now` within the period that the credential states? VC 2.0 §4.9. */
export function checkValidity(
  { validFrom, validUntil, summary }: ParsedCredential,
  now: number,
): Check {
  if (validFrom !== undefined && now < validFrom) {
    return {
      name: 'validity',
      outcome: 'invalid',
      code: 'not_yet_valid',
      message: `It is valid from ${summary.validFrom}, which is still to come.`,
      read: [],
    }
  }
  if (validUntil !== undefined && now > validUntil) {
    return {
      name: 'validity',
      outcome: 'invalid',
      code: 'expired',
      message: `It expired at ${summary.validUntil}.`,
      read: [],
    }
  }
  const until = summary.validUntil ? ` and until ${summary.validUntil}` : ', without an end'
  return {
    name: 'validity',
    outcome: 'valid',
    code: 'in_force',
    message: `It is valid from ${summary.validFrom || 'the beginning'}${until}.`,
    read: [],
  }
}
