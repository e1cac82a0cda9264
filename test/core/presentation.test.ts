import { DataIntegrityProof } from '@digitalbazaar/data-integrity'
import * as Ed25519Multikey from '@digitalbazaar/ed25519-multikey'
import { cryptosuite } from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite'
import * as vc from '@digitalbazaar/vc'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Json, JsonObject } from '../../core/canonical.ts'
import { maxPresented } from '../../core/data-model/presentation.ts'
import { maxProblems } from '../../core/data-model/problem.ts'
import {
  type CredentialVerdict,
  type PresentationOptions,
  verifyPresentation,
} from '../../core/presentation.ts'
import { verifyProofs } from '../../core/proof-set.ts'
import { iJson } from './arbitrary-json.ts'
import { documentLoader } from './digital-bazaar.ts'
import { badgeBy, now, resolverOf, sign, signerOf } from './signers.ts'

const v2 = 'https://www.w3.org/ns/credentials/v2'
const challenge = 'uAAECAwQFBgcICQoLDA0ODw'
const domain = 'verifier.example'

const holder = await signerOf(1)
const issuer = await signerOf(2)
const stranger = await signerOf(3)
const badge = await sign(badgeBy(issuer.did), issuer)
const other = await sign(
  badgeBy(issuer.did, { id: 'urn:uuid:6b29fc40-ca47-4067-8c5b-1f9d5e6f0d12' }),
  issuer,
)

function presentation(members: JsonObject = {}): JsonObject {
  return {
    '@context': [v2],
    type: ['VerifiablePresentation'],
    holder: holder.did,
    verifiableCredential: [badge],
    ...members,
  }
}

function present(
  document: JsonObject,
  options: Partial<Parameters<typeof sign>[2]> = {},
  by = holder,
) {
  return sign(document, by, { proofPurpose: 'authentication', challenge, domain, ...options })
}

/** Signatures alone: what the service does beyond them is the service's to test. */
async function verifySignatures(credential: JsonObject): Promise<CredentialVerdict> {
  const results = await verifyProofs(credential, {
    resolveDid: resolverOf(),
    now,
    expected: { proofPurpose: 'assertionMethod' },
  })
  const bad = results.find(({ outcome }) => outcome !== 'valid')
  if (results.length === 0) return { verdict: 'invalid', reason: 'proof_missing', summary: 'none' }
  if (!bad || bad.outcome === 'valid') return { verdict: 'valid', reason: 'valid', summary: 'fine' }
  return { verdict: bad.outcome, reason: bad.code, summary: bad.message }
}

function verify(document: unknown, options: Partial<PresentationOptions> = {}) {
  return verifyPresentation(document, {
    challenge,
    domain,
    now,
    resolveDid: resolverOf(),
    verifyCredential: verifySignatures,
    ...options,
  })
}

/** Verdict, and each problem as `code pointer`. */
async function found(document: unknown, options: Partial<PresentationOptions> = {}) {
  const { verdict, problems } = await verify(document, options)
  return [verdict, ...problems.map(({ code, pointer }) => `${code} ${pointer}`.trim())]
}

