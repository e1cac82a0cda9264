import { generateKeyPairSync, type KeyObject, sign as signWith } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { utf8 } from '../../core/bytes.ts'
import type { JsonObject } from '../../core/canonical.ts'
import { compressPoint, decompressPoint } from '../../core/curve-point.ts'
import { parseJwk, toJwk } from '../../core/jwk.ts'
import {
  formatMultikey,
  fromBase58,
  isSignedBy,
  type PublicKey,
  parseMultikey,
  toBase58,
} from '../../core/multikey.ts'
import { makeSigningKey } from '../../core/signing-key.ts'
import { montgomeryKey } from '../../core/x25519.ts'
import { codeOf, refusalOf } from './thrown.ts'

const curves = ['P-256', 'P-384', 'P-521', 'secp256k1'] as const
const jwkOf = (key: KeyObject) => key.export({ format: 'jwk' }) as unknown as JsonObject

describe('keys that Node makes', () => {
  it.each(curves)(
    '%s: a JSON Web Key, its compressed point and its multikey are one key',
    (name) => {
      for (let i = 0; i < 8; i++) {
        const { publicKey } = generateKeyPairSync('ec', { namedCurve: name })
        const jwk = jwkOf(publicKey)
        const key = parseJwk(jwk)
        expect(key.type).toBe(name)
        expect(toJwk(key)).toEqual({ kty: 'EC', crv: name, x: jwk['x'], y: jwk['y'] })
        expect(parseMultikey(formatMultikey(key))).toEqual(key)
      }
    },
  )

  it.each(['Ed25519', 'X25519'] as const)('%s: JSON Web Key and multikey are one key', (name) => {
    const make = name === 'Ed25519' ? 'ed25519' : 'x25519'
    const { publicKey } = generateKeyPairSync(make as 'ed25519')
    const key = parseJwk(jwkOf(publicKey))
    expect(toJwk(key)).toEqual(jwkOf(publicKey))
    expect(parseMultikey(formatMultikey(key))).toEqual(key)
  })

  it.each([
    ['P-256', 'sha256'],
    ['P-384', 'sha384'],
  ] as const)('%s: a signature of Node is one here, and of nobody else', async (name, hash) => {
    const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: name })
    const other = parseJwk(jwkOf(generateKeyPairSync('ec', { namedCurve: name }).publicKey))
    const key = parseJwk(jwkOf(publicKey))
    const data = utf8('what is signed')
    const signature = Uint8Array.from(
      signWith(hash, data, { key: privateKey, dsaEncoding: 'ieee-p1363' }),
    )
    expect(await isSignedBy(key, data, signature)).toBe(true)
    expect(await isSignedBy(key, utf8('something else'), signature)).toBe(false)
    expect(await isSignedBy(other, data, signature)).toBe(false)
    expect(await isSignedBy(key, data, signature.slice(1))).toBe(false)
    expect(await isSignedBy(key, data, new Uint8Array(signature.length))).toBe(false)
  })
})

describe('a key that signs', () => {
  it('is the one of RFC 8032 §7.1, test 1', async () => {
    const hex = (text: string) => Uint8Array.from(Buffer.from(text, 'hex'))
    const key = await makeSigningKey(
      hex('9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60'),
    )
    expect(Buffer.from(key.publicKey.bytes).toString('hex')).toBe(
      'd75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a',
    )
    expect(Buffer.from(await key.sign(new Uint8Array())).toString('hex')).toBe(
      'e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b',
    )
  })

  it('makes signatures that are its own alone', async () => {
    const [one, two] = await Promise.all(
      [1, 2].map((byte) => makeSigningKey(new Uint8Array(32).fill(byte))),
    )
    if (!one || !two) throw new Error('two keys')
    const data = utf8('what is signed')
    const signature = await one.sign(data)
    expect(await isSignedBy(one.publicKey, data, signature)).toBe(true)
    expect(await isSignedBy(two.publicKey, data, signature)).toBe(false)
  })

  it('tells nothing of its private part', async () => {
    const seed = new Uint8Array(32).fill(7)
    const key = await makeSigningKey(seed)
    expect(JSON.stringify(key)).not.toContain(Buffer.from(seed).toString('base64').slice(0, 20))
    expect(Object.keys(key).toSorted()).toEqual(['multikey', 'publicKey', 'sign'])
  })
})

