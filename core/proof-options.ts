import type { Json, JsonObject } from './canonical.ts'
import type { Cryptosuite } from './data-integrity.ts'
import type { ProofPurpose } from './did-document.ts'
import { InvalidInputError, pointerTo } from './error.ts'
import { isObject } from './i-json.ts'
import { fromBase58, type KeyType } from './multikey.ts'
import { parseTimestamp } from './time.ts'

/** What a proof must say to count. `challenge` and `domain` are those that the verifier gave the holder. */
export interface ExpectedProof {
  readonly proofPurpose: ProofPurpose
  readonly challenge?: string
  readonly domain?: string
}

/** A proof that is well-formed and says what is expected of it. Times are milliseconds since 1970. */
export interface ParsedProof {
  readonly cryptosuite: Cryptosuite
  readonly verificationMethod: string
  readonly signature: Uint8Array
  readonly created: number | undefined
}

/** Keys that a kind of proof is made with. */
export const suiteKeys: Readonly<Record<Cryptosuite, readonly KeyType[]>> = {
  'eddsa-rdfc-2022': ['Ed25519'],
  'eddsa-jcs-2022': ['Ed25519'],
  Ed25519Signature2020: ['Ed25519'],
  'ecdsa-rdfc-2019': ['P-256', 'P-384'],
}

/** Members that are understood. */
const memberNames = [
  '@context',
  'id',
  'type',
  'cryptosuite',
  'created',
  'expires',
  'verificationMethod',
  'proofPurpose',
  'challenge',
  'domain',
  'nonce',
  'previousProof',
  'proofValue',
]

/**
 * Parses one proof, VC Data Integrity §2.1. It is untrusted. `context` is that of the document.
 *
 * Throws `InvalidInputError`: `signature_unsupported` for a kind that is not checked here, `proof_malformed`,
 * `proof_purpose_mismatch`, `challenge_mismatch`, `domain_mismatch`, `proof_expired`, `proof_context_mismatch`.
 */
export function parseProof(
  proof: Json,
  expected: ExpectedProof,
  context: Json | undefined,
  now: number,
): ParsedProof {
  if (!isObject(proof)) throw malformed('expected a proof, which is an object', '')
  const cryptosuite = parseSuite(proof)
  checkPurpose(proof, expected)
  if (cryptosuite === 'eddsa-jcs-2022') checkContext(proof['@context'], context)
  const created = timeAt(proof, 'created')
  const expires = timeAt(proof, 'expires')
  if (expires !== undefined && expires < now) {
    throw new InvalidInputError('proof_expired', 'it has expired', '/expires')
  }
  const signature = fromBase58(textAt(proof, 'proofValue'), '/proofValue')
  if (signature.length !== 64 && signature.length !== 96) {
    throw malformed(`a signature has 64 or 96 bytes, this one ${signature.length}`, '/proofValue')
  }
  return { cryptosuite, verificationMethod: parseMethod(proof), signature, created }
}

/**
 * Throws `InvalidInputError` (`proof_member_unknown`) where a proof that fits says more than is understood here: by a trick of
 * contexts, another name may stand for its expiry.
 */
export function checkMembers(proof: JsonObject): void {
  const unknown = Object.keys(proof).find((name) => !memberNames.includes(name))
  if (unknown === undefined) return
  throw new InvalidInputError(
    'proof_member_unknown',
    `${JSON.stringify(unknown.slice(0, 60))} is no member of a proof that is known here`,
    pointerTo('', unknown),
  )
}

function parseSuite(proof: JsonObject): Cryptosuite {
  const type = textAt(proof, 'type')
  const isNamed = type === 'DataIntegrityProof'
  const suite = isNamed ? textAt(proof, 'cryptosuite') : type
  if (Object.hasOwn(suiteKeys, suite) && isNamed === (suite !== 'Ed25519Signature2020')) {
    return suite as Cryptosuite
  }
  throw new InvalidInputError(
    'signature_unsupported',
    `a proof of the kind ${suite.slice(0, 60)} cannot be checked here`,
    '/type',
  )
}

function parseMethod(proof: JsonObject): string {
  const url = textAt(proof, 'verificationMethod')
  if (/^(?:did:[a-z0-9]+:|https:\/\/)[^\s#"<>{}|\\^`]+#[^\s#"<>{}|\\^`]+$/.test(url)) return url
  throw malformed('expected the URL of a key', '/verificationMethod')
}

function checkPurpose(proof: JsonObject, expected: ExpectedProof): void {
  const { proofPurpose, challenge, domain } = expected
  if (proof['proofPurpose'] !== proofPurpose) {
    throw new InvalidInputError(
      'proof_purpose_mismatch',
      `expected a proof for ${proofPurpose}`,
      '/proofPurpose',
    )
  }
  if (challenge !== undefined && proof['challenge'] !== challenge) {
    throw new InvalidInputError('challenge_mismatch', 'it answers another challenge', '/challenge')
  }
  const domains: readonly Json[] = [proof['domain'] ?? []].flat()
  if (domain !== undefined && !domains.includes(domain)) {
    throw new InvalidInputError('domain_mismatch', 'it is meant for another domain', '/domain')
  }
}

/** The contexts that were signed must begin those of the document; what follows them was added later. vc-di-eddsa §3.3.2. */
function checkContext(signed: Json | undefined, context: Json | undefined): void {
  if (signed === undefined) return
  const ours: readonly Json[] = [signed].flat()
  const theirs: readonly Json[] = [context ?? []].flat()
  const isPrefix = ours.every((item, i) => JSON.stringify(item) === JSON.stringify(theirs[i]))
  if (isPrefix) return
  throw new InvalidInputError(
    'proof_context_mismatch',
    'it was made for other contexts than those of the document',
    '/@context',
  )
}

function timeAt(proof: JsonObject, name: 'created' | 'expires'): number | undefined {
  const value = proof[name]
  return value === undefined ? undefined : parseTimestamp(value, pointerTo('', name))
}

function textAt(proof: JsonObject, name: string): string {
  const value = proof[name]
  if (typeof value === 'string' && value !== '') return value
  throw malformed(`expected ${name}, a text`, pointerTo('', name))
}

function malformed(message: string, pointer: string): InvalidInputError {
  return new InvalidInputError('proof_malformed', message, pointer)
}
