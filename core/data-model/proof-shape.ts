import type { JsonObject } from '../canonical.ts'
import { pointerTo } from '../error.ts'
import { type Problems, problem, shown } from './problem.ts'
import { eachObject } from './typed-object.ts'

/** `proof`, where there is one: one or more objects, each with a type. VC Data Integrity §2.1. Whether they are true is asked elsewhere. */
export function* checkProofs(document: JsonObject): Problems {
  yield* eachObject(document, 'proof', function* (proof, pointer) {
    if (typeof proof['type'] !== 'string' || proof['type'] === '') {
      yield problem(
        'proof_malformed',
        `expected the type of the proof, such as DataIntegrityProof, found ${shown(proof['type'])}`,
        pointerTo(pointer, 'type'),
      )
    }
  })
}
