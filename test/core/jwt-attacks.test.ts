import { createHmac, createPublicKey, generateKeyPairSync, sign } from 'node:crypto'
import fc from 'fast-check'
import { exportSPKI, importJWK } from 'jose'
import { beforeAll, describe, expect, it } from 'vitest'
import { InvalidInputError } from '../../core/error.ts'
import { openToken } from '../../core/jwt/open.ts'
import { rejectionOf } from './thrown.ts'
import {
  base64url,
  didDocument,
  enveloped,
  payloadBy,
  reportOn,
  type TokenSigner,
  tokenOf,
  tokenSigner,
  unsignedToken,
  verdictOf,
} from './tokens.ts'

const issuer = 'did:web:college.example.edu'
const kid = `${issuer}#a`
const documentUrl = 'https://college.example.edu/.well-known/did.json'
let rsa: TokenSigner
let curve: TokenSigner

beforeAll(async () => {
  rsa = await tokenSigner('RS256')
  curve = await tokenSigner('ES256')
})

const listing = (jwk: unknown) => ({ [documentUrl]: didDocument(issuer, { a: jwk as never }) })

describe('a token that nobody signed', () => {
  it.each([
    'none',
    'None',
    'NONE',
    'nOnE',
    'HS256',
    'HS384',
    'HS512',
    'dir',
    'A128KW',
    '',
    null,
    7,
    ['RS256'],
    {},
  ])('proves nothing with the algorithm %o', async (alg) => {
    for (const signature of ['', 'AAAA']) {
      const token = unsignedToken({ alg, kid }, payloadBy(issuer), signature)
      expect(await verdictOf(token, listing(rsa.jwk))).toBe('invalid: jwt_algorithm_refused')
    }
  })

  it('proves nothing without an algorithm', async () => {
    expect(await verdictOf(unsignedToken({ kid }, payloadBy(issuer)), listing(rsa.jwk))).toBe(
      'invalid: jwt_algorithm_refused',
    )
  })

  it('proves nothing with a public key as the secret of a MAC', async () => {
    const publicKey = (await importJWK(rsa.jwk, 'RS256')) as CryptoKey
    const pem = await exportSPKI(publicKey)
    const der = createPublicKey(pem).export({ type: 'spki', format: 'der' })
    for (const secret of [pem, pem.trim(), der, JSON.stringify(rsa.jwk), String(rsa.jwk['n'])]) {
      const signed = `${base64url(JSON.stringify({ alg: 'HS256', kid }))}.${base64url(JSON.stringify(payloadBy(issuer)))}`
      const mac = createHmac('sha256', secret).update(signed).digest('base64url')
      expect(await verdictOf(`${signed}.${mac}`, listing(rsa.jwk))).toBe(
        'invalid: jwt_algorithm_refused',
      )
    }
    const oct = { kty: 'oct', k: base64url('secret') }
    for (const alg of ['RS256', 'ES256', 'EdDSA']) {
      expect(await verdictOf(unsignedToken({ alg, kid }, payloadBy(issuer)), listing(oct))).toBe(
        'invalid: key_malformed',
      )
    }
  })

  it.each(['ES256K', 'ES512', 'RS512', 'ML-DSA-44'])(
    'or with %s, which is not checked here, is left open',
    async (alg) => {
      const token = unsignedToken({ alg, kid }, payloadBy(issuer))
      expect(await verdictOf(token, listing(rsa.jwk))).toBe('indeterminate: signature_unsupported')
    },
  )

  it('is refused with a signature of zeros, of nothing, or of another length', async () => {
    for (const size of [0, 1, 63, 64, 65, 96, 256]) {
      const signature = Buffer.alloc(size).toString('base64url')
      for (const { alg, jwk } of [rsa, curve]) {
        const token = unsignedToken({ alg, kid }, payloadBy(issuer), signature)
        expect(await verdictOf(token, listing(jwk))).toBe('invalid: signature_invalid')
      }
    }
  })

  it('is refused with an ECDSA signature in DER', async () => {
    const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
    const signed = `${base64url(JSON.stringify({ alg: 'ES256', kid }))}.${base64url(JSON.stringify(payloadBy(issuer)))}`
    const raw = sign('sha256', Buffer.from(signed), { key: privateKey, dsaEncoding: 'ieee-p1363' })
    const der = sign('sha256', Buffer.from(signed), privateKey)
    const documents = listing(publicKey.export({ format: 'jwk' }))
    expect(await verdictOf(`${signed}.${base64url(raw)}`, documents)).toBe('valid')
    expect(await verdictOf(`${signed}.${base64url(der)}`, documents)).toBe(
      'invalid: signature_invalid',
    )
  })
})