describe('multibase', () => {
  it('base58 goes there and back, zeros at the front included', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1, maxLength: 100 }), (bytes) => {
        expect(fromBase58(toBase58(bytes))).toEqual(bytes)
      }),
    )
  })

  it.each(['', 'z', 'u6Mk', 'Z6Mk', 'z0', 'zO', 'zI', 'zl', 'z6Mk ', ' z6Mk', 'z6Mk\n', 'zé'])(
    '%j is none',
    (text) => {
      expect(codeOf(() => fromBase58(text))).toBe('multibase_malformed')
    },
  )

  it('of a length without end is refused at once', () => {
    const started = performance.now()
    expect(codeOf(() => fromBase58(`z${'2'.repeat(5_000_000)}`))).toBe('multibase_malformed')
    expect(performance.now() - started).toBeLessThan(5_000)
  })

  it('says how long the key should have been', () => {
    const { code, message, pointer } = refusalOf(() => parseMultikey('zTjsVPtY', '/key'))
    expect({ code, pointer }).toEqual({ code: 'key_length', pointer: '/key' })
    expect(message).toBe('a key of type Ed25519 has 32 bytes, this one 3')
  })
})

describe('a JSON Web Key that is none', () => {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const good = jwkOf(publicKey)
  it.each<readonly [string, unknown, string]>([
    ['nothing', undefined, 'key_malformed'],
    ['a text', 'x', 'key_malformed'],
    ['a private key', jwkOf(privateKey), 'key_malformed'],
    ['no coordinate', { ...good, y: undefined }, 'key_malformed'],
    ['a coordinate in base64', { ...good, x: '+/==' }, 'multibase_malformed'],
    ['a short coordinate', { ...good, x: 'AAAA' }, 'key_malformed'],
    ['coordinates that are exchanged', { ...good, x: good['y'], y: good['x'] }, 'key_malformed'],
    ['a point of another curve', { ...good, crv: 'secp256k1' }, 'key_malformed'],
    ['another curve', { ...good, crv: 'P-192' }, 'key_type_unknown'],
    ['a name that objects have', { ...good, crv: 'toString' }, 'key_type_unknown'],
    ['RSA', { kty: 'RSA', n: 'AQAB', e: 'AQAB' }, 'key_type_unknown'],
    ['an Ed25519 key of 31 bytes', { kty: 'OKP', crv: 'Ed25519', x: 'A'.repeat(42) }, 'key_length'],
  ])('%s', (_, jwk, code) => {
    expect(codeOf(() => parseJwk(jwk as JsonObject))).toBe(code)
  })
})

describe('points', () => {
  it('that are on no curve are refused, and there are as many of these as of others', () => {
    let refused = 0
    for (let x = 0; x < 200; x++) {
      const bytes = new Uint8Array(33)
      bytes.set([2], 0)
      bytes.set([x], 32)
      if (codeOf(() => decompressPoint('P-256', bytes)) === 'key_malformed') refused += 1
    }
    expect(refused).toBeGreaterThan(60)
    expect(refused).toBeLessThan(140)
  })

  it('beyond the prime are refused', () => {
    const bytes = new Uint8Array(33).fill(255)
    bytes[0] = 2
    for (const name of ['P-256', 'secp256k1'] as const) {
      expect(codeOf(() => decompressPoint(name, bytes))).toBe('key_malformed')
    }
    expect(codeOf(() => compressPoint('P-256', bytes.slice(1), bytes.slice(1)))).toBe(
      'key_malformed',
    )
  })

  it('of Ed25519 that are nobody’s have no key for encryption', () => {
    const neutral = new Uint8Array(32)
    neutral[0] = 1
    expect(codeOf(() => montgomeryKey(neutral))).toBe('key_malformed')
    const key: PublicKey = { type: 'BLS12-381 G2', bytes: new Uint8Array(96) }
    expect(codeOf(() => toJwk(key))).toBe('key_type_unknown')
  })
})
