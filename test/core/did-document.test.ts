import { generateKeyPairSync } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import type { JsonObject } from '../../core/canonical.ts'
import { findMethod } from '../../core/did-document.ts'
import { makeResolver } from '../../core/did-resolver.ts'
import { InvalidInputError } from '../../core/error.ts'
import { parseJson } from '../../core/json.ts'
import { formatMultikey } from '../../core/multikey.ts'
import { badgeBy, outcomesOf, resolverOf, sign, signerOf } from './signers.ts'
import { codeOf } from './thrown.ts'

const did = 'did:web:uni.example'
const name = `${did}#key-1`
const { did: keyDid } = await signerOf(1)
const multikey = keyDid.slice('did:key:'.length)
const method = (more: object = {}): JsonObject => ({
  id: name,
  type: 'Multikey',
  controller: did,
  publicKeyMultibase: multikey,
  ...more,
})
const documentWith = (...methods: readonly JsonObject[]): JsonObject => ({
  id: did,
  verificationMethod: methods,
  assertionMethod: [name],
})
const find = (document: JsonObject, id = name) => findMethod(document, id, 'assertionMethod')

describe('a key of a DID document', () => {
  it('is read in every form that is in use', () => {
    const jwk = generateKeyPairSync('ed25519').publicKey.export({ format: 'jwk' })
    const p256 = generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey
    const forms: readonly (readonly [object, string])[] = [
      [{}, 'Ed25519'],
      [{ type: 'Ed25519VerificationKey2020' }, 'Ed25519'],
      [
        {
          type: 'Ed25519VerificationKey2018',
          // The key bytes of the first vector of the did:key method.
          publicKeyBase58: '4zvwRjXUKGfvwnParsHAS3HuSVzV5cA4McphgmoCtajS',
        },
        'Ed25519',
      ],
      [{ type: 'JsonWebKey', publicKeyJwk: jwk }, 'Ed25519'],
      [{ type: 'JsonWebKey2020', publicKeyJwk: p256.export({ format: 'jwk' }) }, 'P-256'],
    ]
    for (const [form, type] of forms) expect(find(documentWith(method(form))).key.type).toBe(type)
    const old = find(documentWith(method(forms[2]?.[0])))
    expect(formatMultikey(old.key)).toBe('z6MkiTBz1ymuepAQ4HEHYSF1H8quG5GLVVQR3djdX3mDooWp')
  })

  it('has times, which say how long it counts', () => {
    const times = { expires: '2026-01-01T00:00:00Z', revoked: '2026-02-01T00:00:00+02:00' }
    expect(find(documentWith(method(times)))).toMatchObject({
      expires: Date.parse(times.expires),
      revoked: Date.parse(times.revoked),
    })
    for (const odd of [{ expires: 'x' }, { revoked: true }, { expires: null }]) {
      expect(codeOf(() => find(documentWith(method(odd))))).toBe('time_malformed')
    }
  })

  it('must be there once, for the purpose, and be readable', () => {
    const cases: readonly (readonly [JsonObject, string])[] = [
      [documentWith(), 'method_missing'],
      [documentWith(method({ id: `${did}#key-2` })), 'method_missing'],
      [documentWith(method({ id: 'key-1' })), 'method_missing'],
      [documentWith(method(), method()), 'method_ambiguous'],
      [{ ...documentWith(method()), assertionMethod: [method()] }, 'method_ambiguous'],
      [{ ...documentWith(method()), assertionMethod: [`${did}#key-2`] }, 'method_purpose'],
      [{ ...documentWith(method()), assertionMethod: [] }, 'method_purpose'],
      [{ id: did, verificationMethod: [method()] }, 'method_purpose'],
      [{ ...documentWith(method()), id: 7 }, 'did_document_malformed'],
      [{ verificationMethod: [method()] }, 'did_document_malformed'],
      [documentWith(method({ controller: undefined })), 'did_document_malformed'],
      [documentWith(method({ controller: [did] })), 'did_document_malformed'],
      [documentWith(method({ type: 'RsaVerificationKey2018' })), 'key_format_unknown'],
      [documentWith(method({ type: ['Multikey'] })), 'key_format_unknown'],
      [documentWith(method({ publicKeyMultibase: 7 })), 'key_malformed'],
      [documentWith(method({ type: 'JsonWebKey' })), 'key_malformed'],
      [documentWith(method({ type: 'Ed25519VerificationKey2018' })), 'key_malformed'],
      [
        documentWith(method({ type: 'Ed25519VerificationKey2018', publicKeyBase58: '2' })),
        'key_length',
      ],
    ]
    for (const [document, code] of cases) expect(codeOf(() => find(document))).toBe(code)
  })

  it('is not looked for among thousands', () => {
    const many = Array.from({ length: 5_000 }, (_, i) => method({ id: `${did}#${i}` }))
    expect(codeOf(() => find(documentWith(...many)))).toBe('methods_too_many')
  })
})

describe('a DID', () => {
  it('whose document is not even JSON could not be resolved, which is no verdict about it', async () => {
    const resolve = makeResolver(async () => parseJson('<html>Not found</html>'))
    const failure = await resolve(did).catch((thrown: unknown) => thrown)
    expect(failure).toBeInstanceOf(Error)
    expect(failure).not.toBeInstanceOf(InvalidInputError)
    const signed = await sign(badgeBy(did), { ...(await signerOf(1)), verificationMethod: name })
    expect(await outcomesOf(signed, { resolveDid: resolve })).toEqual([
      'indeterminate: key_unreachable',
    ])
  })

  it('is resolved by itself, or through the one door for documents', async () => {
    const documents = { 'https://uni.example/.well-known/did.json': documentWith(method()) }
    const resolve = resolverOf(documents)
    expect(await resolve(did)).toEqual(documentWith(method()))
    expect(await resolve(keyDid)).toMatchObject({ id: keyDid })
  })

  it('that is not one of these kinds cannot be, and no other address is asked', async () => {
    const asked: string[] = []
    const resolve = resolverOf(
      new Proxy({}, { has: (_, url) => asked.push(String(url)) > 0, get: () => ({ id: 'x' }) }),
    )
    for (const odd of ['did:ebsi:x', 'http://x.example/', 'file:///etc/passwd', 'did:web:', '']) {
      await expect(resolve(odd)).rejects.toMatchObject({ code: 'did_method_unsupported' })
    }
    expect(asked).toEqual([])
    await expect(resolve(did)).rejects.toMatchObject({ code: 'did_document_mismatch' })
    expect(asked).toEqual(['https://uni.example/.well-known/did.json'])
  })
})
