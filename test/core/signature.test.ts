import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { assembleBatch, type Batch } from '../../core/batch.ts'
import type { JsonObject } from '../../core/canonical.ts'
import { digestOf } from '../../core/digest.ts'
import { accountIdentifier } from '../../core/issuer-account.ts'
import { proofsOf } from '../../core/proof.ts'
import { created, sign, signerOf } from './signers.ts'
import { accredit, anchor, anchoredFor, issueFor, write } from './transaction.ts'
import { first, readersOf, trusting, verdictOf, verify } from './verifier.ts'
import { chainId, openWorld, type World } from './world.ts'

const profile = { name: 'University', url: 'https://uni.example' }
const web = 'did:web:uni.example'
const webUrl = 'https://uni.example/.well-known/did.json'
const webKey = `${web}#key-1`

let world: World
/** Credentials of an issuer that is a did:key, and of one that is a did:web, anchored and not yet signed. */
let keyed: JsonObject
let webbed: JsonObject
beforeAll(async () => {
  world = await openWorld()
  const { issuer } = world.accounts
  const { did } = await signerOf(1)
  keyed = first(await anchoredFor(world, issuer, 3, { issuer: { ...profile, id: did } }))
  webbed = first(await anchoredFor(world, issuer, 3, { issuer: { ...profile, id: web } }))
})
afterAll(() => world.close())

const checkOf = async (document: JsonObject, name: string, options = {}) => {
  const { checks } = await verify(world, document, options)
  const found = checks.find((check) => check.name === name)
  return `${found?.outcome} ${found?.code}`
}
/** The did:web's document, which lists the key of a seed and no account. */
const documentOf = async (byte: number) => ({
  id: web,
  verificationMethod: [
    {
      id: webKey,
      type: 'Multikey',
      controller: web,
      publicKeyMultibase: (await signerOf(byte)).did.slice('did:key:'.length),
    },
  ],
  assertionMethod: [webKey],
})
const readersFor = async (byte: number) => ({
  readers: readersOf(world, { [webUrl]: await documentOf(byte) }),
})
const signByWeb = async (document: JsonObject, byte = 1) =>
  sign(document, { ...(await signerOf(byte)), verificationMethod: webKey })
const without = (document: JsonObject, name: string): JsonObject =>
  Object.fromEntries(Object.entries(document).filter(([each]) => each !== name))

/** The same batch with what `change` makes of each credential, anchored by `account`. */
async function anchorChanged(
  batch: Batch,
  account: string,
  change: (credential: JsonObject) => JsonObject,
): Promise<Batch> {
  const entries = batch.entries.map(({ credential, salt }) => {
    const changed = change(credential)
    return { credential: changed, salt, digest: digestOf(changed, salt) }
  })
  const changed = assembleBatch('changed', { ...batch.target, issuer: account }, entries)
  await anchor(world, changed)
  return changed
}

