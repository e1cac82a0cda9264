import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { type EmbeddedChain, startEmbeddedChain } from '../../server/embedded-chain.ts'
import { readFollowing } from '../../server/followed-blocks.ts'
import { behind, type Call } from '../core/nodes.ts'
import { startAnvilChain } from './anvil-stage.ts'
import { rpc } from './chain-calls.ts'
import {
  type FollowStage,
  issuerAccount,
  openFollowStage,
  operatorAccount,
  strangeRoot,
} from './follow-stage.ts'
import { openDirectory, type Storage, storages } from './storages.ts'

const someYears = 4_102_444_800

describe.each(storages)('following a chain on $name', ({ open }) => {
  let chain: EmbeddedChain
  let storage: Storage
  let stage: FollowStage
  beforeAll(async () => {
    chain = await startAnvilChain()
    storage = await open()
    stage = await openFollowStage(chain, storage)
  }, 120_000)
  afterAll(async () => {
    await stage?.close()
    await chain?.close()
    await storage?.remove()
  })
  const knownBlocks = async () => {
    const rows = await stage.db.selectFrom('followed_blocks').select('number').execute()
    return rows.map(({ number }) => number).sort((a, b) => a - b)
  }

  it('begins at the last final block, and has the batches that are anchored already looked at', async () => {
    await stage.mine(80)
    const followed = await stage.follow()
    const head = await stage.head()
    expect(followed).toMatchObject({
      begun: 'first time',
      from: head - 64 + 1,
      to: head,
      behind: 0,
      touched: { batches: [], operators: false, accreditations: false },
    })
    expect(await readFollowing(stage.db, stage.service)).toEqual({
      number: head,
      finalized: head - 64,
      head,
      reorgs: 0,
    })
  })

  it('reads nothing where there is nothing new', async () => {
    stage.node.behave((_, truth) => truth())
    const head = await stage.head()
    expect(await stage.follow()).toMatchObject({ from: head + 1, to: head, behind: 0 })
    expect(stage.node.calls.filter(({ method }) => method === 'eth_getLogs')).toEqual([])
  })

  it('asks for the logs of our two contracts and nothing else', async () => {
    stage.node.behave((_, truth) => truth())
    await stage.mine(3)
    await stage.follow()
    const head = await stage.head()
    const asked = stage.node.calls.filter(({ method }) => method === 'eth_getLogs')
    expect(asked[0]?.params).toEqual([
      {
        address: [chain.contracts.registry, chain.contracts.accreditationRegistry],
        fromBlock: `0x${(head - 2).toString(16)}`,
        toBlock: `0x${head.toString(16)}`,
      },
    ])
  })

  it('tells of our batches, and of nobody else’s', async () => {
    const ours = await stage.anchored()
    await stage.send('anchor', [strangeRoot(), 5])
    const { root } = await stage.store()
    await stage.send('anchor', [root, 3], operatorAccount) // Our root, under an account that is not its issuer's.
    const { touched } = await stage.follow()
    expect(touched).toEqual({ batches: [ours.id], operators: false, accreditations: false })
  })

  it('has an anchor that the issuer sent itself seen at once', async () => {
    const { id, root } = await stage.store()
    // As old as if nobody expected it any more.
    await stage.db
      .updateTable('batches')
      .set({ created_at: new Date(Date.now() - 86_400_000), watched_at: new Date() })
      .where('id', '=', id)
      .execute()
    await stage.round()
    await stage.send('anchor', [root, 3])
    await stage.watch()
    expect(await stage.batch(id)).toMatchObject({ state: 'built' })
    await stage.round()
    expect(await stage.batch(id)).toMatchObject({ state: 'included' })
  })

  it('tells of operators and accreditations of our issuers', async () => {
    await stage.send('setOperator', [operatorAccount, 3, someYears])
    expect((await stage.follow()).touched).toMatchObject({ operators: true, accreditations: false })
    await stage.send('setOperator', [issuerAccount, 3, someYears], operatorAccount)
    expect((await stage.follow()).touched).toMatchObject({ operators: false })
  })

  it('keeps the hashes of blocks that are not final, and forgets them when they are', async () => {
    for (let i = 0; i < 5; i++) {
      await stage.mine(10)
      await stage.follow()
    }
    const head = await stage.head()
    const blocks = await knownBlocks()
    expect(blocks.at(-1)).toBe(head)
    expect(blocks.filter((number) => number <= head - 64)).toHaveLength(1)
    await stage.mine(100)
    await stage.follow()
    expect(await knownBlocks()).toEqual([head + 100 - 64, head + 100])
  })

  it('keeps no more than 257 of them, however late blocks are final', async () => {
    const depth = 100_000
    const before = await stage.head()
    for (let i = 0; i < 270; i++) {
      await stage.mine(1)
      await stage.follow({}, depth)
    }
    const blocks = await knownBlocks()
    expect(blocks.length).toBeLessThanOrEqual(258)
    expect(blocks.at(-1)).toBe(before + 270)
  }, 120_000)

  it('catches up in ranges, as many queries at a time as it is told', async () => {
    await stage.mine(100)
    const options = { mostBlocks: 20, mostQueries: 3 }
    const first = await stage.follow(options)
    expect(first).toMatchObject({ behind: 40 })
    expect(first.to - first.from + 1).toBe(60)
    expect(await stage.follow(options)).toMatchObject({ from: first.to + 1, behind: 0 })
  })

  it('counts how far it is behind while it catches up', async () => {
    await stage.mine(50)
    await stage.follow({ mostBlocks: 10, mostQueries: 1 })
    const following = await readFollowing(stage.db, stage.service)
    expect((following?.head ?? 0) - (following?.number ?? 0)).toBe(40)
    await stage.follow()
  })
})

