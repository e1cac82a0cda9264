import type { JsonObject } from './canonical.ts'
import { decompressPoint, isOnCurve } from './curve-point.ts'
import { InvalidInputError } from './error.ts'
import { toJwk } from './jwk.ts'
import { formatMultikey, type KeyType, type PublicKey, parseMultikey } from './multikey.ts'
import { montgomeryKey } from './x25519.ts'

const keyFormats = {
  Multikey: 'https://w3id.org/security/multikey/v1',
  JsonWebKey2020: 'https://w3id.org/security/suites/jws-2020/v1',
  Ed25519VerificationKey2020: 'https://w3id.org/security/suites/ed25519-2020/v1',
  X25519KeyAgreementKey2020: 'https://w3id.org/security/suites/x25519-2020/v1',
} as const

type KeyFormat = keyof typeof keyFormats

/** Formats that other resolvers offer as experiments; this one does not. */
const experimentalFormats = [
  'Ed25519VerificationKey2018',
  'X25519KeyAgreementKey2019',
  'EcdsaSecp256k1VerificationKey2019',
  'EcdsaSecp256r1VerificationKey2019',
  'P256Key2021',
  'Bls12381G2Key2020',
]

/** How a did:key is resolved, did:key method specification §3.1. */
export interface DidKeyOptions {
  /** Type of the verification methods; `Multikey` unless stated. */
  readonly publicKeyFormat?: string
}

/**
 * The DID document that a did:key stands for. The text is untrusted.
 *
 * Throws `InvalidInputError` with the codes of the did:key method: `invalidDid`, `methodNotSupported`, `invalidPublicKeyLength`,
 * `invalidPublicKey`, `unsupportedPublicKeyType`, `invalidPublicKeyType`.
 */
export function didKeyDocument(did: string, options: DidKeyOptions = {}): JsonObject {
  const { key, agreement } = parseDidKey(did)
  const format = parseFormat(options.publicKeyFormat ?? 'Multikey')
  const isForSignatures = key.type !== 'X25519'
  const method = isForSignatures ? makeMethod(did, key, format) : undefined
  const agreementMethod = agreement && makeMethod(did, agreement, format)
  const names = method ? [method['id'] as string] : []
  return {
    '@context': ['https://www.w3.org/ns/did/v1', keyFormats[format]],
    id: did,
    verificationMethod: [method, agreementMethod].filter((item) => item !== undefined),
    ...(isForSignatures && {
      authentication: names,
      assertionMethod: names,
      capabilityDelegation: names,
      capabilityInvocation: names,
    }),
    ...(agreementMethod && { keyAgreement: [agreementMethod['id'] as string] }),
  }
}

/** The verification method that a did:key URL with a fragment names; throws as `didKeyDocument` does, and `invalidDidUrl`. */
export function didKeyMethod(didUrl: string, options: DidKeyOptions = {}): JsonObject {
  const [did, fragment] = didUrl.split('#') as [string, string | undefined]
  if (!/^[A-Za-z0-9:.%_-]+#[A-Za-z0-9]+$/.test(didUrl) || fragment === undefined) {
    throw new InvalidInputError('invalidDidUrl', 'expected a did:key, # and a multikey')
  }
  const document = didKeyDocument(did, options)
  const methods = document['verificationMethod'] as readonly JsonObject[]
  const method = methods.find(({ id }) => id === didUrl)
  if (!method) {
    throw new InvalidInputError('invalidDidUrl', `${did} has no verification method of this name`)
  }
  return { '@context': document['@context'] as readonly string[], ...method }
}

/** The key of a did:key, and the one for encryption that goes with it: Ed25519 has one derived, X25519 is one. */
function parseDidKey(did: string): {
  readonly key: PublicKey
  readonly agreement: PublicKey | undefined
} {
  const [scheme, method, ...rest] = did.split(':')
  if (scheme !== 'did' || rest.length === 0) throw invalidDid('expected did:key:z…')
  if (method !== 'key') {
    throw new InvalidInputError('methodNotSupported', `expected did:key, found did:${method}`)
  }
  const [text, version = '1'] = rest.toReversed() as [string, string | undefined]
  if (rest.length > 2 || !/^[1-9]\d{0,8}$/.test(version)) throw invalidDid('its version is none')
  try {
    const key = parseMultikey(text)
    if (isOnCurve(key.type)) decompressPoint(key.type, key.bytes)
    if (key.type !== 'Ed25519') return { key, agreement: key.type === 'X25519' ? key : undefined }
    return { key, agreement: { type: 'X25519', bytes: montgomeryKey(key.bytes) } }
  } catch (thrown) {
    if (!(thrown instanceof InvalidInputError)) throw thrown
    const code = codes[thrown.code]
    throw code ? new InvalidInputError(code, thrown.message) : invalidDid(thrown.message)
  }
}

/** What the did:key method calls the ways in which a multikey can be wrong, §3.1.2. */
const codes: Readonly<Record<string, string>> = {
  key_length: 'invalidPublicKeyLength',
  key_type_unknown: 'unsupportedPublicKeyType',
  key_malformed: 'invalidPublicKey',
}

function invalidDid(message: string): InvalidInputError {
  return new InvalidInputError('invalidDid', `this is no did:key: ${message}`)
}

function parseFormat(name: string): KeyFormat {
  if (Object.hasOwn(keyFormats, name)) return name as KeyFormat
  const code = experimentalFormats.includes(name)
    ? 'invalidPublicKeyType'
    : 'unsupportedPublicKeyType'
  const known = Object.keys(keyFormats).join(', ')
  throw new InvalidInputError(code, `expected a publicKeyFormat of ${known}`)
}

function makeMethod(did: string, key: PublicKey, asked: KeyFormat): JsonObject {
  const text = formatMultikey(key)
  const format = formatFor(key.type, asked)
  const method = { id: `${did}#${text}`, type: format, controller: did }
  return format === 'JsonWebKey2020'
    ? { ...method, publicKeyJwk: toJwk(key) }
    : { ...method, publicKeyMultibase: text }
}

/** The suites of 2020 have a type each for signatures and for encryption. */
function formatFor(type: KeyType, asked: KeyFormat): KeyFormat {
  if (asked === 'Multikey') return asked
  if (asked === 'JsonWebKey2020' && type !== 'BLS12-381 G2') return asked
  if (type === 'X25519') return 'X25519KeyAgreementKey2020'
  if (type === 'Ed25519') return 'Ed25519VerificationKey2020'
  throw new InvalidInputError('invalidPublicKeyType', `a key of type ${type} is no ${asked}`)
}
