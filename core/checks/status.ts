import { ChainUnreadableError } from '../chain.ts'
import { parseStatusId } from '../did.ts'
import { invariant } from '../error.ts'
import type { Evidence } from '../evidence.ts'
import type { ParsedCredential, StatusEntry } from '../format.ts'
import { answering, type Check } from '../report.ts'
import { listTypes } from '../status-list.ts'
import { formatSeconds } from '../time.ts'
import type { VerifyOptions } from '../verify.ts'

const answer = answering('status')

/** Status entries of others that are asked: each may be a document to be fetched. */
const maxListed = 8

/** Is the credential still in force? Every status entry is answered for; one of an unknown kind is never passed silently. */
export async function checkStatus(
  credential: ParsedCredential,
  evidence: Evidence,
  options: Pick<VerifyOptions, 'readers' | 'trust' | 'now' | 'work'>,
): Promise<Check> {
  const { statuses, issuerId } = credential
  if (statuses.length === 0) {
    return answer(
      'skipped',
      'no_status',
      'The issuer keeps no status for it: it cannot be revoked.',
    )
  }
  const foreign = statuses.filter((entry) => !isOurs(entry))
  const listed = foreign.filter(isListed)
  const unread = foreign.find((entry) => !isListed(entry))
  // Ended in either registry is ended: an issuer that migrated may write to one of them only.
  const { state, anchor, successor, proof } = evidence
  const checks =
    proof || foreign.length < statuses.length ? [checkStanding(successor ?? state, anchor)] : []
  // What the registry has ended stays ended: nobody else needs to be asked.
  if (checks.some(isEnded)) return withSuccessor(foldStatus(checks), credential, evidence, options)
  if (listed.length > 0) {
    // Signatures take code of their own, which a page loads where it is needed.
    const { checkListed } = await import('../listed-status.ts')
    checks.push(...(await checkListed(listed.slice(0, maxListed), { ...options, issuerId })))
  }
  if (listed.length > maxListed) {
    const message = `It names ${listed.length} status lists; this verifier asks ${maxListed} at most.`
    checks.push(answer('indeterminate', 'statuses_too_many', message))
  }
  if (unread) {
    const kind = unread.type.slice(0, 60)
    checks.push(
      answer(
        'indeterminate',
        'status_unsupported',
        `This verifier cannot read a status of type ${kind} (at ${unread.pointer}).`,
      ),
    )
  }
  return foldStatus(checks)
}

/** Revoked is what the chain says; that it was replaced, and by what, is told beside that where it can be had. Format rule 17. */
async function withSuccessor(
  check: Check,
  credential: ParsedCredential,
  evidence: Evidence,
  options: Pick<VerifyOptions, 'readers' | 'trust' | 'now'>,
): Promise<Check> {
  if (check.code !== 'revoked') return check
  const { findSuccessor } = await import('../successor.ts')
  const successor = await findSuccessor(credential, evidence, options)
  if (!successor) return check
  const message = `The issuer has replaced it by a corrected one, ${successor.id}, and revoked it. This is final.`
  const read = [...check.read, { what: successor.url, from: new URL(successor.url).host }]
  return { ...check, code: 'superseded', message, read, successor }
}

/** One answer for all entries: what ended it, else what could not be told, else all that was read. */
function foldStatus(checks: readonly Check[]): Check {
  const deciding =
    checks.find(isEnded) ??
    checks.find(({ outcome }) => outcome === 'indeterminate') ??
    checks.find(({ code }) => code === 'status_message') ??
    checks[0]
  invariant(deciding, 'a credential with a status has an answer for it')
  return { ...deciding, read: checks.flatMap(({ read }) => read) }
}

function isEnded({ outcome }: Check): boolean {
  return outcome === 'invalid'
}

/** A status that a list of somebody's answers for; an entry that names a registry of ours in another way is contradictory. */
function isListed({ id, type }: StatusEntry): boolean {
  return Object.hasOwn(listTypes, type) && (id === undefined || !parseStatusId(id))
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