describe('reorganisations', () => {
  let chain: EmbeddedChain
  let storage: Storage
  let stage: FollowStage
  beforeAll(async () => {
    chain = await startAnvilChain()
    storage = await openDirectory()
    stage = await openFollowStage(chain, storage)
    await stage.mine(100)
    await stage.round()
  }, 120_000)
  afterAll(async () => {
    await stage?.close()
    await chain?.close()
    await storage?.remove()
  })
  afterEach(() => stage.node.behave((_, truth) => truth()))

  it.each([1, 2, 3, 7, 19, 32])(
    'of depth %i are noticed, back to a block that both have',
    async (depth) => {
      for (let i = 0; i < 4; i++) {
        await stage.mine(9)
        await stage.follow()
      }
      const head = await stage.head()
      await stage.reorg(depth)
      const followed = await stage.follow()
      expect(followed.begun).toBeUndefined()
      const from = followed.reorgedFrom ?? 0
      expect(from).toBeLessThanOrEqual(head - depth + 1)
      expect(from).toBeGreaterThan(head - depth + 1 - 9)
      expect(followed).toMatchObject({ from, to: head, behind: 0 })
      expect(await stage.follow()).not.toHaveProperty('reorgedFrom')
    },
    60_000,
  )

  it('are counted', async () => {
    const before = (await readFollowing(stage.db, stage.service))?.reorgs ?? 0
    await stage.mine(3)
    await stage.follow()
    await stage.reorg(2)
    await stage.follow()
    expect((await readFollowing(stage.db, stage.service))?.reorgs).toBe(before + 1)
  })

  it('are noticed when the chain has grown since, or is shorter', async () => {
    await stage.mine(3)
    await stage.follow()
    await stage.reorg(3)
    await stage.mine(5)
    expect(await stage.follow()).toMatchObject({ behind: 0, reorgedFrom: expect.any(Number) })
    await stage.mine(3)
    await stage.follow()
    await stage.mine(3)
    await stage.follow()
    const head = await stage.head()
    await stage.reorg(5)
    await rpc(chain.url, 'anvil_rollback', [2])
    const followed = await stage.follow()
    expect(followed).toMatchObject({ to: head - 2, reorgedFrom: head - 5 })
  })

  it('take an anchor back, which is noticed again when it is included again', async () => {
    const { id, root } = await stage.anchored()
    await stage.mine(2)
    await stage.round()
    expect(await stage.batch(id)).toMatchObject({ state: 'included' })
    await stage.reorg(3)
    await stage.round()
    expect(await stage.batch(id)).toMatchObject({ state: 'built' })
    await stage.mine(1)
    await stage.round()
    await stage.reorg(2, [['anchor', [root, 3]]])
    const { touched } = await stage.round()
    expect(touched.batches).toContain(id)
    expect(await stage.batch(id)).toMatchObject({ state: 'included' })
  })

  it('put an anchor into another block, in another order', async () => {
    const [one, other] = [await stage.store(), await stage.store()]
    await stage.send('anchor', [one.root, 3])
    await stage.send('anchor', [other.root, 3])
    await stage.round()
    await stage.reorg(2, [
      ['anchor', [other.root, 3]],
      ['anchor', [one.root, 3]],
    ])
    const followed = await stage.round()
    expect(new Set(followed.touched.batches)).toEqual(new Set([one.id, other.id]))
    const rows = await stage.db
      .selectFrom('batches')
      .select(['id', 'state', 'sequence'])
      .where('id', 'in', [one.id, other.id])
      .orderBy('sequence')
      .execute()
    expect(rows.map(({ id, state }) => `${id} ${state}`)).toEqual([
      `${other.id} included`,
      `${one.id} included`,
    ])
  })

  it('between the question for logs and its answer leave the range for the next call', async () => {
    await stage.mine(4)
    const before = await readFollowing(stage.db, stage.service)
    stage.node.behave(async ({ method }, truth) => {
      const answer = await truth()
      if (method === 'eth_getLogs') await stage.reorg(2)
      return answer
    })
    expect(await stage.follow()).toMatchObject({ to: before?.number, behind: 4 })
    stage.node.behave((_, truth) => truth())
    expect(await stage.follow()).toMatchObject({ behind: 0 })
  })

  it('that take back what was final are another chain: following begins anew', async () => {
    const finalityDepth = 2
    const { id } = await stage.anchored()
    await stage.mine(5)
    await stage.round(finalityDepth)
    expect(await stage.batch(id)).toMatchObject({ state: 'finalized' })
    await stage.mine(5)
    await stage.round(finalityDepth)
    const { id: later } = await stage.anchored()
    await stage.mine(5)
    await stage.round(finalityDepth)
    await stage.reorg(8)
    const followed = await stage.round(finalityDepth)
    expect(followed).toMatchObject({ begun: 'another chain', behind: 0 })
    expect(followed).not.toHaveProperty('reorgedFrom')
    expect(await stage.batch(later)).toMatchObject({ state: 'built' })
    // Its anchor is there still, and found.
    await stage.round(finalityDepth)
    expect(await stage.batch(id)).toMatchObject({ state: 'finalized' })
  })
})

