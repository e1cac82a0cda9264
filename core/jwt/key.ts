import type { Json, JsonObject } from '../canonical.ts'
import { findEntry, type Method, methodIds, parseKey } from '../did-document.ts'
import type { ResolveDid } from '../did-resolver.ts'
import { InvalidInputError, messageOf } from '../error.ts'
import { isObject } from '../i-json.ts'
import { toJwk } from '../jwk.ts'
import type { ProofResult } from '../proof-set.ts'

/** The key that a token says it was signed with, and who is known to hold it. The key itself is not looked at. */
export interface TokenKey
  extends Pick<ProofResult, 'verificationMethod' | 'controller' | 'stray'>,
    Partial<Pick<Method, 'expires' | 'revoked'>> {
  readonly jwk: Json
}

/** Whose token it is, and how documents are read. */
export interface KeySearch {
  readonly issuerId: string
  readonly resolveDid: ResolveDid
  readonly readDocument: (url: string) => Promise<unknown>
}

/** A did:jwk of the largest RSA key that is taken has half of it. */
export const maxKidLength = 4_000

/** Keys of one document that are compared with the one a token carries. */
const maxKeys = 50

/**
 * Finds the key of a token: by `kid` as the URL of a key (a DID URL, or an https URL of a JWK, a JWK Set or a controller document), by
 * `kid` as a name that the issuer's DID document knows, or in the header itself. Open Badges 3.0 §8.2.3, VC-JOSE-COSE §4.
 *
 * `jku`, `x5u` and `x5c` are never looked at. A key in the header beside a `kid` that leads to one is not used: anybody may put it
 * there. Throws `InvalidInputError`; `key_unreachable` where a document could not be read.
 */