describe('a header', () => {
  it.each([
    ['crit', { crit: ['exp'], exp: 1 }],
    ['crit', { crit: [] }],
    ['b64', { b64: false, crit: ['b64'] }],
    ['b64', { b64: true }],
  ])('that asks for %s is refused', async (_, more) => {
    const token = unsignedToken({ alg: 'RS256', kid, ...more }, payloadBy(issuer))
    expect(await verdictOf(token, listing(rsa.jwk))).toBe('invalid: jwt_header_refused')
  })

  it('leads nowhere but to its kid', async () => {
    const stranger = await tokenSigner('RS256')
    const more = {
      kid,
      jku: 'https://attacker.test/keys.json',
      x5u: 'https://attacker.test/chain.pem',
      x5c: ['MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8A'],
      jwk: stranger.jwk,
    }
    const token = await tokenOf(payloadBy(issuer), stranger, more)
    expect(await verdictOf(token, listing(rsa.jwk))).toBe('invalid: signature_invalid')
  })
})

describe('a key', () => {
  const verdict = (jwk: unknown, alg = 'RS256') =>
    verdictOf(unsignedToken({ alg, kid }, payloadBy(issuer)), listing(jwk))

  it('of RSA has 2,048 to 8,192 bits, however it is written', async () => {
    const weak = generateKeyPairSync('rsa', { modulusLength: 1_024 })
    const jwk = weak.publicKey.export({ format: 'jwk' })
    const token = async () => {
      const signed = `${base64url(JSON.stringify({ alg: 'RS256', kid }))}.${base64url(JSON.stringify(payloadBy(issuer)))}`
      return `${signed}.${sign('sha256', Buffer.from(signed), weak.privateKey).toString('base64url')}`
    }
    expect(await verdictOf(await token(), listing(jwk))).toBe('invalid: key_length')
    const padded = Buffer.concat([Buffer.alloc(200), Buffer.from(String(jwk.n), 'base64url')])
    expect(await verdict({ ...jwk, n: base64url(padded) })).toBe('invalid: key_length')
    expect(await verdict({ ...rsa.jwk, n: base64url(Buffer.alloc(1_025, 255)) })).toBe(
      'invalid: key_length',
    )
    expect(await verdict({ ...rsa.jwk, n: base64url(Buffer.alloc(256)) })).toBe(
      'invalid: key_length',
    )
    expect(await verdict({ ...rsa.jwk, e: base64url(Buffer.alloc(9, 1)) })).toBe(
      'invalid: key_malformed',
    )
  })

  it.each([
    ['with its private part', { d: 'AAAA' }, 'key_malformed'],
    ['with its primes', { p: 'AAAA' }, 'key_malformed'],
    ['that holds a secret', { k: 'AAAA' }, 'key_malformed'],
    ['without a modulus', { n: undefined }, 'key_malformed'],
    ['with padding', { n: 'AAAA=' }, 'key_malformed'],
    ['with a number for its exponent', { e: 65_537 }, 'key_malformed'],
    ['of another kind', { kty: 'EC' }, 'key_type_mismatch'],
    ['of no kind', { kty: undefined }, 'key_type_mismatch'],
    ['that is for another algorithm', { alg: 'PS256' }, 'key_type_mismatch'],
    ['that is for encryption', { use: 'enc' }, 'method_purpose'],
    ['that does not verify', { key_ops: ['encrypt'] }, 'method_purpose'],
  ])('%s is refused', async (_, more, code) => {
    expect(await verdict({ ...rsa.jwk, ...more })).toBe(`invalid: ${code}`)
  })

  it('that is no point of its curve, or of another curve, is refused', async () => {
    const x = base64url(Buffer.alloc(32, 1))
    expect(await verdict({ ...curve.jwk, x }, 'ES256')).toBe('invalid: key_malformed')
    expect(await verdict({ ...curve.jwk, crv: 'P-384' }, 'ES256')).toBe(
      'invalid: key_type_mismatch',
    )
    expect(await verdict({ ...curve.jwk, crv: 'secp256k1' }, 'ES256')).toBe(
      'invalid: key_type_mismatch',
    )
    const odd = { kty: 'OKP', crv: 'Ed448', x: base64url(Buffer.alloc(57)) }
    expect(await verdict(odd, 'EdDSA')).toBe('invalid: key_type_mismatch')
    expect(await verdict({ kty: 'OKP', crv: 'X25519', x }, 'EdDSA')).toBe(
      'invalid: key_type_mismatch',
    )
    expect(await verdict({ kty: 'OKP', crv: 'Ed25519', x: 'AAAA' }, 'EdDSA')).toBe(
      'invalid: key_malformed',
    )
    for (const none of [null, 'key', [], 7]) {
      expect(await verdict(none as never)).toMatch(/^invalid: key_malformed$/)
    }
  })
})

