import { describe, expect, it } from 'vitest'
import type { JsonObject } from '../../core/canonical.ts'
import { verifyPresentation } from '../../core/presentation.ts'
import { parseTrust } from '../../core/trust.ts'
import { verifyCredential } from '../../core/verify.ts'
import { makeWork } from '../../core/work.ts'
import { badgeBy, check, now, resolverOf, sign, signerOf } from './signers.ts'

const contract = '0x00000000000000000000000000000000000000c1'
const options = {
  readers: {
    chain: () => undefined,
    document: (url: string) => Promise.reject(new Error(`${url} answers nothing`)),
  },
  trust: parseTrust({ version: 1 }, { registry: contract, accreditationRegistry: contract }),
  now,
}
const claims = (count: number) => Array.from({ length: count }, (_, i) => ({ claim: `${i}` }))
const heavyBadge = (issuer: string, count: number, more: JsonObject = {}): JsonObject => {
  const badge = badgeBy(issuer)
  const contexts = badge['@context'] as readonly string[]
  return {
    ...badge,
    '@context': [
      ...contexts,
      { claim: 'https://example.org/claim', more: 'https://example.org/m' },
    ],
    credentialSubject: {
      ...(badge['credentialSubject'] as JsonObject),
      ...(count > 0 && { more: [claims(count), claims(count), claims(count)] }),
    } as JsonObject,
    ...more,
  }
}

/** Every proof builds on the one before, so that each has a document of its own to be computed. */
async function chained(document: JsonObject, length: number): Promise<JsonObject> {
  const signer = await signerOf(4)
  const { proof } = await sign(badgeBy(signer.did), signer)
  const proofs = Array.from({ length }, (_, i) => ({
    ...(proof as JsonObject),
    id: `urn:example:${i}`,
    ...(i > 0 && { previousProof: `urn:example:${i - 1}` }),
  }))
  return { ...document, proof: proofs as readonly JsonObject[] }
}

describe('what is computed for one verification', () => {
  it('is enough for a hundred badges and bounded for all together', () => {
    const work = makeWork()
    const badge = badgeBy('did:example:1')
    for (let i = 0; i < 100; i++) work.spend(badge)
    expect(() => {
      for (let i = 0; i < 400; i++) work.spend(badge)
    }).toThrow('longer to check')
  })

  it('ends long chains over large documents', async () => {
    const { did } = await signerOf(4)
    const document = await chained(heavyBadge(did, 900), 16)
    const codes = (await check(document)).map(({ code }) => code)
    expect(codes[0]).toBe('signature_invalid')
    expect(codes.slice(-8)).toEqual(Array(8).fill('json_ld_too_complex'))
    const small = await check(await chained(badgeBy(did), 16))
    expect(small.map(({ code }) => code)).toEqual(Array(16).fill('signature_invalid'))
  })

  it('is one for a badge and all endorsements in it', async () => {
    const { did } = await signerOf(4)
    const endorsement = await chained(
      heavyBadge(did, 400, {
        type: ['VerifiableCredential', 'EndorsementCredential'],
        name: 'Endorsement',
        credentialSubject: {
          id: 'urn:uuid:0d1f3c2a-9f1d-4c52-8a65-0d2b5ab0a001',
          type: ['EndorsementSubject'],
          more: [claims(400), claims(400)],
        } as unknown as JsonObject,
      }),
      16,
    )
    const signer = await signerOf(4)
    const badge = await sign(badgeBy(did), signer)
    const endorsed = { ...badge, endorsement: Array(12).fill(endorsement) as readonly JsonObject[] }
    const report = await verifyCredential(endorsed, options)
    const reasons = report.endorsements.map(({ reason }) => reason)
    expect(reasons).toHaveLength(12)
    expect(reasons.at(-1)).toBe('json_ld_too_complex')
    expect(report.endorsements.at(-1)?.verdict).toBe('indeterminate')
  })

  it('is one for a presentation and all credentials in it', async () => {
    const signer = await signerOf(4)
    const presented = (count: number, each: JsonObject): JsonObject => ({
      '@context': ['https://www.w3.org/ns/credentials/v2'],
      type: ['VerifiablePresentation'],
      holder: signer.did,
      verifiableCredential: Array(count).fill(each) as readonly JsonObject[],
    })
    const report = async (presentation: JsonObject) => {
      const work = makeWork()
      return verifyPresentation(presentation, {
        challenge: undefined,
        domain: undefined,
        now,
        resolveDid: resolverOf(),
        work,
        verifyCredential: (credential) => verifyCredential(credential, { ...options, work }),
      })
    }
    const badge = await sign(badgeBy(signer.did), signer)
    const honest = presented(24, badge)
    const shown = await sign(honest, signer, { proofPurpose: 'authentication' })
    expect((await report(shown)).verdict).toBe('valid')
    const heavy = await sign(heavyBadge(signer.did, 900), signer)
    const { verdict, reason, problems } = await report({
      ...presented(8, heavy),
      proof: heavy['proof'] as JsonObject,
    })
    expect([verdict, reason]).toEqual(['indeterminate', 'json_ld_too_complex'])
    expect(problems).toHaveLength(1)
  })
})
