import type { Json, JsonObject } from './canonical.ts'
import { InvalidInputError } from './error.ts'
import { proofsOf } from './proof.ts'

/**
 * What a proof covers: the document without proofs, but with those that the proof names as previous. VC Data Integrity §4.5.
 *
 * Throws `InvalidInputError` (`previous_proof_missing`, `proof_ambiguous`) where a previous proof is not there, or twice.
 */
export function securedDocument(document: JsonObject, proof: JsonObject): JsonObject {
  const { proof: _, ...unsecured } = document
  const names = previousOf(proof)
  if (names.length === 0) return unsecured
  const previous = names.map((name) => findProof(document, name))
  return { ...unsecured, proof: previous }
}

/** The ids of the proofs that a proof covers beside the document. */
export function previousOf(proof: JsonObject): readonly string[] {
  const { previousProof } = proof
  if (previousProof === undefined) return []
  const names: readonly Json[] = Array.isArray(previousProof)
    ? previousProof
    : [previousProof as Json]
  return names.map((name) => {
    if (typeof name === 'string' && name !== '') return name
    throw new InvalidInputError('previous_proof_malformed', 'expected the id of a proof')
  })
}

function findProof(document: JsonObject, id: string): Json {
  const found = proofsOf(document).filter((proof) => (proof as JsonObject | null)?.['id'] === id)
  const [proof, second] = found
  if (proof === undefined) {
    throw new InvalidInputError(
      'previous_proof_missing',
      `there is no proof with the id ${JSON.stringify(id.slice(0, 100))}, which another one builds on`,
    )
  }
  if (second === undefined) return proof
  throw new InvalidInputError('proof_ambiguous', 'two proofs have the same id')
}

/**
 * Throws `InvalidInputError` where a proof that this one builds on is not there (`previous_proof_missing`) or where one builds on
 * itself (`previous_proof_cycle`). The document is untrusted.
 */
export function checkChain(proof: JsonObject, document: JsonObject): void {
  const settled = new Set<string>()
  const visit = (member: JsonObject, path: readonly string[]): void => {
    for (const name of previousOf(member)) {
      if (path.includes(name)) throw cycle()
      if (settled.has(name)) continue
      for (const previous of proofsOf(securedDocument(document, { previousProof: name }))) {
        visit(previous as JsonObject, [...path, name])
      }
      settled.add(name)
    }
  }
  const { id } = proof
  visit(proof, typeof id === 'string' ? [id] : [])
}

function cycle(): InvalidInputError {
  return new InvalidInputError('previous_proof_cycle', 'proofs build on one another in a circle')
}
