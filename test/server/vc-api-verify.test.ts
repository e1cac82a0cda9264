import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Json, JsonObject } from '../../core/canonical.ts'
import { credentialsV1, dataIntegrityV2 } from '../../core/contexts.ts'
import { addProof, type Signer } from '../../core/data-integrity.ts'
import { encodeStatusList, makeStatusListCredential, statusBits } from '../../core/status-list.ts'
import { iJson } from '../core/arbitrary-json.ts'
import { sign, signerOf } from '../core/signers.ts'
import { filesIn, readJson, sharedVectors } from '../shared-vectors.ts'
import {
  credential11,
  issued,
  newIssuer,
  plainCredential,
  signing,
  type TestIssuer,
  verified,
} from './issuing-stage.ts'
import { type Stage, setStage } from './stage.ts'

const listUrl = 'https://elsewhere.example/status/1'
const forgedListUrl = 'https://elsewhere.example/status/forged'
const entry = (url: string, more: object = {}) => ({
  type: 'BitstringStatusListEntry',
  statusPurpose: 'revocation',
  statusListIndex: '7',
  statusListCredential: url,
  ...more,
})

let stage: Stage
let issuer: TestIssuer
let directory: string
let elsewhere: Signer & { readonly did: string }
let stranger: Signer & { readonly did: string }

/** Writes documents that are served at https URLs, as an operator pins them. */
async function pin(documents: Readonly<Record<string, JsonObject>>): Promise<void> {
  const index: Record<string, string> = {}
  for (const [i, [url, document]] of Object.entries(documents).entries()) {
    index[url] = `${i}.json`
    await writeFile(join(directory, `${i}.json`), JSON.stringify(document))
  }
  await writeFile(join(directory, 'index.json'), JSON.stringify(index))
}

async function listBy(signer: Signer & { readonly did: string }, id: string, indexes: number[]) {
  const list = makeStatusListCredential({
    id,
    issuer: elsewhere.did,
    purpose: 'revocation',
    encodedList: await encodeStatusList(statusBits(indexes)),
    validFrom: '2026-01-01T00:00:00Z',
    validUntil: '2099-01-01T00:00:00Z',
    ttl: 60_000,
  })
  return sign(list, signer)
}

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'rootmark-pinned-'))
  elsewhere = await signerOf(1)
  stranger = await signerOf(2)
  await pin({
    [listUrl]: await listBy(elsewhere, listUrl, [8]),
    [forgedListUrl]: await listBy(stranger, forgedListUrl, []),
  })
  stage = await setStage({ settings: { ...signing, PINNED_DOCUMENTS_DIR: directory } })
  issuer = await newIssuer(stage, 'key')
})
afterAll(async () => {
  await stage?.close()
  await rm(directory, { recursive: true, force: true })
})

/** A credential of an issuer that this service has never heard of. */
const foreign = (more: object = {}, signer = elsewhere, options = {}) =>
  sign(plainCredential(elsewhere.did, more), signer, options)
const ask = (verifiableCredential: unknown) =>
  stage.ask('POST /credentials/verify', { json: { verifiableCredential } })

