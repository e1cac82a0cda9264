import type { JsonObject } from '../../core/canonical.ts'
import type { Signer } from '../../core/data-integrity.ts'
import { addProof } from '../../core/data-integrity.ts'
import { makeResolver } from '../../core/did-resolver.ts'
import { type ProofResult, type ProofSetOptions, verifyProofs } from '../../core/proof-set.ts'
import { didKeySigner, makeSigningKey } from '../../core/signing-key.ts'

export const created = '2026-05-01T12:00:00Z'
export const now = Date.parse('2026-06-01T00:00:00Z')

/** The did:key of a seed that is one byte over and over. */
export async function signerOf(byte: number): Promise<Signer & { readonly did: string }> {
  return didKeySigner(await makeSigningKey(new Uint8Array(32).fill(byte)))
}

/** A VC 2.0 badge without proofs, issued by whom is named. */
export function badgeBy(issuer: string, more: JsonObject = {}): JsonObject {
  return {
    '@context': [
      'https://www.w3.org/ns/credentials/v2',
      'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json',
    ],
    id: 'urn:uuid:6b29fc40-ca47-4067-8c5b-1f9d5e6f0d11',
    type: ['VerifiableCredential', 'OpenBadgeCredential'],
    name: 'Welding, level 2',
    issuer: { id: issuer, type: ['Profile'], name: 'Harbour College' },
    validFrom: '2026-05-01T00:00:00Z',
    validUntil: '2031-05-01T00:00:00Z',
    credentialSubject: {
      type: ['AchievementSubject'],
      identifier: [
        { type: 'IdentityObject', hashed: false, identityHash: 'Ada Ito', identityType: 'name' },
      ],
      achievement: {
        id: 'urn:uuid:0d1f3c2a-9f1d-4c52-8a65-0d2b5ab0a001',
        type: ['Achievement'],
        name: 'Welding, level 2',
        description: 'Welds steel plates in all positions.',
        criteria: { narrative: 'Three test pieces without a flaw.' },
      },
    },
    ...more,
  }
}

export function sign(
  document: JsonObject,
  signer: Signer,
  options: Partial<Parameters<typeof addProof>[1]> = {},
): Promise<JsonObject> {
  return addProof(document, {
    cryptosuite: 'eddsa-rdfc-2022',
    signer,
    created,
    proofPurpose: 'assertionMethod',
    ...options,
  })
}

/** Resolves did:keys, and did:webs from `documents`, by the URL of each. */
export function resolverOf(documents: Readonly<Record<string, unknown>> = {}) {
  return makeResolver(async (url) => {
    if (url in documents) return documents[url]
    throw new Error(`${url} answers nothing`)
  })
}

export function check(
  document: JsonObject,
  options: Partial<ProofSetOptions> = {},
): Promise<readonly ProofResult[]> {
  return verifyProofs(document, {
    resolveDid: resolverOf(),
    now,
    expected: { proofPurpose: 'assertionMethod' },
    ...options,
  })
}

/** `valid`, or outcome and code, of each proof. */
export async function outcomesOf(
  document: JsonObject,
  options: Partial<ProofSetOptions> = {},
): Promise<readonly string[]> {
  const results = await check(document, options)
  return results.map(({ outcome, code }) => (outcome === 'valid' ? code : `${outcome}: ${code}`))
}
