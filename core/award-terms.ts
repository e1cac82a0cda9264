import type { JsonObject } from './canonical.ts'
import { parseMultibaseDigest } from './data-model/resource-digest.ts'
import { InvalidInputError } from './error.ts'
import { isObject } from './i-json.ts'
import { membersOf } from './open-badges/member.ts'
import { type AwardPolicy, awardPolicies } from './pathway/policy.ts'
import type { AwardSummary } from './report.ts'

/** A document that an award binds: its id, and the SHA-256 (32 bytes) of its canonical form without proofs. */
export interface BoundPart {
  readonly id: string
  readonly digest: Uint8Array
}

/** What an award says it was made of. */
export interface BoundAward {
  readonly pathway: BoundPart
  readonly policy: AwardPolicy
  /** Components, and statements of equivalence among them. */
  readonly parts: readonly BoundPart[]
}

/** Parts of one award that are read; each may cost a verification. */
export const maxParts = 100

/** Type of the terms of use that name a pathway; the policy follows. */
export const termsPrefix = 'urn:rootmark:pathway:'

/** What an award says of itself; `undefined` for a credential that is none. The document is untrusted: throws `InvalidInputError` with the place. */
export function readAward(document: JsonObject): BoundAward | undefined {
  const terms = membersOf(document, 'termsOfUse', '').flatMap(({ value, pointer }) => {
    const types = membersOf(value, 'type', pointer).map((type) => type.value)
    const named = types.filter((type) => typeof type === 'string' && type.startsWith(termsPrefix))
    return named.map((type) => ({ type: type as string, value, pointer }))
  })
  const [named] = terms
  if (!named) return undefined
  if (terms.length > 1) throw malformed('it names more than one pathway', '/termsOfUse')
  const policy = awardPolicies.find((name) => named.type === termsPrefix + name)
  if (!policy) throw malformed('its policy is none that is known', `${named.pointer}/type`)
  const id = isObject(named.value) ? named.value['id'] : undefined
  const resources = membersOf(document, 'relatedResource', '')
  if (resources.length > maxParts + 1) {
    throw malformed(`it binds more than ${maxParts} parts`, '/relatedResource')
  }
  const bound = resources.map(({ value, pointer }) => boundPart(value, pointer))
  if (new Set(bound.map((part) => part.id)).size !== bound.length) {
    throw malformed('it binds one part twice', '/relatedResource')
  }
  const pathway = bound.find((part) => part.id === id)
  if (!pathway) throw malformed('it does not bind its pathway by a digest', '/relatedResource')
  return { pathway, policy, parts: bound.filter((part) => part !== pathway) }
}

function boundPart(value: unknown, pointer: string): BoundPart {
  const resource = isObject(value as never) ? (value as JsonObject) : {}
  const { id } = resource
  if (typeof id !== 'string') throw malformed('a part has no id', pointer)
  const { hash, bytes } = parseMultibaseDigest(
    resource['digestMultibase'],
    `${pointer}/digestMultibase`,
  )
  if (hash !== 'sha256') throw malformed('a part is bound by another hash than SHA-256', pointer)
  return { id, digest: bytes }
}

function malformed(what: string, pointer: string): InvalidInputError {
  return new InvalidInputError(
    'award_malformed',
    `this is no award as it should be: ${what}`,
    pointer,
  )
}

/** The same in brief, for the report of the award by itself. */
export function summarizeAward(document: JsonObject): AwardSummary | undefined {
  try {
    const award = readAward(document)
    if (!award) return undefined
    const { pathway, policy, parts } = award
    return { pathway: pathway.id, policy, parts: parts.map(({ id }) => id) }
  } catch (thrown) {
    if (thrown instanceof InvalidInputError) return { problem: thrown.message }
    throw thrown
  }
}
