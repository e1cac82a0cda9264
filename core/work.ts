import type { Json } from './canonical.ts'
import { InvalidInputError } from './error.ts'
import { checkBounds } from './json-ld-bounds.ts'

/** What one verification may still compute over linked data, with everything in it: endorsements, status lists, credentials presented. */
export interface Work {
  /** Throws `InvalidInputError` (`json_ld_too_complex`) where a document is too much by itself, or on top of what was spent. */
  readonly spend: (document: Json) => void
}

/** Four documents of the largest size that JSON-LD is read of, or a hundred badges: one or two seconds of a slow computer. */
const maxCost = 40_000

/**
 * An attacker decides how many proofs, chains, endorsements and lists there are: the bound is for all of them together. A verification of
 * many credentials may take `times` as much as one of a single credential.
 */
export function makeWork(times = 1): Work {
  let spent = 0
  return {
    spend: (document) => {
      spent += checkBounds(document)
      if (spent <= times * maxCost) return
      throw new InvalidInputError(
        'json_ld_too_complex',
        'its proofs and what is in it take longer to check than is spent on one verification',
      )
    },
  }
}
