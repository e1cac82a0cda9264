import type { JsonObject } from './canonical.ts'
import { didWebUrl } from './did.ts'
import { didJwkDocument } from './did-jwk.ts'
import { didKeyDocument } from './did-key.ts'
import { InvalidInputError, messageOf } from './error.ts'
import { isObject } from './i-json.ts'

/**
 * Leads from a DID (or the https URL of a controller document) to its document. Throws `InvalidInputError` for what can never be
 * resolved here, anything else where the document cannot be had now.
 */
export type ResolveDid = (did: string) => Promise<JsonObject>

/** Resolves did:key and did:jwk by itself, did:web and controller documents through `readDocument`. The DID is untrusted. */
export function makeResolver(readDocument: (url: string) => Promise<unknown>): ResolveDid {
  return async (did) => {
    if (did.startsWith('did:key:')) return resolveDidKey(did)
    if (did.startsWith('did:jwk:')) return didJwkDocument(did)
    const url = /^https:\/\//.test(did) ? did : didWebUrl(did)
    if (url === undefined) {
      throw new InvalidInputError(
        'did_method_unsupported',
        `${did.slice(0, 100)} cannot be resolved here: expected did:key, did:jwk or did:web`,
      )
    }
    const document = await read(url, readDocument)
    if (isObject(document) && document['id'] === did) return document
    throw new InvalidInputError(
      'did_document_mismatch',
      `the document at ${url} is not that of ${did}`,
    )
  }
}

/** What cannot be had, or is not even JSON, says nothing against the DID: it is no refusal of input. */
async function read(
  url: string,
  readDocument: (url: string) => Promise<unknown>,
): Promise<unknown> {
  try {
    return await readDocument(url)
  } catch (thrown) {
    throw new Error(messageOf(thrown), { cause: thrown })
  }
}

function resolveDidKey(did: string): JsonObject {
  try {
    return didKeyDocument(did)
  } catch (thrown) {
    if (!(thrown instanceof InvalidInputError)) throw thrown
    throw new InvalidInputError('did_key_malformed', thrown.message)
  }
}
