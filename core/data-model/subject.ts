import type { JsonObject } from '../canonical.ts'
import { checkId } from './identifier.ts'
import { type Problems, problem } from './problem.ts'
import { eachObject } from './typed-object.ts'

/** `credentialSubject`: one or more objects, each of which says something. VC 2.0 §4.8, VC 1.1 §4.4. */
export function* checkSubjects(credential: JsonObject): Problems {
  if (credential['credentialSubject'] === undefined) {
    yield problem(
      'subject_missing',
      'expected a credentialSubject: whom or what the credential is about',
      '/credentialSubject',
    )
    return
  }
  yield* eachObject(credential, 'credentialSubject', checkSubject)
}

function* checkSubject(subject: JsonObject, pointer: string): Problems {
  if (Object.keys(subject).length === 0) {
    yield problem('subject_empty', 'the subject says nothing; give it at least one claim', pointer)
  }
  yield* checkId(subject, pointer)
}
