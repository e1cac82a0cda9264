import type { JsonObject } from './canonical.ts'
import { isObject } from './i-json.ts'
import { membersOf } from './open-badges/member.ts'
import { isRecipient, type KnownRecipient } from './open-badges/recipient.ts'

/** What a verifier knows of a person from elsewhere: their e-mail address, a DID that they control, or both. */
export interface KnownPerson {
  readonly email?: string
  readonly did?: string
}

/** Whether two credentials are of one holder; `unproved`: nothing in them tells, so it is the word of who issued the award. */
export type SameHolder = 'same' | 'other' | 'unproved'

/** Whether a credential is about a person: by a DID, or by the salted hash of the e-mail address. */
export function isAbout(credential: JsonObject, { email, did }: KnownPerson): boolean {
  const known: readonly KnownRecipient[] = [
    ...(did === undefined ? [] : [{ id: did }]),
    ...(email === undefined ? [] : [{ identifier: { type: 'emailAddress', value: email } }]),
  ]
  return known.some((one) => isRecipient(credential, one))
}

/**
 * Whether a credential says that it is about somebody else than a person of whom this much is known: it names a DID, or an e-mail address, and
 * none that is theirs.
 */
export function isAboutAnother(credential: JsonObject, person: KnownPerson): boolean {
  if (isAbout(credential, person)) return false
  return (
    (person.did !== undefined && idOf(credential) !== undefined) ||
    (person.email !== undefined && identitiesOf(credential).length > 0)
  )
}

/**
 * Compares two credentials. The same DID, or the very same salted hash, is the same holder, and so are two that are about one person of whom
 * the verifier knows. Hashes with different salts cannot be compared without knowing the address: that is what they are for.
 */
export function compareHolders(
  award: JsonObject,
  component: JsonObject,
  person: KnownPerson | undefined,
): SameHolder {
  const [first, second] = [idOf(award), idOf(component)]
  if (first !== undefined && first === second) return 'same'
  const known = new Set(identitiesOf(award))
  if (identitiesOf(component).some((identity) => known.has(identity))) return 'same'
  if (person && isAbout(award, person)) {
    if (isAbout(component, person)) return 'same'
    if (isAboutAnother(component, person)) return 'other'
  }
  return first !== undefined && second !== undefined ? 'other' : 'unproved'
}

function idOf(credential: JsonObject): string | undefined {
  const [subject] = membersOf(credential, 'credentialSubject', '').map(({ value }) => value)
  const id = isObject(subject) ? subject['id'] : undefined
  return typeof id === 'string' ? id : undefined
}

/** Identifiers in one credential that are looked at. */
const maxIdentities = 32

/** E-mail addresses of a credential as they stand in it, hashed with a salt or plain. A name is nobody's alone. */
function identitiesOf(credential: JsonObject): readonly string[] {
  return membersOf(credential, 'credentialSubject', '').flatMap(({ value }) =>
    membersOf(value, 'identifier', '')
      .slice(0, maxIdentities)
      .flatMap(({ value: identity }) =>
        isObject(identity) && identity['identityType'] === 'emailAddress'
          ? [JSON.stringify([identity['hashed'], identity['identityHash'], identity['salt'] ?? ''])]
          : [],
      ),
  )
}
