import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Json, JsonObject } from '../../core/canonical.ts'
import { itxt, png, svg } from '../core/badge-images.ts'
import { sign, signerOf } from '../core/signers.ts'
import {
  base64url,
  didJwk,
  didKeyTokenSigner,
  enveloped,
  payloadBy,
  type TokenSigner,
  tokenOf,
  tokenSigner,
  unsignedToken,
} from '../core/tokens.ts'
import { type Stage, setStage } from './stage.ts'

const keysUrl = 'https://college.example.edu/keys.json'

let stage: Stage
let directory: string
let rsa: TokenSigner
let issuer: string
let token: string
let forged: string

beforeAll(async () => {
  rsa = await tokenSigner('RS256')
  directory = await mkdtemp(join(tmpdir(), 'rootmark-pinned-'))
  await writeFile(join(directory, 'index.json'), JSON.stringify({ [keysUrl]: 'keys.json' }))
  await writeFile(
    join(directory, 'keys.json'),
    JSON.stringify({ keys: [{ ...rsa.jwk, kid: 'key-1' }] }),
  )
  stage = await setStage({ settings: { PINNED_DOCUMENTS_DIR: directory } })
  issuer = didJwk(rsa)
  token = await tokenOf(payloadBy(issuer), rsa, { kid: `${issuer}#0` })
  const [header, , signature] = token.split('.')
  const other = base64url(JSON.stringify(payloadBy(issuer, { name: 'Doctor of Welding' })))
  forged = `${header}.${other}.${signature}`
})
afterAll(async () => {
  await stage?.close()
  await rm(directory, { recursive: true, force: true })
})

describe('POST /verify with a JSON Web Token', () => {
  const verify = async (raw: string | Uint8Array, type: string) => {
    const { status, body } = await stage.ask('POST /verify', { raw, type })
    return `${status} ${body.reason ?? body.code}`
  }

  it('reads it as text, in an envelope and in an image, and answers alike', async () => {
    for (const [carried, type] of [
      [(text: string) => text, 'application/vc+jwt'],
      [(text: string) => text, 'application/jwt'],
      [(text: string) => `${text}\n`, 'application/vc-ld+jwt; charset=utf-8'],
      [(text: string) => text, 'application/json'],
      [(text: string) => JSON.stringify(enveloped(text)), 'application/vc'],
      [(text: string) => png(itxt(text)), 'image/png'],
      [(text: string) => svg(`<openbadges:credential verify="${text}"/>`), 'image/svg+xml'],
    ] as const) {
      expect(await verify(carried(token), type), type).toBe('200 valid')
      expect(await verify(carried(forged), type), type).toBe('200 signature_invalid')
      expect(await verify(carried(token.replace('.', '.=')), type), type).toMatch(
        /^400 (?:json|jwt)_malformed$/,
      )
    }
  })

  it('reads keys at https URLs as it reads all documents of others', async () => {
    const college = 'https://college.example.edu/issuers/1'
    const header = { kid: `${keysUrl}#key-1` }
    const own = await tokenOf(payloadBy(college), rsa, header)
    expect(await verify(own, 'application/vc+jwt')).toBe('200 valid')
    const other = await tokenOf(payloadBy('https://school.example.org/'), rsa, header)
    expect(await verify(other, 'application/vc+jwt')).toBe('200 issuer_key_elsewhere')
    for (const kid of ['https://127.0.0.1/keys.json', 'https://localhost/keys.json']) {
      const local = await tokenOf(payloadBy('https://localhost/'), rsa, { kid })
      expect(await verify(local, 'application/vc+jwt')).toBe('200 key_unreachable')
    }
  })

  it('tells its verdicts apart', async () => {
    const none = unsignedToken({ alg: 'none' }, payloadBy(issuer), '')
    const own = await tokenOf(payloadBy('https://college.example.edu/1'), rsa, { jwk: rsa.jwk })
    const old = await tokenOf(payloadBy(issuer, { exp: 1_780_000_000 }), rsa, { kid: issuer })
    const other = await tokenOf(payloadBy('did:example:other'), rsa, { kid: issuer })
    for (const [badge, reason] of [
      [none, 'jwt_algorithm_refused'],
      [own, 'issuer_key_self_asserted'],
      [old, 'expired'],
      [other, 'issuer_key_mismatch'],
      [await tokenOf(payloadBy(issuer, { iss: 'did:a:b' }), rsa), 'jwt_claims_mismatch'],
    ] as const) {
      expect(await verify(badge, 'application/vc+jwt')).toBe(`200 ${reason}`)
    }
  })

  it('refuses one that is too large before it reads it', async () => {
    expect(await verify('e'.repeat(3_000_000), 'application/jwt')).toMatch(/^413 /)
  })
})

