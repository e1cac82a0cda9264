import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { JsonObject } from '../../core/canonical.ts'
import { chainOf, quorumProvider } from '../../core/quorum.ts'
import {
  behind,
  garbage,
  hangsUp,
  honest,
  lying,
  type Manner,
  type Node,
  onChain,
  silent,
  startNode,
  status,
} from './nodes.ts'
import { anchoredFor, write } from './transaction.ts'
import { first, readersOf, verify } from './verifier.ts'
import { chainId, openWorld, registryInterface, type World } from './world.ts'

let world: World
let document: JsonObject
let revoked: JsonObject
let nodes: readonly Node[]
const terms = { chainId, timeoutMs: 800, now: () => performance.now() }

beforeAll(async () => {
  world = await openWorld()
  const { issuer } = world.accounts
  document = first(await anchoredFor(world, issuer, 3))
  const batch = await anchoredFor(world, issuer, 2)
  revoked = first(batch)
  await write(world, issuer, 'revokeInBatch', [batch.root, 0])
  nodes = await Promise.all([1, 2, 3].map(() => startNode(world.provider)))
})
beforeEach(() => {
  for (const node of nodes) node.behave(honest)
})
afterAll(async () => {
  for (const node of nodes) node.close()
  await world.close()
})

const report = (credential: JsonObject, k = 2) => {
  const chain = chainOf(nodes, k, terms)
  return verify(world, credential, { readers: { ...readersOf(world), chain: () => chain } })
}
const reasonOf = async (credential: JsonObject, k = 2) => (await report(credential, k)).reason

/** Flips the last bit of what the contract says. */
const flip = (truth: unknown) => String(truth).replace(/.$/, (digit) => (digit === '0' ? '1' : '0'))
/** Says that a revoked credential is active: standing is the first word. */
const whitewash = (truth: unknown) => String(truth).replace(/^0x0{63}3/, `0x${'0'.repeat(63)}1`)
const asBlock = (members: object) => (truth: unknown) => truth && { ...truth, ...members }

const bad: readonly (readonly [string, () => Manner])[] = [
  ['lies about the contract', () => lying('eth_call', flip)],
  [
    'lies about blocks',
    () => lying('eth_getBlockByNumber', asBlock({ hash: `0x${'66'.repeat(32)}` })),
  ],
  ['claims a head far ahead', () => lying('eth_getBlockByNumber', asBlock({ number: '0xffffff' }))],
  ['claims another time', () => lying('eth_getBlockByNumber', asBlock({ timestamp: '0x1' }))],
  ['is stale', () => behind(world.provider, 2)],
  ['is another chain', () => onChain(10)],
  ['never answers', () => silent],
  ['hangs up', () => hangsUp],
  ['answers HTTP 429', () => status(429)],
  ['answers HTTP 500', () => status(500, 'oops')],
  ['answers garbage', () => garbage],
]

describe('two of three endpoints must agree', () => {
  it('and the report says so', async () => {
    const { verdict, checks } = await report(document)
    expect(verdict).toBe('valid')
    const urls = nodes.map(({ url }) => url).join(', ')
    expect(checks.flatMap(({ read }) => read).map(({ from }) => from)).toContain(
      `2 of 3 agreeing endpoints (${urls})`,
    )
  })

  describe.each(bad)('one that %s', (name, manner) => {
    it.each([0, 1, 2])('changes no verdict, at place %i', async (place) => {
      nodes[place]?.behave(manner())
      const start = performance.now()
      expect(await reasonOf(document)).toBe('valid')
      expect(await reasonOf(revoked)).toBe('revoked')
      expect(performance.now() - start).toBeLessThan(10 * terms.timeoutMs)
    })

    it('leaves the verdict open where all three must agree', async () => {
      nodes[1]?.behave(manner())
      // Only an old block is one that all three may share, and what it holds is true as of then.
      const shared = name === 'is stale' ? 'valid' : 'endpoints_disagree'
      expect(await reasonOf(document, 3)).toBe(shared)
    })
  })

  it('cannot be made to call a revoked credential valid by one', async () => {
    nodes[0]?.behave(lying('eth_call', whitewash))
    expect(await reasonOf(revoked)).toBe('revoked')
    expect(await reasonOf(revoked, 3)).toBe('endpoints_disagree')
  })

  it('two that fail leave the verdict open, and soon', async () => {
    nodes[0]?.behave(silent)
    nodes[1]?.behave(garbage)
    const start = performance.now()
    expect(await report(document)).toMatchObject({
      verdict: 'indeterminate',
      reason: 'endpoints_disagree',
    })
    expect(performance.now() - start).toBeLessThan(10 * terms.timeoutMs)
  })

  it('three that fail could not be reached; three of another chain are that', async () => {
    for (const node of nodes) node.behave(hangsUp)
    expect(await reasonOf(document)).toBe('chain_unreachable')
    for (const node of nodes) node.behave(onChain(10))
    expect(await reasonOf(document)).toBe('chain_mismatch')
  })
})

describe('what the endpoints are asked', () => {
  const ask = (method: string, ...params: unknown[]) =>
    quorumProvider(nodes, 2, terms).request({ method, params })

  it('a revert that enough of them agree on is passed on', async () => {
    const data = registryInterface.encodeFunctionData('anchor', [`0x${'00'.repeat(32)}`, 1])
    nodes[2]?.behave(lying('eth_call', () => '0x'))
    const call = { to: world.registry, data }
    await expect(ask('eth_call', call, 'latest')).rejects.toThrow(/revert/i)
  })

  it('reads at a tag go to the block that enough of them have', async () => {
    nodes[0]?.behave(behind(world.provider, 1))
    nodes[1]?.behave(behind(world.provider, 1))
    const top = Number(await world.provider.request({ method: 'eth_blockNumber' }))
    expect(Number(await ask('eth_blockNumber'))).toBe(top - 1)
    nodes[1]?.behave(honest)
    expect(Number(await ask('eth_blockNumber'))).toBe(top)
    const { number } = (await ask('eth_getBlockByNumber', 'latest', false)) as { number: string }
    expect(Number(number)).toBe(top)
    expect(await ask('eth_getCode', world.registry, 'latest')).toMatch(/^0x60/)
  })

  it('logs and receipts are compared by what every client writes', async () => {
    const filter = { address: world.registry, fromBlock: '0x0', toBlock: 'latest' }
    const add = (logs: unknown) =>
      (logs as object[]).map((log) => ({ ...log, blockTimestamp: '0x1' }))
    nodes[0]?.behave(lying('eth_getLogs', add))
    nodes[1]?.behave(lying('eth_getLogs', () => []))
    const logs = (await ask('eth_getLogs', filter)) as { transactionHash: string }[]
    expect(logs).toHaveLength(3)
    nodes[1]?.behave(silent)
    const receipt = await ask('eth_getTransactionReceipt', logs[0]?.transactionHash)
    expect(receipt).toMatchObject({ status: '0x1' })
  })

  it('a fee needs no agreement', async () => {
    nodes[0]?.behave(hangsUp)
    nodes[1]?.behave(hangsUp)
    expect(await ask('eth_gasPrice')).toMatch(/^0x/)
  })
})
