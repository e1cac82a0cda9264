import type { JsonObject } from '../canonical.ts'

import { parseTimestamp } from '../time.ts'
import type { ModelVersion } from './context.ts'
import { type Problems, problem, problemOf } from './problem.ts'

/** The members that say from when until when a credential holds: VC 2.0 §4.9; VC 1.1 §4.6 and §4.8. */
const periods = {
  '2.0': { from: 'validFrom', until: 'validUntil' },
  '1.1': { from: 'issuanceDate', until: 'expirationDate' },
} as const

/** Times are XSD dateTimeStamps, and in order. Whether now lies between them is another question. */
export function* checkPeriod(credential: JsonObject, version: ModelVersion): Problems {
  const { from, until } = periods[version]
  if (version === '1.1' && credential[from] === undefined) {
    yield problem('time_missing', `expected ${from}: a credential of 1.1 must have it`, `/${from}`)
  }
  const start = yield* timeOf(credential, from)
  const end = yield* timeOf(credential, until)
  if (start !== undefined && end !== undefined && end < start) {
    yield problem('times_out_of_order', `${until} is before ${from}`, `/${until}`)
  }
}

function* timeOf(credential: JsonObject, member: string) {
  if (credential[member] === undefined) return undefined
  try {
    return parseTimestamp(credential[member], `/${member}`)
  } catch (thrown) {
    yield problemOf(thrown)
    return undefined
  }
}
