import * as EcdsaMultikey from '@digitalbazaar/ecdsa-multikey'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { JsonObject } from '../../core/canonical.ts'
import { issueElsewhere } from '../core/digital-bazaar.ts'
import { badgeBy, sign, signerOf } from '../core/signers.ts'
import { type Desk, openDesk } from './desk.ts'
import { paste, type Visitor, verdictOf, visit } from './visitor.ts'

// Badges of other issuers, whose signatures a real browser checks with what the page loads for them.

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

async function signedWith(cryptosuite: 'eddsa-rdfc-2022' | 'eddsa-jcs-2022'): Promise<JsonObject> {
  const signer = await signerOf(5)
  return sign(badgeBy(signer.did), signer, { cryptosuite })
}

interface CurveKey {
  signer(): object
  export(options: { publicKey: true }): Promise<{ publicKeyMultibase: string }>
}

/** Signed on a NIST curve, by the library of others. */
async function signedOn(curve: string): Promise<JsonObject> {
  const { generate } = EcdsaMultikey as unknown as {
    generate: (options: object) => Promise<CurveKey>
  }
  const pair = await generate({ curve })
  const { publicKeyMultibase } = await pair.export({ publicKey: true })
  const did = `did:key:${publicKeyMultibase}`
  const signer = { ...pair.signer(), id: `${did}#${publicKeyMultibase}` }
  return issueElsewhere(badgeBy(did), 'ecdsa-rdfc-2019', signer)
}

const makers = {
  'eddsa-rdfc-2022': () => signedWith('eddsa-rdfc-2022'),
  'eddsa-jcs-2022': () => signedWith('eddsa-jcs-2022'),
  'ecdsa-rdfc-2019 on P-256': () => signedOn('P-256'),
  'ecdsa-rdfc-2019 on P-384': () => signedOn('P-384'),
}

describe.each(Object.entries(makers))('a badge signed with %s', (_, make) => {
  test('is valid, and invalid with another name in it', async () => {
    const signed = await make()
    await paste(visitor, JSON.stringify(signed))
    expect((await verdictOf(visitor)).word).toBe('Valid')
    const altered = { ...signed, validUntil: '2041-05-01T00:00:00Z' }
    await paste(visitor, JSON.stringify(altered))
    expect((await verdictOf(visitor)).headline).toBe('The content is not what was signed')
  })
})

describe('a badge that the page cannot speak for', () => {
  test('in an unknown vocabulary, or with a key that cannot be had, stays open', async () => {
    const signed = await signedWith('eddsa-rdfc-2022')
    const contexts = [...(signed['@context'] as readonly string[]), 'https://example.org/terms']
    await paste(visitor, JSON.stringify({ ...signed, '@context': contexts }))
    expect((await verdictOf(visitor)).headline).toBe('It uses a vocabulary that is not known here')
  })

  test('signed by somebody else than it names', async () => {
    const signed = await sign(badgeBy((await signerOf(6)).did), await signerOf(5))
    await paste(visitor, JSON.stringify(signed))
    expect((await verdictOf(visitor)).headline).toBe('It was not signed by the issuer it names')
  })
})
