import { sha384 } from '@noble/hashes/sha2.js'
import { concatBytes, utf8 } from './bytes.ts'
import { canonicalize, type Json, type JsonObject } from './canonical.ts'
import type { ProofPurpose } from './did-document.ts'
import { sha256 } from './hash.ts'
import { canonizeRdf, type RdfHash } from './json-ld.ts'
import { type KeyType, toBase58 } from './multikey.ts'
import { proofsOf } from './proof.ts'
import { securedDocument } from './proof-chain.ts'

/** Kinds of proofs that are made or checked. `Ed25519Signature2020` is a type of its own, the others are cryptosuites. */
export type Cryptosuite =
  | 'eddsa-rdfc-2022'
  | 'eddsa-jcs-2022'
  | 'ecdsa-rdfc-2019'
  | 'Ed25519Signature2020'

/** Who signs: the URL of its key, and what signs bytes with it. */
export interface Signer {
  readonly verificationMethod: string
  readonly sign: (bytes: Uint8Array) => Promise<Uint8Array>
}

/** What a new proof says. `created` is an XSD dateTimeStamp; `previousProof` names proofs that it covers too. */
export interface ProofOptions {
  readonly cryptosuite: 'eddsa-rdfc-2022' | 'eddsa-jcs-2022'
  readonly signer: Signer
  readonly created: string
  readonly proofPurpose: ProofPurpose
  readonly challenge?: string
  readonly domain?: string
  /** An XSD dateTimeStamp, after which the proof counts no more. */
  readonly expires?: string
  readonly previousProof?: string | readonly string[]
  readonly id?: string
}

/**
 * The document with a signature beside the proofs it has. VC Data Integrity §4.2, §4.3.
 *
 * Throws `InvalidInputError` where the document is not JSON-LD in safe mode or where `previousProof` names a proof that it lacks.
 */
export async function addProof(document: JsonObject, options: ProofOptions): Promise<JsonObject> {
  const { signer, cryptosuite, proofPurpose, created } = options
  const { id, expires, challenge, domain, previousProof } = options
  const proof: JsonObject = {
    ...(id !== undefined && { id }),
    type: 'DataIntegrityProof',
    cryptosuite,
    created,
    ...(expires !== undefined && { expires }),
    verificationMethod: signer.verificationMethod,
    proofPurpose,
    ...(challenge !== undefined && { challenge }),
    ...(domain !== undefined && { domain }),
    ...(previousProof !== undefined && { previousProof }),
    // vc-di-eddsa §3.3.1: the contexts that were signed travel along, so that others may be appended
    ...(cryptosuite === 'eddsa-jcs-2022' && { '@context': document['@context'] as Json }),
  }
  const secured = securedDocument(document, proof)
  const hash = await hashData(secured, proof, cryptosuite, 'Ed25519')
  const proofValue = toBase58(await signer.sign(hash))
  const others = proofsOf(document)
  return {
    ...document,
    proof: others.length > 0 ? [...others, { ...proof, proofValue }] : { ...proof, proofValue },
  }
}

/** The bytes that are signed: the hash of the proof without its value, then that of the document. vc-di-eddsa §3.2, §3.3. */
export async function hashData(
  secured: JsonObject,
  proof: JsonObject,
  cryptosuite: Cryptosuite,
  keyType: KeyType,
  canonize = canonizeRdf,
): Promise<Uint8Array> {
  const { proofValue: _, ...options } = proof
  if (cryptosuite === 'eddsa-jcs-2022') {
    const context = options['@context']
    const document = context === undefined ? secured : { ...secured, '@context': context }
    const hashes = [options, document].map((part) => sha256(utf8(canonicalize(part))))
    return concatBytes(...hashes)
  }
  // vc-di-eddsa §3.2.5: a proof is read with the contexts of its document, whatever it brings along; these must know its kind.
  const context = secured['@context'] ?? []
  const hash: RdfHash = keyType === 'P-384' ? 'SHA-384' : 'SHA-256'
  const configuration = await canonize({ ...options, '@context': context }, hash)
  const document = await canonize(secured, hash)
  const digest = hash === 'SHA-256' ? sha256 : sha384
  return concatBytes(digest(utf8(configuration)), digest(utf8(document)))
}
