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
