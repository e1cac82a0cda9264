import { describe, expect, it } from 'vitest'
import type { JsonObject } from '../../core/canonical.ts'
import { badgeBy, now } from './signers.ts'
import { didKeyTokenSigner, payloadBy, reportOn, tokenOf, verdictOf } from './tokens.ts'

const { did, kid, ...signer } = await didKeyTokenSigner(5)
const seconds = (text: string) => Date.parse(text) / 1000
const badge = badgeBy(did)
const subject = (badge['credentialSubject'] ?? {}) as JsonObject
const bare: JsonObject = Object.fromEntries(
  Object.entries(badge).filter(([name]) => !name.startsWith('valid')),
)
const token = (payload: JsonObject) => tokenOf(payload, signer, { kid })
const answer = async (payload: JsonObject, at = now) => verdictOf(await token(payload), {}, at)

describe('claims beside a credential', () => {
  it('may say what the credential says, or be left out', async () => {
    expect(await answer(payloadBy(did))).toBe('valid')
    expect(await answer(badge)).toBe('valid')
    expect(await answer({ ...bare, iss: did })).toBe('valid')
    expect(await answer({ ...badge, aud: 'anybody', nonce: 'abc', cnf: { jwk: {} } })).toBe('valid')
  })

  it.each<readonly [string, JsonObject]>([
    ['another issuer', { iss: 'did:web:college.example.edu' }],
    ['an issuer that is no text', { iss: { id: did } }],
    ['an issuer but for a letter', { iss: `${did}/` }],
    ['no issuer', { iss: null }],
    ['another id', { jti: 'urn:uuid:7' }],
    ['another subject', { credentialSubject: { ...subject, id: 'did:example:a' }, sub: 'did:b:b' }],
    [
      'none of its subjects',
      {
        credentialSubject: [
          { ...subject, id: 'did:example:a' },
          { ...subject, id: 'did:example:b' },
        ],
        sub: 'did:example:c',
      },
    ],
    ['that it ends before it begins', { exp: seconds('2026-04-30T00:00:00Z') }],
    ['that it begins after it ends', { nbf: seconds('2031-06-01T00:00:00Z') }],
    ['that it was signed after its end', { iat: seconds('2031-06-01T00:00:00Z') }],
    ['that it was signed after the token ends', { iat: 1_800_000_001, exp: 1_800_000_000 }],
  ])('must not say %s', async (_, claims) => {
    expect(await answer({ ...badge, ...claims })).toBe('invalid: jwt_claims_mismatch')
    expect(await answer({ vc: { ...badge, ...only(claims) }, ...without(claims) })).toBe(
      'invalid: jwt_claims_mismatch',
    )
  })

  it('name a subject where the credential names several, or none', async () => {
    const two = [
      { ...subject, id: 'did:example:a' },
      { ...subject, id: 'did:example:b' },
    ]
    expect(await answer({ ...badge, credentialSubject: two, sub: 'did:example:b' })).toBe('valid')
    expect(await answer({ ...badge, sub: 'did:example:b' })).toBe('valid')
  })

  it.each([
    ['a text', '2031-05-01T00:00:00Z'],
    ['digits in a text', '1800000000'],
    ['nothing', null],
    ['a time before 1970', -1],
    ['a time in milliseconds', 1_800_000_000_000],
    ['an array', [1_800_000_000]],
  ])('name times in seconds since 1970, and not %s', async (_, time) => {
    for (const name of ['exp', 'nbf', 'iat']) {
      const report = await reportOn(await token({ ...badge, [name]: time }))
      expect(report).toMatchObject({ verdict: 'invalid', reason: 'time_malformed' })
      expect(report.summary).toContain(`/${name}`)
    }
  })

  it('bound the credential: the later beginning and the earlier end count', async () => {
    const day = 86_400_000
    for (const [claims, expected] of [
      [{ exp: seconds('2026-05-31T23:59:59Z') }, 'invalid: expired'],
      [{ exp: seconds('2026-06-01T00:00:01Z') }, 'valid'],
      [{ exp: now / 1000 + 0.5 }, 'valid'],
      [{ nbf: seconds('2026-06-01T00:00:01Z') }, 'invalid: not_yet_valid'],
      [{ iat: seconds('2026-06-02T00:00:00Z') }, 'invalid: not_yet_valid'],
      [{ iat: seconds('2026-04-01T00:00:00Z') }, 'valid'],
      [{ nbf: 0, iat: 0 }, 'valid'],
    ] as const) {
      expect(await answer({ ...badge, ...claims }), JSON.stringify(claims)).toBe(expected)
    }
    expect(
      await answer({ ...badge, exp: 253_402_300_799 }, Date.parse('2031-05-02T00:00:00Z')),
    ).toBe('invalid: expired')
    expect(await answer({ ...badge, nbf: 0 }, Date.parse('2026-05-01T00:00:00Z') - day)).toBe(
      'invalid: not_yet_valid',
    )
    const bounded = { ...bare, nbf: seconds('2026-05-03T00:00:00Z'), exp: 1_800_000_000 }
    expect((await reportOn(await token(bounded))).credential).toMatchObject({
      validFrom: '2026-05-03T00:00:00Z',
      validUntil: '2027-01-15T08:00:00Z',
    })
    expect((await reportOn(await token(payloadBy(did)))).credential).toMatchObject({
      validFrom: badge['validFrom'],
      validUntil: badge['validUntil'],
    })
  })
})

