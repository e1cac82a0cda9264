import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { assembleBatch, type Batch } from '../../core/batch.ts'
import type { JsonObject } from '../../core/canonical.ts'
import { didPkh } from '../../core/did.ts'
import { digestOf } from '../../core/digest.ts'
import { accountIdentifier } from '../../core/issuer-account.ts'
import { proofsOf } from '../../core/proof.ts'
import type { Readers } from '../../core/verify.ts'
import { sign, signerOf } from './signers.ts'
import { accredit, anchor, anchoredFor, issueFor } from './transaction.ts'
import { first, readersOf, trusting, verify } from './verifier.ts'
import { chainId, openWorld, type World } from './world.ts'

const did = 'did:web:uni.example'
const key = `${did}#key-1`
const profile = { id: did, name: 'University', url: 'https://uni.example' }

let world: World
/** Of an issuer whose accreditation names its DID, with and without a signature; and of one whose does not. */
let bare: JsonObject
let signed: JsonObject
let unnamed: JsonObject
let unnamedSigned: JsonObject
beforeAll(async () => {
  world = await openWorld()
  const { issuer, newcomer, agency } = world.accounts
  await accredit(world, agency, { subject: issuer, name: 'University', did })
  await accredit(world, agency, { subject: newcomer, name: 'University' })
  bare = first(await anchoredFor(world, issuer, 3, { issuer: profile }))
  signed = await signByWeb(bare)
  unnamed = first(await anchoredFor(world, newcomer, 3, { issuer: profile }))
  unnamedSigned = await signByWeb(unnamed)
})
afterAll(() => world.close())

const signByWeb = async (document: JsonObject, byte = 1) =>
  sign(document, { ...(await signerOf(byte)), verificationMethod: key })

/** A DID document of the domain with the key of a seed, and perhaps the account. */
async function siteOf(byte: number, account?: string, member: object = {}) {
  const { did: keyDid } = await signerOf(byte)
  const publicKeyMultibase = keyDid.slice('did:key:'.length)
  const blockchainAccountId = `eip155:${chainId}:${account}`
  const listed = { id: `${did}#a`, type: 'X', controller: did, blockchainAccountId }
  return {
    id: did,
    verificationMethod: [
      { id: key, type: 'Multikey', controller: did, publicKeyMultibase, ...member },
    ],
    assertionMethod: [key, ...(account ? [listed] : [])],
  }
}

const failing = (why: string) => async () => {
  throw new Error(why)
}
const answering = (document: unknown) => async () => document

/** What a verifier that trusts the agency says where the domain answers so: verdict, signature, issuer, and the issuer's sentence. */
async function judge(document: JsonObject, site: Readers['document']) {
  const readers = { ...readersOf(world), document: site }
  const rootAccreditors = [{ account: world.accounts.agency, name: 'Agency' }]
  const trust = trusting(world, { rootAccreditors })
  const { verdict, reason, checks } = await verify(world, document, { readers, trust })
  const [signature, issuer] = checks.slice(3, 5)
  return {
    verdict: verdict === 'valid' ? verdict : `${verdict}: ${reason}`,
    signature: `${signature?.outcome} ${signature?.code}`,
    issuer: `${issuer?.outcome} ${issuer?.code}`,
    message: issuer?.message ?? '',
  }
}

const gone: readonly (readonly [string, Readers['document']])[] = [
  ['has no name any more', failing('getaddrinfo ENOTFOUND uni.example')],
  ['answers 404', failing('answered HTTP 404')],
  ['has a broken certificate', failing('certificate has expired')],
  ['answers a page', failing('answers something else than JSON')],
]
const taken: readonly (readonly [string, Readers['document']])[] = [
  ['of another DID', answering({ id: 'did:web:casino.example', assertionMethod: [] })],
  ['that is no object', answering(['casino'])],
  ['without a key', answering({ id: did })],
  ['with keys that are no list', answering({ id: did, verificationMethod: 7 })],
  [
    'whose key is somebody else’s',
    async () => siteOf(2, undefined, { controller: 'did:web:casino.example' }),
  ],
  ['whose key is for logging in', async () => ({ ...(await siteOf(2)), assertionMethod: [] })],
  ['whose key is of another kind', async () => siteOf(2, undefined, { publicKeyMultibase: 'z6x' })],
]