describe('POST /credentials/verify', () => {
  it('takes a credential of another issuer, of either version and either cryptosuite', async () => {
    for (const cryptosuite of ['eddsa-rdfc-2022', 'eddsa-jcs-2022'] as const) {
      const contexts = { '@context': [credentialsV1, dataIntegrityV2] }
      for (const credential of [
        plainCredential(elsewhere.did),
        credential11(elsewhere.did, contexts),
      ]) {
        const signed = await sign(credential, elsewhere, { cryptosuite })
        const { status, body, headers } = await ask(signed)
        expect([status, body]).toEqual([
          200,
          expect.objectContaining({ verified: true, verdict: 'valid', problemDetails: [] }),
        ])
        expect(headers['cache-control']).toBe('no-store')
        expect(headers['access-control-allow-origin']).toBe('*')
      }
    }
  })

  it('tells of a key that is not the issuer’s, which POST /verify refuses', async () => {
    const credential = plainCredential('https://university.example/issuers/14')
    const signed = await sign(credential, stranger)
    const { status, body } = await ask(signed)
    expect(status).toBe(200)
    expect(body.problemDetails).toMatchObject([
      {
        type: 'https://www.w3.org/TR/vc-data-model#CRYPTOGRAPHIC_SECURITY_ERROR',
        code: 'issuer_key_mismatch',
      },
    ])
    const report = (await stage.ask('POST /verify', { json: signed })).body
    expect(`${report.verdict} ${report.reason}`).toBe('invalid issuer_key_mismatch')
  })

  it('looks at every proof of a set, and at what a chain builds on', async () => {
    const one = await foreign({}, elsewhere, { id: 'urn:uuid:1' })
    const two = await sign(one, stranger, { previousProof: 'urn:uuid:1' })
    expect(await verified(stage, two)).toBe('verified')
    const [first, second] = two['proof'] as [JsonObject, JsonObject]
    const bent = { ...first, proofValue: second['proofValue'] as Json }
    expect(await verified(stage, { ...two, proof: [bent, second] })).toBe('400 signature_invalid')
    expect(await verified(stage, { ...two, proof: [second] })).toBe('400 previous_proof_missing')
    expect(await verified(stage, { ...two, proof: [first] })).toBe('verified')
  })

  it.each([
    [
      'altered',
      { credentialSubject: { id: 'did:example:other', name: 'Eve' } },
      'signature_invalid',
    ],
    ['given another issuer', { issuer: 'did:example:other' }, 'signature_invalid'],
    ['given a longer life', { validUntil: '2099-01-01T00:00:00Z' }, 'signature_invalid'],
    ['stripped of its proof', { proof: undefined }, 'proof_missing'],
    ['given a further statement', { colour: 'red' }, 'signature_invalid'],
    [
      'given a term that no context defines',
      { '@context': ['https://www.w3.org/ns/credentials/v2'], colour: 'red' },
      'json_ld_unsafe',
    ],
    [
      'given a context that is not known',
      { '@context': ['https://www.w3.org/ns/credentials/v2', 'https://evil.example/v1'] },
      'context_unknown',
    ],
    [
      'given a vocabulary that swallows terms',
      {
        '@context': [
          'https://www.w3.org/ns/credentials/v2',
          { '@vocab': 'https://evil.example/#' },
        ],
      },
      'signature_invalid',
    ],
    [
      'given a context that redefines a term',
      {
        '@context': [
          'https://www.w3.org/ns/credentials/v2',
          'https://www.w3.org/ns/credentials/examples/v2',
          { name: 'https://evil.example/#' },
        ],
      },
      'json_ld_malformed',
    ],
  ])('refuses one that was %s', async (_name, more, code) => {
    const signed = { ...(await foreign()), ...more }
    const { status, body } = await ask(signed)
    expect(status).toBe(400)
    expect(body.verified).toBe(false)
    expect(body.problemDetails.map((problem: { code: string }) => problem.code)).toContain(code)
  })

  it.each([
    ['is over', { validUntil: '2026-02-01T00:00:00Z' }, 'expired'],
    ['has not begun', { validFrom: '2098-01-01T00:00:00Z' }, 'not_yet_valid'],
  ])('refuses one whose time %s', async (_name, more, code) => {
    expect(await verified(stage, await foreign(more))).toBe(`400 ${code}`)
  })

  it('refuses a proof that was made for another purpose, or with a key that is somebody’s else', async () => {
    const purpose = { proofPurpose: 'authentication' as const }
    expect(await verified(stage, await foreign({}, elsewhere, purpose))).toMatch(/^400 /)
    const signed = await foreign()
    const proof = signed['proof'] as JsonObject
    const swapped = { ...proof, verificationMethod: stranger.verificationMethod }
    expect(await verified(stage, { ...signed, proof: swapped })).toBe('400 signature_invalid')
  })

  it('asks the list of a status, and believes only the issuer’s', async () => {
    const withStatus = (url: string, more: object = {}) =>
      foreign({ credentialStatus: entry(url, more) })
    expect(await verified(stage, await withStatus(listUrl))).toBe('verified')
    expect(await verified(stage, await withStatus(listUrl, { statusListIndex: '8' }))).toBe(
      '400 revoked',
    )
    const purpose = await withStatus(listUrl, { statusPurpose: 'suspension' })
    expect((await ask(purpose)).body.verified).toBe(false)
    const beyond = await withStatus(listUrl, { statusListIndex: '99999999' })
    expect((await ask(beyond)).body.verified).toBe(false)
    const forged = (await ask(await withStatus(forgedListUrl))).body
    expect(forged.verified).toBe(false)
    const { status, body } = await ask(await withStatus('https://127.0.0.1/status'))
    expect([status, body.verified, body.verdict]).toEqual([400, false, 'indeterminate'])
    expect(body.problemDetails[0].type).toBe(
      'https://www.w3.org/ns/credentials/status-list#STATUS_RETRIEVAL_ERROR',
    )
  })

  it.each([null, 7, 'text', '', true, [[]], {}, 'eyJhbGciOiJFZERTQSJ9.e30.AA'])(
    'refuses %j for a credential, with problem details',
    async (value) => {
      const { status, body } = await ask(value)
      expect(status).toBe(400)
      expect(body).toMatchObject({ verified: false, verdict: 'invalid' })
      expect(body.problemDetails.length).toBeGreaterThan(0)
    },
  )

  it.each([null, 7, [[]], 'text', {}, { credential: {} }])('refuses the body %j', async (json) => {
    const { status, body } = await stage.ask('POST /credentials/verify', { json })
    expect([status, body.verified]).toEqual([400, false])
  })

  it('refuses what is no JSON, or too large', async () => {
    const post = (raw: string) => stage.ask('POST /credentials/verify', { raw })
    expect((await post('{')).status).toBe(400)
    expect((await post('')).status).toBe(400)
    expect((await post(`{"verifiableCredential":{"a":1,"a":2}}`)).status).toBe(400)
    expect((await post(`"${'x'.repeat(1_100_000)}"`)).status).toBe(413)
  })

  it('never fails, whatever stands in a credential', async () => {
    const signed = await foreign()
    const members = Object.keys(signed)
    const altered = fc
      .tuple(fc.constantFrom(...members), iJson)
      .map(([name, value]) => ({ ...signed, [name]: value }))
    const inProof = fc
      .tuple(fc.constantFrom(...Object.keys(signed['proof'] as object)), iJson)
      .map(([name, value]) => ({
        ...signed,
        proof: { ...(signed['proof'] as object), [name]: value },
      }))
    await fc.assert(
      fc.asyncProperty(fc.oneof(iJson, altered, inProof), async (credential) => {
        expect([200, 400]).toContain((await ask(credential)).status)
      }),
      { numRuns: 150 },
    )
  })

  const vectors = sharedVectors('vc-di-eddsa')
  const folders = ['eddsa-rdfc-2022', 'eddsa-jcs-2022', 'Ed25519Signature2020']
  const files = folders.flatMap((folder) =>
    vectors
      ? filesIn(new URL(`${folder}/`, vectors))
          .filter((file) => /^signed.*\.json$/i.test(file))
          .map((file) => `${folder}/${file}`)
      : [],
  )
  it.skipIf(files.length === 0).each(files)('takes the W3C’s vector %s', async (file) => {
    const credential = readJson(vectors as URL, file)
    const { status, body } = await ask(credential)
    expect([status, body.reason]).toEqual([200, 'valid'])
  })
})

