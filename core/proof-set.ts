import type { Json, JsonObject } from './canonical.ts'
import { type Cryptosuite, hashData } from './data-integrity.ts'
import { checkMeaning } from './data-model/linked-data.ts'
import type { Problem } from './data-model/problem.ts'
import { findMethod, type VerificationMethod } from './did-document.ts'
import type { ResolveDid } from './did-resolver.ts'
import { InvalidInputError, messageOf } from './error.ts'
import { isObject } from './i-json.ts'
import { canonizeRdf, type RdfHash } from './json-ld.ts'
import { isSignedBy, requireCrypto } from './multikey.ts'
import { anchorCryptosuite, proofsOf } from './proof.ts'
import { checkChain, previousOf, securedDocument } from './proof-chain.ts'
import {
  checkMembers,
  type ExpectedProof,
  type ParsedProof,
  parseProof,
  suiteKeys,
} from './proof-options.ts'
import { makeWork, type Work } from './work.ts'

/** What one proof came to. `controller` is who holds the key, where the key could be read. */
export interface ProofResult {
  readonly proof: Json
  readonly outcome: 'valid' | 'invalid' | 'indeterminate'
  readonly code: string
  readonly message: string
  readonly verificationMethod: string | undefined
  readonly controller: string | undefined
  /** Where nothing says whose key it is, how it was found: it proves that nothing was changed, and no issuer. */
  readonly stray?: 'self_asserted' | 'elsewhere'
}

/** How proofs are checked. `now` is milliseconds since 1970. */
export interface ProofSetOptions {
  readonly resolveDid: ResolveDid
  readonly now: number
  readonly expected: ExpectedProof
  /** What may be computed, where it is shared with others. */
  readonly work?: Work | undefined
}

/** Proofs that are looked at: each costs a canonicalisation and perhaps a document to be fetched. */
const maxProofs = 16

/** Codes of what could not be checked; every other refusal makes a proof invalid. */
const unchecked = new Set([
  'signature_unsupported',
  'proof_member_unknown',
  'context_unknown',
  'did_method_unsupported',
  'key_format_unknown',
  'key_unreachable',
  'json_ld_too_complex',
  'term_redefined',
  'crypto_unavailable',
  'jwt_key_unnamed',
])

/** Does a refusal say that a proof could not be checked, rather than that it is not valid? */
export function isUnchecked(code: string): boolean {
  return unchecked.has(code)
}

/**
 * Checks every proof of a document but the anchor proof: signatures of sets and of chains, VC Data Integrity §4.5.
 *
 * One result per proof, in order; none where there is none, so that no proof must never be taken for a valid one. Never throws for
 * a bad document. The document is untrusted.
 */
export async function verifyProofs(
  document: JsonObject,
  options: ProofSetOptions,
): Promise<readonly ProofResult[]> {
  const proofs = proofsOf(document).filter((proof) => !isAnchor(proof))
  if (proofs.length > maxProofs) {
    const message = `${proofs.length} proofs; at most ${maxProofs} are checked`
    return [resultOf(proofs[0] as Json, 'indeterminate', 'proofs_too_many', message)]
  }
  const task: Task = { ...options, document, ...makeMemory(document, options) }
  const results: ProofResult[] = []
  for (const proof of proofs) results.push(await verifyProof(proof, task))
  return results
}

/** What the proofs of one document share, so that each thing is read and computed once. */
interface Task extends ProofSetOptions {
  readonly document: JsonObject
  readonly unsecured: JsonObject
  readonly canonize: (document: JsonObject, hash?: RdfHash) => Promise<string>
  /** What is wrong with the document as linked data: a signature over RDF does not cover the JSON that a verifier reads. */
  readonly meaning: () => Promise<readonly Problem[]>
}

function makeMemory(document: JsonObject, { resolveDid, work = makeWork() }: ProofSetOptions) {
  const unsecured = securedDocument(document, {})
  const canonical = new Map<RdfHash, Promise<string>>()
  const resolved = new Map<string, Promise<JsonObject>>()
  let meaning: Promise<readonly Problem[]> | undefined
  return {
    unsecured,
    meaning: () => {
      if (!meaning) {
        work.spend(unsecured)
        meaning = checkMeaning(unsecured)
      }
      return meaning
    },
    canonize: (part: JsonObject, hash: RdfHash = 'SHA-256') => {
      const known = part === unsecured ? canonical.get(hash) : undefined
      if (known) return known
      work.spend(part)
      const computed = canonizeRdf(part, hash)
      if (part === unsecured) canonical.set(hash, computed)
      return computed
    },
    resolveDid: (did: string) => {
      const known = resolved.get(did) ?? resolveDid(did)
      resolved.set(did, known)
      return known
    },
  }
}

