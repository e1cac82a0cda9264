import type { Json, JsonObject } from '../canonical.ts'
import { versionOf } from '../data-model/context.ts'
import { readObject } from '../data-model/credential.ts'
import { checkUrl } from '../data-model/identifier.ts'
import {
  firstProblems,
  type Problem,
  type Problems,
  problem,
  shown,
} from '../data-model/problem.ts'
import { typesOf } from '../data-model/type.ts'
import { pointerTo } from '../error.ts'
import { isObject } from '../i-json.ts'
import { checkFrameworks } from './alignment.ts'
import { membersOf } from './member.ts'
import { isIdentityHash } from './recipient.ts'
import { checkShape } from './shape.ts'

/** Kinds of Open Badges 3.0 credentials: for an achievement, or for an endorsement of somebody or something. */
export type BadgeKind = 'AchievementCredential' | 'EndorsementCredential'

const contextPattern =
  /^https:\/\/purl\.imsglobal\.org\/spec\/ob\/v3p0\/context(?:-3\.\d\.\d)?\.json$/

/** Which kind of badge a credential is by its types; `undefined` where it is none. */
export function badgeKindOf(credential: JsonObject): BadgeKind | undefined {
  const types = typesOf(credential)
  if (types.includes('OpenBadgeCredential') || types.includes('AchievementCredential')) {
    return 'AchievementCredential'
  }
  return types.includes('EndorsementCredential') ? 'EndorsementCredential' : undefined
}

/**
 * Everything that keeps a credential that somebody else issued from being an Open Badge 3.0, by the first step of its verification
 * (Open Badges 3.0 §8.1, §8.2). Never throws for what a JSON value can be.
 *
 * What holds for every credential is `checkReceivedModel`'s to say; proofs, status and period are checked after both, and then
 * endorsements, each by itself (`endorsementsOf`).
 */
export function checkReceivedBadge(credential: unknown): readonly Problem[] {
  const read = readObject(credential, 'credential')
  return 'problem' in read ? [read.problem] : firstProblems(checkBadge(read.document))
}

/** As `checkReceivedBadge`, and what makes a badge that is to be issued a good one: contexts where the JSON Schema has them, skills that exist. */
export function checkOpenBadge(credential: unknown): readonly Problem[] {
  const read = readObject(credential, 'credential')
  return 'problem' in read
    ? [read.problem]
    : firstProblems(
        checkBadge(read.document),
        checkContextPlace(read.document['@context']),
        checkFrameworks(read.document),
      )
}

function* checkBadge(credential: JsonObject): Problems {
  const kind = badgeKindOf(credential)
  if (!kind) {
    yield problem(
      'not_an_open_badge',
      'expected type to name OpenBadgeCredential, AchievementCredential or EndorsementCredential',
      '/type',
    )
    return
  }
  const { '@context': context, issuer, credentialSubject: subject } = credential
  yield* checkContext(context)
  yield* checkUrl(credential['id'], '/id')
  const start = versionOf(context) === '1.1' ? 'issuanceDate' : 'validFrom'
  const texts = kind === 'EndorsementCredential' ? ['name', start] : [start]
  for (const member of texts) yield* checkText(credential, member)
  if (typeof issuer !== 'string') yield* checkShape(issuer, '/issuer', 'Profile')
  if (kind === 'EndorsementCredential') {
    yield* checkShape(subject, '/credentialSubject', 'EndorsementSubject')
  } else {
    yield* checkShape(subject, '/credentialSubject', 'AchievementSubject')
    yield* checkRecipient(subject)
  }
  for (const { value, pointer } of membersOf(credential, 'evidence', '')) {
    yield* checkShape(value, pointer, 'Evidence')
  }
  if (credential['image'] !== undefined) yield* checkShape(credential['image'], '/image', 'Image')
}

function* checkText(credential: JsonObject, member: string): Problems {
  const value = credential[member]
  if (typeof value === 'string' && value !== '') return
  yield problem('badge_malformed', `expected a text, found ${shown(value)}`, `/${member}`)
}

/** A recipient is named by an id, by identifiers or by both, and a hash looks like one. Open Badges 3.0 §8.1 step 1, `IdentityHash`. */
function* checkRecipient(subject: Json | undefined): Problems {
  if (!isObject(subject)) return
  if (subject['id'] === undefined && subject['identifier'] === undefined) {
    yield problem(
      'recipient_missing',
      'nothing says who earned it: give the subject an id, an identifier or both',
      '/credentialSubject',
    )
  }
  for (const { value, pointer } of membersOf(subject, 'identifier', '/credentialSubject')) {
    const { hashed, identityHash } = isObject(value) ? value : {}
    if (hashed !== true || typeof identityHash !== 'string' || isIdentityHash(identityHash)) {
      continue
    }
    const place = pointerTo(pointer, 'identityHash')
    yield problem('identity_malformed', 'expected sha256$ and 64 hex digits, or md5$ and 32', place)
  }
}

function* checkContext(context: Json | undefined): Problems {
  if (isOpenBadges(context, () => true)) return
  yield problem(
    'badge_context_missing',
    `expected @context to name an Open Badges 3.0 context, found ${shown(context)}`,
    '/@context',
  )
}

function* checkContextPlace(context: Json | undefined): Problems {
  if (isOpenBadges(context, (i) => i === 1)) return
  yield problem(
    'badge_context_misplaced',
    'expected the Open Badges 3.0 context right after the first one, where its JSON Schema wants it',
    '/@context/1',
  )
}

function isOpenBadges(context: Json | undefined, isPlace: (i: number) => boolean): boolean {
  const items: readonly unknown[] = Array.isArray(context) ? context : []
  return items.some(
    (item, i) => isPlace(i) && typeof item === 'string' && contextPattern.test(item),
  )
}
