import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findMethod } from '../../core/did-document.ts'
import { expandStrictly } from '../../core/json-ld.ts'
import { hostDidWeb, ownDidWeb } from '../../server/did-documents.ts'
import { adminKey, refusal, type Stage, setStage } from './stage.ts'

const account = '0x90F79bf6EB2c4f870365E785982E1f101E93b906'
const profile = { name: 'Eastfield College', url: 'https://eastfield.example' }
const baseUrl = 'https://credentials.example.edu'
const secret = { SIGNING_SECRET: 'a secret for tests and nothing else' }

let stage: Stage
beforeAll(async () => {
  stage = await setStage({ settings: { ...secret, PUBLIC_BASE_URL: baseUrl } })
})
afterAll(() => stage?.close())

const create = (slug: string, more: object = {}, own: object = {}) =>
  stage.ask('POST /issuers', {
    key: adminKey,
    json: { slug, profile: { ...profile, ...own }, account, ...more },
  })
const resolve = (did: string, query = '') =>
  stage.ask(`GET /1.0/identifiers/${encodeURIComponent(did)}${query}`)

describe('the DID of an issuer', () => {
  it('is a did:web of the service where that has an https address', async () => {
    const { status, body } = await create('eastfield')
    expect(status).toBe(201)
    expect(body.did).toBe('did:web:credentials.example.edu:issuers:eastfield')
    expect(body.profile).toEqual({ ...profile, id: body.did })
    const shown = await stage.ask('GET /issuers/eastfield', { key: body.key.key })
    expect(shown.body.did).toBe(body.did)
  })

  it('is a did:key or the account where that is asked for', async () => {
    const key = await create('keyed', { did: 'key' })
    expect(key.body.did).toMatch(/^did:key:z6Mk/)
    const pkh = await create('accounted', { did: 'pkh' })
    expect(pkh.body.did).toBe(`did:pkh:eip155:31337:${account}`)
    expect(pkh.body.profile).toEqual(profile)
  })

  it('may be one elsewhere, which the service makes no key for', async () => {
    const id = 'did:web:elsewhere.example'
    const { body } = await create('elsewhere', {}, { id })
    expect(body.did).toBe(id)
    const keys = await stage.ask('GET /issuers/elsewhere/signing-keys', { key: body.key.key })
    expect(keys.body.signingKeys).toEqual([])
    expect((await stage.ask('GET /issuers/elsewhere/did.json')).status).toBe(404)
  })

  it('may be named by the one it would get anyway', async () => {
    const id = 'did:web:credentials.example.edu:issuers:self-named'
    expect((await create('self-named', {}, { id })).body.did).toBe(id)
    expect((await stage.ask('GET /issuers/self-named/did.json')).body.id).toBe(id)
  })

  it.each([
    ['two at once', { did: 'web' }, { id: 'did:web:elsewhere.example' }, 'issuer_did_ambiguous'],
    [
      'two at once',
      { did: 'key' },
      { id: `${'did:web:credentials.example.edu:issuers:'}two-2` },
      'issuer_did_ambiguous',
    ],
    [
      'that of another issuer here',
      {},
      { id: 'did:web:credentials.example.edu:issuers:northfield' },
      'issuer_did_taken',
    ],
    ['that of the host', {}, { id: 'did:web:credentials.example.edu' }, 'issuer_did_taken'],
    ['a kind that is none', { did: 'ion' }, {}, 'body_malformed'],
    ['null', { did: null }, {}, 'body_malformed'],
  ] as const)('is refused: %s', async (_name, more, own, code) => {
    const slug = 'two-2'
    expect(refusal(await create(slug, more, own))).toBe(`400 ${code}`)
  })
})

describe('a DID document', () => {
  it('lists the key and the account, for anybody, and may be kept for a while', async () => {
    const { headers, body, status } = await stage.ask('GET /issuers/eastfield/did.json', {
      headers: { origin: 'https://verifier.example' },
    })
    expect(status).toBe(200)
    expect(headers['content-type']).toContain('application/did+json')
    expect(headers['cache-control']).toBe('public, max-age=300')
    expect(headers['access-control-allow-origin']).toBe('*')
    const [key, chainAccount] = body.verificationMethod
    expect(key).toEqual({
      id: `${body.id}#${key.publicKeyMultibase}`,
      type: 'Multikey',
      controller: body.id,
      publicKeyMultibase: expect.stringMatching(/^z6Mk/),
    })
    expect(chainAccount).toEqual({
      id: `${body.id}#eip155-31337-${account}`,
      type: 'EcdsaSecp256k1RecoveryMethod2020',
      controller: body.id,
      blockchainAccountId: `eip155:31337:${account}`,
    })
    expect(body.assertionMethod).toEqual([key.id, chainAccount.id])
    expect(body.authentication).toEqual([key.id])
    expect(findMethod(body, key.id, 'assertionMethod').key.type).toBe('Ed25519')
  })

  it('is JSON-LD in safe mode, without a context that has to be fetched', async () => {
    const { body } = await stage.ask('GET /issuers/eastfield/did.json')
    expect(await expandStrictly(body)).toHaveLength(1)
  })

  it('is missing for an issuer that has none here, and for one that is none', async () => {
    for (const slug of ['accounted', 'keyed', 'nobody']) {
      const answer = await stage.ask(`GET /issuers/${slug}/did.json`)
      expect(refusal(answer)).toBe('404 did_document_unknown')
    }
  })

  it('is one of the host where there is one issuer, and missing where there are several', async () => {
    expect(refusal(await stage.ask('GET /.well-known/did.json'))).toBe('404 did_document_unknown')
    const alone = await setStage({
      settings: { ...secret, PUBLIC_BASE_URL: 'https://one.example' },
    })
    try {
      const { body, headers } = await alone.ask('GET /.well-known/did.json')
      expect(body.id).toBe('did:web:one.example')
      expect(body.alsoKnownAs).toEqual(['did:web:one.example:issuers:northfield'])
      const own = (await alone.ask('GET /issuers/northfield/did.json')).body
      expect(body.verificationMethod[0].publicKeyMultibase).toBe(
        own.verificationMethod[0].publicKeyMultibase,
      )
      expect(body.verificationMethod[0].controller).toBe('did:web:one.example')
      expect(headers['content-type']).toContain('application/did+json')
    } finally {
      await alone.close()
    }
  })
})

