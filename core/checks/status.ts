import { ChainUnreadableError } from '../chain.ts'
import { parseStatusId } from '../did.ts'
import type { Evidence } from '../evidence.ts'
import type { ParsedCredential, StatusEntry } from '../format.ts'
import type { Check, Outcome, Reading } from '../report.ts'
import { formatSeconds } from '../time.ts'

/** Is the credential still in force? Every status entry is answered for; one of an unknown kind is never passed silently. */
export function checkStatus(
  { statuses }: ParsedCredential,
  { state, anchor, successor }: Evidence,
): Check {
  if (statuses.length === 0) {
    return answer(
      'skipped',
      'no_status',
      'The issuer keeps no status for it: it cannot be revoked.',
    )
  }
  const foreign = statuses.find((entry) => !isOurs(entry))
  // Ended in either registry is ended: an issuer that migrated may write to one of them only.
  const registered = checkStanding(successor ?? state, anchor)
  // What the registry has ended stays ended, whatever an entry that cannot be read may say.
  if (!foreign || registered.outcome === 'invalid') return registered
  return answer(
    'indeterminate',
    'status_unsupported',
    `This verifier cannot read a status of type ${foreign.type.slice(0, 60)} (at ${foreign.pointer}).`,
  )
}

function checkStanding(state: Evidence['state'], anchor: Evidence['anchor']): Check {
  if (!anchor || !state || typeof state === 'string' || state instanceof ChainUnreadableError) {
    return answer(
      'indeterminate',
      'status_unreadable',
      'Its status stands on the chain, which could not be read.',
    )
  }
  const { verification, read, block } = state
  const asOf = `as of block ${block.number}, ${formatSeconds(block.time)}`
  switch (verification.standing) {
    case 'active':
      return answer('valid', 'active', `Neither revoked nor suspended, ${asOf}.`, read)
    case 'suspended':
      return answer(
        'invalid',
        'suspended',
        `The issuer has suspended it, ${asOf}. It may be reinstated.`,
        read,
      )
    case 'revoked':
      return answer(
        'invalid',
        'revoked',
        `The issuer has revoked it, ${asOf}. This is final.`,
        read,
      )
    case 'withdrawn':
      return answer(
        'invalid',
        'withdrawn',
        `The issuer withdrew the whole batch at ${formatSeconds(verification.record.withdrawnAt)}. This is final.`,
        read,
      )
    default:
      return answer(
        'indeterminate',
        'status_unreadable',
        `The registry knows no status for it, ${asOf}.`,
        read,
      )
  }
}

/** Format rule 8: id, purpose and index of an entry say the same. */
function isOurs({ id, type, purpose, listIndex }: StatusEntry): boolean {
  const status = id === undefined ? undefined : parseStatusId(id)
  return (
    status !== undefined &&
    type === 'BitstringStatusListEntry' &&
    purpose === status.purpose &&
    listIndex === String(status.statusIndex)
  )
}

function answer(
  outcome: Outcome,
  code: string,
  message: string,
  read: readonly Reading[] = [],
): Check {
  return { name: 'status', outcome, code, message, read }
}
