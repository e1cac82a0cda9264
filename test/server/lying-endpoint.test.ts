import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { demoAccounts } from '../../server/demo-accounts.ts'
import type { EmbeddedChain } from '../../server/embedded-chain.ts'
import { type Liar, type Lie, lies, openLiar } from '../soak/liar.ts'
import { readAnchorCount, readSequence } from '../soak/registry-state.ts'
import { setAnvilStage, startAnvilChain } from './anvil-stage.ts'
import { rpc } from './chain-calls.ts'
import { type Endpoint, openEndpoint, passOn } from './endpoint.ts'
import { mine } from './kill-flows.ts'
import { checkSpending } from './promises.ts'
import { credentialIds, issueBatch, named, openStage, type Stage, verdictOf } from './stage.ts'
import { openDirectory, type Storage } from './storages.ts'

const issuer = demoAccounts.issuer.address
let chain: EmbeddedChain
let storage: Storage
let liar: Liar
let stage: Stage
const batches: string[] = []

beforeAll(async () => {
  chain = await startAnvilChain()
  storage = await openDirectory()
  const first = await setAnvilStage(chain, storage)
  await first.close()
  liar = await openLiar(chain.url)
  const settings = named(chain, `http://127.0.0.1:${liar.port}`)
  const { privateKey } = demoAccounts.operator
  const opened = await openStage(chain, storage, {
    ...settings,
    OPERATOR_KEY: privateKey,
    CHAIN_TIMEOUT_MS: '3000',
  })
  stage = { ...opened, chain, key: first.key }
  await mine(chain.url, 40)
}, 120_000)
afterAll(async () => {
  await stage?.close()
  await liar?.close()
  await chain?.close()
  await storage?.remove()
})
beforeEach(() => liar.tell())

const batchOf = async (id: string) =>
  (await stage.ask(`GET /batches/${id}`, { key: stage.key })).body
const catchUp = () => stage.service.catchUp()
/** One round and what it asks for: on a head that stands still there is always more to wait for. */
const look = async () => {
  await stage.service.watcher.round()
  await stage.service.jobs.drain()
}
const holds = (root: string, block: 'latest' | 'safe' | 'finalized') =>
  readSequence(chain.url, chain.contracts.registry, issuer, root, block)

async function anchored(): Promise<{ readonly id: string; readonly credentials: string[] }> {
  const id = await issueBatch(stage, 3)
  batches.push(id)
  await stage.ask(`POST /batches/${id}/anchor`, { key: stage.key })
  await catchUp()
  expect((await batchOf(id)).state).toBe('included')
  return { id, credentials: [...(await credentialIds(stage, id))] }
}

/** Nothing is claimed that the chain does not hold, whatever the endpoint says. */
async function checkClaims(): Promise<void> {
  for (const id of batches) {
    const { root, state, anchor } = await batchOf(id)
    if (!anchor) continue
    expect(await holds(root, state === 'included' ? 'latest' : state)).toBeGreaterThan(0)
  }
}

async function checkAnchors(): Promise<void> {
  const roots = await Promise.all(batches.map(async (id) => (await batchOf(id)).root))
  const sequences = await Promise.all(roots.map((root) => holds(root, 'latest')))
  expect(sequences.toSorted((a, b) => a - b)).toEqual(batches.map((_, i) => i + 1))
  const count = await readAnchorCount(chain.url, chain.contracts.registry, issuer)
  expect(count).toBe(batches.length)
  expect(await checkSpending(chain)).toBe(batches.length)
}

