import type { Json, JsonObject } from '../canonical.ts'
import { credentialsV1 } from '../contexts.ts'
import { InvalidInputError, pointerTo } from '../error.ts'
import type { ParsedCredential, StatusEntry } from '../format.ts'
import { isObject } from '../i-json.ts'
import { formatSeconds } from '../time.ts'

/** Claims about the token itself (RFC 7519 §4.1, RFC 7800): what else the payload holds is the credential. */
const tokenClaims = ['iss', 'sub', 'aud', 'exp', 'nbf', 'iat', 'jti', 'nonce', 'cnf', 'status']

/** 9999-12-31T23:59:59Z in seconds: later times have no ISO 8601. */
const maxSeconds = 253_402_300_799

/**
 * The credential in a token's payload: beside the claims, as Open Badges 3.0 §8.2 and VC-JOSE-COSE have it, or within the claim `vc`
 * of VC 1.1 §6.3.1, where what its members leave out is taken from the claims. Throws `InvalidInputError` for a payload that is both.
 */
export function credentialIn(payload: JsonObject): JsonObject {
  const { vc, ...rest } = payload
  const beside = Object.fromEntries(
    Object.entries(rest).filter(([name]) => !tokenClaims.includes(name)),
  )
  if (vc === undefined) return beside
  if (!isObject(vc)) {
    throw new InvalidInputError('not_a_credential', 'expected a credential in the claim vc', '/vc')
  }
  if (['@context', 'type', 'credentialSubject', 'issuer'].some((name) => name in beside)) {
    throw new InvalidInputError(
      'jwt_payload_ambiguous',
      'the token holds a credential in the claim vc, and members of another beside it',
      '/vc',
    )
  }
  return completed(vc, payload)
}

/** VC 1.1 §6.3.1: claims stand for members that were left out of `vc`. */
function completed(vc: JsonObject, claims: JsonObject): JsonObject {
  const { issuer, credentialSubject: subject } = vc
  const { iss, sub, jti } = claims
  const isV1 = [vc['@context']].flat()[0] === credentialsV1
  const from = secondsAt(claims, 'nbf') ?? secondsAt(claims, 'iat')
  const until = secondsAt(claims, 'exp')
  const isNamed = typeof jti === 'string' && URL.canParse(jti)
  return {
    ...(isNamed && { id: jti }),
    ...(typeof iss === 'string' && { issuer: iss }),
    ...(isV1 && from !== undefined && { issuanceDate: formatSeconds(from) }),
    ...(isV1 && until !== undefined && { expirationDate: formatSeconds(until) }),
    ...vc,
    ...(isObject(issuer) && typeof iss === 'string' && { issuer: { id: iss, ...issuer } }),
    ...(isObject(subject) &&
      typeof sub === 'string' && { credentialSubject: { id: sub, ...subject } }),
  }
}

/**
 * The credential as the claims bound it: of two ends the earlier counts, of two beginnings the later. Throws `InvalidInputError`
 * (`jwt_claims_mismatch`) where claims and credential contradict each other, so that no two readers read two credentials.
 */
export function boundByClaims(claims: JsonObject, credential: ParsedCredential): ParsedCredential {
  checkNames(claims, credential)
  const begins = [secondsAt(claims, 'nbf'), secondsAt(claims, 'iat')].filter(isTime)
  const ends = [secondsAt(claims, 'exp')].filter(isTime)
  const from = Math.max(...begins, (credential.validFrom ?? -Infinity) / 1000)
  const until = Math.min(...ends, (credential.validUntil ?? Infinity) / 1000)
  if (from > until) {
    throw mismatch('by its claims and members together it was never valid', '/exp')
  }
  const { summary, validFrom, validUntil } = credential
  return {
    ...credential,
    statuses: [...credential.statuses, ...statusesOf(claims)],
    validFrom: Number.isFinite(from) ? from * 1000 : undefined,
    validUntil: Number.isFinite(until) ? until * 1000 : undefined,
    summary: {
      ...summary,
      validFrom: from * 1000 === validFrom ? summary.validFrom : textOf(from, ''),
      validUntil: until * 1000 === validUntil ? summary.validUntil : textOf(until, undefined),
    },
  }
}

/** The status of a token (draft-ietf-oauth-status-list §6.1) ends the credential in it, too: of a kind that is not read, but never passed over. */
function statusesOf({ status: entry }: JsonObject): readonly StatusEntry[] {
  if (!isObject(entry)) return []
  const [type = 'status'] = Object.keys(entry)
  return [
    { id: undefined, type, purpose: undefined, listIndex: undefined, entry, pointer: '/status' },
  ]
}

/** When a token says that it was signed, in milliseconds since 1970. */
export function signedAt(claims: JsonObject): number | undefined {
  const seconds = secondsAt(claims, 'iat') ?? secondsAt(claims, 'nbf')
  return seconds === undefined ? undefined : seconds * 1000
}

function checkNames(claims: JsonObject, { document, issuerId }: ParsedCredential): void {
  const { iss, jti, sub } = claims
  if (iss !== undefined && iss !== issuerId) throw mismatch('iss is not its issuer', '/iss')
  const { id, credentialSubject } = document
  if (jti !== undefined && id !== undefined && jti !== id)
    throw mismatch('jti is not its id', '/jti')
  const subjects: readonly Json[] = [credentialSubject ?? []].flat()
  const named = subjects
    .map((subject) => (isObject(subject) ? subject['id'] : undefined))
    .filter((subject) => subject !== undefined)
  if (sub !== undefined && named.length > 0 && !named.includes(sub)) {
    throw mismatch('sub is not whom it is about', '/sub')
  }
}

/** NumericDate, RFC 7519 §2: seconds since 1970. */
function secondsAt(claims: JsonObject, name: string): number | undefined {
  const value = claims[name]
  if (value === undefined) return undefined
  if (typeof value === 'number' && value >= 0 && value <= maxSeconds) return value
  throw new InvalidInputError(
    'time_malformed',
    `expected the claim ${name} in seconds since 1970`,
    pointerTo('', name),
  )
}

function isTime(seconds: number | undefined): seconds is number {
  return seconds !== undefined
}

function textOf<T>(seconds: number, otherwise: T): string | T {
  return Number.isFinite(seconds) ? formatSeconds(seconds) : otherwise
}

function mismatch(message: string, pointer: string): InvalidInputError {
  return new InvalidInputError(
    'jwt_claims_mismatch',
    `what the token claims contradicts the credential in it: ${message}`,
    pointer,
  )
}
