import { beforeAll, describe, expect, it } from 'vitest'
import { bakePng } from '../../core/baked-png.ts'
import { bakeSvg } from '../../core/baked-svg.ts'
import { utf8 } from '../../core/bytes.ts'
import { png, svg } from './badge-images.ts'
import {
  didDocument,
  didJwk,
  didKeyTokenSigner,
  enveloped,
  payloadBy,
  reportOn,
  type TokenSigner,
  tokenOf,
  tokenSigner,
  verdictOf,
} from './tokens.ts'

/** A token that others made: w3c/vc-data-model-2.0-test-suite, tests/fixtures.js, within its presentation. */
const ofOthers = [
  'eyJhbGciOiJFUzI1NiIsImtpZCI6ImRpZDprZXk6ekRuYWVUUUtEYlhRVDRiYXR4S2NuTVFZUThKeW5qcUM1WHoxdU1rNWV1RzJodDhucSN6RG5hZVRRS0RiWFFUNGJhdHhLY25NUVlROEp5bmpxQzVYejF1TWs1ZXVHMmh0OG5xIn0',
  'eyJpc3MiOiJkaWQ6a2V5OnpEbmFlVFFLRGJYUVQ0YmF0eEtjbk1RWVE4SnluanFDNVh6MXVNazVldUcyaHQ4bnEiLCJzdWIiOiJkaWQ6ZXhhbXBsZTphbGljZSIsInZjIjp7IkBjb250ZXh0IjpbImh0dHBzOi8vd3d3LnczLm9yZy9ucy9jcmVkZW50aWFscy92MiJdLCJ0eXBlIjpbIlZlcmlmaWFibGVDcmVkZW50aWFsIl0sImNyZWRlbnRpYWxTdWJqZWN0Ijp7ImlkIjoiZGlkOmV4YW1wbGU6YWxpY2UiLCJuYW1lIjoiQWxpY2UifSwiaXNzdWVyIjoiZGlkOmtleTp6RG5hZVRRS0RiWFFUNGJhdHhLY25NUVlROEp5bmpxQzVYejF1TWs1ZXVHMmh0OG5xIn19',
  'qE8UYbSJfIdYU_LSwxLEIDtjTpLLap6EY53JGwag-T3wr_aQ9SQzmiqFE1FPXFgfAU8GHOkSY7ARm_x5AFvONA',
]

const algorithms = ['RS256', 'PS256', 'ES256', 'ES384', 'EdDSA', 'Ed25519']
const issuer = 'did:web:college.example.edu'
const documentUrl = 'https://college.example.edu/.well-known/did.json'
const signers: Record<string, TokenSigner> = {}

beforeAll(async () => {
  for (const alg of algorithms) signers[alg] = await tokenSigner(alg)
})

const signerOf = (alg: string) => signers[alg] as TokenSigner
const documentsOf = (alg: string) => ({
  [documentUrl]: didDocument(issuer, { 'key-1': signerOf(alg).jwk }),
})
const signed = (alg: string, payload = payloadBy(issuer)) =>
  tokenOf(payload, signerOf(alg), { kid: `${issuer}#key-1`, typ: 'JWT' })

