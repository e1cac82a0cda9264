import { randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import { Interface } from 'ethers'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { accreditationAbi } from '../../core/accreditation.ts'
import { fromHex } from '../../core/bytes.ts'
import { demoAccounts } from '../../server/demo-accounts.ts'
import { ensureDemoTrust } from '../../server/demo-trust.ts'
import { type EmbeddedChain, startEmbeddedChain } from '../../server/embedded-chain.ts'
import { rpc, sendToRegistry } from './chain-calls.ts'
import { type Endpoint, openEndpoint, passOn } from './endpoint.ts'
import { anchoredBatch, issueBatch, named, openStage, recordIssuer, refusal } from './stage.ts'
import { type Storage, storages } from './storages.ts'

const account = demoAccounts.issuer.address
const stranger = '0x90F79bf6EB2c4f870365E785982E1f101E93b906'
const large = '0x15d34AAf54267DB7D7c367839AAf71A00a2C6A65'
const outside = `0x${'ab'.repeat(32)}`
const accreditations = new Interface(accreditationAbi)

describe.each(storages)('the log of an issuer on $name', ({ open }) => {
  let storage: Storage
  let chain: EmbeddedChain
  let endpoint: Endpoint
  let isDown = false
  let stage: Awaited<ReturnType<typeof openStage>> & { key: string; chain: EmbeddedChain }
  let hidden: string
  let batches: string[]

  beforeAll(async () => {
    storage = await open()
    chain = await startEmbeddedChain(0)
    endpoint = await openEndpoint((body) => (isDown ? 'out of order' : passOn(chain.url, body)))
    const settings = {
      ...named(chain, endpoint.url),
      OPERATOR_KEY: demoAccounts.operator.privateKey,
    }
    const opened = await openStage(chain, storage, settings)
    await ensureDemoTrust(opened.service, 'Northfield University')
    const key = await recordIssuer(opened.ask, 'northfield', account)
    await recordIssuer(opened.ask, 'empty', stranger)
    stage = { ...opened, key, chain }

    const first = await anchoredBatch(stage, 5)
    // With the issuer's own key, and never handed in here.
    await sendToRegistry(chain, account, 'anchor', [outside, 7])
    const data = accreditations.encodeFunctionData('withdraw', [0])
    const { accreditationRegistry } = chain.contracts
    const from = demoAccounts.accreditor.address
    await rpc(chain.url, 'eth_sendTransaction', [{ from, to: accreditationRegistry, data }])
    const second = await anchoredBatch(stage, 4)
    const third = await anchoredBatch(stage, 3)
    batches = [first.id, second.id, third.id]
    await stage.ask(`POST /credentials/${first.credentials[0]}/revoke`, { key })
    await stage.ask(`POST /credentials/${first.credentials[1]}/revoke`, { key })
    await stage.ask(`POST /credentials/${first.credentials[2]}/suspend`, { key })
    const { body } = await stage.ask(`GET /batches/${third.id}`, { key })
    await sendToRegistry(chain, account, 'withdraw', [account, body.root])
    await stage.service.catchUp()
    hidden = await issueBatch(stage, 2)
  })
  afterAll(async () => {
    await stage?.close()
    await endpoint?.close()
    await chain?.close()
    await storage?.remove()
  })
  const log = (query = '', headers = {}) =>
    stage.ask(`GET /issuers/northfield/log${query}`, { headers })

  it('holds every number that the chain has, newest first, and tells what is published here', async () => {
    const { status, body } = await log()
    expect(status).toBe(200)
    expect(body).toMatchObject({
      slug: 'northfield',
      name: 'Northfield University',
      account,
      chain: { chainId: 31337, name: 'Rootmark demo chain', testNetwork: true },
      onChain: { anchorCount: 4 },
      published: { batches: 3, credentials: 12 },
    })
    expect(body.batches.map(({ sequence }: { sequence: number }) => sequence)).toEqual([4, 3, 2, 1])
    const [fourth, third, second, first] = body.batches
    expect(second).toEqual({ sequence: 2, published: false })
    expect(first).toMatchObject({
      published: true,
      size: 5,
      finality: 'finalized',
      leaves: `/batches/${batches[0]}/leaves`,
      transaction: expect.stringMatching(/^0x[0-9a-f]{64}$/),
    })
    expect(third).toMatchObject({ size: 4, revoked: 0, suspended: 0 })
    expect(fourth.withdrawnAt).toMatch(/Z$/)
    expect((await stage.ask(`GET ${first.leaves}`)).bytes.length).toBe(5 * 32)
    expect(body).not.toHaveProperty('next')
  })

  it('counts what ended, and nothing twice', async () => {
    const { body } = await log()
    const first = body.batches.at(-1)
    expect([first.revoked, first.suspended]).toEqual([2, 1])
    const sums = { revoked: 2, suspended: 1, withdrawn: 3, withdrawnBatches: 1 }
    expect(body.published).toMatchObject(sums)
    expect(body.periods.length).toBeGreaterThanOrEqual(12)
    const total = (name: string) =>
      body.periods.reduce(
        (sum: number, period: Record<string, number>) => sum + (period[name] ?? 0),
        0,
      )
    expect([total('credentials'), total('revoked'), total('withdrawn')]).toEqual([12, 2, 3])
  })

  it('says who vouched for the issuer when it anchored, and who does now', async () => {
    const { body } = await log()
    expect(body.onChain.accreditation).toMatchObject({ standing: 'ended' })
    expect(body.onChain.accreditation).not.toHaveProperty('accreditors')
    const [fourth, , , first] = body.batches
    expect(fourth.accreditation).toMatchObject({ standing: 'ended' })
    expect(first.accreditation).toMatchObject({
      standing: 'accredited',
      accreditors: [{ account: demoAccounts.accreditor.address, name: 'Demo Quality Agency' }],
      withdrawnAt: expect.any(String),
    })
  })

  it('says nothing of a batch that is not anchored, and nothing of a person', async () => {
    const { text } = await log()
    const { body } = await stage.ask(`GET /batches/${hidden}`, { key: stage.key })
    expect(body.state).toBe('built')
    for (const secret of [hidden, body.root, body.name, 'Zoë', 'learner', 'example.org']) {
      expect(text).not.toContain(secret)
    }
  })

  it('comes in pages', async () => {
    const numbers = ({ body }: { body: { batches: { sequence: number }[] } }) =>
      body.batches.map(({ sequence }) => sequence)
    const page = await log('?limit=3')
    expect([numbers(page), page.body.next]).toEqual([[4, 3, 2], 2])
    const rest = await log(`?limit=3&before=${page.body.next}`)
    expect([numbers(rest), rest.body.next]).toEqual([[1], undefined])
    expect(numbers(await log('?before=1'))).toEqual([])
    expect(numbers(await log('?before=4294967296'))).toEqual([4, 3, 2, 1])
  })

  it.each([
    '?before=0',
    '?before=-1',
    '?before=4294967297',
    '?before=1e99',
    '?before=x',
    '?limit=0',
    '?limit=201',
    "?before=1'--",
  ])('refuses the page %s', async (query) => {
    expect(refusal(await log(query))).toBe('400 querystring_malformed')
  })

  it.each(['nobody', '..%2f..%2fetc', 'A', '%00', 'x'.repeat(64), "a'--", 'northfield%20'])(
    'of %s is not there',
    async (slug) => {
      const { status, body } = await stage.ask(`GET /issuers/${slug}/log`)
      expect([400, 404]).toContain(status)
      expect(['issuer_unknown', 'params_malformed']).toContain(body.code)
    },
  )

  it('is not sent again to who has it, and any web page may read it', async () => {
    const { headers } = await log('', { origin: 'https://auditor.example' })
    expect(headers['access-control-allow-origin']).toBe('*')
    expect(headers['cache-control']).toBe('public, max-age=5')
    const again = await log('', { 'if-none-match': `W/${headers['etag']}` })
    expect([again.status, again.text]).toEqual([304, ''])
    expect((await log('?limit=1', { 'if-none-match': String(headers['etag']) })).status).toBe(200)
  })

  it('asks the chain no more often the more often it is asked for', async () => {
    await log()
    const calls = endpoint.calls.length
    await Promise.all(Array.from({ length: 20 }, () => log()))
    // The watcher may have a round meanwhile, and that is all.
    expect(endpoint.calls.length - calls).toBeLessThan(20)
  })

  it('shows what is here where the chain cannot be read, and says so', async () => {
    isDown = true
    try {
      const { status, body } = await stage.ask('GET /issuers/empty/log')
      expect(status).toBe(200)
      expect(body.problem).toBe('chain_unreachable')
      expect(body).not.toHaveProperty('onChain')
      expect(body).toMatchObject({ batches: [], periods: [], published: { batches: 0 } })
      // What was read before is still known, for half a minute as if nothing had happened.
      expect((await log()).body.onChain.anchorCount).toBe(4)
    } finally {
      isDown = false
    }
  })

  it('of ten thousand batches comes quickly', async () => {
    const { db } = stage.service.database
    const [id = ''] = batches
    const row = await db
      .selectFrom('batches')
      .selectAll()
      .where('id', '=', id)
      .executeTakeFirstOrThrow()
    const copy = (sequence: number) => ({
      ...row,
      id: randomUUID(),
      account: large,
      sequence,
      root: Buffer.from(fromHex(`0x${sequence.toString(16).padStart(64, '0')}`)),
      nodes: Buffer.alloc(32),
      anchor_id: null,
      idempotency_key: null,
      anchored_at: new Date(Date.UTC(2020, 0, 1) + sequence * 6 * 3_600_000),
    })
    for (let first = 1; first <= 10_000; first += 500) {
      const rows = Array.from({ length: 500 }, (_, i) => copy(first + i))
      await db
        .insertInto('batches')
        .values(rows as never)
        .execute()
    }
    await recordIssuer(stage.ask, 'large', large)
    const started = performance.now()
    const { body, text } = await stage.ask('GET /issuers/large/log?limit=200')
    expect(performance.now() - started).toBeLessThan(2_000)
    expect([body.batches.length, body.batches[0].sequence, body.next]).toEqual([200, 10_000, 9_801])
    expect(body.published.credentials).toBe(10_000 * row.size)
    expect(body.periods.length).toBeLessThanOrEqual(48)
    expect(text.length).toBeLessThan(200_000)
    // The chain holds none of them.
    expect(body.onChain.anchorCount).toBe(0)
  })

  describe('opened by a browser', () => {
    const accept = 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8'
    const isBuilt = existsSync('web/dist/issuers/index.html')
    it.skipIf(!isBuilt)('is a page, for an issuer that is not there as well', async () => {
      for (const [slug, status] of [
        ['northfield', 200],
        ['nobody', 404],
        ['..%2f..%2fpackage.json', 404],
        ['%3Cscript%3E', 404],
      ] as const) {
        const answer = await stage.ask(`GET /issuers/${slug}`, { headers: { accept } })
        expect([slug, answer.status]).toEqual([slug, status])
        expect(answer.headers['content-type']).toContain('text/html')
        expect(answer.headers['content-security-policy']).toContain("script-src 'self'")
        expect(answer.text).toContain('<issuer-page>')
        expect(answer.text).not.toContain(slug)
      }
    })

    it('stays the API for who brings a key or wants JSON', async () => {
      const { status, body } = await stage.ask('GET /issuers/northfield', {
        key: stage.key,
        headers: { accept },
      })
      expect([status, body.slug]).toEqual([200, 'northfield'])
      const json = { headers: { accept: 'application/json' } }
      expect(refusal(await stage.ask('GET /issuers/northfield', json))).toBe('401 key_invalid')
    })
  })
})