describe('a presentation', () => {
  it('is valid with its holder’s proof and valid credentials', async () => {
    const report = await verify(
      await present(presentation({ verifiableCredential: [badge, other] })),
    )
    expect(report).toMatchObject({
      verdict: 'valid',
      reason: 'valid',
      problems: [],
      holder: holder.did,
      credentials: [
        { pointer: '/verifiableCredential/0', verdict: 'valid' },
        { pointer: '/verifiableCredential/1', verdict: 'valid' },
      ],
    })
    expect(report.proofs.map(({ controller }) => controller)).toEqual([holder.did])
  })

  it.each<readonly [string, JsonObject]>([
    ['one credential that is no array', { verifiableCredential: badge }],
    ['a holder that is an object', { holder: { id: holder.did } }],
    ['an id', { id: 'urn:uuid:9c9a36f8-518f-4976-a934-6649502d0008' }],
    [
      'a type of its own',
      { type: ['VerifiablePresentation', 'Own'], '@context': [v2, { Own: 'urn:x:Own' }] },
    ],
    ['terms of use', { termsOfUse: { type: 'https://uni.example/#Terms' } }],
  ])('may have %s', async (_, members) => {
    expect(await found(await present(presentation(members)))).toEqual(['valid'])
  })

  it('may have neither holder nor credentials, and be signed over its JSON', async () => {
    const bare = { '@context': [v2], type: ['VerifiablePresentation'] }
    expect(await found(await present(bare))).toEqual(['valid'])
    expect(await found(await present(bare, { cryptosuite: 'eddsa-jcs-2022' }))).toEqual(['valid'])
  })

  it('may be one of 1.1', async () => {
    const v1 = 'https://www.w3.org/2018/credentials/v1'
    const contexts = [v1, 'https://w3id.org/security/data-integrity/v2']
    const old = await sign(
      {
        '@context': contexts,
        type: ['VerifiableCredential'],
        issuer: issuer.did,
        issuanceDate: '2024-01-01T00:00:00Z',
        credentialSubject: { id: holder.did },
      },
      issuer,
    )
    const document = presentation({ '@context': contexts, verifiableCredential: [old] })
    expect(await found(await present(document))).toEqual(['valid'])
  })

  it('is valid as a library of others signs it', async () => {
    const seed = new Uint8Array(32).fill(1)
    const key = await Ed25519Multikey.generate({ seed })
    const signer = { ...key.signer(), id: holder.verificationMethod }
    const signed = (await vc.signPresentation({
      presentation: presentation(),
      suite: new DataIntegrityProof({ signer, cryptosuite, date: '2026-05-01T12:00:00Z' }),
      challenge,
      domain,
      documentLoader,
    })) as JsonObject
    expect(await found(signed)).toEqual(['valid'])
    expect(await found({ ...signed, holder: stranger.did })).toContain('signature_invalid /proof')
  })
})

describe('the holder’s proof', () => {
  it.each<readonly [string, Partial<Parameters<typeof sign>[2]>, readonly string[]]>([
    ['another challenge', { challenge: 'uAAAA' }, ['challenge_mismatch /proof']],
    ['no challenge', { challenge: undefined as never }, ['challenge_mismatch /proof']],
    ['another domain', { domain: 'evil.example' }, ['domain_mismatch /proof']],
    ['no domain', { domain: undefined as never }, ['domain_mismatch /proof']],
    ['another purpose', { proofPurpose: 'assertionMethod' }, ['proof_purpose_mismatch /proof']],
  ])('must not have %s', async (_, options, problems) => {
    expect(await found(await present(presentation(), options))).toEqual(['invalid', ...problems])
  })

  it('is compared with what the verifier gave, and with nothing else', async () => {
    const plain = await present(presentation(), {
      challenge: undefined as never,
      domain: undefined as never,
    })
    expect(await found(plain, { challenge: undefined, domain: undefined })).toEqual(['valid'])
    const signed = await present(presentation())
    expect(await found(signed, { domain: undefined })).toEqual(['valid'])
    expect(await found(signed, { challenge: '' })).toEqual(['invalid', 'challenge_mismatch /proof'])
  })

  it('is needed', async () => {
    expect(await found(presentation())).toEqual(['invalid', 'proof_missing /proof'])
    for (const proof of [null, [], 'z1', {}, [{}]]) {
      const [verdict] = await found({ ...presentation(), proof })
      expect(verdict, JSON.stringify(proof)).toBe('invalid')
    }
    const anchor = { type: 'DataIntegrityProof', cryptosuite: 'merkle-anchor-2026' }
    expect(await found({ ...presentation(), proof: anchor })).toEqual([
      'invalid',
      'proof_misplaced /proof',
    ])
  })

  it('is of the presentation, not of a credential in it', async () => {
    const stolen = { ...presentation(), proof: badge['proof'] as Json }
    expect(await found(stolen)).toEqual(['invalid', 'proof_purpose_mismatch /proof'])
  })

  it('does not fit when anything is changed', async () => {
    const signed = await present(presentation({ verifiableCredential: [badge, other] }))
    for (const changed of [
      { verifiableCredential: [badge] },
      { verifiableCredential: [badge, badge] },
      { id: 'urn:uuid:9c9a36f8-518f-4976-a934-6649502d0008' },
      { type: ['VerifiablePresentation', 'https://x.example/#More'] },
    ]) {
      expect(await found({ ...signed, ...changed })).toEqual([
        'invalid',
        'signature_invalid /proof',
      ])
    }
    const proof = signed['proof'] as JsonObject
    for (const changed of [
      { created: '2026-05-01T12:00:01Z' },
      { verificationMethod: stranger.verificationMethod },
      { proofValue: `z${'2'.repeat(88)}` },
    ]) {
      const [verdict] = await found({ ...signed, proof: { ...proof, ...changed } })
      expect(verdict).toBe('invalid')
    }
  })

  it('must be right in each of several', async () => {
    const one = await present(presentation())
    const both = await present(one, {}, holder)
    expect(await found(both)).toEqual(['valid'])
    const replayed = await present(one, { challenge: 'uAAAA' })
    expect(await found(replayed)).toEqual(['invalid', 'challenge_mismatch /proof/1'])
    const proofs = both['proof'] as readonly JsonObject[]
    const spoiled = { ...both, proof: [{ ...proofs[0], nonce: 'x' }, proofs[1]] }
    expect(await found(spoiled)).toEqual(['invalid', 'signature_invalid /proof/0'])
  })

  it('belongs to the holder whom the presentation names', async () => {
    const byStranger = await present(presentation(), {}, stranger)
    expect(await found(byStranger)).toEqual(['invalid', 'holder_key_mismatch /holder'])
    const object = await present(presentation({ holder: { id: holder.did } }), {}, stranger)
    expect(await found(object)).toEqual(['invalid', 'holder_key_mismatch /holder/id'])
    const second = await present(await present(presentation()), {}, stranger)
    expect(await found(second)).toEqual(['invalid', 'holder_key_mismatch /holder'])
    const { holder: _, ...nobody } = presentation()
    expect(await found(await present(nobody, {}, stranger))).toEqual(['valid'])
  })

  it('is indeterminate where its key cannot be read, never valid', async () => {
    const far = { ...holder, verificationMethod: 'did:web:gone.example#key-1' }
    const signed = await present(presentation({ holder: 'did:web:gone.example' }), {}, far)
    expect(await found(signed)).toEqual(['indeterminate', 'key_unreachable /proof'])
  })
})