describe('GET /1.0/identifiers', () => {
  const key = 'z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK'

  it('resolves a did:key and a did:web of ours', async () => {
    const { status, headers, body } = await resolve(`did:key:${key}`)
    expect(status).toBe(200)
    expect(headers['content-type']).toContain('application/ld+json')
    expect(body.didDocument.id).toBe(`did:key:${key}`)
    expect(body.didResolutionMetadata.error).toBeUndefined()
    const web = await resolve('did:web:credentials.example.edu:issuers:eastfield')
    expect(web.body.didDocument).toEqual((await stage.ask('GET /issuers/eastfield/did.json')).body)
  })

  it('finds the verification method that a DID URL names', async () => {
    const { status, body } = await resolve(`did:key:${key}#${key}`)
    expect(status).toBe(200)
    expect(body.didDocument).toMatchObject({ controller: `did:key:${key}`, type: 'Multikey' })
    expect(body.didDereferencingMetadata.error).toBeUndefined()
    const document = (await stage.ask('GET /issuers/eastfield/did.json')).body
    const [method] = document.verificationMethod
    expect((await resolve(method.id)).body.didDocument).toMatchObject(method)
    const missing = await resolve(`${document.id}#nothing`)
    expect([missing.status, missing.body.didDereferencingMetadata.error]).toEqual([404, 'notFound'])
  })

  it.each([
    ['notDid:key:z', 'invalidDid', 400],
    ['did:key:@', 'invalidDid', 400],
    [`did:key:-4:${key}`, 'invalidDid', 400],
    [`did:key:${key.slice(1)}`, 'invalidDid', 400],
    ['did:key:z6Mk', 'unsupportedPublicKeyType', 400],
    [`did:experimental:${key}`, 'methodNotSupported', 501],
    ['did:web:credentials.example.edu:issuers:nobody', 'notFound', 404],
    ['did:web:credentials.example.edu:issuers:..%2Feastfield', 'notFound', 404],
    ['did:web:elsewhere.example', 'notFound', 404],
    ['did:web:credentials.example.edu', 'notFound', 404],
    ['did:pkh:eip155:1:0x90F79bf6EB2c4f870365E785982E1f101E93b906', 'methodNotSupported', 501],
    ['x', 'invalidDid', 400],
    [`did:key:z${'1'.repeat(900)}`, 'unsupportedPublicKeyType', 400],
  ])('says what is wrong with %s', async (did, error, expected) => {
    const { status, body } = await resolve(did)
    expect(body.didResolutionMetadata.error).toBe(error)
    expect(status).toBe(expected)
    expect(body.didDocument).toEqual({})
  })

  it.each([
    [`did:key:${key}/^bar^/?query=\`#${key}`, ''],
    [`did:key:${key}#`, ''],
    [`did:key:${key}?x=1`, ''],
    ['did:web:credentials.example.edu/path#x', ''],
  ])('says that %s is no DID URL', async (url, query) => {
    const { status, body } = await resolve(url, query)
    expect(status).toBe(400)
    expect(body.didDereferencingMetadata.error).toBe('invalidDidUrl')
  })

  it('gives the key in the format that is asked for, and refuses others', async () => {
    const jwk = await resolve(`did:key:${key}`, '?publicKeyFormat=JsonWebKey2020')
    expect(jwk.body.didDocument.verificationMethod[0].publicKeyJwk.crv).toBe('Ed25519')
    const unknown = await resolve(`did:key:${key}`, '?publicKeyFormat=unknown')
    expect(unknown.body.didResolutionMetadata.error).toBe('unsupportedPublicKeyType')
    const twice = await resolve(`did:key:${key}`, '?publicKeyFormat=a&publicKeyFormat=b')
    expect(twice.status).toBe(400)
  })
})

describe('the did:web of an address', () => {
  it.each([
    ['https://example.edu', 'did:web:example.edu:issuers:x', 'did:web:example.edu'],
    [
      'https://example.edu:8443',
      'did:web:example.edu%3A8443:issuers:x',
      'did:web:example.edu%3A8443',
    ],
    ['https://127.0.0.1:3000', 'did:web:127.0.0.1%3A3000:issuers:x', 'did:web:127.0.0.1%3A3000'],
    ['https://example.edu/badges/v1', 'did:web:example.edu:badges:v1:issuers:x', undefined],
    ['http://example.edu', undefined, undefined],
    ['https://[::1]:3000', undefined, undefined],
  ])('%s', (url, own, host) => {
    expect(ownDidWeb(url, 'x')).toBe(own)
    expect(hostDidWeb(url)).toBe(host)
  })

  it('cannot be asked for where there is none', async () => {
    const plain = await setStage()
    try {
      const json = { slug: 'plain', profile, account, did: 'web' }
      const answer = await plain.ask('POST /issuers', { key: adminKey, json })
      expect(refusal(answer)).toBe('400 did_web_impossible')
      const { body } = await plain.ask('POST /issuers', {
        key: adminKey,
        json: { ...json, did: undefined },
      })
      expect(body.did).toMatch(/^did:pkh:eip155:31337:/)
    } finally {
      await plain.close()
    }
  })
})
