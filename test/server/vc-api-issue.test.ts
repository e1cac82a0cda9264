import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { JsonObject } from '../../core/canonical.ts'
import { iJson } from '../core/arbitrary-json.ts'
import { verifyElsewhere } from '../core/digital-bazaar.ts'
import {
  credential11,
  issued,
  issueWith,
  newIssuer,
  plainCredential,
  signing,
  type TestIssuer,
  verified,
} from './issuing-stage.ts'
import { refusal, type Stage, setStage } from './stage.ts'

let stage: Stage
let issuer: TestIssuer
beforeAll(async () => {
  stage = await setStage({ settings: signing })
  issuer = await newIssuer(stage, 'key')
})
afterAll(() => stage?.close())

const proofOf = (credential: JsonObject) => credential['proof'] as JsonObject
const issue = (json: unknown) => issueWith(stage, issuer, json)
const codeOf = async (credential: unknown) => {
  const { status, body } = await issue({ credential })
  return `${status} ${body.code}`
}

describe('issuing one credential', () => {
  it('signs it with the issuer’s key and gives it a status', async () => {
    const credential = plainCredential(issuer.did)
    const { status, body, headers } = await issue({ credential })
    expect(status).toBe(201)
    expect(headers['cache-control']).toBe('no-store')
    const { proof, credentialStatus, ...rest } = body.verifiableCredential
    expect(rest).toEqual(credential)
    expect(proof).toMatchObject({
      type: 'DataIntegrityProof',
      cryptosuite: 'eddsa-rdfc-2022',
      proofPurpose: 'assertionMethod',
      verificationMethod: `${issuer.did}#${issuer.did.slice('did:key:'.length)}`,
    })
    expect(Date.now() - Date.parse(proof.created)).toBeLessThan(60_000)
    expect(credentialStatus).toMatchObject({
      type: 'BitstringStatusListEntry',
      statusPurpose: 'revocation',
      statusListIndex: expect.stringMatching(/^\d+$/),
    })
    expect(Object.keys(credentialStatus).sort()).toEqual(
      ['id', 'statusListCredential', 'statusListIndex', 'statusPurpose', 'type'].sort(),
    )
    expect(await verified(stage, body.verifiableCredential)).toBe('verified')
  })

  it.each(['eddsa-rdfc-2022', 'eddsa-jcs-2022'] as const)(
    'with %s is taken by @digitalbazaar/vc, for both versions',
    async (cryptosuite) => {
      const none = { cryptosuite, statusPurposes: [] }
      for (const credential of [plainCredential(issuer.did), credential11(issuer.did)]) {
        const signed = await issued(stage, issuer, none, credential)
        expect(proofOf(signed)['cryptosuite']).toBe(cryptosuite)
        expect(await verifyElsewhere(signed, cryptosuite)).toBe(true)
        expect(await verified(stage, signed)).toBe('verified')
      }
    },
  )

  it('holds a badge to the rules of Open Badges as well', async () => {
    const badge = {
      ...plainCredential(issuer.did),
      '@context': [
        'https://www.w3.org/ns/credentials/v2',
        'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json',
      ],
      type: ['VerifiableCredential', 'OpenBadgeCredential'],
      name: 'Data Literacy',
      issuer: { id: issuer.did, type: ['Profile'], name: 'Harbour College' },
      validFrom: '2026-01-01T00:00:00Z',
      credentialSubject: {
        id: 'did:example:ada',
        type: ['AchievementSubject'],
        achievement: {
          id: 'urn:uuid:0b6d1cf8-4a36-4c7e-9a15-1d6ce0f4f8f2',
          type: ['Achievement'],
          name: 'Data Literacy',
          description: 'Reads data.',
          criteria: { narrative: 'Passed.' },
        },
      },
    }
    expect((await issue({ credential: badge })).status).toBe(201)
    const { criteria: _, ...achievement } = badge.credentialSubject.achievement
    const without = { ...badge, credentialSubject: { ...badge.credentialSubject, achievement } }
    const { status, body } = await issue({ credential: without })
    expect(status).toBe(400)
    expect(JSON.stringify(body)).toContain('criteria')
  })

  it('adds the context of proofs to version 1.1 once, and no status', async () => {
    const proofs = 'https://w3id.org/security/data-integrity/v2'
    const signed = await issued(stage, issuer, {}, credential11(issuer.did))
    expect(signed['@context']).toEqual(['https://www.w3.org/2018/credentials/v1', proofs])
    expect(signed['credentialStatus']).toBeUndefined()
    const contexts = { '@context': signed['@context'] }
    const again = await issued(stage, issuer, {}, credential11(issuer.did, contexts))
    expect(again['@context']).toEqual(signed['@context'])
  })

  it('by a did:web issuer leads to its document, also after a rotation', async () => {
    const web = await newIssuer(stage, 'web')
    const signed = await issued(stage, web)
    expect(await verified(stage, signed)).toBe('verified')
    const rotated = await stage.ask(`POST /issuers/${web.slug}/signing-keys/rotate`, {
      key: web.key,
    })
    expect(rotated.status).toBe(201)
    expect(await verified(stage, signed)).toBe('verified')
    const later = await issued(stage, web)
    expect(proofOf(later)['verificationMethod']).not.toBe(proofOf(signed)['verificationMethod'])
    expect(await verified(stage, later)).toBe('verified')
    // Whoever got hold of the old key may not go on with it: its end is listed.
    const forged = { ...proofOf(signed), created: '2099-01-01T00:00:00Z' }
    expect(await verified(stage, { ...signed, proof: forged })).toMatch(/^400 /)
  })

  it('keeps nothing of it but its id', async () => {
    const name = 'Somebody Unmistakable'
    const credentialSubject = { id: 'did:example:unmistakable', name }
    await issued(stage, issuer, {}, plainCredential(issuer.did, { credentialSubject }))
    const rows = await stage.service.database.db
      .selectFrom('issued_credentials')
      .selectAll()
      .execute()
    expect(rows.length).toBeGreaterThan(0)
    expect(JSON.stringify(rows)).not.toContain('nmistakable')
  })

  it('names the issuer as text or object, and no other issuer than its own', async () => {
    const other = await newIssuer(stage, 'key')
    const asObject = { id: issuer.did, name: 'Eastfield College' }
    expect((await issue({ credential: plainCredential('x', { issuer: asObject }) })).status).toBe(
      201,
    )
    for (const [named, pointer] of [
      [other.did, '/credential/issuer'],
      [{ id: other.did }, '/credential/issuer/id'],
      ['https://university.example/issuers/14', '/credential/issuer'],
      [`${issuer.did}#key`, '/credential/issuer'],
    ] as const) {
      const answer = await issue({ credential: plainCredential('x', { issuer: named }) })
      expect(refusal(answer)).toBe('400 issuer_mismatch')
      expect(answer.body.pointer).toBe(pointer)
    }
  })

  it('leaves a status alone that the credential brings along', async () => {
    const credentialStatus = {
      id: 'https://elsewhere.example/status/1#7',
      type: 'BitstringStatusListEntry',
      statusPurpose: 'revocation',
      statusListIndex: '7',
      statusListCredential: 'https://elsewhere.example/status/1',
    }
    const signed = await issued(
      stage,
      issuer,
      {},
      plainCredential(issuer.did, { credentialStatus }),
    )
    expect(signed['credentialStatus']).toEqual(credentialStatus)
  })

  it('is for the issuer’s key only, and for issuers whose key can be found', async () => {
    const other = await newIssuer(stage, 'key')
    const line = `POST /issuers/${issuer.slug}/credentials/issue`
    const json = { credential: plainCredential(issuer.did) }
    expect(refusal(await stage.ask(line, { json }))).toBe('401 key_invalid')
    expect(refusal(await stage.ask(line, { json, key: other.key }))).toBe('404 issuer_unknown')
    const pkh = await newIssuer(stage, 'pkh')
    const answer = await issueWith(stage, pkh, { credential: plainCredential(pkh.did) })
    expect(refusal(answer)).toBe('409 signing_key_none')
  })
})