describe('one bad credential', () => {
  const spoiled = { ...other, name: 'Master of Arts' }
  const stripped: JsonObject = Object.fromEntries(
    Object.entries(other).filter(([name]) => name !== 'proof'),
  )

  it.each<readonly [string, Json, readonly string[]]>([
    ['that was altered', spoiled, ['invalid', 'signature_invalid /verifiableCredential/1']],
    ['without proof', stripped, ['invalid', 'proof_missing /verifiableCredential/1']],
    ['that is none', {}, ['invalid', 'context_base_missing /verifiableCredential/1/@context']],
    [
      'that has no type',
      { ...other, type: [] },
      ['invalid', 'type_missing /verifiableCredential/1/type'],
    ],
    ['that is a text', 'eyJ.eyJ.x', ['invalid', 'object_expected /verifiableCredential/1']],
    ['that is null', null, ['invalid', 'object_expected /verifiableCredential/1']],
    ['that is an array', [other], ['invalid', 'object_expected /verifiableCredential/1']],
    [
      'that hides its expiry',
      {
        ...Object.fromEntries(Object.entries(other).filter(([name]) => name !== 'validUntil')),
        'https://www.w3.org/2018/credentials#validUntil': {
          '@type': 'http://www.w3.org/2001/XMLSchema#dateTime',
          '@value': '2031-05-01T00:00:00Z',
        },
      },
      ['invalid', 'term_disguised /verifiableCredential/1/validUntil'],
    ],
    [
      'in an envelope',
      {
        '@context': v2,
        type: 'EnvelopedVerifiableCredential',
        id: 'data:application/vc+cose,e.e.e',
      },
      ['indeterminate', 'envelope_unsupported /verifiableCredential/1'],
    ],
  ])('%s spoils it, and is named', async (_, bad, expected) => {
    const members = { verifiableCredential: [badge, bad] }
    // A signature over JSON: the holder can sign anything with it.
    const resigned = await present(presentation(members), { cryptosuite: 'eddsa-jcs-2022' })
    const [verdict, ...problems] = await found(resigned)
    expect(verdict).toBe(expected[0])
    for (const problem of expected.slice(1)) expect(problems).toContain(problem)
  })

  it('decides the verdict also where others cannot be checked', async () => {
    const signed = await present(presentation({ verifiableCredential: [badge, other, badge] }))
    const answers = ['indeterminate', 'invalid', 'valid'] as const
    let asked = 0
    const report = await verify(signed, {
      verifyCredential: async () => {
        const verdict = answers[asked++] ?? 'valid'
        return { verdict, reason: `is_${verdict}`, summary: `It is ${verdict}.` }
      },
    })
    expect(report).toMatchObject({
      verdict: 'invalid',
      reason: 'is_invalid',
      summary: 'It is invalid.',
    })
    expect(report.problems.map(({ pointer }) => pointer)).toEqual([
      '/verifiableCredential/0',
      '/verifiableCredential/1',
    ])
    expect(report.credentials.map(({ verdict }) => verdict)).toEqual([...answers])
  })
})

