import {
  assembleBatch,
  type Batch,
  type BatchRequest,
  planBatch,
  type Random,
  targetOf,
} from './batch.ts'
import type { JsonObject } from './canonical.ts'
import { makeCredential } from './credential.ts'
import { didPkh, parseUri } from './did.ts'
import { digestOf } from './digest.ts'
import { InvalidInputError } from './error.ts'
import { parseCredential } from './format.ts'
import { isObject } from './i-json.ts'
import { uuidUrn } from './making.ts'
import { badgeKindOf } from './open-badges/badge.ts'
import { membersOf } from './open-badges/member.ts'
import type { Equivalence } from './pathway/equivalence.ts'
import type { Report } from './report.ts'

/** That one achievement counts as another, as its issuer states it. */
export interface EquivalenceStatement {
  /** Id of the achievement that counts. */
  readonly from: string
  /** Id of the achievement that it counts as. */
  readonly to: string
  /** For people: why, within which rules. */
  readonly comment: string
}

/** Throws `InvalidInputError` with the place. */
export function parseStatement(value: unknown, pointer: string): EquivalenceStatement {
  const { from, to, comment } = (isObject(value as never) ? value : {}) as Record<string, unknown>
  if (typeof from !== 'string' || typeof to !== 'string' || from === to) {
    throw new InvalidInputError(
      'equivalence_malformed',
      'expected from and to, the ids of two achievements',
      pointer,
    )
  }
  if (typeof comment !== 'string' || comment === '' || comment.length > 4000) {
    throw new InvalidInputError(
      'equivalence_malformed',
      'expected a comment for people',
      `${pointer}/comment`,
    )
  }
  return { from: parseUri(from, `${pointer}/from`), to: parseUri(to, `${pointer}/to`), comment }
}

/**
 * Issues statements as one batch, each an Open Badges 3.0 EndorsementCredential of the achievement that counts, which names the other
 * as `related` (“should be considered the same for most purposes”). They are anchored, revoked and withdrawn like any credential.
 */
export function issueEquivalences(
  request: Omit<BatchRequest, 'learners' | 'achievement'>,
  statements: readonly EquivalenceStatement[],
  random: Random,
): Batch {
  const achievement = {
    name: 'Equivalence of achievements',
    description: 'States that one achievement counts as another.',
    criteria: { narrative: 'The two were compared by the issuer of the statement.' },
  }
  const learners = statements.map(() => ({ name: '' }))
  const { terms, seats } = planBatch({ ...request, learners, achievement }, random)
  const entries = Array.from(seats, (seat, statusIndex) => {
    const { from, to, comment } = statements[seat] as EquivalenceStatement
    const draw = { id: uuidUrn(random), statusIndex, identitySalt: random(16) }
    const credential = {
      ...makeCredential(terms, { name: '' }, draw),
      type: ['VerifiableCredential', 'EndorsementCredential'],
      name: achievement.name,
      credentialSubject: {
        id: from,
        type: ['EndorsementSubject', 'Achievement'],
        endorsementComment: comment,
        related: [{ id: to, type: ['Related'] }],
      },
    }
    const salt = random(32)
    return { credential, salt, digest: digestOf(credential, salt) }
  })
  return assembleBatch(request.id, targetOf({ ...request, learners, achievement }), entries)
}

/** Whether a credential is a statement of equivalence; what it is worth is for its report to say. */
export function isStatement(document: JsonObject): boolean {
  return badgeKindOf(document) === 'EndorsementCredential'
}

/** What a statement says, and by whose word, by the report about it; or why it states nothing, in words. */
export function equivalenceOf(document: JsonObject, report: Report): Equivalence | string {
  const subjects = membersOf(document, 'credentialSubject', '')
  const [subject] = subjects.map(({ value }) => value)
  const related = membersOf(subject, 'related', '').map(({ value }) => value)
  const [other] = related
  const from = isObject(subject) ? subject['id'] : undefined
  const to = isObject(other) ? other['id'] : undefined
  if (subjects.length !== 1 || related.length !== 1)
    return 'it is about more than two achievements, or fewer'
  if (typeof from !== 'string' || typeof to !== 'string') return 'it does not name two achievements'
  const { summary, issuerId } = parseCredential(document)
  const { anchor, accreditation } = report
  return {
    id: summary.id,
    from,
    to,
    by: {
      id: issuerId,
      name: accreditation?.issuerName || summary.issuer.name,
      account: anchor && didPkh({ chainId: anchor.chainId, address: anchor.issuer }),
      accreditors: accreditation?.accreditors.map(({ account }) => account),
    },
  }
}