describe('a credential that is anchored and signed', () => {
  it('is valid where both are good, and each is answered for', async () => {
    const signed = await sign(keyed, await signerOf(1))
    expect(proofsOf(signed)).toHaveLength(2)
    expect(await verdictOf(world, signed)).toBe('valid')
    expect(await checkOf(signed, 'integrity')).toBe('valid content_matches')
    expect(await checkOf(signed, 'signature')).toBe('valid signature_valid')
    expect(await checkOf(signed, 'issuer')).toBe('valid issuer_account_signed')
  })

  it('may carry its proofs in any order, and over either canonical form', async () => {
    const signed = await sign(keyed, await signerOf(1), { cryptosuite: 'eddsa-jcs-2022' })
    expect(await verdictOf(world, signed)).toBe('valid')
    const turned = { ...signed, proof: proofsOf(signed).toReversed() }
    expect(await verdictOf(world, turned)).toBe('valid')
  })

  it('is invalid where the signature is not that of the content', async () => {
    const signed = await sign(keyed, await signerOf(1))
    const [anchored, signature] = proofsOf(signed) as readonly [JsonObject, JsonObject]
    const moved = { ...signature, created: '2026-05-01T12:00:01Z' }
    expect(await verdictOf(world, { ...signed, proof: [anchored, moved] })).toBe(
      'invalid: signature_invalid',
    )
    const other = await sign(webbed, await signerOf(1))
    expect(
      await verdictOf(world, { ...signed, proof: [anchored, proofsOf(other)[1] as JsonObject] }),
    ).toBe('invalid: signature_invalid')
  })

  it('is invalid where somebody else signed it', async () => {
    expect(await verdictOf(world, await sign(keyed, await signerOf(2)))).toBe(
      'invalid: issuer_key_mismatch',
    )
    const byWeb = await signByWeb(keyed)
    expect(await verdictOf(world, byWeb, await readersFor(1))).toBe('invalid: issuer_key_mismatch')
  })

  it('may be signed by others beside its issuer, and all of them must have', async () => {
    const both = await sign(await sign(keyed, await signerOf(1)), await signerOf(2))
    expect(await verdictOf(world, both)).toBe('valid')
    const [anchored, own, other] = proofsOf(both) as readonly [JsonObject, JsonObject, JsonObject]
    const bad = { ...other, proofValue: own['proofValue'] as string }
    expect(await verdictOf(world, { ...both, proof: [anchored, own, bad] })).toBe(
      'invalid: signature_invalid',
    )
  })

  it('is invalid where its anchor was stripped, whoever signed it', async () => {
    const signed = await sign(keyed, await signerOf(1))
    const [, signature] = proofsOf(signed)
    expect(await verdictOf(world, { ...signed, proof: signature as JsonObject })).toBe(
      'invalid: anchor_missing',
    )
  })

  it('is revoked where its registry says so, signed or not', async () => {
    const { did } = await signerOf(1)
    const batch = await anchoredFor(world, world.accounts.issuer, 2, {
      issuer: { ...profile, id: did },
    })
    const signed = await sign(first(batch), await signerOf(1))
    expect(await verdictOf(world, signed)).toBe('valid')
    await write(world, world.accounts.issuer, 'revoke', [
      world.accounts.issuer,
      batch.root,
      0,
      [3n],
    ])
    expect(await verdictOf(world, signed)).toBe('invalid: revoked')
  })

  it('is tampered, and nothing else, where its content was changed', async () => {
    const signed = await sign(keyed, await signerOf(1))
    const named = { ...(signed['issuer'] as JsonObject), name: 'Other' }
    expect(await verdictOf(world, { ...signed, issuer: named })).toBe('invalid: tampered')
  })
})

describe('whose account anchored it', () => {
  it('an issuer with a key must have named, or a stranger could anchor a revoked credential anew', async () => {
    const { issuer, impostor } = world.accounts
    const { did } = await signerOf(1)
    const batch = issueFor(world, issuer, 4, { issuer: { ...profile, id: did } })
    const copy = await anchorChanged(batch, impostor, (credential) => credential)
    const signed = await sign(first(copy), await signerOf(1))
    expect(await verdictOf(world, signed)).toBe('invalid: issuer_account_unbound')
  })

  it('counts only where the issuer signed that it is its own', async () => {
    const { impostor } = world.accounts
    const { did } = await signerOf(1)
    const batch = issueFor(world, impostor, 5, { issuer: { ...profile, id: did } })
    await anchor(world, batch)
    expect((first(batch)['issuer'] as JsonObject)['otherIdentifier']).toEqual([
      accountIdentifier({ chainId, address: impostor }),
    ])
    expect(await verdictOf(world, first(batch))).toBe('indeterminate: issuer_unresolvable')
    expect(await verdictOf(world, await sign(first(batch), await signerOf(2)))).toBe(
      'invalid: issuer_key_mismatch',
    )
  })

  it('must be named for the chain of the anchor, and as an identifier', async () => {
    const { issuer } = world.accounts
    const { did } = await signerOf(1)
    const batch = issueFor(world, issuer, 6, { issuer: { ...profile, id: did } })
    const entry = accountIdentifier({ chainId, address: issuer })
    for (const [i, otherIdentifier] of [
      [accountIdentifier({ chainId: 1, address: issuer })],
      [{ ...entry, identifierType: 'sourcedId' }],
      [{ ...entry, identifier: issuer }],
      'did:pkh',
      [],
      [null],
    ].entries()) {
      const odd = await anchorChanged(batch, issuer, (credential) => ({
        ...credential,
        name: `${i}`,
        issuer: { ...(credential['issuer'] as JsonObject), otherIdentifier } as JsonObject,
      }))
      const signed = await sign(first(odd), await signerOf(1), { cryptosuite: 'eddsa-jcs-2022' })
      expect(['invalid: issuer_account_unbound', 'invalid: json_ld_unsafe']).toContain(
        await verdictOf(world, signed),
      )
    }
    const plain = await anchorChanged(batch, issuer, (credential) => ({
      ...credential,
      issuer: { ...(credential['issuer'] as JsonObject), otherIdentifier: entry },
    }))
    expect(await verdictOf(world, await sign(first(plain), await signerOf(1)))).toBe('valid')
  })

  it('may be vouched for by the accreditation instead', async () => {
    const { issuer, ministry } = world.accounts
    const { did } = await signerOf(1)
    await accredit(world, ministry, { subject: issuer, did })
    const trust = trusting(world, { rootAccreditors: [{ account: ministry, name: 'Ministry' }] })
    const batch = issueFor(world, issuer, 7, { issuer: { ...profile, id: did } })
    const bare = await anchorChanged(batch, issuer, (credential) => ({
      ...credential,
      issuer: without(credential['issuer'] as JsonObject, 'otherIdentifier'),
    }))
    const signed = await sign(first(bare), await signerOf(1))
    expect(await verdictOf(world, signed)).toBe('invalid: issuer_account_unbound')
    expect(await verdictOf(world, signed, { trust })).toBe('valid')
  })

  it('is the issuer itself where it is a did:pkh; a key can then be nobody’s', async () => {
    const anchored = first(await anchoredFor(world, world.accounts.issuer, 3, { issuer: profile }))
    expect(anchored['issuer']).not.toHaveProperty('otherIdentifier')
    expect(await verdictOf(world, anchored)).toBe('valid')
    expect(await verdictOf(world, await sign(anchored, await signerOf(1)))).toBe(
      'invalid: issuer_key_mismatch',
    )
  })
})

