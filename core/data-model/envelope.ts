import type { Json, JsonObject } from '../canonical.ts'
import { pointerTo } from '../error.ts'
import { baseContexts } from './context.ts'
import { type Problem, type Problems, problem } from './problem.ts'
import { typesOf } from './type.ts'

const credentialEnvelope = 'EnvelopedVerifiableCredential'
const envelopes = [credentialEnvelope, 'EnvelopedVerifiablePresentation']

/** Media types of a credential as JSON Web Token: VC-JOSE-COSE §6.1, an earlier draft of it, and RFC 7519 §10.3. */
const tokenTypes = ['application/vc+jwt', 'application/vc-ld+jwt', 'application/jwt']

/** Is the document within a JOSE or COSE envelope instead of carrying its proof? VC 2.0 §4.13.1 and §4.13.2. */
export function isEnveloped(document: JsonObject): boolean {
  return typesOf(document).some((type) => envelopes.includes(type))
}

/** The form of an envelope, which is untrusted: VC 2.0 §4.13.1. Of those that are well-formed, the ones with a JSON Web Token are opened. */
export function* checkEnvelope(document: JsonObject, pointer: string): Problems {
  const types = typesOf(document)
  if (types.length !== 1 || types[0] !== credentialEnvelope) {
    yield unopened(document, pointer)
    return
  }
  const contexts: readonly Json[] = [document['@context'] ?? []].flat()
  if (!contexts.includes(baseContexts['2.0'])) {
    yield malformed(`expected @context to name ${baseContexts['2.0']}`, pointer, '@context')
  }
  const mediaType = partsOf(document)?.mediaType
  if (mediaType === undefined) {
    yield malformed('expected id to be a data: URL that holds the credential', pointer, 'id')
  } else if (!tokenTypes.includes(mediaType)) yield unopened(document, pointer)
}

/** The JSON Web Token in an envelope that `checkEnvelope` found nothing wrong with. */
export function tokenIn(document: JsonObject): string {
  return partsOf(document)?.content ?? ''
}

/** A `data:` URL, RFC 2397. What is in it is not encoded again: a token has no character that would need it. */
function partsOf(document: JsonObject) {
  const { id } = document
  if (typeof id !== 'string') return undefined
  const head = /^data:([\w.+-]+\/[\w.+-]+)(?:;[\w.+=-]*)*,/i.exec(id.slice(0, 200))
  return head && { mediaType: head[1]?.toLowerCase(), content: id.slice(head[0].length) }
}

/** What is said of an envelope: it is not opened here, which says nothing about what is in it. */
export function unopened(document: JsonObject, pointer: string): Problem {
  const type = typesOf(document).find((name) => envelopes.includes(name))
  return problem(
    'envelope_unsupported',
    `an ${type} of its kind cannot be read here; hand in the document with an embedded proof, or as a JSON Web Token`,
    pointer,
  )
}

function malformed(message: string, pointer: string, name: string): Problem {
  return problem('envelope_malformed', message, pointerTo(pointer, name))
}