export async function findTokenKey(header: JsonObject, search: KeySearch): Promise<TokenKey> {
  const { kid, jwk } = header
  if (kid !== undefined && (typeof kid !== 'string' || kid.length > maxKidLength)) {
    throw new InvalidInputError(
      'key_malformed',
      'expected kid to be a text, and no long one',
      '/kid',
    )
  }
  if (kid?.startsWith('did:')) return keyOfDid(kid, search)
  if (kid !== undefined && /^https:\/\//i.test(kid)) return keyAtUrl(kid, search)
  if (jwk !== undefined) {
    const named = kid === undefined ? undefined : await keyNamed(kid, search).catch(onlyRefused)
    return named ?? heldBy(jwk, undefined, { search, stray: 'self_asserted' })
  }
  const named = await keyNamed(kid, search)
  if (named) return named
  throw new InvalidInputError(
    'jwt_key_unnamed',
    'the token does not say with which key it was signed, in a way that leads to one',
    '/kid',
  )
}

/** Where the issuer's document cannot help, the key in the header is all there is. */
function onlyRefused(thrown: unknown): undefined {
  if (!(thrown instanceof InvalidInputError)) throw thrown
}

async function keyOfDid(kid: string, { resolveDid }: KeySearch): Promise<TokenKey> {
  const [did = ''] = kid.split('#')
  const document = await resolve(did, resolveDid)
  return keyOfMethod(document, kid === did ? onlyMethod(document) : kid, did)
}

/** The key that the issuer's own DID document knows under a name, or the only one that it lists. `undefined` for other issuers. */
async function keyNamed(
  name: string | undefined,
  { issuerId, resolveDid }: KeySearch,
): Promise<TokenKey | undefined> {
  if (!issuerId.startsWith('did:')) return undefined
  const document = await resolve(issuerId, resolveDid)
  if (name === undefined) return keyOfMethod(document, onlyMethod(document), issuerId)
  const id = name.startsWith('#') ? `${issuerId}${name}` : `${issuerId}#${name}`
  const ids = methodIds(document, 'assertionMethod').slice(0, maxKeys)
  const found =
    ids.find((one) => one === id) ??
    ids.find((one) => kidOf(entryOf(document, one, issuerId)) === name)
  return keyOfMethod(document, found ?? id, issuerId)
}

function onlyMethod(document: JsonObject): string {
  const [id, second] = methodIds(document, 'assertionMethod')
  if (id !== undefined && second === undefined) return id
  throw new InvalidInputError(
    'method_missing',
    'the token does not say with which of several keys it was signed, or there is none',
    '/kid',
  )
}

/** A key at an https URL: the issuer's where it lies at the origin that the issuer is named by, which only the issuer can write to. */
async function keyAtUrl(kid: string, search: KeySearch): Promise<TokenKey> {
  const [url = ''] = kid.split('#')
  const document = await read(url, search.readDocument)
  const found =
    isObject(document) && document['verificationMethod'] !== undefined
      ? keyOfMethod(document, kid, url)
      : { jwk: keyIn(document, kid), verificationMethod: kid, controller: undefined }
  const isOwn = /^https:/i.test(search.issuerId) && originOf(search.issuerId) === originOf(url)
  if (isOwn) return { ...found, controller: search.issuerId }
  return { ...found, ...(await heldBy(found.jwk, kid, { search, stray: 'elsewhere' })) }
}

/** The key in a JWK, or in a JWK Set (RFC 7517 §5) by its `kid`, which is the fragment of the URL or all of it. */
function keyIn(document: unknown, kid: string): Json {
  const [url = '', name = kid] = kid.split('#')
  const value = isObject(document) ? document : {}
  if (value['kty'] !== undefined) return value
  const { keys } = value
  const all: readonly Json[] = Array.isArray(keys) ? keys : []
  const named = all.filter((key) => [kid, name].includes(kidOf(key) ?? ''))
  const [jwk, second] = named.length === 0 && name === kid ? all : named
  if (jwk !== undefined && second === undefined) return jwk
  throw new InvalidInputError('method_missing', `${url.slice(0, 200)} lists no key of that name`)
}

/** Whose is a key that was found at no place of the issuer's? Only the issuer's DID document could say that it is its own. */
async function heldBy(
  jwk: Json,
  name: string | undefined,
  { search, stray }: { readonly search: KeySearch; readonly stray: 'self_asserted' | 'elsewhere' },
): Promise<TokenKey> {
  const { issuerId, resolveDid } = search
  const unknown = { jwk, verificationMethod: name, controller: undefined, stray }
  if (!issuerId.startsWith('did:')) return unknown
  const document = await resolve(issuerId, resolveDid).catch(onlyRefused)
  if (!document) return unknown
  const thumbprint = await thumbprintOf(jwk)
  for (const id of methodIds(document, 'assertionMethod').slice(0, maxKeys)) {
    const entry = entryOf(document, id, issuerId)
    if (entry && (await thumbprintOf(entry).catch(onlyRefused)) === thumbprint) {
      return keyOfMethod(document, id, issuerId)
    }
  }
  // The issuer says which keys are its own: this one is somebody else's.
  return { jwk, verificationMethod: name ?? thumbprint, controller: undefined }
}

function keyOfMethod(document: JsonObject, methodId: string, did: string): TokenKey {
  const { id, controller, entry, expires, revoked } = findEntry(
    document,
    methodId,
    'assertionMethod',
  )
  // A document may name any controller for a key; only that which is its own is known to hold it.
  if (document['id'] !== did || controller !== did) {
    throw new InvalidInputError(
      'controller_mismatch',
      `the document of ${did.slice(0, 200)} says that somebody else controls the key`,
    )
  }
  return { jwk: jwkOf(entry), verificationMethod: id, controller, expires, revoked }
}

function entryOf(document: JsonObject, id: string, did: string): Json | undefined {
  try {
    return keyOfMethod(document, id, did).jwk
  } catch (thrown) {
    return onlyRefused(thrown)
  }
}

function jwkOf(entry: JsonObject): Json {
  return entry['publicKeyJwk'] ?? toJwk(parseKey(entry))
}

function kidOf(jwk: Json | undefined): string | undefined {
  const kid = isObject(jwk) ? jwk['kid'] : undefined
  return typeof kid === 'string' ? kid : undefined
}

/** RFC 9278: a name that every key has. */
async function thumbprintOf(jwk: Json): Promise<string> {
  const { calculateJwkThumbprintUri } = await import('jose')
  try {
    return await calculateJwkThumbprintUri(jwk as Parameters<typeof calculateJwkThumbprintUri>[0])
  } catch {
    throw new InvalidInputError('key_malformed', 'the key cannot be read: it is no JSON Web Key')
  }
}

function resolve(did: string, resolveDid: ResolveDid): Promise<JsonObject> {
  return resolveDid(did).catch((thrown: unknown) => unreachable(did, thrown))
}

function read(url: string, readDocument: KeySearch['readDocument']): Promise<unknown> {
  return readDocument(url).catch((thrown: unknown) =>
    unreachable(url, new Error(messageOf(thrown))),
  )
}

function unreachable(what: string, thrown: unknown): never {
  if (thrown instanceof InvalidInputError) throw thrown
  throw new InvalidInputError(
    'key_unreachable',
    `the document of ${what.slice(0, 200)} could not be read: ${messageOf(thrown).slice(0, 200)}`,
  )
}

function originOf(url: string): string | undefined {
  return URL.canParse(url) ? new URL(url).origin : undefined
}
