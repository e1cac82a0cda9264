import { type BoundPart, termsPrefix } from './award-terms.ts'
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
import { canonicalForm, digestOf } from './digest.ts'
import { InvalidInputError } from './error.ts'
import { sha256 } from './hash.ts'
import type { Learner } from './learner.ts'
import { uuidUrn } from './making.ts'
import type { Pathway } from './pathway/pathway.ts'

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
