import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Json, JsonObject } from '../../core/canonical.ts'
import { parseTrust } from '../../core/trust.ts'
import { type VerifyOptions, verifyCredential } from '../../core/verify.ts'
import { badgeBy, now, sign, signerOf } from './signers.ts'

// Badges of issuers who have never heard of a registry: signature, issuer, status and period decide.

const contract = '0x00000000000000000000000000000000000000c1'
const options: VerifyOptions = {
  readers: {
    chain: () => undefined,
    document: (url) => Promise.reject(new Error(`${url} answers nothing`)),
  },
  trust: parseTrust({ version: 1 }, { registry: contract, accreditationRegistry: contract }),
  now,
}
const reportOf = (document: unknown, more: Partial<VerifyOptions> = {}) =>
  verifyCredential(document, { ...options, ...more })
const verdictOf = async (document: unknown, more: Partial<VerifyOptions> = {}) => {
  const { verdict, reason } = await reportOf(document, more)
  return verdict === 'valid' ? reason : `${verdict}: ${reason}`
}
const own = async (more: JsonObject = {}) => {
  const signer = await signerOf(5)
  return sign(badgeBy(signer.did, more), signer)
}

/** A VC 1.1 badge as other platforms still issue it. */
const old = async (more: JsonObject = {}) => {
  const signer = await signerOf(5)
  const { validFrom, validUntil, name: _, ...badge } = badgeBy(signer.did)
  const document = {
    ...badge,
    '@context': [
      'https://www.w3.org/2018/credentials/v1',
      'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.1.json',
      'https://w3id.org/security/data-integrity/v2',
    ],
    issuanceDate: validFrom,
    expirationDate: validUntil,
    ...more,
  } as JsonObject
  return sign(document, signer)
}

describe('a badge of somebody else', () => {
  it('is valid by its signature alone', async () => {
    const { verdict, checks } = await reportOf(await own())
    expect(verdict).toBe('valid')
    expect(checks.map(({ outcome, code }) => `${outcome} ${code}`)).toEqual([
      'valid format_valid',
      'skipped no_anchor_proof',
      'skipped no_anchor',
      'valid signature_valid',
      'valid issuer_key',
      'skipped accreditation_not_asked',
      'skipped no_status',
      'valid in_force',
    ])
  })

  it('is invalid without its signature, and nothing is proved by an empty one', async () => {
    const { proof: _, ...bare } = await own()
    expect(await verdictOf(bare)).toBe('invalid: proof_missing')
    expect(await verdictOf({ ...bare, proof: [] })).toBe('invalid: proof_missing')
  })

  it('is invalid where the key is not that of the issuer it names', async () => {
    const stranger = await signerOf(6)
    const { did } = await signerOf(5)
    for (const issuer of [did, 'https://vc.example/issuers/5678', 'did:web:uni.example']) {
      expect(await verdictOf(await sign(badgeBy(issuer), stranger))).toBe(
        'invalid: issuer_key_mismatch',
      )
    }
  })

  it('is invalid where any place of it was changed', async () => {
    const signed = await own()
    const { proof, ...content } = signed as { proof: JsonObject }
    const names = Object.keys(content).filter((name) => !['@context', 'type'].includes(name))
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...names), fc.string(), async (name, text) => {
        const { verdict } = await reportOf({ ...content, [name]: text, proof })
        expect(verdict).toBe('invalid')
      }),
      { numRuns: 60 },
    )
  })

  it('is invalid where its signature is another kind of wrong', async () => {
    const signed = await own()
    const proof = signed['proof'] as JsonObject
    const value = proof['proofValue'] as string
    for (const [change, reason] of [
      [
        { proofValue: `${value.slice(0, -1)}${value.endsWith('2') ? '3' : '2'}` },
        'signature_invalid',
      ],
      [{ proofPurpose: 'authentication' }, 'proof_purpose_mismatch'],
      [{ proofValue: undefined }, 'not_json'],
      [{ cryptosuite: 'eddsa-jcs-2022' }, 'signature_invalid'],
      [{ type: 'Ed25519Signature2020' }, 'json_ld_unsafe'],
      [{ expires: '2026-05-02T00:00:00Z' }, 'proof_expired'],
      [{ verificationMethod: (await signerOf(6)).verificationMethod }, 'signature_invalid'],
    ] as const) {
      const altered = { ...signed, proof: { ...proof, ...change } }
      expect(await verdictOf(altered)).toBe(`invalid: ${reason}`)
    }
  })

  it('is expired or not yet valid by its own dates', async () => {
    const at = (time: string) => ({ now: Date.parse(time) })
    expect(await verdictOf(await own(), at('2031-05-02T00:00:00Z'))).toBe('invalid: expired')
    expect(await verdictOf(await own(), at('2026-04-30T00:00:00Z'))).toBe('invalid: not_yet_valid')
  })

  it('may have several subjects and an issuer that is a text', async () => {
    const signer = await signerOf(5)
    const subject = badgeBy('')['credentialSubject'] as JsonObject
    const several = await own({
      issuer: signer.did,
      credentialSubject: [
        { id: 'did:example:ada', ...subject },
        { id: 'did:example:bob', ...subject },
      ],
    })
    const { verdict, credential } = await reportOf(several)
    expect(verdict).toBe('valid')
    expect(credential).toMatchObject({ holder: 'Ada Ito', name: 'Welding, level 2' })
    expect(credential?.issuer).toEqual({ id: signer.did, name: undefined, url: undefined })
  })

  it('cannot do without a subject', async () => {
    for (const credentialSubject of [[], [null], [[]], 'x', null]) {
      const odd = { ...(await own()), credentialSubject } as JsonObject
      expect(await verdictOf(odd)).toBe('invalid: subject_missing')
    }
  })

  it('in a vocabulary that is not known could not be checked', async () => {
    const signed = await own()
    const contexts = signed['@context'] as readonly Json[]
    const other = { ...signed, '@context': [...contexts, 'https://example.org/terms/v1'] }
    expect(await verdictOf(other)).toBe('indeterminate: context_unknown')
  })

  it('with undefined, relative or redefined terms is refused, signed over JSON or not', async () => {
    const signer = await signerOf(5)
    const contexts = badgeBy('')['@context'] as readonly Json[]
    for (const [more, reason] of [
      [{ favourite: 'blue' }, 'json_ld_unsafe'],
      [{ type: ['VerifiableCredential', 'MadeUp'] }, 'json_ld_unsafe'],
      [{ '@context': [...contexts, { name: 'https://x.example/n' }] }, 'json_ld_malformed'],
    ] as const) {
      const badge = badgeBy(signer.did, more as JsonObject)
      const signed = await sign(badge, signer, { cryptosuite: 'eddsa-jcs-2022' })
      expect(await verdictOf(signed)).toBe(`invalid: ${reason}`)
    }
  })

  it('with a status that cannot be read stays open', async () => {
    const list = { statusListIndex: '7', statusListCredential: 'https://status.example/1' }
    const status = { type: 'BitstringStatusListEntry', statusPurpose: 'revocation', ...list }
    const { verdict } = await reportOf(await own({ credentialStatus: status }))
    expect(verdict).toBe('indeterminate')
  })
})