describe('the claim vc', () => {
  it('is the credential, and its own members come before the claims', async () => {
    const claims = { iss: did, jti: badge['id'] as string, exp: 1_800_000_000 }
    expect(await answer({ ...claims, vc: badge })).toBe('valid')
    const { issuer: _, id: __, ...rest } = badge
    expect((await reportOn(await token({ ...claims, vc: rest }))).credential).toMatchObject({
      id: badge['id'],
      issuer: { id: did },
    })
    expect(await answer({ ...claims, vc: { ...rest, id: 'urn:uuid:8' } })).toBe(
      'invalid: jwt_claims_mismatch',
    )
    expect(await answer({ jti: 'not a URL', iss: did, vc: rest })).toBe('valid')
  })

  it.each<readonly [string, JsonObject]>([
    ['a context', { '@context': badge['@context'] as never }],
    ['a type', { type: ['VerifiableCredential'] }],
    ['a subject', { credentialSubject: {} }],
    ['an issuer', { issuer: did }],
  ])('must not stand beside %s of another credential', async (_, more) => {
    expect(await answerOrRefusal({ ...more, vc: badge })).toBe('jwt_payload_ambiguous')
  })

  it.each([
    ['null', null],
    ['a text', 'eyJ'],
    ['an array', [badge]],
    ['a number', 1],
  ])('is an object and not %s', async (_, vc) => {
    expect(await answerOrRefusal({ iss: did, vc: vc as never })).toBe('not_a_credential')
  })

  it('is missing in what is no credential', async () => {
    for (const payload of [{}, { iss: did, sub: 'a' }, { vp: badge }, { iss: did, scope: 'all' }]) {
      expect(await answer(payload)).toBe('invalid: not_a_credential')
    }
  })

  it('of VC 1.1 takes its dates from the claims where it has none', async () => {
    const vc = {
      '@context': ['https://www.w3.org/2018/credentials/v1'],
      type: ['VerifiableCredential'],
      credentialSubject: {},
    }
    const claims = { iss: did, iat: 1_767_225_600, exp: 1_800_000_000 }
    expect((await reportOn(await token({ ...claims, vc }))).credential).toMatchObject({
      validFrom: '2026-01-01T00:00:00Z',
      validUntil: '2027-01-15T08:00:00Z',
    })
    expect(await answer({ ...claims, exp: 1_767_225_601, vc })).toBe('invalid: expired')
    const dated = { ...vc, expirationDate: '2026-02-01T00:00:00Z' }
    expect(await answer({ ...claims, vc: dated })).toBe('invalid: expired')
  })
})

async function answerOrRefusal(payload: JsonObject): Promise<string> {
  return answer(payload).catch(({ code }: { code: string }) => code)
}

/** Members of a credential among claims. */
function only({ credentialSubject }: JsonObject): JsonObject {
  return credentialSubject === undefined ? {} : { credentialSubject }
}

function without({ credentialSubject: _, ...claims }: JsonObject): JsonObject {
  return claims
}
