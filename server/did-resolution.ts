import type { JsonObject } from '../core/canonical.ts'
import { didKeyDocument, didKeyMethod } from '../core/did-key.ts'
import { InvalidInputError } from '../core/error.ts'
import { ownDidDocument } from './own-dids.ts'
import type { Service } from './service.ts'

/** What is answered over HTTP, DID Resolution 0.3 §7. */
export interface Resolution {
  readonly status: number
  readonly body: JsonObject
}

/** Longer texts are no DID of a method that is known here. */
const maxLength = 1000
const didPattern = /^did:[a-z0-9]+:[A-Za-z0-9._:%-]+$/
const webUrlPattern = /^(did:web:[A-Za-z0-9._:%-]+)#([A-Za-z0-9._-]+)$/

/** Resolves a DID, or finds the verification method that a DID URL names. The text is untrusted; nothing is fetched. */
export async function resolveDid(
  place: Pick<Service, 'config' | 'database' | 'chain'>,
  text: string,
  options: { readonly publicKeyFormat?: string } = {},
): Promise<Resolution> {
  const isUrl = /[#?/]/.test(text)
  try {
    const document = await find(place, text, isUrl, options)
    return { status: 200, body: answer(isUrl, document, { contentType: 'application/did+json' }) }
  } catch (thrown) {
    if (!(thrown instanceof InvalidInputError)) throw thrown
    const metadata = { error: thrown.code, message: thrown.message }
    return { status: statusOf(thrown.code), body: answer(isUrl, {}, metadata) }
  }
}

async function find(
  place: Pick<Service, 'config' | 'database' | 'chain'>,
  text: string,
  isUrl: boolean,
  options: { readonly publicKeyFormat?: string },
): Promise<JsonObject> {
  const invalid = isUrl ? 'invalidDidUrl' : 'invalidDid'
  if (text.length > maxLength) throw new InvalidInputError(invalid, 'it is too long for a DID')
  if (isUrl && /^did:key:/.test(text)) return didKeyMethod(text, options)
  const [, did = text, fragment] = webUrlPattern.exec(text) ?? []
  if (!didPattern.test(did)) throw new InvalidInputError(invalid, 'expected did:method:identifier')
  if (!did.startsWith('did:web:')) return didKeyDocument(did, options)
  const document = await ownDidDocument(place, did)
  if (!document) {
    throw new InvalidInputError('notFound', `this service serves no document of ${did}`)
  }
  return fragment === undefined ? document : methodOf(document, text)
}

function methodOf(document: JsonObject, url: string): JsonObject {
  const methods = document['verificationMethod'] as readonly JsonObject[]
  const method = methods.find(({ id }) => id === url)
  if (!method) throw new InvalidInputError('notFound', 'the document lists nothing of this name')
  return { '@context': document['@context'] ?? [], ...method }
}

function answer(isUrl: boolean, document: JsonObject, metadata: JsonObject): JsonObject {
  return {
    '@context': 'https://w3id.org/did-resolution/v1',
    didDocument: document,
    didDocumentMetadata: {},
    [isUrl ? 'didDereferencingMetadata' : 'didResolutionMetadata']: metadata,
  }
}

function statusOf(code: string): number {
  if (code === 'notFound') return 404
  return code === 'methodNotSupported' ? 501 : 400
}
