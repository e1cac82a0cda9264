import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { addressWord } from '../../core/abi.ts'
import { fromHex, toHex } from '../../core/bytes.ts'
import { failoverProvider } from '../../core/failover.ts'
import { quorumProvider } from '../../core/quorum.ts'
import { registryInterface } from '../../server/chains.ts'
import type { EmbeddedChain } from '../../server/embedded-chain.ts'
import { readFollowing } from '../../server/followed-blocks.ts'
import { anchorIdOf, readRegistryLogs } from '../../server/registry-logs.ts'
import { behind, honest, lying, type Manner, type Node, startNode, status } from '../core/nodes.ts'
import { startAnvilChain } from './anvil-stage.ts'
import { type FollowStage, issuerAccount, openFollowStage, strangeRoot } from './follow-stage.ts'
import { openDirectory, type Storage } from './storages.ts'

let chain: EmbeddedChain
let storage: Storage
let stage: FollowStage
beforeAll(async () => {
  chain = await startAnvilChain()
  storage = await openDirectory()
  stage = await openFollowStage(chain, storage)
  await stage.mine(80)
  await stage.follow()
}, 120_000)
afterAll(async () => {
  await stage?.close()
  await chain?.close()
  await storage?.remove()
})
afterEach(async () => {
  stage.node.behave(honest)
  await stage.follow()
})

const rangeOf = (params: readonly unknown[]) => {
  const [{ fromBlock, toBlock }] = params as [{ fromBlock: string; toBlock: string }]
  return {
    from: Number(fromBlock),
    to: Number(toBlock),
    span: Number(toBlock) - Number(fromBlock) + 1,
  }
}
const refusing =
  (most: number, message: string, code = -32005): Manner =>
  (call, truth) => {
    if (call.method !== 'eth_getLogs' || rangeOf(call.params).span <= most) return truth()
    throw Object.assign(new Error(message), { code })
  }
const failing = (message: string, code = -32603) => refusing(0, message, code)
/** Lies once, so that what is read again when it is final is true. */
const lyingOnce = (lie: (logs: Record<string, unknown>[]) => unknown): Manner => {
  let asked = 0
  return async ({ method }, truth) => {
    const answer = await truth()
    if (method !== 'eth_getLogs' || asked++ > 0) return answer
    return lie(answer as Record<string, unknown>[])
  }
}
const logsLying = (lie: (logs: Record<string, unknown>[]) => unknown) =>
  lying('eth_getLogs', (truth) => lie(truth as Record<string, unknown>[]))
const rangeNow = async () =>
  (await stage.db.selectFrom('followed_chains').select('range').executeTakeFirstOrThrow()).range