describe('POST /presentations/verify', () => {
  const challenge = 'urn:challenge:1'
  const domain = 'verifier.example'
  const present = async (
    verifiableCredential: Json,
    { holder = stranger, more = {}, proof = {} } = {},
  ) =>
    addProof(
      {
        '@context': ['https://www.w3.org/ns/credentials/v2'],
        type: ['VerifiablePresentation'],
        holder: holder.did,
        verifiableCredential,
        ...more,
      },
      {
        cryptosuite: 'eddsa-rdfc-2022',
        signer: holder,
        created: '2026-05-01T12:00:00Z',
        proofPurpose: 'authentication',
        challenge,
        domain,
        ...proof,
      },
    )
  const verify = async (
    verifiablePresentation: unknown,
    options: unknown = { challenge, domain },
  ) => stage.ask('POST /presentations/verify', { json: { verifiablePresentation, options } })
  const codesOf = async (presentation: unknown, options?: unknown) => {
    const { status, body } = await verify(presentation, options)
    return [status, ...body.problemDetails.map((problem: { code: string }) => problem.code)]
  }

  it('takes one whose holder and credentials are as they should be', async () => {
    const credentials = [await foreign(), await issued(stage, issuer)]
    const { status, body } = await verify(await present(credentials))
    expect([status, body.verified, body.problemDetails]).toEqual([200, true, []])
    // VC 2.0 §4.13: the property has one or more, or is absent.
    expect(await codesOf(await present([]))).toEqual([400, 'object_expected'])
  })

  it('names the one credential that is bad, and what is wrong with it', async () => {
    const good = await issued(stage, issuer)
    const revoked = await issued(
      stage,
      issuer,
      {},
      plainCredential(issuer.did, { id: 'urn:uuid:to-be-revoked' }),
    )
    expect((await verify(await present([good, revoked]))).status).toBe(200)
    await stage.ask(`POST /issuers/${issuer.slug}/credentials/status`, {
      key: issuer.key,
      json: {
        credentialId: 'urn:uuid:to-be-revoked',
        credentialStatus: { type: 'BitstringStatusListEntry', statusPurpose: 'revocation' },
      },
    })
    expect(await codesOf(await present([good, revoked]))).toEqual([400, 'revoked'])
    const { body } = await verify(await present([good, revoked]))
    expect(body.problemDetails[0]).toMatchObject({
      type: 'https://www.w3.org/ns/credentials/status-list#STATUS_VERIFICATION_ERROR',
      pointer: '/verifiableCredential/1',
    })
    const altered = { ...good, validUntil: '2099-01-01T00:00:00Z' }
    expect(await codesOf(await present([altered, good]))).toEqual([400, 'signature_invalid'])
    const { proof: _, ...bare } = good
    expect((await codesOf(await present([bare])))[0]).toBe(400)
    const expired = await foreign({ validUntil: '2026-02-01T00:00:00Z' })
    expect(await codesOf(await present([expired]))).toEqual([400, 'expired'])
  })

  it('tells of a credential that another key than its issuer’s signed', async () => {
    const signed = await sign(plainCredential('https://university.example/14'), stranger)
    expect(await codesOf(await present([signed]))).toEqual([200, 'issuer_key_mismatch'])
  })

  it.each([
    ['another challenge', { challenge: 'urn:challenge:2', domain }],
    ['another domain', { challenge, domain: 'other.example' }],
    ['no challenge, though one was signed', { domain }],
    ['nothing at all, though both were signed', {}],
  ])('refuses one for %s', async (_name, options) => {
    expect((await codesOf(await present([await foreign()]), options))[0]).toBe(400)
  })

  it('refuses one that is not signed for anything that was asked', async () => {
    const credential = await foreign()
    for (const proof of [
      { challenge: undefined },
      { domain: undefined },
      { proofPurpose: 'assertionMethod' },
      { challenge: 'urn:challenge:of-another' },
    ]) {
      const presentation = await present([credential], { proof } as object)
      expect((await codesOf(presentation))[0], JSON.stringify(proof)).toBe(400)
    }
  })

  it('refuses one whose proof was removed, swapped or made by another than the holder', async () => {
    const credential = await foreign()
    const presentation = await present([credential])
    const { proof, ...bare } = presentation
    expect((await verify(bare)).status).toBe(400)
    expect((await verify({ ...bare, proof: [] })).status).toBe(400)
    expect((await verify({ ...bare, proof: credential['proof'] })).status).toBe(400)
    expect((await verify({ ...bare, holder: elsewhere.did, proof })).status).toBe(400)
    const claimed = await present([credential], { more: { holder: elsewhere.did } })
    expect(await codesOf(claimed)).toEqual([400, 'holder_key_mismatch'])
    const other = await foreign({ id: 'urn:uuid:another' })
    expect((await verify({ ...presentation, verifiableCredential: [other] })).status).toBe(400)
  })

  it.each([null, 7, 'text', true, [[]], {}])('refuses %j for a presentation', async (value) => {
    const { status, body } = await verify(value)
    expect([status, body.verified]).toEqual([400, false])
  })

  it.each([null, 'text', 7, [[]], { challenge: 7 }, { challenge: null }, { domain: {} }])(
    'refuses the options %j',
    async (options) => {
      const { status } = await verify(await present([await foreign()]), options)
      expect(status).toBe(400)
    },
  )

  it('never fails, whatever stands in a presentation', async () => {
    const presentation = await present([await foreign()])
    const altered = fc
      .tuple(fc.constantFrom(...Object.keys(presentation)), iJson)
      .map(([name, value]) => ({ ...presentation, [name]: value }))
    await fc.assert(
      fc.asyncProperty(fc.oneof(iJson, altered), fc.option(iJson), async (value, options) => {
        const json = { verifiablePresentation: value, options }
        const { status } = await stage.ask('POST /presentations/verify', { json })
        expect([200, 400]).toContain(status)
      }),
      { numRuns: 80 },
    )
  })
})
