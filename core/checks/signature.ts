import type { Evidence } from '../evidence.ts'
import type { ProofResult } from '../proof-set.ts'
import { answering, type Check } from '../report.ts'
import { isKeyUnread, isWithoutKey, type Signatures } from '../signatures.ts'

const answer = answering('signature')

/**
 * Whether the web site of a did:web does not give the key any more, and an accreditation on chain says whose account anchored:
 * then nobody needs the site, and whoever has it now can void nothing. Such a signature counts for nothing; format rule 16.
 */
function isLost(result: ProofResult, { accreditation }: Evidence): boolean {
  const [did] = result.verificationMethod?.split('#') ?? []
  return (
    result.outcome === 'invalid' &&
    isWithoutKey(result) &&
    did?.startsWith('did:web:') === true &&
    accreditation?.issuerDid === did
  )
}

/**
 * Are the proofs beside the anchor valid? All members of a proof set must be (VC Data Integrity §4.5).
 *
 * `isAnchored`: the anchor was read and is valid. It proves content and issuer by itself, so that a credential outlives the web
 * site that its key is published at.
 */
export function checkSignature(
  evidence: Evidence,
  { results, read }: Signatures,
  isAnchored: boolean,
): Check {
  if (results.length === 0) {
    return answer(
      'skipped',
      'no_signature',
      evidence.proof
        ? 'It carries no signature beside its anchor, and needs none.'
        : 'It carries no signature.',
    )
  }
  const lost = results.filter((result) => isAnchored && isLost(result, evidence))
  const refused = results.find((result) => result.outcome === 'invalid' && !lost.includes(result))
  if (refused) {
    return answer('invalid', refused.code, `Its signature is not valid: ${say(refused)}.`, read)
  }
  const open = results.filter(({ outcome }) => outcome === 'indeterminate')
  const [unread] = [...lost, ...open]
  if (unread && isAnchored && open.every(isKeyUnread)) {
    return answer(
      'skipped',
      'signature_unread',
      `Its anchor proves content and issuer; its signature could not be checked as well: ${say(unread)}.`,
      read,
    )
  }
  const deciding = open.find((result) => !isKeyUnread(result)) ?? unread
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