describe('logs that an endpoint', () => {
  it('gives twice, or in another order, tell the same', async () => {
    const one = await stage.anchored()
    const other = await stage.anchored()
    stage.node.behave(logsLying((logs) => [...logs, ...logs].reverse()))
    const { touched, ignored } = await stage.follow()
    expect(new Set(touched.batches)).toEqual(new Set([one.id, other.id]))
    expect(touched.batches).toHaveLength(2)
    expect(ignored).toBe(0)
  })

  it('leaves out at first are read when their blocks are final', async () => {
    const { id, root } = await stage.anchored()
    await stage.mine(70)
    await stage.round()
    expect(await stage.batch(id)).toMatchObject({ state: 'finalized' })
    await stage.send('revokeInBatch', [root, 1])
    stage.node.behave(logsLying(() => []))
    await stage.round()
    expect(await stage.statuses(id)).toEqual(Array(3).fill('active active'))
    stage.node.behave(honest)
    await stage.mine(70)
    await stage.round()
    expect((await stage.statuses(id))[1]).toBe('revoked revoked')
  })

  it('leaves out for good delay nothing but an anchor that nobody expects', async () => {
    stage.node.behave(logsLying(() => []))
    const { id, root } = await stage.store()
    await stage.round()
    await stage.send('anchor', [root, 3])
    await stage.db.updateTable('batches').set({ watched_at: null }).where('id', '=', id).execute()
    await stage.round()
    expect(await stage.batch(id)).toMatchObject({ state: 'included' })
    await stage.mine(70)
    await stage.send('revokeInBatch', [root, 2])
    await stage.round()
    // Statuses are read once when the batch is final, logs or not.
    expect((await stage.statuses(id))[2]).toBe('revoked revoked')
  })

  it('makes up cost a look at the state, which decides', async () => {
    const { id, root } = await stage.anchored()
    await stage.round()
    const anchorId = toHex(anchorIdOf(addressWord(issuerAccount), fromHex(root)))
    const topics = [registryInterface.getEvent('BatchWithdrawn')?.topicHash, anchorId]
    await stage.mine(1)
    const blockNumber = `0x${(await stage.head()).toString(16)}`
    const { registry } = chain.contracts
    stage.node.behave(logsLying(() => [{ address: registry, blockNumber, topics, data: '0x' }]))
    expect((await stage.round()).touched.batches).toEqual([id])
    expect(await stage.batch(id)).toEqual({ state: 'included', withdrawn_at: null })
    expect(await stage.statuses(id)).toEqual(Array(3).fill('active active'))
  })

  it.each([
    ['nothing', [null, undefined, 7, 'log', [], {}]],
    ['another contract', [{ address: `0x${'11'.repeat(20)}` }]],
    ['a block outside', [{ blockNumber: '0x1' }, { blockNumber: '0xffffff' }]],
    ['a block that is no number', [{ blockNumber: 'latest' }, { blockNumber: null }]],
    ['no topics', [{ topics: [] }, { topics: 'topics' }, { topics: null }]],
    ['topics of other lengths', [{ topics: ['0x00'] }, { topics: ['0x'.padEnd(68, 'f')] }]],
    ['topics of other kinds', [{ topics: [{}, 1, null] }]],
    ['an unknown event', [{ topics: [strangeRoot(), strangeRoot()] }]],
  ])('fills with %s are passed over', async (_, entries) => {
    const { id } = await stage.anchored()
    stage.node.behave(
      lyingOnce((logs) => [
        ...entries.map((entry) =>
          typeof entry === 'object' && entry && Object.keys(entry).length > 0
            ? { ...logs[0], ...entry }
            : entry,
        ),
        ...logs,
      ]),
    )
    expect(await stage.follow()).toMatchObject({
      touched: { batches: [id] },
      ignored: entries.length,
      behind: 0,
    })
  })

  it.each(['text', null, 7, { logs: [] }, true])(
    'answers with %s instead are asked for again',
    async (answer) => {
      const { id } = await stage.anchored()
      stage.node.behave(logsLying(() => answer))
      expect(await stage.follow()).toMatchObject({
        trouble: expect.stringMatching(/eth_getLogs/),
        behind: 1,
        touched: { batches: [] },
      })
      stage.node.behave(honest)
      expect((await stage.follow()).touched.batches).toEqual([id])
    },
  )

  it.each([
    ['does not give', failing('the method eth_getLogs does not exist', -32601)],
    ['fails to give', failing('internal error')],
    ['gives to others, but not to us now', failing('rate limit exceeded', -32005)],
    [
      'answers with 429',
      ((call, truth, response) =>
        call.method === 'eth_getLogs' ? status(429)(call, truth, response) : truth()) as Manner,
    ],
  ])('%s hold nothing else up', async (_, manner) => {
    const { id } = await stage.anchored()
    stage.node.behave(manner)
    expect(await stage.round()).toMatchObject({ behind: 1, trouble: expect.any(String) })
    expect(await stage.batch(id)).toMatchObject({ state: 'included' })
    const queries = stage.node.calls.filter(({ method }) => method === 'eth_getLogs')
    expect(queries).toHaveLength(1)
  })
})

describe('ranges that an endpoint refuses', () => {
  it.each([
    [500, 'You can make eth_getLogs requests with up to a 500 block range', -32600],
    [10, 'range 1000 exceeds limit of 10', -32602],
    [1, 'query returned more than 10000 results', -32005],
  ])('beyond %i blocks become shorter', async (most, message, code) => {
    const { id } = await stage.anchored()
    await stage.mine(59)
    stage.node.behave(refusing(most, message, code))
    let followed = await stage.follow()
    const touched = [...followed.touched.batches]
    for (let i = 0; followed.behind > 0 && i < 10; i++) {
      followed = await stage.follow()
      touched.push(...followed.touched.batches)
    }
    expect(followed.behind).toBe(0)
    expect(touched).toContain(id)
    expect(followed).not.toHaveProperty('trouble')
    const spans = stage.node.calls
      .filter(({ method }) => method === 'eth_getLogs')
      .map(({ params }) => rangeOf(params).span)
    expect(Math.min(...spans)).toBeLessThanOrEqual(most)
  })

  it('are remembered, and become longer again', async () => {
    await stage.mine(40)
    stage.node.behave(refusing(5, 'block range is too wide'))
    await stage.follow({ mostQueries: 4 })
    const short = await rangeNow()
    expect(short).toBeLessThanOrEqual(10)
    stage.node.behave(honest)
    const followed = await stage.follow()
    expect(followed.behind).toBe(0)
    expect(await rangeNow()).toBeGreaterThan(short)
  })

  it('down to a single block are passed over, with every anchored batch looked at instead', async () => {
    const { id, root } = await stage.anchored()
    await stage.round()
    await stage.send('revokeInBatch', [root, 0])
    await stage.mine(2)
    stage.node.behave(refusing(0, 'query returned more than 10000 results'))
    const followed = await stage.round()
    expect(followed).toMatchObject({ behind: 0, trouble: expect.stringMatching(/cannot be read/) })
    expect((await stage.statuses(id))[0]).toBe('revoked revoked')
  })
})

