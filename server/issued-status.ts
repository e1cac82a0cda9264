import type { Kysely } from 'kysely'
import { minimumEntries } from '../core/status-list.ts'
import { type Ending, endings, findIssued, setEnding } from './issued.ts'
import { listUrl } from './issued-list.ts'
import type { IssuerRow } from './issuers.ts'
import { HttpProblem } from './problem.ts'
import type { Tables } from './tables.ts'

/** A request for a status, as VC-API has it. */
export interface EndingRequest {
  readonly credentialId?: string | undefined
  readonly credentialStatus: {
    readonly statusPurpose: Ending
    readonly statusListCredential?: string | undefined
    readonly statusListIndex?: string | number | undefined
  }
  readonly status?: boolean | undefined
}

/**
 * Gives credentials that were issued by themselves a status, or lifts it; how many were meant. Durable once it returns.
 *
 * Throws `HttpProblem` where none is meant, and where the status cannot be given: revocation is final, and a suspension is told to
 * nobody by a credential that names no list of suspensions.
 */
export async function requestEnding(
  db: Kysely<Tables>,
  baseUrl: string,
  issuer: IssuerRow,
  request: EndingRequest,
): Promise<number> {
  const { credentialStatus, credentialId, status = true } = request
  const { statusPurpose: ending, statusListCredential, statusListIndex } = credentialStatus
  const statusIndex = statusListIndex === undefined ? undefined : Number(statusListIndex)
  // PostgreSQL takes neither larger numbers nor NUL, and no credential here has either.
  if (Number(statusIndex ?? 0) >= minimumEntries || credentialId?.includes('\0')) throw unknown()
  const listId =
    statusListCredential === undefined ? undefined : listIdIn(statusListCredential, baseUrl, ending)
  if (credentialId === undefined && (listId === undefined || statusIndex === undefined)) {
    throw new HttpProblem(
      400,
      'credential_unnamed',
      'Name the credential: by credentialId, or by statusListCredential and statusListIndex of its credentialStatus.',
      { pointer: '/credentialId' },
    )
  }
  const meant = await findIssued(db, issuer.id, { credentialId, listId, statusIndex })
  if (meant.length === 0) throw unknown()
  if (ending === 'revocation' && !status) {
    throw new HttpProblem(409, 'revocation_final', 'A revocation is final; issue a new credential.')
  }
  if (ending === 'suspension' && meant.some(({ suspendable }) => !suspendable)) {
    throw new HttpProblem(
      409,
      'not_suspendable',
      'The credential names no list of suspensions, so nobody would learn of one: revoke it, or issue with options.statusPurposes ["revocation", "suspension"].',
    )
  }
  const ids = meant.map(({ id }) => id)
  await setEnding(db, ids, ending, status)
  return ids.length
}

/** The list that a URL of this service names. */
function listIdIn(url: string, baseUrl: string, ending: Ending): string {
  const [, listId = ''] =
    /\/status\/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\/[a-z]+$/.exec(url) ?? []
  const isOwn = (Object.keys(endings) as Ending[]).some(
    (name) => url === listUrl(baseUrl, listId, name),
  )
  if (isOwn && url === listUrl(baseUrl, listId, ending)) return listId
  if (!isOwn) throw unknown()
  throw new HttpProblem(
    400,
    'status_purpose_mismatch',
    'statusListCredential is a list of another purpose than statusPurpose says.',
    { pointer: '/credentialStatus/statusListCredential' },
  )
}

function unknown(): HttpProblem {
  return new HttpProblem(
    404,
    'credential_unknown',
    'The issuer issued no such credential by itself. One of a batch is revoked at /credentials/{id}/revoke.',
  )
}
