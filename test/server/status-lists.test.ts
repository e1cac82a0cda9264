import { randomUUID } from 'node:crypto'
import { gunzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { JsonObject } from '../../core/canonical.ts'
import { checkListed } from '../../core/listed-status.ts'
import { packStatusWords } from '../../core/status.ts'
import { decodeStatusList, statusAt, statusBits } from '../../core/status-list.ts'
import { demoAccounts } from '../../server/demo-accounts.ts'
import { ensureDemoTrust } from '../../server/demo-trust.ts'
import { startEmbeddedChain } from '../../server/embedded-chain.ts'
import { signList } from '../../server/signed-list.ts'
import { verifyElsewhere } from '../core/digital-bazaar.ts'
import { signerOf } from '../core/signers.ts'
import { sendToRegistry } from './chain-calls.ts'
import { openEndpoint, passOn } from './endpoint.ts'
import {
  adminKey,
  anchoredBatch,
  issueBatch,
  named,
  openStage,
  recordIssuer,
  refusal,
  type Stage,
  setStage,
} from './stage.ts'
import { openDirectory, type Storage, storages } from './storages.ts'

// https, so that issuers get a did:web, and loopback, so that no secret is asked for; nothing listens there.
const baseUrl = 'https://127.0.0.1:49998'
const account = demoAccounts.issuer.address
const did = 'did:web:127.0.0.1%3A49998:issuers:northfield'

const aSecond = () => new Promise((resolve) => setTimeout(resolve, 1_000))

describe.each(storages)('status lists of batches on $name', ({ open }) => {
  let storage: Storage
  let stage: Stage
  let batch: Awaited<ReturnType<typeof anchoredBatch>>
  beforeAll(async () => {
    storage = await open()
    stage = await setStage({ storage, settings: { PUBLIC_BASE_URL: baseUrl } })
    batch = await anchoredBatch(stage, 300)
  })
  afterAll(async () => {
    await stage?.close()
    await storage?.remove()
  })

  const act = (action: string, index: number) =>
    stage.ask(`POST /credentials/${batch.credentials[index]}/${action}`, { key: stage.key })
  const listOf = (purpose: string, id = batch.id, headers = {}) =>
    stage.ask(`GET /batches/${id}/status/${purpose}`, { headers })
  const bitsOf = async (purpose: string, id = batch.id) => {
    const { status, body } = await listOf(purpose, id)
    expect(status).toBe(200)
    return decodeStatusList(body.credentialSubject.encodedList)
  }
  const indexesOf = async (purpose: string, id = batch.id) => {
    const bits = await bitsOf(purpose, id)
    return Array.from({ length: bits.length * 8 }, (_, i) => i).filter((i) => statusAt(bits, i))
  }
  /** A batch that is on chain, and here without its credentials. */
  const stored = async (size: number, byte: number) => {
    const root = Buffer.alloc(32, byte)
    await sendToRegistry(stage.chain, account, 'anchor', [`0x${root.toString('hex')}`, size])
    const { db } = stage.service.database
    const { issuer_id } = await db
      .selectFrom('batches')
      .select('issuer_id')
      .where('id', '=', batch.id)
      .executeTakeFirstOrThrow()
    const id = randomUUID()
    await db
      .insertInto('batches')
      .values({
        id,
        issuer_id,
        state: 'included',
        name: 'Large',
        root,
        size,
        chain_id: stage.chain.chainId,
        registry: stage.chain.contracts.registry,
        account,
        nodes: new Uint8Array(32),
      })
      .execute()
    return { id, size }
  }
  /** One of which so many credentials are revoked, here and there, that the list is long. */
  const dense = async () => {
    const { id, size } = await stored(100_000, 0x5c)
    const indexes = Array.from({ length: 3_000 }, (_, i) => (i * 7_919 * (i % 7)) % size)
    for (const { firstWord, words } of packStatusWords(indexes)) {
      const values = [account, `0x${'5c'.repeat(32)}`, firstWord, words]
      await sendToRegistry(stage.chain, account, 'revoke', values)
    }
    await aSecond()
    return { id }
  }
  /** What verification says of an entry for an index, with this service's own readers. */
  const verdictOf = async (index: number, purpose = 'revocation') => {
    const entry: JsonObject = {
      type: 'BitstringStatusListEntry',
      statusPurpose: purpose,
      statusListIndex: String(index),
      statusListCredential: `${baseUrl}/batches/${batch.id}/status/${purpose}`,
    }
    const { readers } = stage.service
    const parsed = { id: undefined, type: 'BitstringStatusListEntry', purpose, entry, pointer: '' }
    const [check] = await checkListed([{ ...parsed, listIndex: String(index) }], {
      readers,
      now: Date.now(),
      issuerId: did,
    })
    return `${check?.outcome} ${check?.code}`
  }

  it('are credentials of the issuer that say what the specification wants', async () => {
    const { status, headers, body } = await listOf('revocation')
    expect(status).toBe(200)
    expect(body).toMatchObject({
      '@context': ['https://www.w3.org/ns/credentials/v2'],
      id: `${baseUrl}/batches/${batch.id}/status/revocation`,
      type: ['VerifiableCredential', 'BitstringStatusListCredential'],
      issuer: did,
      credentialSubject: { type: 'BitstringStatusList', statusPurpose: 'revocation', ttl: 60_000 },
      proof: { cryptosuite: 'eddsa-rdfc-2022', proofPurpose: 'assertionMethod' },
    })
    expect(Date.parse(body.validFrom)).toBeLessThanOrEqual(Date.now())
    const left = Date.parse(body.validUntil) - Date.now()
    expect(left).toBeGreaterThan(4 * 3_600_000)
    expect(left).toBeLessThanOrEqual(6 * 3_600_000)
    expect(headers['cache-control']).toBe('public, max-age=60')
    expect(JSON.stringify(body)).not.toMatch(/Ångström|example\.org/)
    expect(await bitsOf('revocation')).toHaveLength(16_384)
  })

  it('are the address that credentials name', async () => {
    const { body } = await stage.ask(`GET /credentials/${batch.credentials[3]}`)
    const { statusListCredential, statusListIndex } = body.credentialStatus
    expect(statusListCredential).toBe(`${baseUrl}/batches/${batch.id}/status/revocation`)
    expect(statusListIndex).toBe('3')
  })

  it('show what the chain shows, at once', async () => {
    expect(await indexesOf('revocation')).toEqual([])
    for (const index of [0, 7, 255, 256, 299]) await act('revoke', index)
    expect(await indexesOf('revocation')).toEqual([0, 7, 255, 256, 299])
    await act('suspend', 12)
    expect(await indexesOf('suspension')).toEqual([12])
    expect(await indexesOf('revocation')).toEqual([0, 7, 255, 256, 299])
    await act('reinstate', 12)
    expect(await indexesOf('suspension')).toEqual([])
  })

  it('show what the issuer did with its own key, within a second', async () => {
    const { body } = await stage.ask(`GET /batches/${batch.id}`, { key: stage.key })
    expect(await indexesOf('revocation')).not.toContain(100)
    await sendToRegistry(stage.chain, account, 'revokeInBatch', [body.root, 100])
    await aSecond()
    expect(await indexesOf('revocation')).toContain(100)
  })

  it('are believed by verification, which reads them and the key within the process', async () => {
    await act('suspend', 20)
    expect(await verdictOf(7)).toBe('invalid revoked')
    expect(await verdictOf(8)).toBe('valid active')
    expect(await verdictOf(20, 'suspension')).toBe('invalid suspended')
    expect(await verdictOf(131_072)).toBe('indeterminate status_index_beyond_list')
  })

  it('stay the same, byte for byte, until something changes', async () => {
    const before = await listOf('revocation')
    const again = await listOf('revocation')
    expect(again.text).toBe(before.text)
    expect(again.headers['etag']).toBe(before.headers['etag'])
    await act('revoke', 33)
    const after = await listOf('revocation')
    expect(after.headers['etag']).not.toBe(before.headers['etag'])
    expect(after.headers['etag']).toMatch(/^"[\w-]{43}"$/)
    expect((await listOf('suspension')).headers['etag']).not.toBe(after.headers['etag'])
  })

  it('are not sent again to who has them', async () => {
    const { headers } = await listOf('revocation')
    const etag = String(headers['etag'])
    for (const known of [etag, `W/${etag}`, `"other", ${etag}`, '*']) {
      const answer = await listOf('revocation', batch.id, { 'if-none-match': known })
      expect(answer.status).toBe(304)
      expect(answer.text).toBe('')
      expect(answer.headers['etag']).toBe(etag)
    }
    const other = await listOf('revocation', batch.id, { 'if-none-match': '"other"' })
    expect(other.status).toBe(200)
  })

  it('come compressed to who takes that, under a tag of their own, where it is worth it', async () => {
    const plain = await listOf('revocation')
    expect(plain.headers).not.toHaveProperty('content-encoding')
    expect(plain.headers['vary']).toContain('Accept-Encoding')
    const taking = { 'accept-encoding': 'br;q=1.0, gzip;q=0.5' }
    const small = await listOf('revocation', batch.id, taking)
    expect(small.headers).not.toHaveProperty('content-encoding')
    expect(small.headers['etag']).toBe(plain.headers['etag'])
    const { id } = await dense()
    const whole = await listOf('revocation', id)
    const packed = await listOf('revocation', id, taking)
    expect(packed.headers).toMatchObject({
      'content-encoding': 'gzip',
      'content-type': 'application/vc',
    })
    expect(gunzipSync(packed.bytes).toString()).toBe(whole.text)
    expect(packed.bytes.length).toBeLessThan(whole.bytes.length * 0.8)
    const tags = [whole, packed].map(({ headers }) => String(headers['etag']))
    expect(tags[1]).toBe(`${tags[0]?.slice(0, -1)}-gzip"`)
    for (const refusing of ['gzip;q=0', 'br', 'gzip; q=0.0, br', 'xgzip']) {
      const answer = await listOf('revocation', id, { 'accept-encoding': refusing })
      expect(answer.headers, refusing).not.toHaveProperty('content-encoding')
    }
    for (const tag of tags) {
      const known = await listOf('revocation', id, { ...taking, 'if-none-match': tag })
      expect([known.status, known.headers['etag'], known.text]).toEqual([304, tags[1], ''])
    }
  })

  it('come as plain JSON to clients that take nothing else, and to any web page', async () => {
    const typeFor = async (accept: string) =>
      (await listOf('revocation', batch.id, { accept })).headers['content-type']
    for (const accept of ['application/vc', 'application/vc, application/json', '*/*']) {
      expect(await typeFor(accept)).toBe('application/vc')
    }
    for (const accept of ['application/json', 'application/ld+json, application/json']) {
      expect(await typeFor(accept)).toContain('application/json')
    }
    const { headers } = await listOf('revocation', batch.id, { origin: 'https://verifier.example' })
    expect(headers['access-control-allow-origin']).toBe('*')
  })

  it('have every bit of a withdrawn batch set', async () => {
    const withdrawn = await anchoredBatch(stage, 3)
    const { body } = await stage.ask(`GET /batches/${withdrawn.id}`, { key: stage.key })
    expect(await indexesOf('revocation', withdrawn.id)).toEqual([])
    await sendToRegistry(stage.chain, account, 'withdraw', [account, body.root])
    await aSecond()
    expect(await indexesOf('revocation', withdrawn.id)).toEqual([0, 1, 2])
  })

  it('are not there for a batch that is not anchored, or unknown', async () => {
    const issued = await issueBatch(stage, 2)
    expect(refusal(await listOf('revocation', issued))).toBe('409 batch_not_anchored')
    expect(refusal(await listOf('revocation', randomUUID()))).toBe('404 batch_unknown')
    expect(refusal(await listOf('revocation', 'no-uuid'))).toBe('400 params_malformed')
    for (const purpose of ['message', 'Revocation', '__proto__']) {
      expect(refusal(await listOf(purpose))).toBe('400 params_malformed')
    }
  })

  it('are not there where nobody here can sign for the issuer', async () => {
    const profile = { name: 'Eastfield College', url: 'https://eastfield.example' }
    const { body } = await stage.ask('POST /issuers', {
      key: adminKey,
      json: { slug: 'eastfield', profile, account, did: 'pkh' },
    })
    const other = { ...stage, key: body.key.key }
    const json = {
      achievement: { name: 'Rope', description: 'Knots', criteria: { narrative: 'x' } },
    }
    const issued = await stage.ask('POST /issuers/eastfield/batches', {
      key: other.key,
      json: { ...json, learners: [{ name: 'Ada', email: 'ada@example.org' }] },
    })
    await stage.ask(`POST /batches/${issued.body.id}/anchor`, { key: other.key })
    await stage.service.catchUp()
    const answer = await listOf('revocation', issued.body.id)
    expect(refusal(answer)).toBe('404 status_list_unsigned')
    expect(answer.body.detail).toContain(
      `registry ${stage.chain.contracts.registry} on chain 31337`,
    )
  })

  it('of the largest batch come quickly, also when all ask at once', async () => {
    const { id, size } = await stored(1_000_000, 0x5a)
    await sendToRegistry(stage.chain, account, 'revokeInBatch', [`0x${'5a'.repeat(32)}`, size - 1])
    const started = performance.now()
    const answers = await Promise.all(Array.from({ length: 20 }, () => listOf('revocation', id)))
    expect(performance.now() - started).toBeLessThan(10_000)
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1)
    const bits = await decodeStatusList(answers[0]?.body.credentialSubject.encodedList)
    expect(bits).toHaveLength(size / 8)
    expect([statusAt(bits, size - 1), statusAt(bits, size - 2)]).toEqual([true, false])
  })
})