describe('an issuer that is a did:web', () => {
  it('is valid by its signature, though its document lists no account', async () => {
    const signed = await signByWeb(webbed)
    expect(await verdictOf(world, signed, await readersFor(1))).toBe('valid')
    expect(await checkOf(signed, 'issuer', await readersFor(1))).toBe('valid issuer_account_signed')
    const { checks } = await verify(world, signed, await readersFor(1))
    const read = checks.find(({ name }) => name === 'signature')?.read
    expect(read).toEqual([{ what: 'document of the key that signed', from: webUrl }])
  })

  it('is refused where its document lists another key', async () => {
    expect(await verdictOf(world, await signByWeb(webbed), await readersFor(2))).toBe(
      'invalid: signature_invalid',
    )
  })

  it('that has gone leaves its credentials valid, as the accreditation names it', async () => {
    const { issuer, agency } = world.accounts
    await accredit(world, agency, { subject: issuer, did: web })
    const trust = trusting(world, { rootAccreditors: [{ account: agency, name: 'Agency' }] })
    const late = issueFor(world, issuer, 8, { issuer: { ...profile, id: web } })
    await anchor(world, late)
    const signed = await signByWeb(first(late))
    expect(await verdictOf(world, signed, { trust })).toBe('valid')
    expect(await checkOf(signed, 'signature', { trust })).toBe('skipped signature_unread')
    expect(await checkOf(signed, 'issuer', { trust })).toBe('valid issuer_accredited_did')
  })

  it('that has gone leaves open who the issuer is, where nobody vouches for it', async () => {
    const signed = await signByWeb(webbed)
    expect(await verdictOf(world, signed)).toBe('indeterminate: did_document_unreachable')
    expect(await checkOf(signed, 'signature')).toBe('skipped signature_unread')
  })

  it('is not believed without its key where the chain cannot be read either', async () => {
    const signed = await signByWeb(webbed)
    const readers = { ...readersOf(world), chain: () => undefined }
    const { verdict, checks } = await verify(world, signed, { readers })
    expect(verdict).toBe('indeterminate')
    expect(checks.find(({ name }) => name === 'signature')).toMatchObject({
      outcome: 'indeterminate',
      code: 'key_unreachable',
    })
  })

  it('with a signature of a kind that is not known stays open, anchor or not', async () => {
    const [anchored] = proofsOf(webbed)
    const odd = { type: 'DataIntegrityProof', cryptosuite: 'bbs-2023', created }
    const document = { ...webbed, proof: [anchored as JsonObject, odd] }
    expect(await verdictOf(world, document)).toBe('indeterminate: signature_unsupported')
    const bare = { ...without(webbed, 'credentialStatus'), proof: odd }
    expect(await verdictOf(world, bare)).toBe('indeterminate: signature_unsupported')
  })
})