describe.each(algorithms)('a token signed with %s', (alg) => {
  it('is valid where its key is the issuer’s', async () => {
    const report = await reportOn(await signed(alg), documentsOf(alg))
    expect(report).toMatchObject({
      verdict: 'valid',
      credential: { name: 'Welding, level 2', issuer: { id: issuer, name: 'Harbour College' } },
    })
    expect(report.checks.map(({ name, code }) => `${name} ${code}`)).toEqual([
      'format format_valid',
      'integrity no_anchor_proof',
      'anchor no_anchor',
      'signature signature_valid',
      'issuer issuer_key',
      'accreditation not_reached',
      'status no_status',
      'validity in_force',
    ])
    expect(report.checks[3]?.read).toEqual([
      { what: 'document of the key that signed', from: documentUrl },
    ])
  })

  it('is not valid once anything in it is another', async () => {
    const token = await signed(alg)
    const [header = '', payload = '', signature = ''] = token.split('.')
    const changed = (text: string) => Buffer.from(text).toString('base64url')
    const forged = changed(
      Buffer.from(payload, 'base64url').toString().replace('Welding, level 2', 'Welding, level 9'),
    )
    const other = (await signed(alg, payloadBy(issuer, { name: 'Another' }))).split('.')
    const flipped = Buffer.from(signature, 'base64url')
    flipped[7] = (flipped[7] ?? 0) ^ 1
    for (const bad of [
      `${header}.${forged}.${signature}`,
      `${header}.${payload}.${flipped.toString('base64url')}`,
      `${header}.${payload}.${other[2]}`,
      `${header}.${payload}.`,
      `${header}.${payload}.${changed(Buffer.from(signature, 'base64url').subarray(1).toString('latin1'))}`,
      `${header}.${payload}.${Buffer.concat([Buffer.from(signature, 'base64url'), Buffer.of(0)]).toString('base64url')}`,
      `${changed(`{"typ":"JWT","alg":"${alg}","kid":"${issuer}#key-1"}`)}.${payload}.${signature}`,
    ]) {
      expect(await verdictOf(bad, documentsOf(alg)), bad.slice(0, 80)).toBe(
        'invalid: signature_invalid',
      )
    }
  })

  it('is not valid under another key of its kind', async () => {
    const stranger = await tokenSigner(alg)
    const documents = { [documentUrl]: didDocument(issuer, { 'key-1': stranger.jwk }) }
    expect(await verdictOf(await signed(alg), documents)).toBe('invalid: signature_invalid')
  })

  it('is not valid with another algorithm than its key is of', async () => {
    for (const other of algorithms) {
      const isSame = signerOf(other).jwk['kty'] === signerOf(alg).jwk['kty']
      const isCurve = signerOf(other).jwk['crv'] === signerOf(alg).jwk['crv']
      if (isSame && isCurve) continue
      expect(await verdictOf(await signed(alg), documentsOf(other)), other).toBe(
        'invalid: key_type_mismatch',
      )
    }
  })
})