describe('status lists that everybody asks for', () => {
  it('are read from the chain once for each block and second, and never served when it turned out otherwise', async () => {
    const chain = await startEmbeddedChain(0)
    let calls: string[] = []
    const endpoint = await openEndpoint((body) => {
      for (const { method } of [JSON.parse(body)].flat()) calls.push(method)
      return passOn(chain.url, body)
    })
    const storage = await openDirectory()
    const stage = await openStage(chain, storage, {
      ...named(chain, endpoint.url),
      OPERATOR_KEY: demoAccounts.operator.privateKey,
      PUBLIC_BASE_URL: baseUrl,
    })
    try {
      await ensureDemoTrust(stage.service, 'Northfield University')
      const key = await recordIssuer(stage.ask, 'northfield', account)
      const batch = await anchoredBatch({ ...stage, chain, key }, 300)
      const line = `GET /batches/${batch.id}/status/revocation`
      const statesRead = () => calls.filter((method) => method === 'eth_call').length
      calls = []
      const started = performance.now()
      const texts = new Set<string>()
      for (let round = 0; round < 20; round++) {
        const answers = await Promise.all(Array.from({ length: 500 }, () => stage.ask(line)))
        for (const { text } of answers) texts.add(text)
      }
      const halfSeconds = Math.ceil((performance.now() - started) / 500)
      expect(texts.size).toBe(1)
      // The anchor and two kinds of words, once, because no block came.
      expect(statesRead()).toBe(3)
      // Chain id and block, as often as a list is to be looked at again.
      expect(calls.length - statesRead()).toBeLessThanOrEqual(2 * halfSeconds)

      await stage.ask(`POST /credentials/${batch.credentials[7]}/revoke`, { key })
      const after = await stage.ask(line)
      expect(texts).not.toContain(after.text)
      const bits = await decodeStatusList(after.body.credentialSubject.encodedList)
      expect(statusAt(bits, 7)).toBe(true)
    } finally {
      await stage.close()
      await endpoint.close()
      await chain.close()
      await storage.remove()
    }
  }, 60_000)
})