describe('a chain without tags', () => {
  let chain: EmbeddedChain
  let storage: Storage
  let stage: FollowStage
  const untagged = async ({ params }: Call, truth: () => Promise<unknown>) => {
    if (params.includes('finalized') || params.includes('safe')) {
      throw Object.assign(new Error('unknown block tag'), { code: -32602 })
    }
    return truth()
  }
  beforeAll(async () => {
    chain = await startAnvilChain()
    storage = await openDirectory()
    stage = await openFollowStage(chain, storage)
    stage.node.behave(untagged)
  }, 120_000)
  afterAll(async () => {
    await stage?.close()
    await chain?.close()
    await storage?.remove()
  })
  const finalized = async () => (await readFollowing(stage.db, stage.service))?.finalized

  it('is followed from its head on where no depth says what is final', async () => {
    await stage.mine(20)
    const head = await stage.head()
    expect(await stage.follow()).toMatchObject({ begun: 'first time', to: head })
    await stage.mine(20)
    await stage.follow()
    expect(await finalized()).toBe(head)
  })

  it('notices reorganisations all the same', async () => {
    const { id } = await stage.anchored()
    await stage.round()
    expect(await stage.batch(id)).toMatchObject({ state: 'included' })
    await stage.reorg(1)
    expect(await stage.round()).toMatchObject({ reorgedFrom: expect.any(Number) })
    expect(await stage.batch(id)).toMatchObject({ state: 'built' })
  })

  it('counts a block as final that is as deep as the setting says', async () => {
    const { id } = await stage.anchored()
    await stage.mine(5)
    await stage.round(6)
    expect(await stage.batch(id)).toMatchObject({ state: 'included' })
    await stage.mine(1)
    await stage.round(6)
    expect(await stage.batch(id)).toMatchObject({ state: 'finalized' })
    const head = await stage.head()
    await stage.mine(20)
    await stage.follow({}, 6)
    await stage.mine(20)
    await stage.follow({}, 6)
    expect(await finalized()).toBe(head + 40 - 6)
  })

  it('is not followed back by an endpoint that lags behind', async () => {
    await stage.mine(10)
    await stage.follow({}, 6)
    const before = await readFollowing(stage.db, stage.service)
    stage.node.behave(behind(stage.direct, 7))
    expect(await stage.follow({}, 6)).toMatchObject({ to: before?.number, behind: 0 })
    expect(await readFollowing(stage.db, stage.service)).toEqual(before)
    stage.node.behave(untagged)
    expect(await stage.follow({}, 6)).not.toHaveProperty('reorgedFrom')
  })
})