describe('the text of a token', () => {
  const parts = async () =>
    (await tokenOf(payloadBy(issuer), curve, { kid })).split('.') as [string, string, string]
  const refusal = async (text: string) => (await rejectionOf(reportOn(text))).code

  it('has one spelling', async () => {
    const [header, payload, signature] = await parts()
    // The last character has four bits to spare: other values of them are other texts of the same bytes.
    const last = 'BRhx'.charAt('AQgw'.indexOf(signature.slice(-1)))
    expect(last).not.toBe('')
    const stray = `${header}.${payload}.${signature.slice(0, -1)}${last}`
    expect(Buffer.from(stray.split('.')[2] ?? '', 'base64url')).toEqual(
      Buffer.from(signature, 'base64url'),
    )
    expect(await refusal(stray)).toBe('jwt_malformed')
    // What follows, or stands between, makes it no token, which is no JSON either.
    for (const text of [
      `${header}.${payload}.${signature}.`,
      `${header}.${payload}.${signature}.AAAA`,
      `${header}.${payload}.${signature}=`,
      `${header}.${payload}`,
      `${header}. ${payload}.${signature}`,
      `${header}.\n${payload}.${signature}`,
      `${header}.${payload}.${signature}~`,
      `${header}.${payload}.${signature} {}`,
      `${header}..${signature}`,
    ]) {
      expect(await refusal(text), text.slice(-20)).toMatch(/^(?:json_malformed|jwt_malformed)$/)
      const inside = JSON.stringify(enveloped(text))
      expect(await refusal(inside), text.slice(-20)).toBe('jwt_malformed')
    }
  })

  it('holds I-JSON, with no name twice, and objects', async () => {
    const make = (header: string, payload: string) =>
      `${base64url(header)}.${base64url(payload)}.AAAA`
    const head = JSON.stringify({ alg: 'ES256', kid })
    for (const [text, code] of [
      [make(head, '{"issuer":"a","issuer":"b"}'), 'duplicate_name'],
      [make(head, '{"vc":{"id":"a","\\u0069d":"b"}}'), 'duplicate_name'],
      [make('{"alg":"ES256","alg":"none"}', '{}'), 'duplicate_name'],
      [make(head, '{"a":1e400}'), 'number_unsafe'],
      [make(head, '{"__proto__":{}}'), 'name_forbidden'],
      [make(head, '{"a":"\\ud800"}'), 'lone_surrogate'],
      [make(head, `${'{"a":'.repeat(40)}1${'}'.repeat(40)}`), 'too_deep'],
      [make(head, `{"a":[${'1,'.repeat(50_000)}1]}`), 'too_many_values'],
      [make(head, '{"a":'), 'json_malformed'],
      [make(head, '[]'), 'jwt_malformed'],
      [make(head, 'null'), 'jwt_malformed'],
      [make(head, '"eyJ.eyJ.e"'), 'jwt_malformed'],
      [make(head, '\ufeff{}'), 'jwt_malformed'],
      [make(`{"alg":"ES256","x5c":["${'A'.repeat(70_000)}"]}`, '{}'), 'too_large'],
      [make(head, `{"a":"${'A'.repeat(1_100_000)}"}`), 'too_large'],
      [`${base64url(head)}.${'A'.repeat(2_000_000)}.AAAA`, 'too_large'],
      [`${base64url(head)}.e30.${'A'.repeat(2_000)}`, 'jwt_malformed'],
      [`${base64url(head)}.${base64url(Buffer.from([0x7b, 0xff, 0x7d]))}.AAAA`, 'utf8_invalid'],
    ] as const) {
      expect(await refusal(text), text.slice(0, 60)).toBe(code)
    }
  })

  it('is bounded in time, whatever is in it', async () => {
    const started = performance.now()
    const names = Array.from({ length: 40_000 }, (_, i) => `"a${i}":1`).join()
    const token = await tokenOf(`{${names}}`, curve, { kid })
    expect(await verdictOf(token, listing(curve.jwk))).toBe('invalid: not_a_credential')
    const filled = payloadBy(issuer, { description: 'a'.repeat(900_000) })
    expect(await verdictOf(await tokenOf(filled, curve, { kid }), listing(curve.jwk))).toMatch(
      /^(?:valid|indeterminate: json_ld_too_complex)$/,
    )
    expect(performance.now() - started).toBeLessThan(10_000)
  })

  it('is opened or refused, and nothing else, however it is cut', async () => {
    const token = (await parts()).join('.')
    for (let end = 0; end < token.length; end += 7) {
      try {
        openToken(token.slice(0, end) + token.slice(end + 1))
      } catch (thrown) {
        expect(thrown).toBeInstanceOf(InvalidInputError)
      }
    }
  })
})