describe('an endpoint that lies', () => {
  it.each(lies)(
    'with %s makes nothing be lost, anchored twice or claimed too early',
    {
      timeout: 120_000,
    },
    async (lie: Lie) => {
      const { credentials } = await anchored()
      const [revoked = '', suspended = ''] = credentials
      await stage.ask(`POST /credentials/${suspended}/suspend`, { key: stage.key })
      await liar.tell(lie, 4)
      const id = await issueBatch(stage, 2)
      batches.push(id)
      for (let i = 0; i < 3; i += 1) {
        await stage.ask(`POST /batches/${id}/anchor`, { key: stage.key })
        await stage.ask(`POST /credentials/${revoked}/revoke`, { key: stage.key })
        await look().catch(() => undefined) // Where the lie is noticed, it says so.
        await checkClaims()
        await mine(chain.url, 3)
      }
      await liar.tell()
      await stage.ask(`POST /batches/${id}/anchor`, { key: stage.key })
      await stage.ask(`POST /credentials/${revoked}/revoke`, { key: stage.key })
      await catchUp()
      expect((await batchOf(id)).state).toMatch(/^(?:included|safe|finalized)$/)
      expect(await verdictOf(stage, revoked)).toBe('invalid revoked')
      expect(await verdictOf(stage, suspended)).toBe('invalid suspended')
      await checkClaims()
      await checkAnchors()
    },
  )

  it('about its chain id is named, and nothing is believed meanwhile', async () => {
    const { id, credentials } = await anchored()
    await liar.tell('other chain id')
    const before = await batchOf(id)
    await expect(catchUp()).rejects.toMatchObject({ code: 'chain_mismatch' })
    expect(await batchOf(id)).toEqual(before)
    const { status, body } = await stage.ask('GET /readyz')
    expect([status, body.code]).toEqual([503, 'chain_unready'])
    expect(await verdictOf(stage, credentials[0] ?? '')).toBe('indeterminate chain_mismatch')
    const other = await issueBatch(stage, 1)
    batches.push(other)
    const refused = await stage.ask(`POST /batches/${other}/anchor`, { key: stage.key })
    expect([refused.status, refused.body.code]).toEqual([503, 'chain_unreadable'])
    expect((await batchOf(other)).state).toBe('built')
    await liar.tell()
    await stage.ask(`POST /batches/${other}/anchor`, { key: stage.key })
    await catchUp()
    await checkAnchors()
  })

  it('about its head sends nothing again: the same transaction stands when it has caught up', async () => {
    const { id } = await anchored()
    const { transaction } = await batchOf(id)
    const sent = () =>
      rpc(chain.url, 'eth_getTransactionCount', [demoAccounts.operator.address, 'latest'])
    const before = await sent()
    await liar.tell('stale head', 2)
    await look()
    expect((await batchOf(id)).state).not.toBe('included')
    await look()
    expect(await sent()).toBe(before)
    await liar.tell()
    await catchUp()
    expect(await batchOf(id)).toMatchObject({ state: 'included', transaction })
    expect(await sent()).toBe(before)
    await checkAnchors()
  })
})

describe('an endpoint that is another chain of a sudden', () => {
  let impostor: EmbeddedChain
  let endpoint: Endpoint
  let url: string
  let opened: Stage
  beforeAll(async () => {
    impostor = await startAnvilChain()
    url = chain.url
    endpoint = await openEndpoint((body) => passOn(url, body))
    await stage.close() // The embedded database has one process.
    const settings = { ...named(chain, endpoint.url), CHAIN_TIMEOUT_MS: '3000' }
    const { privateKey } = demoAccounts.operator
    const fresh = await openStage(chain, storage, { ...settings, OPERATOR_KEY: privateKey })
    opened = { ...fresh, chain, key: stage.key }
    stage = opened
  }, 120_000)
  afterAll(async () => {
    await endpoint?.close()
    await impostor?.close()
  })

  it('with the same id but no history loses none of the batches that are final', {
    timeout: 120_000,
  }, async () => {
    await mine(chain.url, 80)
    await catchUp()
    const before = await Promise.all(batches.map(batchOf))
    expect(new Set(before.map(({ state }) => state))).toEqual(new Set(['finalized']))
    url = impostor.url
    await look().catch(() => undefined)
    for (const id of batches) {
      const { state, anchor } = await batchOf(id)
      expect(anchor === undefined || state === 'finalized').toBe(true)
    }
    url = chain.url
    await catchUp()
    const after = await Promise.all(batches.map(batchOf))
    expect(after.map(({ state }) => state)).toEqual(before.map(({ state }) => state))
    expect(after.map(({ anchor }) => anchor.sequence)).toEqual(
      before.map(({ anchor }) => anchor.sequence),
    )
    await checkAnchors()
  })
})
