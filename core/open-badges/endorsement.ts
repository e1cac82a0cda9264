import type { Json, JsonObject } from '../canonical.ts'
import { pointerTo } from '../error.ts'
import { isObject } from '../i-json.ts'
import { membersOf } from './member.ts'

/** What of a badge can be endorsed. `creator` made the achievement that `issuer` awards. */
export type Endorsed = 'credential' | 'achievement' | 'issuer' | 'creator' | 'recipient'

/** An endorsement that a badge carries. It is untrusted, and proves nothing until it is verified as the credential that it is. */
export interface PlacedEndorsement {
  readonly endorsement: Json
  readonly pointer: string
  /** What of this badge it is about; `undefined` where it is about something else, so that it says nothing here however genuine it is. */
  readonly about: Endorsed | undefined
}

/** Endorsements that a badge carries, and how many more there are that are not looked at. */
export interface Endorsements {
  readonly endorsements: readonly PlacedEndorsement[]
  /** In JSON Web Tokens (`endorsementJwt`), which are not read here, or beyond the bound. */
  readonly unread: number
}

/** Each endorsement costs a verification, which may read documents. */
const maxEndorsements = 12

/** The endorsements within a badge, its achievement and the profiles of its issuer and creator, Open Badges 3.0 §8.1 step 6. */
export function endorsementsOf(credential: JsonObject): Endorsements {
  const parts = partsOf(credential)
  const found: PlacedEndorsement[] = []
  let unread = 0
  for (const { object, pointer } of parts) {
    for (const { value, pointer: place } of membersOf(object, 'endorsement', pointer)) {
      const id = subjectOf(value)
      const about = id === undefined ? undefined : parts.find((part) => idOf(part.object) === id)
      found.push({ endorsement: value, pointer: place, about: about?.name })
    }
    unread += membersOf(object, 'endorsementJwt', pointer).length
  }
  const endorsements = found.slice(0, maxEndorsements)
  return { endorsements, unread: unread + found.length - endorsements.length }
}

interface Part {
  readonly name: Endorsed
  readonly object: Json
  readonly pointer: string
}

function partsOf(credential: JsonObject): readonly Part[] {
  const parts: Part[] = [
    { name: 'credential', object: credential, pointer: '' },
    { name: 'issuer', object: credential['issuer'] ?? null, pointer: '/issuer' },
  ]
  for (const subject of membersOf(credential, 'credentialSubject', '')) {
    parts.push({ name: 'recipient', object: subject.value, pointer: subject.pointer })
    for (const { value, pointer } of membersOf(subject.value, 'achievement', subject.pointer)) {
      const creator = isObject(value) ? value['creator'] : undefined
      const place = pointerTo(pointer, 'creator')
      parts.push({ name: 'achievement', object: value, pointer })
      parts.push({ name: 'creator', object: creator ?? null, pointer: place })
    }
  }
  return parts
}

function idOf(object: Json): Json | undefined {
  return isObject(object) ? object['id'] : object
}

function subjectOf(endorsement: Json): string | undefined {
  const subject = isObject(endorsement) ? endorsement['credentialSubject'] : undefined
  const id = isObject(subject) ? subject['id'] : undefined
  return typeof id === 'string' ? id : undefined
}
