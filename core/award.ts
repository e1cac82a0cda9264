import {
  assembleBatch,
  type Batch,
  type BatchRequest,
  planBatch,
  type Random,
  targetOf,
} from './batch.ts'
import { concatBytes, toMultibase } from './bytes.ts'
import type { JsonObject } from './canonical.ts'
import { makeCredential } from './credential.ts'
import { parseMultibaseDigest } from './data-model/resource-digest.ts'
import { canonicalForm, digestOf } from './digest.ts'
import { InvalidInputError } from './error.ts'
import { sha256 } from './hash.ts'
import { isObject } from './i-json.ts'
import type { Learner } from './learner.ts'
import { uuidUrn } from './making.ts'
import { membersOf } from './open-badges/member.ts'
import { type AwardPolicy, awardPolicies, type Pathway } from './pathway/pathway.ts'

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
const termsPrefix = 'urn:rootmark:pathway:'

/** A credential, or a statement, as an award binds it. Throws `InvalidInputError` where it has no id. */
export function partOf(document: JsonObject): BoundPart {
  const { id } = document
  if (typeof id !== 'string') {
    throw new InvalidInputError(
      'component_id_missing',
      'it has no id, so no award can name it',
      '/id',
    )
  }
  return { id, digest: sha256(canonicalForm(document)) }
}

/** The members by which a credential is an award: its pathway and policy as terms of use, and every part with its digest. VC 2.0 §5.3 and §5.5. */
export function awardMembers(pathway: Pathway, parts: readonly BoundPart[]): JsonObject {
  const bound = (part: BoundPart, mediaType: string): JsonObject => ({
    id: part.id,
    mediaType,
    digestMultibase: toMultibase(concatBytes(sha256Multihash, part.digest)),
  })
  return {
    termsOfUse: [{ id: pathway.id, type: `${termsPrefix}${pathway.policy}` }],
    relatedResource: [
      bound(pathway, 'application/json'),
      ...parts.map((part) => bound(part, 'application/vc')),
    ],
  }
}

/** Multihash code and length of SHA-256. */
const sha256Multihash = Uint8Array.of(0x12, 0x20)

/**
 * Issues awards as one batch: to the learner at place i, the award of `parts[i]`. Everything is drawn and anchored as in any batch.
 *
 * Whether the parts fulfil the pathway is not asked here: `qualify` does, before. Throws `InvalidInputError`.
 */
export function issueAwards(
  request: BatchRequest,
  pathway: Pathway,
  parts: readonly (readonly BoundPart[])[],
  random: Random,
): Batch {
  const { terms, seats } = planBatch(request, random)
  const entries = Array.from(seats, (seat, statusIndex) => {
    const learner = request.learners[seat] as Learner
    const draw = { id: uuidUrn(random), statusIndex, identitySalt: random(16) }
    const credential = {
      ...makeCredential(terms, learner, draw),
      ...awardMembers(pathway, parts[seat] ?? []),
    }
    const salt = random(32)
    return { credential, salt, digest: digestOf(credential, salt) }
  })
  return assembleBatch(request.id, targetOf(request), entries)
}

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
