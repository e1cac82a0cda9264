import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { JsonObject } from '../../core/canonical.ts'
import { didPkh } from '../../core/did.ts'
import { parseProofs } from '../../core/proof.ts'
import { accredit, anchor, anchoredFor, claiming, issueFor } from './transaction.ts'
import { first, readersOf, trusting, verdictOf, verify } from './verifier.ts'
import { chainId, openWorld, type World } from './world.ts'

const did = 'did:web:uni.example:badges'
const url = 'https://uni.example/badges/did.json'
const profile = { name: 'University', url: 'https://uni.example' }

let world: World
let document: JsonObject
beforeAll(async () => {
  world = await openWorld()
  document = first(
    await anchoredFor(world, world.accounts.issuer, 2, { issuer: { ...profile, id: did } }),
  )
})
afterAll(() => world.close())

const method = (account: string, more: object = {}) => ({
  id: `${did}#anchor`,
  type: 'EcdsaSecp256k1RecoveryMethod2020',
  controller: did,
  blockchainAccountId: `eip155:${chainId}:${account}`,
  ...more,
})

const askWith = (didDocument: unknown) =>
  verdictOf(world, document, { readers: readersOf(world, { [url]: didDocument }) })

describe('an issuer that names itself by its account', () => {
  it('must be the account that anchored: an impostor with a perfect copy of the profile is refused', async () => {
    const { issuer, impostor } = world.accounts
    const id = didPkh({ chainId, address: issuer })
    const forged = claiming(issueFor(world, impostor, 2, { issuer: profile }), id)
    await anchor(world, forged)
    expect(await verdictOf(world, first(forged))).toBe('invalid: issuer_account_mismatch')
    expect(
      await verdictOf(
        world,
        first(await anchoredFor(world, issuer, 3, { issuer: { ...profile, id } })),
      ),
    ).toBe('valid')
    expect(
      await verdictOf(
        world,
        first(
          await anchoredFor(world, issuer, 4, { issuer: { ...profile, id: id.toLowerCase() } }),
        ),
      ),
    ).toBe('valid')
  })

  it('must be on the chain of the anchor', async () => {
    const { issuer } = world.accounts
    const id = didPkh({ chainId: 1, address: issuer })
    const elsewhere = claiming(issueFor(world, issuer, 5, { issuer: profile }), id)
    await anchor(world, elsewhere)
    expect(await verdictOf(world, first(elsewhere))).toBe('invalid: issuer_account_mismatch')
  })

  it('cannot take over the proof of another account', async () => {
    const { anchor: proven } = parseProofs(document)
    const { impostor } = world.accounts
    const [proof] = document['proof'] as JsonObject[]
    const verificationMethod = `${didPkh({ chainId, address: impostor })}#blockchainAccountId`
    expect(proven?.issuer).toBe(world.accounts.issuer)
    expect(await verdictOf(world, { ...document, proof: [{ ...proof, verificationMethod }] })).toBe(
      'invalid: proof_malformed',
    )
  })
})