async function verifyProof(proof: Json, task: Task): Promise<ProofResult> {
  let method: VerificationMethod | undefined
  let parsed: ParsedProof | undefined
  const conclude = (outcome: ProofResult['outcome'], code: string, message: string) => ({
    ...resultOf(proof, outcome, code, message),
    verificationMethod: parsed?.verificationMethod,
    controller: method?.controller,
  })
  try {
    const { expected, document, now } = task
    parsed = parseProof(proof, expected, document['@context'], now)
    checkChain(proof as JsonObject, document)
    method = await readMethod(parsed, task)
    checkKey(method, parsed, now)
    if (!(await isSigned(proof as JsonObject, parsed, method, task))) {
      return conclude('invalid', 'signature_invalid', 'the signature does not fit the content')
    }
    checkMembers(proof as JsonObject)
    const [problem] = await task.meaning()
    if (problem) throw new InvalidInputError(problem.code, problem.message, problem.pointer)
    return conclude('valid', 'signature_valid', `signed with ${parsed.verificationMethod}`)
  } catch (thrown) {
    if (!(thrown instanceof InvalidInputError)) throw thrown
    const outcome = isUnchecked(thrown.code) ? 'indeterminate' : 'invalid'
    return conclude(outcome, thrown.code, thrown.message)
  }
}

async function readMethod(parsed: ParsedProof, task: Task): Promise<VerificationMethod> {
  const [did] = parsed.verificationMethod.split('#') as [string]
  const document = await task.resolveDid(did).catch((thrown: unknown) => {
    if (thrown instanceof InvalidInputError) throw thrown
    throw new InvalidInputError(
      'key_unreachable',
      `the document of ${did.slice(0, 200)} could not be read: ${messageOf(thrown).slice(0, 200)}`,
    )
  })
  const method = findMethod(document, parsed.verificationMethod, task.expected.proofPurpose)
  // A document may name any controller for a key; only that which is its own is known to hold it.
  if (document['id'] === did && method.controller === did) return method
  throw new InvalidInputError(
    'controller_mismatch',
    `the document of ${did.slice(0, 200)} says that somebody else controls the key`,
  )
}

function checkKey(method: VerificationMethod, parsed: ParsedProof, now: number): void {
  const { key, expires, revoked } = method
  if (!suiteKeys[parsed.cryptosuite].includes(key.type)) {
    throw new InvalidInputError(
      'key_type_mismatch',
      `a proof of the kind ${parsed.cryptosuite} is not made with a key of type ${key.type}`,
    )
  }
  if (parsed.signature.length !== (key.type === 'P-384' ? 96 : 64)) {
    throw new InvalidInputError(
      'proof_malformed',
      'the signature has another length than the key makes',
    )
  }
  if (revoked !== undefined && revoked <= now) {
    throw new InvalidInputError('key_revoked', 'the key was revoked')
  }
  // A retired key keeps what it signed in its time.
  if (expires !== undefined && (parsed.created ?? now) >= expires) {
    throw new InvalidInputError('key_expired', 'the key had expired when it signed')
  }
}

async function isSigned(
  proof: JsonObject,
  { cryptosuite, signature }: ParsedProof,
  { key }: VerificationMethod,
  { document, unsecured, canonize }: Task,
): Promise<boolean> {
  requireCrypto()
  const chained = previousOf(proof).length > 0
  const secured = chained ? securedDocument(document, proof) : unsecured
  for (const options of readingsOf(proof, cryptosuite, document)) {
    const hash = await hashData(secured, options, cryptosuite, key.type, canonize)
    if (await isSignedBy(key, hash, signature)) return true
  }
  return false
}

/** A widespread library signs the contexts with the proof, but leaves them out of what it writes: both readings cover the same. */
function readingsOf(
  proof: JsonObject,
  cryptosuite: Cryptosuite,
  document: JsonObject,
): readonly JsonObject[] {
  const context = document['@context']
  const isOpen = cryptosuite === 'eddsa-jcs-2022' && proof['@context'] === undefined
  return isOpen && context !== undefined ? [proof, { ...proof, '@context': context }] : [proof]
}

function isAnchor(proof: Json): boolean {
  return isObject(proof) && proof['cryptosuite'] === anchorCryptosuite
}

function resultOf(
  proof: Json,
  outcome: ProofResult['outcome'],
  code: string,
  message: string,
): ProofResult {
  return { proof, outcome, code, message, verificationMethod: undefined, controller: undefined }
}