describe('status lists where the chain cannot be read', () => {
  it('are not made up', async () => {
    const chain = await startEmbeddedChain(0)
    let isDown = false
    const endpoint = await openEndpoint((body) => (isDown ? 'gone' : passOn(chain.url, body)))
    const storage = await openDirectory()
    const stage = await openStage(chain, storage, {
      ...named(chain, endpoint.url),
      OPERATOR_KEY: demoAccounts.operator.privateKey,
      PUBLIC_BASE_URL: baseUrl,
    })
    try {
      await ensureDemoTrust(stage.service, 'Northfield University')
      const key = await recordIssuer(stage.ask, 'northfield', account)
      const batch = await anchoredBatch({ ...stage, chain, key }, 2)
      const line = `GET /batches/${batch.id}/status/revocation`
      expect((await stage.ask(line)).status).toBe(200)
      isDown = true
      await aSecond()
      const answer = await stage.ask(line)
      expect(refusal(answer)).toBe('503 chain_unready')
      expect(answer.headers['cache-control']).toBe('no-store')
      isDown = false
      expect((await stage.ask(line)).status).toBe(200)
    } finally {
      await stage.close()
      await endpoint.close()
      await chain.close()
      await storage.remove()
    }
  })
})

describe('a signed list', () => {
  const now = Date.parse('2026-05-01T12:30:00Z')

  it('is taken by another implementation of VC Data Integrity', async () => {
    const signer = await signerOf(3)
    const { body } = await signList(
      { signer, created: '2026-05-01T12:00:00Z' },
      { id: `${baseUrl}/x`, issuer: signer.did, purpose: 'revocation', bits: statusBits([5]) },
      now,
    )
    const list = JSON.parse(body)
    expect(await verifyElsewhere(list, 'eddsa-rdfc-2022')).toBe(true)
    const forged = structuredClone(list)
    forged.credentialSubject.statusPurpose = 'suspension'
    expect(await verifyElsewhere(forged, 'eddsa-rdfc-2022')).not.toBe(true)
  })

  it('is renewed by the hour, and with another key', async () => {
    const [one, other] = [await signerOf(3), await signerOf(4)]
    const sign = (signer: typeof one, at: number) =>
      signList(
        { signer, created: '2026-05-01T12:00:00Z' },
        { id: `${baseUrl}/y`, issuer: one.did, purpose: 'revocation', bits: statusBits([]) },
        at,
      )
    const first = await sign(one, now)
    expect(await sign(one, now + 29 * 60_000)).toEqual(first)
    const later = await sign(one, now + 30 * 60_000)
    expect(later.etag).not.toBe(first.etag)
    expect(JSON.parse(later.body)).toMatchObject({
      validFrom: '2026-05-01T13:00:00Z',
      validUntil: '2026-05-01T19:00:00Z',
      proof: { created: '2026-05-01T13:00:00Z' },
    })
    expect((await sign(other, now)).etag).not.toBe(first.etag)
  })
})