describe('a credential that may not be issued', () => {
  it.each([
    ['is signed already', { proof: { type: 'DataIntegrityProof' } }],
    ['has no context', { '@context': undefined }],
    [
      'has contexts in another order',
      {
        '@context': [
          'https://www.w3.org/ns/credentials/examples/v2',
          'https://www.w3.org/ns/credentials/v2',
        ],
      },
    ],
    [
      'has a context that nobody pinned',
      { '@context': ['https://www.w3.org/ns/credentials/v2', 'https://evil.example/context'] },
    ],
    [
      'redefines a protected term',
      {
        '@context': [
          'https://www.w3.org/ns/credentials/v2',
          { issuer: 'https://evil.example/issuer' },
        ],
      },
    ],
    [
      'has a term that no context defines',
      {
        '@context': ['https://www.w3.org/ns/credentials/v2'],
        type: ['VerifiableCredential'],
        colour: 'red',
      },
    ],
    ['has no type', { type: undefined }],
    ['has a text as type', { type: 'VerifiableCredential' }],
    ['has no subject', { credentialSubject: {} }],
    ['has a time without zone', { validFrom: '2026-01-01T00:00:00' }],
    ['ends before it begins', { validUntil: '2020-01-01T00:00:00Z' }],
    ['has an id that is no URL', { id: 'not a url' }],
    ['has a status without type', { credentialStatus: { id: 'https://elsewhere.example/1' } }],
  ])('because it %s', async (_name, more) => {
    const { status, body, headers } = await issue({
      credential: plainCredential(issuer.did, more),
    })
    expect(status).toBe(400)
    expect(headers['content-type']).toContain('application/problem+json')
    expect(body.problemDetails.length).toBeGreaterThan(0)
    expect(body.problemDetails[0]).toMatchObject({
      type: 'https://www.w3.org/TR/vc-data-model#MALFORMED_VALUE_ERROR',
      code: body.code,
    })
    expect(body.pointer).toMatch(/^\/credential/)
  })

  it.each([null, 7, 'text', [[]], true])('because it is %j', async (credential) => {
    expect(await codeOf(credential)).toMatch(/^400 /)
  })

  it.each([
    [{ cryptosuite: 'none' }],
    [{ cryptosuite: null }],
    [{ type: 'Ed25519Signature2018' }],
    [{ statusPurposes: 'revocation' }],
    [{ statusPurposes: ['message'] }],
    [{ statusPurposes: ['revocation', 'revocation'] }],
    [null],
    ['text'],
    [[]],
  ])('because the options are %j', async (options) => {
    const credential = plainCredential(issuer.did)
    expect(refusal(await issue({ credential, options }))).toBe('400 body_malformed')
  })

  it('whatever JSON comes, and it never is a failure of the service', async () => {
    const members = Object.keys(plainCredential(issuer.did))
    const inMembers = fc
      .tuple(fc.constantFrom(...members), iJson)
      .map(([name, value]) => ({ credential: { ...plainCredential(issuer.did), [name]: value } }))
    await fc.assert(
      fc.asyncProperty(fc.oneof(iJson, inMembers), async (json) => {
        const { status } = await issue(json)
        expect([201, 400, 413]).toContain(status)
      }),
      { numRuns: 120 },
    )
  })
})