describe('POST /credentials/verify with an EnvelopedVerifiableCredential', () => {
  const verify = async (verifiableCredential: unknown) => {
    const { status, body } = await stage.ask('POST /credentials/verify', {
      json: { verifiableCredential },
    })
    return [status, body.verified, ...body.problemDetails.map(({ code }: { code: string }) => code)]
  }

  it('verifies the credential in it', async () => {
    expect(await verify(enveloped(token))).toEqual([200, true])
    expect(await verify(enveloped(forged))).toEqual([400, false, 'signature_invalid'])
    const expired = await tokenOf(payloadBy(issuer, { exp: 1_780_000_000 }), rsa, { kid: issuer })
    expect(await verify(enveloped(expired))).toEqual([400, false, 'expired'])
  })

  it('only tells that its key is not known to be the issuer’s', async () => {
    const own = await tokenOf(payloadBy('https://college.example.edu/1'), rsa, { jwk: rsa.jwk })
    expect(await verify(enveloped(own))).toEqual([200, true, 'issuer_key_self_asserted'])
    const other = await tokenOf(payloadBy('did:example:other'), rsa, { kid: issuer })
    expect(await verify(enveloped(other))).toEqual([200, true, 'issuer_key_mismatch'])
  })

  it.each<readonly [string, () => unknown, string]>([
    ['an empty context', () => enveloped(token, { '@context': [] }), 'envelope_malformed'],
    [
      'a context that defines no envelopes',
      () => enveloped(token, { '@context': 'https://www.w3.org/ns/credentials/examples/v2' }),
      'envelope_malformed',
    ],
    ['an id that is no data URL', () => enveloped(token, { id: token }), 'envelope_malformed'],
    ['no token', () => enveloped('e.e'), 'jwt_malformed'],
    ['COSE', () => enveloped('', { id: 'data:application/vc+cose,e' }), 'envelope_unsupported'],
    [
      'the form of no credential',
      () => enveloped(unsignedToken({}, { a: 1 })),
      'context_base_missing',
    ],
    [
      'what linked data does not know',
      () => enveloped(unsignedToken({}, payloadBy(issuer, { shoeSize: 43 }))),
      'json_ld_unsafe',
    ],
    [
      'two of a name in it',
      () => enveloped(`${base64url('{"alg":"RS256"}')}.${base64url('{"a":1,"a":2}')}.e`),
      'jwt_malformed',
    ],
  ])('refuses one with %s', async (_, make, code) => {
    const [status, isVerified, first] = await verify(make())
    expect([status, isVerified]).toEqual([400, false])
    if (code !== 'jwt_malformed') expect(first).toBe(code)
    else expect(first).toMatch(/^(?:jwt_malformed|duplicate_name)$/)
  })

  it.each([
    ['the type of a credential', { type: 'VerifiableCredential' }],
    ['no type', { type: undefined }],
    ['both types', { type: ['VerifiableCredential', 'EnvelopedVerifiableCredential'] }],
  ])('refuses one with %s', async (_, more) => {
    expect((await verify(enveloped(token, more as unknown as JsonObject))).slice(0, 2)).toEqual([
      400,
      false,
    ])
  })
})

describe('POST /presentations/verify with credentials in envelopes', () => {
  const present = async (...verifiableCredential: Json[]) => {
    const holder = await signerOf(9)
    const presentation = await sign(
      {
        '@context': ['https://www.w3.org/ns/credentials/v2'],
        type: ['VerifiablePresentation'],
        holder: holder.did,
        verifiableCredential,
      },
      holder,
      {
        proofPurpose: 'authentication',
        challenge: 'c',
        domain: 'd',
        // Over JSON anything can be signed.
        cryptosuite: 'eddsa-jcs-2022',
      },
    )
    const { status, body } = await stage.ask('POST /presentations/verify', {
      json: { verifiablePresentation: presentation, options: { challenge: 'c', domain: 'd' } },
    })
    return [
      status,
      ...body.problemDetails.map(
        ({ code, pointer }: { code: string; pointer: string }) => `${code} ${pointer}`,
      ),
    ]
  }

  it('verifies every one of them', async () => {
    const { did, kid, ...signer } = await didKeyTokenSigner(8)
    const second = await tokenOf(payloadBy(did), signer, { kid })
    expect(await present(enveloped(token), enveloped(second))).toEqual([200])
    expect(await present(enveloped(token), enveloped(forged))).toEqual([
      400,
      'signature_invalid /verifiableCredential/1',
    ])
    expect(await present(enveloped(token), enveloped('e.e.e'))).toEqual([
      400,
      'jwt_malformed /verifiableCredential/1',
    ])
    expect(
      await present(enveloped(token, { '@context': ['https://www.w3.org/ns/did/v1'] })),
    ).toEqual([400, 'envelope_malformed /verifiableCredential/0/@context'])
    expect(await present(enveloped('', { id: 'data:application/vc+cose,e' }))).toEqual([
      400,
      'envelope_unsupported /verifiableCredential/0',
    ])
  })
})
