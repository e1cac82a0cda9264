import type { Json, JsonObject } from '../canonical.ts'
import { pointerTo } from '../error.ts'
import { isObject } from '../i-json.ts'
import { checkContexts, type ModelVersion, versionOf } from './context.ts'
import { checkReceivedModel, readObject } from './credential.ts'
import { checkEnvelope, isEnveloped, unopened } from './envelope.ts'
import { checkId, checkUrlOrObject } from './identifier.ts'
import { checkMeaning } from './linked-data.ts'
import { firstProblems, maxProblems, type Problem, type Problems, problem } from './problem.ts'
import { checkProofs } from './proof-shape.ts'
import { checkTypeNamed } from './type.ts'
import { checkTypedObjects, eachObject } from './typed-object.ts'

/** Credentials that are looked at in one presentation: each costs a verification, which may read documents and a chain. */
export const maxPresented = 24

/** A credential within a presentation, and where it stands. */
export interface Presented {
  readonly credential: Json
  readonly pointer: string
}

/**
 * Everything that is wrong with a presentation and the credentials in it, by the data models 2.0 (§4.13) and 1.1 (§4.10). Never
 * throws for what a JSON value can be: the presentation is untrusted, and read within `credentialLimits`.
 */
export async function checkPresentationModel(presentation: unknown): Promise<readonly Problem[]> {
  const read = readObject(presentation, 'presentation')
  if ('problem' in read) return [read.problem]
  const { document } = read
  if (isEnveloped(document)) return [unopened(document, '/type')]
  const problems = firstProblems(checkPresentation(document))
  if (problems.length > 0) return problems
  const found = [...(await checkMeaning(withoutCredentials(document)))]
  for (const { credential, pointer } of credentialsOf(document)) {
    if (found.length >= maxProblems) break
    // What is in an envelope is looked at by whoever opens it.
    if (isObject(credential) && isEnveloped(credential)) continue
    const inside = await checkReceivedModel(credential)
    found.push(...inside.map((one) => problem(one.code, one.message, pointer + one.pointer)))
  }
  return found.slice(0, maxProblems)
}

/** The credentials of a presentation, which is one of them or an array. */
export function credentialsOf(presentation: JsonObject): readonly Presented[] {
  const value = presentation['verifiableCredential']
  if (value === undefined) return []
  const place = '/verifiableCredential'
  if (!Array.isArray(value)) return [{ credential: value, pointer: place }]
  return (value as readonly Json[]).map((credential, i) => ({
    credential,
    pointer: pointerTo(place, i),
  }))
}

function* checkPresentation(presentation: JsonObject): Problems {
  const version: ModelVersion = versionOf(presentation['@context']) ?? '2.0'
  yield* checkContexts(presentation['@context'])
  yield* checkTypeNamed(presentation, 'VerifiablePresentation')
  yield* checkId(presentation, '')
  if (presentation['holder'] !== undefined) {
    yield* checkUrlOrObject(presentation['holder'], '/holder')
  }
  yield* checkTypedObjects(presentation, version)
  yield* checkProofs(presentation)
  yield* checkPresented(presentation)
}

function* checkPresented(presentation: JsonObject): Problems {
  const presented = credentialsOf(presentation)
  if (presented.length > maxPresented) {
    yield problem(
      'credentials_too_many',
      `${presented.length} credentials; at most ${maxPresented} are looked at`,
      '/verifiableCredential',
    )
    return
  }
  yield* eachObject(presentation, 'verifiableCredential', function* (credential, pointer) {
    if (isEnveloped(credential)) yield* checkEnvelope(credential, pointer)
  })
}

/** Credentials speak for themselves: within the presentation each is only that there is one. */
function withoutCredentials(presentation: JsonObject): JsonObject {
  const value = presentation['verifiableCredential']
  if (value === undefined) return presentation
  const [base] = presentation['@context'] as readonly string[]
  const stub = { '@context': [base as string], type: ['VerifiableCredential'] }
  return {
    ...presentation,
    verifiableCredential: isObject(value) ? stub : credentialsOf(presentation).map(() => stub),
  }
}
