import type { Json, JsonObject } from './canonical.ts'
import { InvalidInputError, pointerTo } from './error.ts'
import { isObject } from './i-json.ts'
import { parseJwk } from './jwk.ts'
import { fromBase58, type PublicKey, parseMultikey } from './multikey.ts'
import { parseTimestamp } from './time.ts'

/** What a key may be used for. Controlled Identifiers §2.3. */
export type ProofPurpose = 'assertionMethod' | 'authentication'

/** A key of a DID document. Times are milliseconds since 1970. */
export interface VerificationMethod extends Omit<Method, 'entry'> {
  readonly key: PublicKey
}

/** What a DID document says of a key, whose own members stand in `entry`. */
export interface Method {
  readonly id: string
  readonly controller: string
  readonly entry: JsonObject
  readonly expires: number | undefined
  readonly revoked: number | undefined
}

/** Methods that are looked through; a document with more is not a person's or an organisation's. */
const maxMethods = 200

/**
 * The key that a DID document lists under `methodId` for a purpose. The document is untrusted.
 *
 * Throws `InvalidInputError`: `method_missing` where it has no such key, `method_purpose` where it lists the key, but not for this
 * purpose, and the code of a key that cannot be read (`key_malformed`, `key_type_unknown`, …; `key_format_unknown` where another verifier may know it).
 */
export function findMethod(
  document: JsonObject,
  methodId: string,
  purpose: ProofPurpose,
): VerificationMethod {
  const { entry, ...method } = findEntry(document, methodId, purpose)
  return { ...method, key: parseKey(entry) }
}

/** The ids of all keys that a DID document lists for a purpose. */
export function methodIds(document: JsonObject, purpose: ProofPurpose): readonly string[] {
  const base = textAt(document, 'id', '')
  return listAt(document, purpose)
    .map((entry) => (isObject(entry) ? entry['id'] : entry))
    .filter((id) => typeof id === 'string')
    .map((id) => (id.startsWith('#') ? `${base}${id}` : id))
}

/** As `findMethod`, for keys of any kind: they are left to the caller to read. */
export function findEntry(document: JsonObject, methodId: string, purpose: ProofPurpose): Method {
  const base = textAt(document, 'id', '')
  const embedded = listAt(document, purpose)
  const idOf = (entry: Json): string | undefined => {
    const id = isObject(entry) ? entry['id'] : entry
    return typeof id === 'string' && id.startsWith('#') ? `${base}${id}` : (id as string)
  }
  const entries = [...listAt(document, 'verificationMethod'), ...embedded]
  const found = entries.filter((entry) => isObject(entry) && idOf(entry) === methodId)
  const [method, second] = found
  if (!isObject(method)) {
    throw new InvalidInputError('method_missing', `${base} lists no key ${methodId.slice(0, 200)}`)
  }
  if (second) {
    throw new InvalidInputError('method_ambiguous', `${base} lists two keys of one name`)
  }
  if (!embedded.some((entry) => idOf(entry) === methodId)) {
    throw new InvalidInputError(
      'method_purpose',
      `${base} does not list the key for ${purpose}`,
      `/${purpose}`,
    )
  }
  return {
    id: methodId,
    controller: textAt(method, 'controller', '/verificationMethod'),
    entry: method,
    expires: timeAt(method, 'expires'),
    revoked: timeAt(method, 'revoked'),
  }
}

/** Multikey, the suites' own types for Ed25519, and JSON Web Keys. */
export function parseKey(method: JsonObject): PublicKey {
  const pointer = '/verificationMethod'
  const textOf = (name: string): string => {
    const text = method[name]
    if (typeof text === 'string') return text
    throw new InvalidInputError('key_malformed', `expected ${name}`, pointerTo(pointer, name))
  }
  switch (method['type']) {
    case 'Multikey':
    case 'Ed25519VerificationKey2020':
      return parseMultikey(textOf('publicKeyMultibase'), `${pointer}/publicKeyMultibase`)
    case 'JsonWebKey':
    case 'JsonWebKey2020':
      return parseJwk(method['publicKeyJwk'], `${pointer}/publicKeyJwk`)
    case 'Ed25519VerificationKey2018': {
      const bytes = fromBase58(`z${textOf('publicKeyBase58')}`, `${pointer}/publicKeyBase58`)
      if (bytes.length === 32) return { type: 'Ed25519', bytes }
      throw new InvalidInputError('key_length', 'expected 32 bytes', pointer)
    }
    default:
      throw new InvalidInputError(
        'key_format_unknown',
        `a verification method of type ${JSON.stringify(method['type'])?.slice(0, 60)} is not known here`,
        pointer,
      )
  }
}

function listAt(document: JsonObject, name: string): readonly Json[] {
  const value = document[name]
  if (value === undefined) return []
  const list: readonly Json[] = Array.isArray(value) ? value : [value as Json]
  if (list.length <= maxMethods) return list
  throw new InvalidInputError('methods_too_many', `more than ${maxMethods} entries`, `/${name}`)
}

function textAt(object: JsonObject, name: string, pointer: string): string {
  const value = object[name]
  if (typeof value === 'string' && value !== '') return value
  throw new InvalidInputError('did_document_malformed', `expected a text`, pointerTo(pointer, name))
}

function timeAt(method: JsonObject, name: string): number | undefined {
  const value = method[name]
  return value === undefined ? undefined : parseTimestamp(value, `/verificationMethod/${name}`)
}