describe('a chain that began anew', () => {
  let storage: Storage
  const open: (() => Promise<void>)[] = []
  beforeAll(async () => {
    storage = await openDirectory()
  })
  afterEach(async () => {
    for (const close of open.splice(0).reverse()) await close()
  })
  afterAll(() => storage?.remove())
  const begin = async () => {
    for (const close of open.splice(0).reverse()) await close()
    const chain = await startAnvilChain()
    open.push(chain.close)
    const stage = await openFollowStage(chain, storage)
    open.push(stage.close)
    return stage
  }

  it.each([
    ['is shorter than what was read', 0],
    ['is longer', 150],
  ])(
    'and %s is followed from its own blocks on',
    async (_, blocks) => {
      const before = await begin()
      await before.mine(100)
      await before.round()
      const { id } = await before.anchored()
      await before.mine(70)
      await before.round()
      expect(await before.batch(id)).toMatchObject({ state: 'finalized' })

      const stage = await begin()
      await stage.mine(blocks)
      const followed = await stage.round()
      expect(followed).toMatchObject({ begun: 'another chain', behind: 0, to: await stage.head() })
      expect(await stage.batch(id)).toMatchObject({ state: 'built' })
      const { id: next } = await stage.anchored()
      expect((await stage.round()).touched.batches).toEqual([next])
    },
    120_000,
  )
})

describe('the embedded chain', () => {
  let storage: Storage
  const open: (() => Promise<void>)[] = []
  const begin = async () => {
    for (const close of open.splice(0).reverse()) await close()
    const chain = await startEmbeddedChain(0)
    open.push(chain.close)
    const stage = await openFollowStage(chain, storage)
    open.push(stage.close)
    return stage
  }
  beforeAll(async () => {
    storage = await openDirectory()
  })
  afterAll(async () => {
    for (const close of open.splice(0).reverse()) await close()
    await storage?.remove()
  })

  it('is followed, and from its beginning again after a restart', async () => {
    const first = await begin()
    await first.follow()
    const { id, root } = await first.anchored()
    expect((await first.round()).touched.batches).toEqual([id])
    await first.send('revokeInBatch', [root, 0])
    await first.round()
    expect((await first.statuses(id))[0]).toBe('revoked revoked')

    const second = await begin()
    for (let i = 0; i < 3; i++) {
      await second.send('setOperator', [operatorAccount, 3, someYears])
      await second.round()
    }
    expect(await second.batch(id)).toMatchObject({ state: 'built' })
    expect((await second.statuses(id))[0]).toBe('revoked active')
    await second.send('anchor', [root, 3])
    const { touched, behind } = await second.round()
    expect(touched.batches).toEqual([id])
    expect(behind).toBe(0)
    expect(await second.batch(id)).not.toMatchObject({ state: 'built' })
  }, 120_000)
})
