import type { Evidence } from './evidence.ts'
import type { ParsedCredential } from './format.ts'
import type { ProofResult } from './proof-set.ts'
import type { Reading } from './report.ts'
import type { Envelope, VerifyOptions } from './verify.ts'

/** What the proofs beside the anchor came to, and what was read for them. */
export interface Signatures {
  readonly results: readonly ProofResult[]
  readonly read: readonly Reading[]
}

/** Checks the signatures of a credential, issuer's and others', within it and around it. The code for it is loaded where there is one. */
export async function readSignatures(
  credential: ParsedCredential,
  evidence: Evidence,
  options: VerifyOptions,
  envelope?: Envelope,
): Promise<Signatures> {
  const around = await envelope?.readSignature(credential, options)
  const within = await readEmbedded(credential, evidence, options)
  return {
    results: [...(around?.results ?? []), ...within.results],
    read: [...(around?.read ?? []), ...within.read],
  }
}

async function readEmbedded(
  { document }: ParsedCredential,
  { otherProofs }: Evidence,
  { readers, now, work }: VerifyOptions,
): Promise<Signatures> {
  if (otherProofs.length === 0) return { results: [], read: [] }
  const [{ verifyProofs }, { makeResolver }] = await Promise.all([
    import('./proof-set.ts'),
    import('./did-resolver.ts'),
  ])
  const read: Reading[] = []
  const resolveDid = makeResolver((url) => {
    read.push({ what: 'document of the key that signed', from: url })
    return readers.document(url)
  })
  const expected = { proofPurpose: 'assertionMethod' } as const
  return { results: await verifyProofs(document, { resolveDid, now, expected, work }), read }
}

/** Whether a key is one of the issuer's by its name; that the issuer lists it is what makes a proof valid. */
export function isNamedBy(
  issuerId: string,
  { verificationMethod, controller }: ProofResult,
): boolean {
  return controller === issuerId || verificationMethod?.split('#')[0] === issuerId
}

/** Codes of keys that could not be read: an anchor speaks for the content without them. */
const unreadKeys = ['key_unreachable', 'did_method_unsupported']

/** Codes of a DID document that does not give the key. Neither a signature that is wrong nor a key that was revoked is among them. */
const missingKeys = [
  'did_document_mismatch',
  'did_document_malformed',
  'method_missing',
  'method_purpose',
  'method_ambiguous',
  'methods_too_many',
  'controller_mismatch',
  'key_malformed',
  'key_length',
  'key_type_unknown',
  'key_type_mismatch',
]

/** Whether the key could not be read now. */
export function isKeyUnread({ code }: ProofResult): boolean {
  return unreadKeys.includes(code)
}

/** Whether the key could not be read, or is not where it should be: the signature was not compared with anything. */
export function isWithoutKey(result: ProofResult): boolean {
  return isKeyUnread(result) || missingKeys.includes(result.code)
}
