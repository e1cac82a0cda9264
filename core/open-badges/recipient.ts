import { md5 } from '@noble/hashes/legacy.js'
import { toHex, utf8 } from '../bytes.ts'
import type { Json, JsonObject } from '../canonical.ts'
import { identityHash } from '../credential.ts'
import { isObject } from '../i-json.ts'
import { membersOf } from './member.ts'

/** What a verifier knows of the person who shows a badge, from elsewhere: an id such as a DID, or an identifier of a type. */
export interface KnownRecipient {
  readonly id?: string
  /** Open Badges 3.0 `IdentifierTypeEnum`, for example `emailAddress`, and the identifier in plain text. */
  readonly identifier?: { readonly type: string; readonly value: string }
}

/** Identifiers that are compared in one badge: each costs a hash. */
const maxIdentifiers = 32

/**
 * Is the badge about this person? Open Badges 3.0 §8.1 step 5 and §8.3. The badge is untrusted, and may be any JSON.
 *
 * E-mail addresses are also compared in lower case, as Rootmark hashes them.
 */
export function isRecipient(credential: JsonObject, known: KnownRecipient): boolean {
  const subjects = membersOf(credential, 'credentialSubject', '').map(({ value }) => value)
  for (const subject of subjects.filter(isObject)) {
    if (known.id !== undefined && subject['id'] === known.id) return true
    const identities = membersOf(subject, 'identifier', '').slice(0, maxIdentifiers)
    for (const { value } of identities) {
      if (known.identifier && isIdentifiedBy(value, known.identifier)) return true
    }
  }
  return false
}

function isIdentifiedBy(
  identity: Json,
  known: { readonly type: string; readonly value: string },
): boolean {
  if (!isObject(identity) || identity['identityType'] !== known.type) return false
  const { hashed, identityHash: expected, salt } = identity
  if (typeof expected !== 'string' || known.value === '') return false
  const spellings = [
    known.value,
    ...(known.type === 'emailAddress' ? [known.value.toLowerCase()] : []),
  ]
  if (hashed === false) return spellings.includes(expected)
  if (hashed !== true || !isIdentityHash(expected)) return false
  const salted = typeof salt === 'string' ? salt : ''
  for (const spelling of spellings) {
    const hash = /^md5/i.test(expected)
      ? `md5$${toHex(md5(utf8(spelling + salted))).slice(2)}`
      : identityHash(spelling, salted)
    if (hash === expected.toLowerCase()) return true
  }
  return false
}

/** Open Badges 3.0 `IdentityHash`: SHA-256 or MD5 in hex, after the name of the algorithm. */
export function isIdentityHash(text: string): boolean {
  return /^(?:sha256\$[0-9a-f]{64}|md5\$[0-9a-f]{32})$/i.test(text)
}
