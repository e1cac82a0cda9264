import { beforeAll, describe, expect, it } from 'vitest'
import type { JsonObject } from '../../core/canonical.ts'
import {
  didDocument,
  didJwk,
  didKeyTokenSigner,
  payloadBy,
  reportOn,
  type TokenSigner,
  tokenOf,
  tokenSigner,
  verdictOf,
} from './tokens.ts'

const college = 'https://college.example.edu/issuers/1'
const didWeb = 'did:web:college.example.edu'
const didUrl = 'https://college.example.edu/.well-known/did.json'
const keysUrl = 'https://college.example.edu/keys.json'
let own: TokenSigner
let rsa: TokenSigner
let stranger: TokenSigner

beforeAll(async () => {
  own = await tokenSigner('ES256')
  rsa = await tokenSigner('RS256')
  stranger = await tokenSigner('ES256')
})

const verdict = async (
  issuer: string,
  header: JsonObject,
  documents: Readonly<Record<string, unknown>> = {},
  signer = own,
) => verdictOf(await tokenOf(payloadBy(issuer), signer, header), documents)

describe('a key at an https URL', () => {
  const setOf = (...keys: JsonObject[]) => ({ [keysUrl]: { keys } })

  it('is the issuer’s where it lies at the issuer’s own origin', async () => {
    expect(await verdict(college, { kid: keysUrl }, { [keysUrl]: own.jwk })).toBe('valid')
    expect(await verdict(college, { kid: keysUrl }, { [keysUrl]: rsa.jwk }, rsa)).toBe('valid')
    expect(await verdict(college, { kid: keysUrl }, setOf(own.jwk))).toBe('valid')
    const named = { ...own.jwk, kid: 'key-1' }
    const set = setOf({ ...stranger.jwk, kid: 'old' }, named)
    expect(await verdict(college, { kid: `${keysUrl}#key-1` }, set)).toBe('valid')
    const full = setOf(stranger.jwk, { ...own.jwk, kid: `${keysUrl}#2` })
    expect(await verdict(college, { kid: `${keysUrl}#2` }, full)).toBe('valid')
    expect(await verdict(college, { kid: `${keysUrl}#1` }, { [keysUrl]: own.jwk })).toBe('valid')
  })

  it('may be listed by a controller document', async () => {
    const documents = { [college]: didDocument(college, { 'key-1': own.jwk }) }
    expect(await verdict(college, { kid: `${college}#key-1` }, documents)).toBe('valid')
    const forOther = {
      [college]: didDocument(college, { 'key-1': own.jwk }, { assertionMethod: [] }),
    }
    expect(await verdict(college, { kid: `${college}#key-1` }, forOther)).toBe(
      'invalid: method_purpose',
    )
    const foreign = { [college]: didDocument('https://other.example.org/', { 'key-1': own.jwk }) }
    expect(await verdict(college, { kid: `${college}#key-1` }, foreign)).toBe(
      'invalid: method_missing',
    )
  })

  it.each([
    ['https://keys.example.org/1'],
    ['https://college.example.edu.example.com/keys.json'],
    ['https://college.example.edu@keys.example.org/keys.json'],
    ['https://college.example.edu:8443/keys.json'],
  ])('is not known to be the issuer’s anywhere else: %s', async (kid) => {
    const token = await tokenOf(payloadBy(college), own, { kid })
    const report = await reportOn(token, { [kid]: own.jwk })
    expect(report).toMatchObject({ verdict: 'indeterminate', reason: 'issuer_key_elsewhere' })
    expect(report.checks.find(({ name }) => name === 'signature')?.outcome).toBe('valid')
  })

  it('is not known to be that of an issuer that no https URL names', async () => {
    for (const issuer of [
      'http://college.example.edu/issuers/1',
      'urn:uuid:7',
      'tag:college,1:2',
    ]) {
      expect(await verdict(issuer, { kid: keysUrl }, { [keysUrl]: own.jwk })).toBe(
        'indeterminate: issuer_key_elsewhere',
      )
    }
  })

  it('is the one that the issuer’s DID document lists, or somebody else’s', async () => {
    const kid = 'https://keys.example.org/1'
    const listed = { [kid]: own.jwk, [didUrl]: didDocument(didWeb, { a: rsa.jwk, b: own.jwk }) }
    expect(await verdict(didWeb, { kid }, listed)).toBe('valid')
    const unlisted = { [kid]: own.jwk, [didUrl]: didDocument(didWeb, { a: stranger.jwk }) }
    expect(await verdict(didWeb, { kid }, unlisted)).toBe('invalid: issuer_key_mismatch')
    expect(await verdict(didWeb, { kid }, { [kid]: own.jwk })).toBe(
      'indeterminate: issuer_key_elsewhere',
    )
  })

  it('that cannot be had says nothing; one that is not there does', async () => {
    expect(await verdict(college, { kid: keysUrl })).toBe('indeterminate: key_unreachable')
    for (const document of [{}, { keys: [] }, [], null, 'key', { keys: {} }, { keys: [null] }]) {
      expect(await verdict(college, { kid: keysUrl }, { [keysUrl]: document })).toMatch(
        /^invalid: (?:method_missing|key_malformed)$/,
      )
    }
    expect(await verdict(college, { kid: `${keysUrl}#b` }, setOf({ ...own.jwk, kid: 'a' }))).toBe(
      'invalid: method_missing',
    )
    const twice = setOf({ ...own.jwk, kid: 'a' }, { ...stranger.jwk, kid: 'a' })
    expect(await verdict(college, { kid: `${keysUrl}#a` }, twice)).toBe('invalid: method_missing')
    expect(await verdict(college, { kid: keysUrl }, setOf(own.jwk, stranger.jwk))).toBe(
      'invalid: method_missing',
    )
  })
})

