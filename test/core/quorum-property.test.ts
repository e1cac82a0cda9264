import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { toHex, utf8 } from '../../core/bytes.ts'
import { type Chain, ChainUnreadableError } from '../../core/chain.ts'
import { keccak256 } from '../../core/hash.ts'
import { quorumProvider } from '../../core/quorum.ts'
import { RpcError } from '../../core/rpc.ts'

// What a quorum of k among n endpoints guarantees, tried on a chain that a function makes up:
//   at most k − 1 liars  →  what is answered is true (or nothing is answered),
//   at least k honest endpoints  →  something is answered, from no older a block than k honest ones have.

const chainId = 77
const word = (text: string) => toHex(keccak256(utf8(text)))
const hex = (value: number) => `0x${value.toString(16)}`
const blockOf = (height: number, fork = '') => ({
  number: hex(height),
  hash: word(`block ${height}${fork}`),
  timestamp: hex(height * 12),
})

type Answers = (method: string, params: readonly unknown[]) => unknown

/** Knows the chain up to a height. */
const honest =
  (height: number): Answers =>
  (method, params) => {
    if (method === 'eth_chainId') return hex(chainId)
    const [first, second] = params
    const at = method === 'eth_call' ? second : first
    const asked = typeof at === 'string' && at.startsWith('0x') ? Number(at) : height
    if (method === 'eth_getBlockByNumber') return asked > height ? null : blockOf(asked)
    if (asked > height) throw new RpcError(-32000, 'header not found', undefined)
    return word(`state ${asked}`)
  }

/** What a liar may do to a call; liars with the same lies are in league. */
const lies: Readonly<Record<string, Answers>> = {
  fork: (method, params) => {
    if (method === 'eth_chainId') return hex(chainId)
    const at = String(params[method === 'eth_call' ? 1 : 0])
    const height = at.startsWith('0x') ? Number(at) : 60
    return method === 'eth_call' ? word(`lie ${height}`) : blockOf(height, ' of liars')
  },
  ahead: (method, params) => honest(1_000_000)(method, params),
  genesis: (method, params) => honest(0)(method, params),
  state: (method, params) => (method === 'eth_call' ? word('lie') : honest(50)(method, params)),
  otherChain: (method, params) => (method === 'eth_chainId' ? '0x1' : honest(50)(method, params)),
  refuse: () => {
    throw new RpcError(-32603, 'no', undefined)
  },
  revert: (method, params) => {
    if (method !== 'eth_call') return honest(50)(method, params)
    throw new RpcError(3, 'execution reverted', '0x1234')
  },
  garbage: () => '<html>',
  nothing: () => null,
  silence: () => new Promise(() => undefined),
}

const chain = (label: string, answers: Answers): Chain => ({
  label,
  provider: { request: async ({ method, params = [] }) => answers(method, params) },
})

const settings = fc
  .record({
    heights: fc.array(fc.integer({ min: 40, max: 50 }), { minLength: 1, maxLength: 5 }),
    liars: fc.array(
      fc.array(fc.constantFrom(...Object.keys(lies)), { minLength: 1, maxLength: 3 }),
      {
        maxLength: 4,
      },
    ),
    share: fc.double({ min: 0, max: 1, noNaN: true }),
    seed: fc.integer(),
  })
  .map(({ heights, liars, share, seed }) => {
    const count = heights.length + liars.length
    return { heights, liars, k: 1 + Math.floor(share * (count - 0.001)), seed }
  })

/** Endpoints in an order that the seed gives; a liar goes through its lies from call to call. */
function endpointsOf({
  heights,
  liars,
  seed,
}: {
  heights: number[]
  liars: string[][]
  seed: number
}) {
  const chains = [
    ...heights.map((height, i) => chain(`honest ${i}`, honest(height))),
    ...liars.map((names, i) => {
      let call = 0
      return chain(`liar ${i}`, (method, params) => {
        const name = names[call++ % names.length] as string
        return (lies[name] as Answers)(method, params)
      })
    }),
  ]
  return chains.sort((a, b) => (word(a.label + seed) < word(b.label + seed) ? -1 : 1))
}

describe('a quorum of k among n endpoints', () => {
  it('tells the truth with at most k − 1 liars, and tells it with at least k honest ones', async () => {
    await fc.assert(
      fc.asyncProperty(settings, async (setting) => {
        const { heights, liars, k } = setting
        const { request } = quorumProvider(endpointsOf(setting), k, {
          chainId,
          timeoutMs: 100,
          now: () => performance.now(),
        })
        const ask = (method: string, ...params: unknown[]) =>
          request({ method, params }).catch((thrown: unknown) => thrown)
        const [head, state] = await Promise.all([
          ask('eth_getBlockByNumber', 'latest', false),
          ask('eth_call', { to: '0x01' }, hex(Math.min(...heights))),
        ])
        const isSafe = liars.length < k
        const isLive = heights.length >= k
        const common = heights.toSorted((a, b) => b - a)[k - 1] ?? 0
        const block = head as { number: string; hash: string }
        if (isLive && isSafe) expect(state).toBe(word(`state ${Math.min(...heights)}`))
        if (isLive) expect(Number(block.number)).toBeGreaterThanOrEqual(isSafe ? common : 0)
        if (isSafe && !(head instanceof Error)) {
          expect(block.hash).toBe(word(`block ${Number(block.number)}`))
          expect(Number(block.number)).toBeLessThanOrEqual(Math.max(...heights))
        }
        if (isSafe && !(state instanceof Error)) {
          expect(state).toBe(word(`state ${Math.min(...heights)}`))
        }
        if (!isLive && liars.length === 0) expect(head).toBeInstanceOf(ChainUnreadableError)
      }),
      { numRuns: 150 },
    )
  })
})
