import type { JsonObject } from '../canonical.ts'
import { type Problem, problem } from './problem.ts'
import { typesOf } from './type.ts'

const envelopes = ['EnvelopedVerifiableCredential', 'EnvelopedVerifiablePresentation']

/** Is the document within a JOSE or COSE envelope instead of carrying its proof? VC 2.0 §4.13.1 and §4.13.2. */
export function isEnveloped(document: JsonObject): boolean {
  return typesOf(document).some((type) => envelopes.includes(type))
}

/** What is said of an envelope: it is not opened here, which says nothing about what is in it. */
export function unopened(document: JsonObject, pointer: string): Problem {
  const type = typesOf(document).find((name) => envelopes.includes(name))
  return problem(
    'envelope_unsupported',
    `an ${type} (JOSE or COSE) cannot be read here; hand in the document with an embedded proof`,
    pointer,
  )
}
