import type { Evidence } from '../evidence.ts'
import type { Check } from '../report.ts'

/** Are the proofs beside the anchor valid? All members of a proof set must be (VC Data Integrity §4.4). */
export function checkSignature({ otherProofs, proof }: Evidence): Check {
  if (otherProofs.length === 0) {
    return {
      name: 'signature',
      outcome: 'skipped',
      code: 'no_signature',
      message: proof
        ? 'It carries no signature beside its anchor, and needs none.'
        : 'It carries no signature.',
      read: [],
    }
  }
  const suites = new Set(
    otherProofs.map((member) => {
      const suite = member['cryptosuite'] ?? member['type']
      return typeof suite === 'string' ? suite.slice(0, 60) : 'unnamed'
    }),
  )
  return {
    name: 'signature',
    outcome: 'indeterminate',
    code: 'signature_unsupported',
    message: `This verifier cannot check proofs of the kind ${[...suites].slice(0, 5).join(', ')}.`,
    read: [],
  }
}
