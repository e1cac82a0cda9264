import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { JsonObject } from '../../core/canonical.ts'
import type { Eip1193Provider } from '../../core/chain.ts'
import type { Readers } from '../../core/verify.ts'
import { iJson } from './arbitrary-json.ts'
import { accredit, anchoredFor } from './transaction.ts'
import { first, readersOf, trusting, verdictOf, verify } from './verifier.ts'
import { openWorld, type World } from './world.ts'

let world: World
let document: JsonObject
beforeAll(async () => {
  world = await openWorld()
  await accredit(world, world.accounts.ministry, { subject: world.accounts.issuer })
  document = first(await anchoredFor(world, world.accounts.issuer, 3))
})
afterAll(() => world.close())

const trust = () =>
  trusting(world, { rootAccreditors: [{ account: world.accounts.ministry, name: 'M' }] })
const through = (provider: Eip1193Provider): Readers => ({
  ...readersOf(world),
  chain: () => ({ label: 'a node', provider }),
})

describe('an endpoint with one bad answer', () => {
  /** Forwards to the world's node; the answers of one kind of call are replaced. */
  function lying(
    isBad: (call: { method: string; params?: readonly unknown[] }) => boolean,
    answer: (good: unknown) => unknown,
  ) {
    return through({
      request: async (call) => {
        const good = await world.provider.request(call)
        return isBad(call) ? answer(good) : good
      },
    })
  }
  const isCallTo =
    (address: () => string) => (call: { method: string; params?: readonly unknown[] }) =>
      call.method === 'eth_call' &&
      (call.params?.[0] as { to?: string } | undefined)?.to === address() &&
      !['safe', 'finalized'].includes(String(call.params?.[1]))
  const kinds = [
    ['eth_chainId', (call: { method: string }) => call.method === 'eth_chainId'],
    ['eth_getBlockByNumber', (call: { method: string }) => call.method === 'eth_getBlockByNumber'],
    ['the registry', isCallTo(() => world.registry)],
    ['the accreditation registry', isCallTo(() => world.accreditationRegistry)],
  ] as const

  it.each(kinds)('for %s is indeterminate for any JSON', async (_, isBad) => {
    await fc.assert(
      fc.asyncProperty(iJson, async (answer) => {
        const verdict = await verdictOf(world, document, {
          readers: lying(isBad, () => answer),
          trust: trust(),
        })
        expect(verdict).toMatch(/^indeterminate: (?:chain_|registry_missing)/)
      }),
      { numRuns: 60 },
    )
  })

  it('for the registries is indeterminate for any bytes', async () => {
    const bytes = fc
      .uint8Array({ minLength: 1, maxLength: 400 })
      .map((one) => `0x${Buffer.from(one).toString('hex')}`)
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(
          bytes,
          fc.nat(12).map((words) => `0x${'00'.repeat(32 * (words + 1))}`),
        ),
        fc.constantFrom(kinds[2], kinds[3]),
        async (answer, [, isBad]) => {
          const verdict = await verdictOf(world, document, {
            readers: lying(isBad, () => answer),
            trust: trust(),
          })
          expect(verdict).toMatch(/^indeterminate: chain_/)
        },
      ),
      { numRuns: 150 },
    )
  })

  it.each([
    '0xfffffffffffff',
    '0x10000000000',
    '0xffffffffffffffffff',
    '-0x1',
    '0x',
    'latest',
    12,
    null,
  ])('for the time of a block is indeterminate and does not throw: %j', async (timestamp) => {
    const readers = lying(kinds[1][1], (good) => ({ ...(good as object), timestamp }))
    expect(await verdictOf(world, document, { readers, trust: trust() })).toBe(
      'indeterminate: chain_answer_malformed',
    )
  })

  it('for a word of the registry\u2019s answer is never valid unless it says the same', async () => {
    const put = (word: number, value: string) => (good: unknown) => {
      const hex = String(good)
      if (hex.length !== 2 + 6 * 64) return good
      return hex.slice(0, 2 + word * 64) + value.padStart(64, '0') + hex.slice(2 + (word + 1) * 64)
    }
    for (const [word, value] of [
      [0, '5'],
      [0, 'f'.repeat(64)],
      [1, '1'],
      [2, '1'.padEnd(14, '0')],
      [3, 'f'.repeat(64)],
      [4, '1'.padEnd(9, '0')],
      [5, 'f'.repeat(64)],
    ] as const) {
      const readers = lying(kinds[2][1], put(word, value))
      expect(await verdictOf(world, document, { readers, trust: trust() }), `${word}`).toBe(
        'indeterminate: chain_answer_malformed',
      )
    }
  })

  it('for the finality tags leaves the verdict and says "included"', async () => {
    const isTagged = (call: { params?: readonly unknown[] }) =>
      ['safe', 'finalized'].includes(String(call.params?.[1]))
    for (const answer of ['0x', null, { a: 1 }, '0x00']) {
      const report = await verify(world, document, {
        readers: lying(isTagged, () => answer),
        trust: trust(),
      })
      expect(report).toMatchObject({ verdict: 'valid', anchor: { finality: 'included' } })
    }
  })
})