describe('an issuer that is a did:web', () => {
  it('must list the account in its document, in any of the ways that DIDs allow', async () => {
    const { issuer } = world.accounts
    const id = `${did}#anchor`
    for (const one of [
      { id: did, verificationMethod: [method(issuer)], assertionMethod: [id] },
      { id: did, verificationMethod: [method(issuer.toLowerCase())], assertionMethod: [id] },
      { id: did, assertionMethod: [method(issuer)] },
      {
        id: did,
        verificationMethod: [method(world.accounts.impostor, { id: 'x' }), method(issuer)],
        assertionMethod: ['y', id],
      },
    ]) {
      expect(await askWith(one)).toBe('valid')
    }
  })

  it('is refused where its document does not list the account for assertions', async () => {
    const { issuer, impostor } = world.accounts
    const id = `${did}#anchor`
    const { id: _, ...nameless } = method(issuer)
    for (const one of [
      { id: did },
      { id: did, verificationMethod: [method(issuer)] },
      { id: did, verificationMethod: [method(issuer)], authentication: [id] },
      { id: did, verificationMethod: [method(impostor)], assertionMethod: [id] },
      {
        id: did,
        verificationMethod: [method(issuer, { blockchainAccountId: `eip155:1:${issuer}` })],
        assertionMethod: [id],
      },
      { id: did, verificationMethod: [nameless], assertionMethod: [{ type: 'JsonWebKey' }] },
      { id: did, verificationMethod: 'x', assertionMethod: { 0: id } },
      { id: did, assertionMethod: [null, 7, [method(issuer)]] },
    ]) {
      expect(await askWith(one)).toBe('invalid: issuer_account_mismatch')
    }
  })

  it('is refused where the document is another one\u2019s', async () => {
    for (const one of [
      { id: 'did:web:other.example', assertionMethod: [method(world.accounts.issuer)] },
      {},
      [],
      null,
      'x',
      7,
    ]) {
      expect(await askWith(one)).toBe('invalid: did_document_mismatch')
    }
  })

  it('is indeterminate where the document cannot be had', async () => {
    expect(await verdictOf(world, document)).toBe('indeterminate: did_document_unreachable')
  })

  it('may have a document that is large and says nothing: it is read in bounded time', async () => {
    const methods = Array.from({ length: 50_000 }, (_, i) => ({ id: `m${i}` }))
    const assertions = Array.from({ length: 50_000 }, (_, i) => `a${i}`)
    const start = performance.now()
    const large = { id: did, verificationMethod: methods, assertionMethod: assertions }
    expect(await askWith(large)).toBe('invalid: issuer_account_mismatch')
    expect(performance.now() - start).toBeLessThan(2000)
  })

  it('is not borrowed by an impostor: the document lists the other account', async () => {
    const forged = first(
      await anchoredFor(world, world.accounts.impostor, 3, { issuer: { ...profile, id: did } }),
    )
    const good = {
      id: did,
      verificationMethod: [method(world.accounts.issuer)],
      assertionMethod: [`${did}#anchor`],
    }
    expect(await verdictOf(world, forged, { readers: readersOf(world, { [url]: good }) })).toBe(
      'invalid: issuer_account_mismatch',
    )
  })
})

describe('an issuer that only an accreditation can tie to its account', () => {
  it('is valid where a trusted accreditor names its DID, and indeterminate otherwise', async () => {
    const { issuer, ministry } = world.accounts
    const odd = first(
      await anchoredFor(world, issuer, 6, { issuer: { ...profile, id: 'did:ebsi:zUni' } }),
    )
    expect(await verdictOf(world, odd)).toBe('indeterminate: issuer_unresolvable')
    await accredit(world, ministry, { subject: issuer, did: 'did:ebsi:zUni', name: 'University' })
    const later = first(
      await anchoredFor(world, issuer, 7, { issuer: { ...profile, id: 'did:ebsi:zUni' } }),
    )
    const rootAccreditors = [{ account: ministry, name: 'Ministry' }]
    const report = await verify(world, later, { trust: trusting(world, { rootAccreditors }) })
    expect(report.checks[4]).toMatchObject({ outcome: 'valid', code: 'issuer_accredited_did' })
    expect(await verdictOf(world, later)).toBe('indeterminate: issuer_unresolvable')
  })

  it('is not valid by the accreditation of another DID', async () => {
    const { issuer, ministry } = world.accounts
    await accredit(world, ministry, { subject: issuer, did: 'did:ebsi:zOther' })
    const rootAccreditors = [{ account: ministry, name: 'Ministry' }]
    const trust = trusting(world, { rootAccreditors })
    for (const [count, id, code] of [
      [8, 'did:ebsi:zThird', 'issuer_unresolvable'],
      [9, did, 'did_document_unreachable'],
    ] as const) {
      const borrowed = first(
        await anchoredFor(world, issuer, count, { issuer: { ...profile, id } }),
      )
      expect(await verdictOf(world, borrowed, { trust })).toBe(`indeterminate: ${code}`)
    }
  })
})
