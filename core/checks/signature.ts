import type { Evidence } from '../evidence.ts'
import type { ProofResult } from '../proof-set.ts'
import { answering, type Check } from '../report.ts'
import type { Signatures } from '../signatures.ts'

const answer = answering('signature')

/** Codes of keys that could not be read: an anchor speaks for the content without them. */
const unreadKeys = ['key_unreachable', 'did_method_unsupported']

/**
 * Are the proofs beside the anchor valid? All members of a proof set must be (VC Data Integrity §4.5).
 *
 * `isAnchored`: the anchor was read and is valid. It proves content and issuer by itself, so that a credential outlives the web
 * site that its key is published at.
 */
export function checkSignature(
  { proof }: Evidence,
  { results, read }: Signatures,
  isAnchored: boolean,
): Check {
  if (results.length === 0) {
    return answer(
      'skipped',
      'no_signature',
      proof
        ? 'It carries no signature beside its anchor, and needs none.'
        : 'It carries no signature.',
    )
  }
  const refused = results.find(({ outcome }) => outcome === 'invalid')
  if (refused) {
    return answer('invalid', refused.code, `Its signature is not valid: ${say(refused)}.`, read)
  }
  const open = results.filter(({ outcome }) => outcome === 'indeterminate')
  const [unread] = open
  if (unread && isAnchored && open.every(({ code }) => unreadKeys.includes(code))) {
    return answer(
      'skipped',
      'signature_unread',
      `Its anchor proves content and issuer; its signature could not be checked as well: ${say(unread)}.`,
      read,
    )
  }
  const deciding = open.find(({ code }) => !unreadKeys.includes(code)) ?? unread
  if (deciding) {
    return answer(
      'indeterminate',
      deciding.code,
      `Its signature could not be checked: ${say(deciding)}.`,
      read,
    )
  }
  const keys = new Set(
    results.map(({ verificationMethod = 'a key that it carries itself' }) => verificationMethod),
  )
  return answer(
    'valid',
    'signature_valid',
    `Signed with ${[...keys].slice(0, 3).join(', ')}; the signature fits every statement of it.`,
    read,
  )
}

function say({ message }: ProofResult): string {
  return message.slice(0, 400)
}
