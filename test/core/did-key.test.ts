import { describe, expect, it } from 'vitest'
import type { JsonObject } from '../../core/canonical.ts'
import { findMethod } from '../../core/did-document.ts'
import { didKeyDocument, didKeyMethod } from '../../core/did-key.ts'
import { formatMultikey, toBase58 } from '../../core/multikey.ts'
import { filesIn, readJson, sharedVectors } from '../shared-vectors.ts'
import { codeOf } from './thrown.ts'

const vectors = sharedVectors('did-key')
const did = 'did:key:z6MktKwz7Ge1Yxzr4JHavN33wiwa8y81QdcMRLXQsrH9T53b'
const [, , text] = did.split(':') as [string, string, string]
const agreement = `${did}#z6LSfHfAMAopsuBxaBzvp51GXrPf38Az13j2fmwqadbwwrzJ`

interface Vector {
  readonly didDocument: {
    readonly id: string
    readonly verificationMethod: readonly JsonObject[]
    readonly keyAgreement?: readonly (string | JsonObject)[]
  }
}
/** RSA keys are recognised by no verifier here; the file for X25519 alone has another shape. */
const files = filesIn(vectors).filter((file) => !['rsa.json', 'x25519.json'].includes(file))

describe.runIf(vectors)('the vectors of the did:key method', () => {
  it.each(files)('%s: the same keys under the same names', (file) => {
    const known = readJson(vectors as URL, file) as Readonly<Record<string, Vector>>
    const taken = Object.entries(known).filter(([id]) => !id.startsWith('did:key:z5Tc'))
    expect(taken.length).toBeGreaterThan(4)
    for (const [id, { didDocument }] of taken) {
      const ours = didKeyDocument(id)
      expect(ours['id']).toBe(didDocument.id)
      const methods = ours['verificationMethod'] as readonly JsonObject[]
      const names = methods.map((method) => method['id'])
      expect(names).toEqual(didDocument.verificationMethod.map((method) => method['id']))
      for (const method of didDocument.verificationMethod) {
        const jwk = method['publicKeyJwk'] as JsonObject | undefined
        if (!jwk) continue
        const asked = didKeyDocument(id, { publicKeyFormat: 'JsonWebKey2020' })
        const made = (asked['verificationMethod'] as readonly JsonObject[]).find(
          (each) => each['id'] === method['id'],
        )
        expect(made?.['publicKeyJwk']).toEqual(jwk)
      }
    }
  })

  it('RSA keys are of a type that is not known here', () => {
    for (const id of Object.keys(readJson(vectors as URL, 'rsa.json') as object)) {
      expect(['unsupportedPublicKeyType', 'invalidDid']).toContain(codeOf(() => didKeyDocument(id)))
    }
  })

  it('X25519 keys are for encryption alone', () => {
    const { didDocument } = readJson(vectors as URL, 'x25519.json') as { didDocument: object }
    for (const id of Object.keys(didDocument)) {
      const document = didKeyDocument(id)
      expect(document).not.toHaveProperty('assertionMethod')
      expect(document['keyAgreement']).toEqual([`${id}#${id.slice('did:key:'.length)}`])
    }
  })
})

describe('the document of a did:key', () => {
  it('lists the key for all that a signature is good for, and the derived one for encryption', () => {
    const name = `${did}#${text}`
    expect(didKeyDocument(did)).toEqual({
      '@context': ['https://www.w3.org/ns/did/v1', 'https://w3id.org/security/multikey/v1'],
      id: did,
      verificationMethod: [
        { id: name, type: 'Multikey', controller: did, publicKeyMultibase: text },
        {
          id: agreement,
          type: 'Multikey',
          controller: did,
          publicKeyMultibase: agreement.split('#')[1],
        },
      ],
      authentication: [name],
      assertionMethod: [name],
      capabilityDelegation: [name],
      capabilityInvocation: [name],
      keyAgreement: [agreement],
    })
  })

  it('names types as the suites of 2020 do where that is asked for', () => {
    const { verificationMethod } = didKeyDocument(did, {
      publicKeyFormat: 'Ed25519VerificationKey2020',
    }) as { verificationMethod: readonly JsonObject[] }
    expect(verificationMethod.map(({ type }) => type)).toEqual([
      'Ed25519VerificationKey2020',
      'X25519KeyAgreementKey2020',
    ])
  })

  it('may be asked for with a version', () => {
    expect(didKeyDocument(`did:key:1:${text}`)['id']).toBe(`did:key:1:${text}`)
  })

  it('gives the key that a verifier looks for', () => {
    const method = findMethod(didKeyDocument(did), `${did}#${text}`, 'assertionMethod')
    expect(method).toMatchObject({ controller: did, expires: undefined, revoked: undefined })
    expect(formatMultikey(method.key)).toBe(text)
    expect(codeOf(() => findMethod(didKeyDocument(did), agreement, 'assertionMethod'))).toBe(
      'method_purpose',
    )
  })
})