describe('an issuer whose accreditation names its DID', () => {
  it('is told by both where its web site is as it was', async () => {
    const { issuer } = world.accounts
    const found = await judge(bare, async () => siteOf(1, issuer))
    expect([found.verdict, found.issuer]).toEqual(['valid', 'valid issuer_did_web'])
    expect(found.message).toContain('the accreditation on chain says the same')
    expect(await judge(signed, async () => siteOf(1))).toMatchObject({
      verdict: 'valid',
      signature: 'valid signature_valid',
      issuer: 'valid issuer_accredited_did',
    })
  })

  it.each(gone)('stays valid where its web site %s, and the report says so', async (_, site) => {
    for (const document of [bare, signed]) {
      const found = await judge(document, site)
      expect([found.verdict, found.issuer]).toEqual(['valid', 'valid issuer_accredited_did'])
      expect(found.message).toMatch(/The web site of did:web:uni.example .*could not be read/)
      expect(found.message).toContain('the accreditation decides')
    }
    expect((await judge(signed, site)).signature).toBe('skipped signature_unread')
  })

  it.each(taken)('stays valid where its domain answers a document %s', async (_, site) => {
    for (const document of [bare, signed]) {
      const found = await judge(document, site)
      expect([found.verdict, found.issuer]).toEqual(['valid', 'valid issuer_accredited_did'])
      expect(found.message).toMatch(/web site of did:web:uni.example .*; the accreditation decides/)
    }
    expect((await judge(signed, site)).signature).toBe('skipped signature_unread')
  })

  it('reads a site that does not answer once', async () => {
    for (const document of [bare, signed]) {
      let reads = 0
      await judge(document, async () => {
        reads += 1
        throw new Error('timed out')
      })
      expect(reads).toBe(1)
    }
  })
})

describe('an issuer whose accreditation names no DID', () => {
  it.each(gone)('stays open where its web site %s', async (_, site) => {
    for (const document of [unnamed, unnamedSigned]) {
      expect((await judge(document, site)).verdict).toBe('indeterminate: did_document_unreachable')
    }
  })

  it.each(taken)('is not valid where its domain answers a document %s', async (_, site) => {
    for (const document of [unnamed, unnamedSigned]) {
      expect((await judge(document, site)).verdict).toMatch(/^invalid: /)
    }
  })
})

describe('a signature', () => {
  it('that is wrong stays invalid, whatever an accreditation says', async () => {
    const { issuer } = world.accounts
    const [anchored, signature] = proofsOf(signed) as readonly [JsonObject, JsonObject]
    const changed = { ...signature, created: '2026-05-01T12:00:01Z' }
    const forged = { ...signed, proof: [anchored, changed] }
    const site = async () => siteOf(1, issuer)
    expect((await judge(forged, site)).verdict).toBe('invalid: signature_invalid')
  })

  it('of a key that its issuer revoked stays invalid', async () => {
    const revoked = { revoked: '2026-05-02T00:00:00Z' }
    const site = async () => siteOf(1, world.accounts.issuer, revoked)
    expect((await judge(signed, site)).verdict).toBe('invalid: key_revoked')
  })

  it('of a key that was stolen and taken down proves nothing, with an accreditation or without', async () => {
    const { impostor, issuer } = world.accounts
    const down = async () => ({ ...(await siteOf(2, issuer)), verificationMethod: [] })
    // Whoever stole it can sign, and anchor with an account of its own.
    const forged = await signByWeb(await copyFor(impostor))
    expect((await judge(forged, down)).verdict).toBe('invalid: method_missing')
    // Without an anchor an accreditation has no account to speak of.
    const { credentialStatus: _, ...plain } = bare
    const [, signature] = proofsOf(await signByWeb(plain)) as readonly [JsonObject, JsonObject]
    const alone = { ...plain, proof: signature }
    expect((await judge(alone, down)).verdict).toBe('invalid: method_missing')
  })
})