describe('a key of a DID', () => {
  it('is named by its URL, or by what the issuer’s document calls it', async () => {
    const documents = {
      [didUrl]: didDocument(didWeb, { a: stranger.jwk, b: { ...own.jwk, kid: 'thumb' } }),
    }
    for (const kid of [`${didWeb}#b`, '#b', 'b', 'thumb']) {
      expect(await verdict(didWeb, { kid }, documents), kid).toBe('valid')
    }
    expect(await verdict(didWeb, { kid: '#a' }, documents)).toBe('invalid: signature_invalid')
    for (const kid of [`${didWeb}#c`, 'c', didWeb]) {
      expect(await verdict(didWeb, { kid }, documents), kid).toBe('invalid: method_missing')
    }
    expect(await verdict(didWeb, {}, documents)).toBe('invalid: method_missing')
    expect(await verdict(didWeb, { kid: `${didWeb}#b` })).toBe('indeterminate: key_unreachable')
  })

  it('of somebody else is a mismatch, however well it signed', async () => {
    const { did, kid, ...signer } = await didKeyTokenSigner(9)
    for (const issuer of [college, didWeb, didJwk(own)]) {
      expect(await verdict(issuer, { kid }, {}, signer)).toBe('invalid: issuer_key_mismatch')
    }
    const payload = { ...payloadBy(did), issuer: { id: didWeb }, iss: didWeb }
    expect(await verdictOf(await tokenOf(payload, signer, { kid }))).toBe(
      'invalid: issuer_key_mismatch',
    )
  })

  it('of somebody else is a mismatch, also where it cannot be read', async () => {
    const kid = 'did:web:other.example.org#a'
    for (const issuer of [college, didWeb]) {
      expect(await verdict(issuer, { kid })).toBe('invalid: issuer_key_mismatch')
    }
  })

  it('must be controlled by the DID, listed for assertions, and in force', async () => {
    const kid = `${didWeb}#a`
    const method = { id: kid, type: 'JsonWebKey', controller: didWeb, publicKeyJwk: own.jwk }
    const answer = (more: JsonObject, other: JsonObject = {}) => {
      const document = didDocument(didWeb, {}, { verificationMethod: [{ ...method, ...more }] })
      return verdict(
        didWeb,
        { kid },
        { [didUrl]: { ...document, assertionMethod: [kid], ...other } },
      )
    }
    expect(await answer({})).toBe('valid')
    expect(await answer({ controller: 'did:web:other.example.org' })).toBe(
      'invalid: controller_mismatch',
    )
    expect(await answer({}, { assertionMethod: [] })).toBe('invalid: method_purpose')
    expect(await answer({}, { id: 'did:web:other.example.org' })).toBe(
      'invalid: did_document_mismatch',
    )
    expect(await answer({ revoked: '2026-05-20T00:00:00Z' })).toBe('invalid: key_revoked')
    expect(await answer({ expires: '2026-05-20T00:00:00Z' })).toBe('valid')
    expect(await answer({ expires: '2026-04-30T00:00:00Z' })).toBe('invalid: key_expired')
    expect(await answer({ type: 'Unheard2030', publicKeyJwk: undefined as never })).toBe(
      'indeterminate: key_format_unknown',
    )
  })

  it('of a method that is not read leaves it open', async () => {
    expect(await verdict('did:ion:abc', { kid: 'did:ion:abc#1' })).toBe(
      'indeterminate: did_method_unsupported',
    )
    expect(await verdict('did:jwk:e30', { kid: 'did:jwk:e30#0' })).toBe(
      'invalid: did_jwk_malformed',
    )
    expect(await verdict('did:key:z6', { kid: 'did:key:z6#z6' })).toBe('invalid: did_key_malformed')
    const sealing = didJwk({ ...own, jwk: { ...own.jwk, use: 'enc' } })
    expect(await verdict(sealing, { kid: `${sealing}#0` })).toBe('invalid: method_purpose')
  })
})