describe('what is no did:key, by the codes of the method', () => {
  const prefixed = (prefix: readonly number[], length: number, fill = 2) =>
    `did:key:${toBase58(Uint8Array.from([...prefix, ...new Array<number>(length).fill(fill)]))}`
  const cases: readonly (readonly [string, string])[] = [
    [`notDid:key:${text}`, 'invalidDid'],
    [`did:experimental:${text}`, 'methodNotSupported'],
    [`did:key:-4:${text}`, 'invalidDid'],
    [`did:key:0:${text}`, 'invalidDid'],
    [`did:key:1:2:${text}`, 'invalidDid'],
    [`did:key:1.1:${text}`, 'invalidDid'],
    [`did:key:${text.slice(1)}`, 'invalidDid'],
    [`did:key:u${text.slice(1)}`, 'invalidDid'],
    ['did:key:@', 'invalidDid'],
    ['did:key:', 'invalidDid'],
    ['did:key', 'invalidDid'],
    ['did', 'invalidDid'],
    ['', 'invalidDid'],
    [`did:key:z${'2'.repeat(1_000_000)}`, 'invalidDid'],
    ['did:key:zTjsVPtY', 'invalidPublicKeyLength'],
    [prefixed([0xed, 0x01], 31), 'invalidPublicKeyLength'],
    [prefixed([0xed, 0x01], 33), 'invalidPublicKeyLength'],
    [prefixed([0x80, 0x24], 64), 'invalidPublicKeyLength'],
    [prefixed([0x12, 0x34], 32), 'unsupportedPublicKeyType'],
    [prefixed([], 1), 'unsupportedPublicKeyType'],
    // A compressed point begins with 2 or 3, and its x must be one of the curve.
    [prefixed([0x80, 0x24], 33, 4), 'invalidPublicKey'],
    [prefixed([0x80, 0x24, 2], 32, 255), 'invalidPublicKey'],
    [prefixed([0xe7, 0x01, 2], 32, 255), 'invalidPublicKey'],
    // The neutral point of Ed25519.
    [prefixed([0xed, 0x01, 1], 31, 0), 'invalidPublicKey'],
  ]
  it.each(cases)('%.60s', (id, code) => {
    expect(codeOf(() => didKeyDocument(id))).toBe(code)
  })

  it.each([
    ['unknown', 'unsupportedPublicKeyType'],
    ['toString', 'unsupportedPublicKeyType'],
    ['', 'unsupportedPublicKeyType'],
    ['Ed25519VerificationKey2018', 'invalidPublicKeyType'],
    ['X25519KeyAgreementKey2019', 'invalidPublicKeyType'],
  ])('a format of keys that is not offered: %s', (publicKeyFormat, code) => {
    expect(codeOf(() => didKeyDocument(did, { publicKeyFormat }))).toBe(code)
  })

  it('a format that does not fit the key', () => {
    const p256 = 'did:key:zDnaerx9CtbPJ1q36T5Ln5wYt3MQYeGRG5ehnPAmxcf5mDZpv'
    const publicKeyFormat = 'Ed25519VerificationKey2020'
    expect(codeOf(() => didKeyDocument(p256, { publicKeyFormat }))).toBe('invalidPublicKeyType')
  })
})

describe('one key of a did:key', () => {
  it('is found by its name', () => {
    expect(didKeyMethod(agreement)).toMatchObject({ id: agreement, controller: did })
  })

  it.each([
    `${did}/^bar^/?query=\`#${text}`,
    `${did}#key-1`,
    `${did}#${text}#${text}`,
    `${did}#`,
    did,
    `${did}#${text}x`,
  ])('is refused under another name: %.80s', (url) => {
    expect(codeOf(() => didKeyMethod(url))).toBe('invalidDidUrl')
  })
})
