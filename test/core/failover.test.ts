import { Transaction, Wallet } from 'ethers'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { JsonObject } from '../../core/canonical.ts'
import { failoverProvider } from '../../core/failover.ts'
import { chainOf } from '../../core/quorum.ts'
import { endpointUrls } from '../../core/rpc.ts'
import {
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
import { anchoredFor } from './transaction.ts'
import { first, readersOf, verify } from './verifier.ts'
import { chainId, openWorld, registryInterface, type World } from './world.ts'

let world: World
let document: JsonObject
let nodes: readonly [Node, Node]
let now = 0
const terms = { chainId, timeoutMs: 800, restMs: 1000, now: () => now }

beforeAll(async () => {
  world = await openWorld()
  document = first(await anchoredFor(world, world.accounts.issuer, 3))
  nodes = [await startNode(world.provider), await startNode(world.provider)]
})
beforeEach(() => {
  for (const node of nodes) node.behave(honest)
})
afterAll(async () => {
  for (const node of nodes) node.close()
  await world.close()
})

const reportOver = (chains = nodes, inTerms = terms) =>
  verify(world, document, {
    readers: { ...readersOf(world), chain: () => chainOf(chains, 1, inTerms) },
  })

describe('several endpoints, of which any one will do', () => {
  const failing: readonly (readonly [string, Manner])[] = [
    ['never answers', silent],
    ['hangs up', hangsUp],
    ['answers that it is asked too often', status(429)],
    ['answers HTTP 429 without JSON', status(429, 'slow down')],
    ['answers HTTP 500', status(500, '')],
    ['answers HTTP 503 as JSON', status(503, '{"error":{"code":-32603,"message":"no"}}')],
    ['answers garbage', garbage],
    ['answers a call with no bytes', lying('eth_call', () => 7)],
    ['answers a block with a number', lying('eth_getBlockByNumber', () => 7)],
    ['is another chain', onChain(1)],
    ['lacks the state', () => Promise.reject(new Error('missing trie node'))],
  ]

  it.each(failing)('give a verdict when the first %s', async (_, manner) => {
    nodes[0].behave(manner)
    const { verdict, checks } = await reportOver()
    expect(verdict).toBe('valid')
    const [read] = checks.flatMap((check) => check.read)
    expect(read?.from).toBe(`${nodes[0].url}, else ${nodes[1].url}`)
  })

  it.each(failing)('are indeterminate when each of them %s', async (_, manner) => {
    for (const node of nodes) node.behave(manner)
    expect((await reportOver()).verdict).toBe('indeterminate')
  })

  it('are the wrong chain only where none is the right one', async () => {
    for (const node of nodes) node.behave(onChain(5))
    expect((await reportOver()).reason).toBe('chain_mismatch')
    nodes[1].behave(silent)
    expect((await reportOver()).reason).toBe('chain_unreachable')
  })

  it('do not wait for a dead one again until it has rested', async () => {
    now = 0
    const { request } = failoverProvider(nodes, terms)
    const ask = () => request({ method: 'eth_blockNumber' })
    nodes[0].behave(silent)
    const start = performance.now()
    for (let i = 0; i < 10; i++) await ask()
    expect(performance.now() - start).toBeLessThan(2 * terms.timeoutMs)
    expect(nodes[0].calls).toHaveLength(1)
    nodes[0].behave(honest)
    now = 1001
    await ask()
    expect(nodes[0].calls.map(({ method }) => method)).toEqual(['eth_chainId', 'eth_blockNumber'])
  })

  it('are asked for all that, resting or not, before a call fails', async () => {
    const { request } = failoverProvider(nodes, terms)
    nodes[0].behave(hangsUp)
    await request({ method: 'eth_blockNumber' })
    nodes[0].behave(honest)
    nodes[1].behave(hangsUp)
    expect(await request({ method: 'eth_blockNumber' })).toMatch(/^0x/)
  })

  it('take the contract’s own refusal for an answer, and do not ask further', async () => {
    const { request } = failoverProvider(nodes, terms)
    const data = registryInterface.encodeFunctionData('anchor', [`0x${'00'.repeat(32)}`, 1])
    await expect(
      request({ method: 'eth_call', params: [{ to: world.registry, data }, 'latest'] }),
    ).rejects.toThrow(/revert/i)
    expect(nodes[1].calls).toEqual([])
  })

  it('never hand an unsigned transaction to a second one', async () => {
    const { request } = failoverProvider(nodes, terms)
    nodes[0].behave((call, truth) =>
      call.method === 'eth_sendTransaction' ? truth().then(() => null) : truth(),
    )
    nodes[0].behave(lying('eth_sendTransaction', () => undefined))
    const { issuer } = world.accounts
    const params = [{ from: issuer, to: issuer, value: '0x1' }]
    await expect(request({ method: 'eth_sendTransaction', params })).rejects.toThrow()
    expect(nodes[1].calls).toEqual([])
  })
})

describe('a signed transaction', () => {
  let nonce = 0
  const wallet = new Wallet(`0x${'42'.repeat(32)}`)
  const sign = () =>
    wallet.signTransaction({
      chainId,
      nonce: nonce++,
      to: wallet.address,
      gasLimit: 21000,
      gasPrice: 10n ** 10n,
    })
  beforeAll(async () => {
    await world.provider.request({
      method: 'hardhat_setBalance',
      params: [wallet.address, `0x${(10n ** 18n).toString(16)}`],
    })
  })
  const send = (raw: string) =>
    failoverProvider(nodes, terms).request({ method: 'eth_sendRawTransaction', params: [raw] })

  it.each([
    ['the first is silent', silent, honest],
    ['the second answers garbage', honest, garbage],
    [
      'one has it already',
      lying('eth_sendRawTransaction', () => Promise.reject(new Error('already known'))),
      hangsUp,
    ],
  ])('goes to all, and is sent once one has it: %s', async (_, one, other) => {
    nodes[0].behave(one)
    nodes[1].behave(other)
    const raw = await sign()
    expect(await send(raw)).toBe(Transaction.from(raw).hash)
  })

  it('is known where any of them knows it, and unknown where none does', async () => {
    const { hash } = Transaction.from(await sign())
    const find = (known: unknown) => {
      nodes[0].behave(lying('eth_getTransactionByHash', () => null))
      nodes[1].behave(lying('eth_getTransactionByHash', () => known))
      const call = { method: 'eth_getTransactionByHash', params: [hash] }
      return failoverProvider(nodes, terms).request(call)
    }
    expect(await find({ hash })).toEqual({ hash })
    expect(await find(null)).toBe(null)
    expect(await find(undefined)).toBe(null)
  })

  it('is not sent where none takes it; the node’s own word is told', async () => {
    nodes[0].behave(hangsUp)
    nodes[1].behave(() => Promise.reject(new Error('nonce too low')))
    nodes[1].behave((call, truth) =>
      call.method === 'eth_sendRawTransaction'
        ? Promise.reject(new Error('nonce too low'))
        : truth(),
    )
    await expect(send(await sign())).rejects.toThrow('nonce too low')
    nodes[1].behave(lying('eth_sendRawTransaction', () => `0x${'11'.repeat(32)}`))
    await expect(send(await sign())).rejects.toThrow()
  })
})

it('a setting may name endpoints between commas and spaces; one named twice is one', () => {
  expect(endpointUrls(' https://a.example, https://b.example/k\nhttps://a.example,')).toEqual([
    'https://a.example',
    'https://b.example/k',
  ])
})