describe('a badge in VC 1.1', () => {
  it('is valid by its signature, and says which data model it is in', async () => {
    const { verdict, checks, credential } = await reportOf(await old())
    expect(verdict).toBe('valid')
    expect(checks[0]?.message).toBe(
      'It is a credential in the W3C Verifiable Credentials 1.1 format.',
    )
    expect(credential).toMatchObject({
      validFrom: '2026-05-01T00:00:00Z',
      validUntil: '2031-05-01T00:00:00Z',
    })
  })

  it('is expired or not yet valid by the names of its time', async () => {
    const expired = await old({ expirationDate: '2026-05-31T00:00:00Z' })
    expect(await verdictOf(expired)).toBe('invalid: expired')
    const early = await old({ issuanceDate: '2026-07-01T00:00:00Z' })
    expect(await verdictOf(early)).toBe('invalid: not_yet_valid')
    const odd = await old({ issuanceDate: 'May 2026' })
    expect(await verdictOf(odd)).toBe('invalid: time_malformed')
    const reversed = await old({ expirationDate: '2026-04-30T00:00:00Z' })
    expect(await verdictOf(reversed)).toBe('invalid: times_out_of_order')
  })

  it('is bounded by the names of VC 2.0 as well, whichever is narrower', async () => {
    const both = await old({ validUntil: '2026-05-20T00:00:00Z' })
    expect(await verdictOf(both)).toBe('invalid: expired')
    const later = await old({ validUntil: '2040-05-20T00:00:00Z' })
    expect((await reportOf(later)).credential?.validUntil).toBe('2031-05-01T00:00:00Z')
  })

  it('has no period by the names of another model', async () => {
    const signer = await signerOf(5)
    const odd = badgeBy(signer.did, { expirationDate: '2020-01-01T00:00:00Z' })
    await expect(sign(odd, signer)).rejects.toMatchObject({ code: 'json_ld_unsafe' })
  })

  it('is invalid where it was changed, as a 2.0 badge is', async () => {
    const signed = await old()
    const later = { ...signed, expirationDate: '2041-05-01T00:00:00Z' }
    expect(await verdictOf(later)).toBe('invalid: signature_invalid')
    const [, ...others] = signed['@context'] as readonly string[]
    const upgraded = { ...signed, '@context': ['https://www.w3.org/ns/credentials/v2', ...others] }
    expect((await reportOf(upgraded)).verdict).toBe('invalid')
  })
})