describe('a token', () => {
  it('that others made is valid, and not with a word of it changed', async () => {
    const report = await reportOn(ofOthers.join('.'))
    const did = 'did:key:zDnaeTQKDbXQT4batxKcnMQYQ8JynjqC5Xz1uMk5euG2ht8nq'
    expect(report).toMatchObject({
      verdict: 'valid',
      credential: { holder: 'Alice', issuer: { id: did } },
    })
    const [header = '', payload = '', signature = ''] = ofOthers
    const forged = Buffer.from(payload, 'base64url').toString().replace('Alice', 'Alicia')
    expect(
      await verdictOf(`${header}.${Buffer.from(forged).toString('base64url')}.${signature}`),
    ).toBe('invalid: signature_invalid')
  })

  it('is read in whatever it is carried, and one answer is given', async () => {
    const token = await signed('ES256')
    const documents = documentsOf('ES256')
    const report = await reportOn(token, documents)
    for (const badge of [
      ` ${token}\n`,
      utf8(token),
      JSON.stringify(enveloped(token)),
      JSON.stringify(enveloped(token, { '@context': ['https://www.w3.org/ns/credentials/v2'] })),
      JSON.stringify(enveloped(token, { id: `data:application/jwt,${token}` })),
      JSON.stringify(enveloped(token, { id: `data:application/vc-ld+jwt;charset=utf-8,${token}` })),
      bakePng(png(), token),
      bakeSvg(svg(''), token),
      bakePng(png(), JSON.stringify(enveloped(token))),
      svg(`<openbadges:credential verify="${token}"></openbadges:credential>`),
    ]) {
      expect(await reportOn(badge, documents)).toEqual(report)
    }
    expect(report.verdict).toBe('valid')
  })

  it('holds a credential of VC 1.1 in its claim vc', async () => {
    const { did, kid, ...signer } = await didKeyTokenSigner(7)
    const vc = {
      '@context': [
        'https://www.w3.org/2018/credentials/v1',
        'https://www.w3.org/2018/credentials/examples/v1',
      ],
      type: ['VerifiableCredential', 'UniversityDegreeCredential'],
      credentialSubject: { degree: { type: 'BachelorDegree', name: 'Bachelor of Science' } },
    }
    const claims = { iss: did, sub: 'did:example:ada', jti: 'urn:uuid:7', nbf: 1_767_225_600 }
    const report = await reportOn(await tokenOf({ ...claims, vc }, signer, { kid }))
    expect(report).toMatchObject({
      verdict: 'valid',
      credential: {
        id: 'urn:uuid:7',
        holder: 'did:example:ada',
        issuer: { id: did },
        validFrom: '2026-01-01T00:00:00Z',
      },
    })
    const named = { ...vc, issuer: { name: 'Harbour College' } }
    expect(await reportOn(await tokenOf({ ...claims, vc: named }, signer, { kid }))).toMatchObject({
      verdict: 'valid',
      credential: { issuer: { id: did, name: 'Harbour College' } },
    })
  })

  it('of a did:key or did:jwk needs nothing to be read', async () => {
    const { did, kid, ...signer } = await didKeyTokenSigner(7)
    for (const header of [{ kid }, { kid: did }, {}]) {
      expect(await verdictOf(await tokenOf(payloadBy(did), signer, header))).toBe('valid')
    }
    const own = didJwk(signerOf('RS256'))
    for (const header of [{ kid: `${own}#0` }, { kid: own }, { kid: '#0' }, {}]) {
      expect(await verdictOf(await tokenOf(payloadBy(own), signerOf('RS256'), header))).toBe(
        'valid',
      )
    }
  })

  it('may say more of its key than is needed, which is not followed', async () => {
    const more = {
      jku: 'https://attacker.test/keys',
      x5u: 'https://attacker.test/certificate',
      x5c: ['MIIB'],
      x5t: 'abc',
      cty: 'vc',
      typ: 'vc+jwt',
    }
    const header = { ...more, kid: `${issuer}#key-1` }
    const token = await tokenOf(payloadBy(issuer), signerOf('ES256'), header)
    expect(await verdictOf(token, documentsOf('ES256'))).toBe('valid')
  })

  it('keeps its word where linked data has none: its every byte is signed', async () => {
    const more = (members: object) => signed('ES256', { ...payloadBy(issuer), ...members })
    const v2 = 'https://www.w3.org/ns/credentials/v2'
    for (const token of [
      await more({ shoeSize: 43 }),
      await more({ '@context': [v2, 'https://example.org/unknown/context'] }),
    ]) {
      expect(await verdictOf(token, documentsOf('ES256'))).toBe('valid')
    }
  })

  it('must not mean another thing as linked data than it says', async () => {
    const end = 'https://www.w3.org/2018/credentials#validUntil'
    const token = await signed('ES256', {
      '@context': ['https://www.w3.org/ns/credentials/v2', { end }],
      type: ['VerifiableCredential'],
      issuer,
      credentialSubject: { id: 'did:example:ada' },
      end: '2026-05-02T00:00:00Z',
    })
    expect(await verdictOf(token, documentsOf('ES256'))).toBe('invalid: term_disguised')
  })

  it('may carry an embedded proof as well, and then both must hold', async () => {
    const token = await signed('ES256', payloadBy(issuer, { proof: { type: 'Unheard2030' } }))
    expect(await verdictOf(token, documentsOf('ES256'))).toBe(
      'indeterminate: signature_unsupported',
    )
  })

  it('is not valid because its credential names a registry: that wants an anchor', async () => {
    const index = 7
    const registry = 'did:pkh:eip155:1:0x000000000000000000000000000000000000dEaD'
    const credentialStatus = {
      id: `${registry}#revocation-${index}`,
      type: 'BitstringStatusListEntry',
      statusPurpose: 'revocation',
      statusListIndex: String(index),
      statusListCredential: 'https://college.example.edu/lists/1',
    }
    const token = await signed('ES256', payloadBy(issuer, { credentialStatus }))
    expect(await verdictOf(token, documentsOf('ES256'))).toBe('invalid: anchor_missing')
  })

  it('in a list that cannot be read, or of a kind that is not, leaves its status open', async () => {
    const credentialStatus = {
      type: 'BitstringStatusListEntry',
      statusPurpose: 'revocation',
      statusListIndex: '7',
      statusListCredential: 'https://college.example.edu/lists/1',
    }
    const listed = await signed('ES256', payloadBy(issuer, { credentialStatus }))
    expect(await verdictOf(listed, documentsOf('ES256'))).toBe('indeterminate: status_unreachable')
    const claimed = { status_list: { idx: 1, uri: 'https://college.example.edu/tokens/1' } }
    const ended = await signed('ES256', payloadBy(issuer, { status: claimed }))
    expect(await verdictOf(ended, documentsOf('ES256'))).toBe('indeterminate: status_unsupported')
  })
})