describe('logs from several endpoints', () => {
  let nodes: readonly Node[]
  const terms = () => ({ chainId: chain.chainId, timeoutMs: 2000, now: Date.now })
  const through = (provider: FollowStage['service']['chain']['provider']) => ({
    ...stage.service,
    chain: { label: 'several', provider },
  })
  beforeAll(async () => {
    nodes = await Promise.all([0, 1, 2].map(() => startNode(stage.direct, 2000)))
  })
  afterAll(() => {
    for (const node of nodes ?? []) node.close()
  })
  afterEach(() => {
    for (const node of nodes) node.behave(honest)
  })

  it('are those that most agree on', async () => {
    const service = through(quorumProvider(nodes, 2, terms()))
    const { id } = await stage.anchored()
    nodes[0]?.behave(logsLying(() => []))
    const followed = await stage.follow({}, undefined, service)
    expect(followed).toMatchObject({ behind: 0, touched: { batches: [id] } })
  })

  it('are those of the ones that are not behind', async () => {
    const service = through(quorumProvider(nodes, 2, terms()))
    const { id } = await stage.anchored()
    await stage.mine(3)
    nodes[0]?.behave(behind(stage.direct, 6))
    const followed = await stage.follow({}, undefined, service)
    expect(followed).toMatchObject({ behind: 0, touched: { batches: [id] } })
  })

  it('are asked for in ranges that enough of them take, with members that only some add', async () => {
    const service = through(quorumProvider(nodes, 2, terms()))
    const { id } = await stage.anchored()
    await stage.mine(30)
    nodes[0]?.behave(refusing(4, 'range 31 exceeds limit of 4', -32602))
    nodes[1]?.behave(logsLying((logs) => logs.map((log) => ({ ...log, removed: 'no', extra: 1 }))))
    nodes[2]?.behave(refusing(8, 'query returned more than 10000 results'))
    const touched: string[] = []
    let behindBy = 1
    for (let i = 0; behindBy > 0 && i < 20; i++) {
      const followed = await stage.follow({}, undefined, service)
      touched.push(...followed.touched.batches)
      behindBy = followed.behind
    }
    expect(behindBy).toBe(0)
    expect(touched).toContain(id)
  })

  it('come from the next where one fails, and one that takes fewer blocks is not avoided for it', async () => {
    const service = through(failoverProvider(nodes, terms()))
    const { id } = await stage.anchored()
    await stage.mine(6)
    nodes[0]?.behave(refusing(3, 'query returned more than 10000 results'))
    nodes[1]?.behave(failing('internal error'))
    const followed = await stage.follow({}, undefined, service)
    expect(followed).toMatchObject({ behind: 0, touched: { batches: [id] } })
    expect(nodes[0]?.calls.filter(({ method }) => method === 'eth_getBlockByNumber')).not.toEqual(
      [],
    )
    expect(nodes[2]?.calls.filter(({ method }) => method === 'eth_getBlockByNumber')).toEqual([])
  })
})

describe('readRegistryLogs', () => {
  it('tells whose operators and accreditations changed', async () => {
    const first = (await readFollowing(stage.db, stage.service))?.number ?? 0
    await stage.send('setOperator', [`0x${'22'.repeat(20)}`, 1, 4_102_444_800])
    const head = await stage.head()
    const hints = await readRegistryLogs(stage.service.chain, chain.contracts, first + 1, head)
    expect(hints.operatorsOf.size).toBe(1)
    expect(hints.accredited.size).toBe(0)
    expect(hints.ignored).toBe(0)
  })
})