describe('a key in the header', () => {
  it('says nothing of whose it is', async () => {
    const report = await reportOn(await tokenOf(payloadBy(college), own, { jwk: own.jwk }))
    expect(report).toMatchObject({ verdict: 'indeterminate', reason: 'issuer_key_self_asserted' })
    expect(report.checks.map(({ name, outcome }) => `${name} ${outcome}`)).toContain(
      'signature valid',
    )
    const named = { jwk: own.jwk, kid: 'key-1' }
    for (const issuer of [college, didWeb, 'did:ion:abc', 'urn:uuid:7']) {
      expect(await verdict(issuer, { jwk: own.jwk })).toBe(
        'indeterminate: issuer_key_self_asserted',
      )
      expect(await verdict(issuer, named)).toBe('indeterminate: issuer_key_self_asserted')
    }
  })

  it('is the issuer’s where its DID lists it, and nobody’s where not', async () => {
    const listed = { [didUrl]: didDocument(didWeb, { a: rsa.jwk, b: own.jwk }) }
    expect(await verdict(didWeb, { jwk: own.jwk }, listed)).toBe('valid')
    expect(await verdict(didWeb, { jwk: stranger.jwk }, listed, stranger)).toBe(
      'invalid: issuer_key_mismatch',
    )
    expect(await verdict(didJwk(own), { jwk: own.jwk })).toBe('valid')
    expect(await verdict(didJwk(own), { jwk: stranger.jwk }, {}, stranger)).toBe(
      'invalid: issuer_key_mismatch',
    )
    const { did, jwk, ...signer } = await didKeyTokenSigner(9)
    expect(await verdict(did, { jwk }, {}, { jwk, ...signer })).toBe('valid')
  })

  it('is passed over beside a kid that leads to a key', async () => {
    const header = { kid: `${didWeb}#a`, jwk: stranger.jwk }
    const documents = { [didUrl]: didDocument(didWeb, { a: own.jwk }) }
    expect(await verdict(didWeb, header, documents, stranger)).toBe('invalid: signature_invalid')
    expect(await verdict(didWeb, header, documents)).toBe('valid')
    expect(await verdict(didWeb, { kid: 'a', jwk: stranger.jwk }, documents, stranger)).toBe(
      'invalid: signature_invalid',
    )
    const url = { kid: keysUrl, jwk: stranger.jwk }
    expect(await verdict(college, url, { [keysUrl]: own.jwk }, stranger)).toBe(
      'invalid: signature_invalid',
    )
    expect(await verdict(college, url, {}, stranger)).toBe('indeterminate: key_unreachable')
  })

  it('missing there, with nothing that leads to one, leaves it open', async () => {
    for (const header of [{}, { kid: 'key-1' }, { kid: 'http://college.example.edu/keys' }]) {
      expect(await verdict(college, header)).toBe('indeterminate: jwt_key_unnamed')
    }
    for (const kid of [7, null, {}, ['a'], `did:key:${'z'.repeat(60_000)}`]) {
      expect(await verdict(college, { kid } as JsonObject)).toBe('invalid: key_malformed')
    }
  })
})
