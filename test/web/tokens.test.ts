import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { itxt, png, svg } from '../core/badge-images.ts'
import {
  base64url,
  didJwk,
  didKeyTokenSigner,
  enveloped,
  payloadBy,
  tokenOf,
  tokenSigner,
  unsignedToken,
} from '../core/tokens.ts'
import { type Desk, openDesk } from './desk.ts'
import { chooseFile, paste, type Visitor, verdictOf, visit } from './visitor.ts'

// Credentials as JSON Web Tokens, whose signatures a real browser checks with what the page loads for them.

let desk: Desk
let visitor: Visitor

beforeAll(async () => {
  desk = await openDesk()
}, 180_000)
afterAll(() => desk?.close())
beforeEach(async () => {
  visitor = await visit(desk)
})
afterEach(async () => {
  expect(visitor.faults).toEqual([])
  await visitor.leave()
})

async function tokenBy(alg: string, more = {}): Promise<string> {
  const signer = await tokenSigner(alg)
  const did = didJwk(signer)
  return tokenOf(payloadBy(did, more), signer, { kid: `${did}#0` })
}

describe('a JSON Web Token', () => {
  test.each(['RS256', 'PS256', 'ES256', 'ES384', 'EdDSA'])(
    'signed with %s is valid, and invalid with another name in it',
    async (alg) => {
      const token = await tokenBy(alg)
      await paste(visitor, token)
      const { word, text } = await verdictOf(visitor)
      expect(word).toBe('Valid')
      expect(text).toContain('Welding, level 2')
      const [header, , signature] = token.split('.')
      const forged = base64url(JSON.stringify(payloadBy('did:example:other')))
      await paste(visitor, `${header}.${forged}.${signature}`)
      await visitor.page.locator('.fold', { hasText: 'Not valid' }).waitFor()
    },
  )

  test('of a did:key is read from images and envelopes', async () => {
    const { did, kid, ...signer } = await didKeyTokenSigner(6)
    const token = await tokenOf(payloadBy(did), signer, { kid })
    for (const [name, badge] of [
      ['token.png', png(itxt(token))],
      ['token.svg', Buffer.from(svg(`<openbadges:credential verify="${token}"/>`))],
      ['token.jwt', Buffer.from(token)],
      ['token.json', Buffer.from(JSON.stringify(enveloped(token)))],
    ] as const) {
      await chooseFile(visitor, name, badge)
      await visitor.page.locator('.verdict .source', { hasText: `File ${name}` }).waitFor()
      expect([name, (await verdictOf(visitor)).word]).toEqual([name, 'Valid'])
    }
  })

  test('that carries its own key leaves open who signed it', async () => {
    const signer = await tokenSigner('ES256')
    const payload = payloadBy('https://college.example.edu/issuers/1')
    await paste(visitor, await tokenOf(payload, signer, { jwk: signer.jwk }))
    const { word, headline, text } = await verdictOf(visitor)
    expect([word, headline]).toEqual([
      'Could not check',
      'Whether its issuer signed it cannot be told',
    ])
    expect(text).toContain('anybody can sign like this in anybody’s name')
  })

  test('that nobody signed is told to prove nothing', async () => {
    await paste(visitor, unsignedToken({ alg: 'none' }, payloadBy('did:example:a'), ''))
    expect((await verdictOf(visitor)).headline).toBe(
      'It is not signed in a way that proves anything',
    )
  })

  test('that was cut is told to be', async () => {
    await paste(visitor, `${(await tokenBy('ES256')).split('.').slice(0, 2).join('.')}.A`)
    expect((await verdictOf(visitor)).headline).toBe('This is not a readable JSON Web Token')
  })
})