describe('a presentation of any form', () => {
  it.each<readonly [string, JsonObject, readonly string[]]>([
    ['without contexts', { '@context': [] }, ['context_base_missing /@context']],
    [
      'with contexts in disorder',
      { '@context': [{ a: 'urn:a:b' }, v2] },
      ['context_base_missing /@context'],
    ],
    [
      'with a context that is a number',
      { '@context': [v2, 123] },
      ['context_malformed /@context/1'],
    ],
    [
      'with a context that is no URL',
      { '@context': [v2, 'https ://x'] },
      ['context_malformed /@context/1'],
    ],
    ['without type', { type: [] }, ['type_missing /type']],
    ['with the type of a credential', { type: ['VerifiableCredential'] }, ['type_missing /type']],
    [
      'with a type that nothing defines',
      { type: ['VerifiablePresentation', 'Own'] },
      ['json_ld_unsafe'],
    ],
    ['with several ids', { id: ['urn:a:1', 'urn:a:2'] }, ['url_malformed /id']],
    ['with a holder that is no URL', { holder: 'z6Mk' }, ['url_malformed /holder']],
    ['with a holder without id', { holder: { name: 'Ada' } }, ['url_malformed /holder/id']],
    ['with a holder that is an array', { holder: [holder.did] }, ['url_malformed /holder']],
    [
      'with no credential in an array',
      { verifiableCredential: [] },
      ['object_expected /verifiableCredential'],
    ],
    ['with terms of use without type', { termsOfUse: {} }, ['type_missing /termsOfUse/type']],
    ['with a term that nothing defines', { shoeSize: 43 }, ['json_ld_unsafe']],
    [
      'with a second credential under another name',
      {
        '@context': [
          v2,
          {
            more: {
              '@id': 'https://www.w3.org/2018/credentials#verifiableCredential',
              '@container': '@graph',
            },
          },
        ],
        more: badge,
      },
      ['term_disguised /verifiableCredential'],
    ],
    [
      'with its holder under another name',
      {
        '@context': [
          v2,
          { by: { '@id': 'https://www.w3.org/2018/credentials#holder', '@type': '@id' } },
        ],
        by: stranger.did,
      },
      ['term_disguised /holder'],
    ],
  ])('is refused %s', async (_, members, problems) => {
    expect(await found({ ...(await present(presentation())), ...members })).toEqual([
      'invalid',
      ...problems,
    ])
  })

  it('is indeterminate in an envelope, or with a context that is not known here', async () => {
    const envelope = {
      '@context': v2,
      type: 'EnvelopedVerifiablePresentation',
      id: 'data:application/vp+jwt,e.e.e',
    }
    expect(await found(envelope)).toEqual(['indeterminate', 'envelope_unsupported /type'])
    const odd = presentation({ '@context': [v2, 'https://example.com'] })
    expect(await found(odd)).toEqual(['indeterminate', 'context_unknown /@context/1'])
  })

  it('has a bounded number of credentials', async () => {
    const many = (count: number) =>
      present(presentation({ verifiableCredential: Array.from({ length: count }, () => badge) }), {
        cryptosuite: 'eddsa-jcs-2022',
      })
    const fine: PresentationOptions['verifyCredential'] = async () => ({
      verdict: 'valid',
      reason: 'valid',
      summary: '',
    })
    expect(await found(await many(maxPresented), { verifyCredential: fine })).toEqual(['valid'])
    let asked = 0
    const counting: PresentationOptions['verifyCredential'] = async (credential) => {
      asked += 1
      return fine(credential)
    }
    expect(await found(await many(maxPresented + 1), { verifyCredential: counting })).toEqual([
      'indeterminate',
      'credentials_too_many /verifiableCredential',
    ])
    expect(asked).toBe(0)
  })

  it('is answered, whatever JSON it is or holds', async () => {
    const signed = await present(presentation())
    const names = [...Object.keys(signed), 'termsOfUse', 'id']
    await fc.assert(
      fc.asyncProperty(iJson, fc.constantFrom('', ...names), async (value, name) => {
        const document = name === '' ? value : { ...signed, [name]: value }
        const report = await verify(document)
        if (report.verdict === 'valid') expect(document).toEqual(signed)
        else expect(report.problems.length).toBeGreaterThan(0)
        expect(report.problems.length).toBeLessThanOrEqual(maxProblems)
      }),
      { numRuns: 200 },
    )
  })
})
