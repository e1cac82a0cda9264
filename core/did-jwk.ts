import { fromMultibase } from './bytes.ts'
import type { JsonObject } from './canonical.ts'
import { InvalidInputError } from './error.ts'
import { isObject } from './i-json.ts'
import { parseJson } from './json.ts'

/** A JSON Web Key is small: RSA keys of 8,192 bits take less than half of this. */
const keyLimits = { bytes: 4_096, depth: 4, values: 40 }

/** The document of a did:jwk, which is the key itself (did:jwk method specification §4.2). Untrusted; throws `InvalidInputError`. */
export function didJwkDocument(did: string): JsonObject {
  const key = parseKey(did.slice('did:jwk:'.length))
  const id = `${did}#0`
  const method = { id, type: 'JsonWebKey2020', controller: did, publicKeyJwk: key }
  const signs = key['use'] !== 'enc'
  return {
    '@context': ['https://www.w3.org/ns/did/v1', 'https://w3id.org/security/suites/jws-2020/v1'],
    id: did,
    verificationMethod: [method],
    ...(signs && { assertionMethod: [id], authentication: [id] }),
  }
}

function parseKey(text: string): JsonObject {
  try {
    const key = parseJson(fromMultibase(`u${text}`), keyLimits)
    if (isObject(key) && typeof key['kty'] === 'string') return key
  } catch (thrown) {
    if (!(thrown instanceof InvalidInputError)) throw thrown
  }
  throw new InvalidInputError('did_jwk_malformed', 'the did:jwk holds no JSON Web Key')
}