describe('any change', () => {
  it('of one character makes a token another, or none', async () => {
    const token = await tokenOf(payloadBy(issuer), curve, { kid })
    const documents = listing(curve.jwk)
    const characters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.=+/ '
    await fc.assert(
      fc.asyncProperty(
        fc.nat(token.length - 1),
        fc.constantFrom(...characters),
        fc.boolean(),
        async (at, character, isInserted) => {
          const changed = token.slice(0, at) + character + token.slice(isInserted ? at : at + 1)
          if (changed === token || changed.trim() === token) return
          const answer = await verdictOf(changed, documents).catch((thrown) => {
            if (thrown instanceof InvalidInputError) return thrown.code
            throw thrown
          })
          expect(answer).not.toBe('valid')
        },
      ),
      { numRuns: 400 },
    )
  }, 60_000)
})

describe('an envelope', () => {
  it.each([
    ['no context', { '@context': undefined }, 'envelope_malformed /@context'],
    ['an empty context', { '@context': [] }, 'envelope_malformed /@context'],
    [
      'another context',
      { '@context': 'https://www.w3.org/ns/credentials/examples/v2' },
      'envelope_malformed /@context',
    ],
    ['no id', { id: undefined }, 'envelope_malformed /id'],
    ['a number for its id', { id: 7 }, 'envelope_malformed /id'],
    ['a token for its id', { id: 'eyJ.eyJ.e' }, 'envelope_malformed /id'],
    ['a link for its id', { id: 'https://attacker.test/token' }, 'envelope_malformed /id'],
    ['no media type', { id: 'data:,eyJ.eyJ.e' }, 'envelope_malformed /id'],
    ['nothing in it', { id: 'data:application/vc+jwt,' }, 'jwt_malformed '],
  ])('with %s is refused', async (_, more, expected) => {
    const badge = JSON.stringify(enveloped('e.e.e', more as never))
    const { code, pointer } = await rejectionOf(reportOn(badge))
    expect(`${code} ${pointer}`).toBe(expected)
  })

  it('does not make a credential of what is one already', async () => {
    const token = await tokenOf(payloadBy(issuer), curve, { kid })
    const both = { type: ['VerifiableCredential', 'EnvelopedVerifiableCredential'] }
    expect(await verdictOf(JSON.stringify(enveloped(token, both)), listing(curve.jwk))).toBe(
      'indeterminate: envelope_unsupported',
    )
  })

  it('within a token is no credential', async () => {
    const token = await tokenOf(payloadBy(issuer), curve, { kid })
    const again = await tokenOf(enveloped(token), curve, { kid })
    expect(await verdictOf(again, listing(curve.jwk))).toBe('invalid: not_a_credential')
  })
})
