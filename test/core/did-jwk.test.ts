import { describe, expect, it } from 'vitest'
import { findMethod } from '../../core/did-document.ts'
import { didJwkDocument } from '../../core/did-jwk.ts'
import { makeResolver } from '../../core/did-resolver.ts'

const fromJwkText = (text: string) => `did:jwk:${Buffer.from(text).toString('base64url')}`

describe('did:jwk', () => {
  it('is the key itself, for assertions and authentication', async () => {
    const did = fromJwkText(
      '{"crv":"P-256","kty":"EC","x":"acbIQiuMs3i8_uszEjJ2tpTtRM4EU3yz91PH6CdH2V0","y":"_KcyLj9vWMptnmKtm46GqDz8wf74I5LKgrl2GzH3nSE"}',
    )
    const document = didJwkDocument(did)
    expect(document).toMatchObject({
      id: did,
      verificationMethod: [{ id: `${did}#0`, controller: did, publicKeyJwk: { crv: 'P-256' } }],
    })
    for (const purpose of ['assertionMethod', 'authentication'] as const) {
      expect(findMethod(document, `${did}#0`, purpose).key.type).toBe('P-256')
    }
    const resolve = makeResolver(() => Promise.reject(new Error('asked')))
    expect(await resolve(did)).toEqual(document)
  })

  it('of a key for encryption signs nothing', () => {
    const document = didJwkDocument(
      fromJwkText('{"kty":"OKP","crv":"X25519","use":"enc","x":"AA"}'),
    )
    expect(document['assertionMethod']).toBeUndefined()
    expect(document['authentication']).toBeUndefined()
  })

  it.each([
    ['nothing', 'did:jwk:'],
    ['text that is no base64url', 'did:jwk:a b'],
    ['padding', 'did:jwk:e30='],
    ['a JWK with something behind it', `${fromJwkText('{"kty":"OKP"}')}#0`],
    ['no object', fromJwkText('[]')],
    ['no JWK', fromJwkText('{}')],
    ['no JSON', fromJwkText('{')],
    ['two of a name', fromJwkText('{"kty":"OKP","kty":"EC"}')],
    ['a JWK beyond all bounds', fromJwkText(`{"kty":"RSA","n":"${'A'.repeat(5_000)}"}`)],
  ])('of %s is refused', (_, did) => {
    expect(() => didJwkDocument(did)).toThrow(
      expect.objectContaining({ code: 'did_jwk_malformed' }),
    )
  })
})