/** A perfect copy of the issuer's profile, with its account in it, anchored by another account. */
async function copyFor(account: string, id = did): Promise<JsonObject> {
  const { issuer } = world.accounts
  const batch = issueFor(world, account, 4, { issuer: profile })
  const entries = batch.entries.map(({ credential, salt }) => {
    const otherIdentifier = [accountIdentifier({ chainId, address: issuer })]
    const copied = { ...(bare['issuer'] as JsonObject), id, otherIdentifier }
    const forged = { ...credential, issuer: copied }
    return { credential: forged, salt, digest: digestOf(forged, salt) }
  })
  const copy: Batch = assembleBatch(batch.id, batch.target, entries)
  await anchor(world, copy).catch(() => undefined) // anchored already by an earlier test
  return first(copy)
}

describe('an impostor with a perfect copy of the issuer’s profile', () => {
  it('is refused as long as the site answers, also where it is accredited as somebody else', async () => {
    const { impostor, issuer, agency } = world.accounts
    const site = async () => siteOf(1, issuer)
    const copy = await copyFor(impostor)
    expect((copy['issuer'] as JsonObject)['id']).toBe(did)
    expect((await judge(copy, site)).verdict).toBe('invalid: issuer_account_mismatch')
    await accredit(world, impostor, { subject: issuer, did }) // a stranger's word, about anybody
    await accredit(world, issuer, { subject: impostor, did, name: 'University' })
    expect((await judge(copy, site)).verdict).toBe('invalid: issuer_account_mismatch')
    const snapshot = await world.provider.request({ method: 'evm_snapshot' })
    await accredit(world, agency, { subject: impostor, did: 'did:web:college.example' })
    expect((await judge(copy, site)).verdict).toBe('invalid: issuer_account_mismatch')
    // Neither does it become the issuer when the site is gone.
    for (const [, lost] of gone) expect((await judge(copy, lost)).verdict).not.toBe('valid')
    for (const [, lost] of taken) expect((await judge(copy, lost)).verdict).not.toBe('valid')
    await world.provider.request({ method: 'evm_revert', params: [snapshot] })
  })

  it('is refused where the issuer goes by its account', async () => {
    const { impostor, issuer } = world.accounts
    const copy = await copyFor(impostor, didPkh({ chainId, address: issuer }))
    expect((await judge(copy, failing('not asked'))).verdict).toBe(
      'invalid: issuer_account_mismatch',
    )
  })

  it('cannot list the account of the issuer at its own site and pass for it', async () => {
    const { impostor, issuer } = world.accounts
    const own = await copyFor(impostor, 'did:web:impostor.example')
    const listing = { ...(await siteOf(2, issuer)), id: 'did:web:impostor.example' }
    expect((await judge(own, answering(listing))).verdict).toBe('invalid: issuer_account_mismatch')
  })
})

describe('an accreditation that calls the account by another DID', () => {
  it('does not speak for the DID that the credential names, and the report says so', async () => {
    const { agency, ministry } = world.accounts
    await accredit(world, agency, { subject: ministry, did: 'did:web:old.example' })
    const document = first(await anchoredFor(world, ministry, 3, { issuer: profile }))
    const listed = await judge(document, async () => siteOf(1, ministry))
    expect([listed.verdict, listed.issuer]).toEqual(['valid', 'valid issuer_did_web'])
    expect(listed.message).toContain('calls the account did:web:old.example')
    const lost = await judge(document, failing('timed out'))
    expect(lost.verdict).toBe('indeterminate: did_document_unreachable')
    expect((await judge(document, answering({ id: did }))).verdict).toBe(
      'invalid: issuer_account_mismatch',
    )
  })

  it('counts only if it was in force when the account anchored', async () => {
    const { agency, ministry } = world.accounts
    const late = { subject: ministry, did, validFrom: 2 ** 33 }
    await accredit(world, agency, late)
    const document = first(await anchoredFor(world, ministry, 5, { issuer: profile }))
    expect((await judge(document, failing('timed out'))).verdict).toBe(
      'indeterminate: did_document_unreachable',
    )
  })
})
