import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { rpcProvider } from '../../core/rpc.ts'
import { parseTrust } from '../../core/trust.ts'
import { createChainReadings } from '../../server/chain-readings.ts'
import { demoAccounts } from '../../server/demo-accounts.ts'
import { type EmbeddedChain, startEmbeddedChain } from '../../server/embedded-chain.ts'
import { sendToRegistry } from './chain-calls.ts'
import { type Endpoint, openEndpoint, passOn } from './endpoint.ts'

const account = demoAccounts.issuer.address
let chain: EmbeddedChain
let endpoint: Endpoint
let answers: 'truth' | 'nothing' | 'nonsense' = 'truth'
let now = 0
let calls = 0

beforeAll(async () => {
  chain = await startEmbeddedChain(0)
  endpoint = await openEndpoint((body, method) => {
    if (answers === 'nothing') return ''
    if (answers === 'nonsense' && method === 'eth_call')
      return JSON.stringify({ jsonrpc: '2.0', id: 1, result: '0x1234' })
    return passOn(chain.url, body)
  })
})
afterAll(async () => {
  await endpoint?.close()
  await chain?.close()
})
beforeEach(() => {
  answers = 'truth'
})

function readings() {
  const { registry, accreditationRegistry } = chain.contracts
  const provider = rpcProvider({ url: endpoint.url, fetch, timeoutMs: 5_000 })
  const service = { chainId: chain.chainId, registry, chain: { label: 'test', provider } }
  const accreditor = { account: demoAccounts.accreditor.address, name: 'Agency' }
  const trust = parseTrust(
    { version: 1, chains: { [chain.chainId]: { rootAccreditors: [accreditor] } } },
    { registry, accreditationRegistry },
  )
  return createChainReadings(service, trust.chains.get(chain.chainId), () => now)
}

const asked = async <T>(read: () => Promise<T>): Promise<readonly [T, boolean]> => {
  calls = endpoint.calls.length
  const found = await read()
  return [found, endpoint.calls.length > calls]
}

describe('what the chain says of an issuer', () => {
  it('is read once for half a minute, however many ask at once', async () => {
    const read = readings()
    const before = endpoint.calls.length
    await Promise.all(Array.from({ length: 50 }, () => read(account, 0)))
    expect(endpoint.calls.length - before).toBe(3)
    now += 29_000
    expect((await asked(() => read(account, 0)))[1]).toBe(false)
    now += 2_000
    expect((await asked(() => read(account, 0)))[1]).toBe(true)
  })

  it('is read again after five seconds where the service knows of a later anchor', async () => {
    const read = readings()
    const first = await read(account, 0)
    await sendToRegistry(chain, account, 'anchor', [`0x${'cd'.repeat(32)}`, 3])
    const sequence = (first.reading?.anchorCount ?? 0) + 1
    now += 4_000
    expect((await asked(() => read(account, sequence)))[1]).toBe(false)
    now += 2_000
    expect((await read(account, sequence)).reading?.anchorCount).toBe(sequence)
  })

  it.each(['nothing', 'nonsense'] as const)(
    'stays as it was read, with the reason, where the endpoint answers %s',
    async (answer) => {
      const read = readings()
      const { reading } = await read(account, 0)
      now += 31_000
      answers = answer
      const later = await read(account, 0)
      expect(later.reading).toBe(reading)
      expect(later.problem?.code).toMatch(/^chain_(unreachable|answer_malformed)$/)
      // Who is down is left alone for a while.
      expect((await asked(() => read(account, 0)))[1]).toBe(false)
      answers = 'truth'
      now += 6_000
      const again = await read(account, 0)
      expect([again.problem, again.reading?.anchorCount]).toEqual([undefined, reading?.anchorCount])
    },
  )

  it('holds accreditations of many times that were read once', async () => {
    const { reading } = await readings()(account, 0)
    const before = endpoint.calls.length
    for (let time = 0; time < 500; time++) {
      expect(await reading?.accreditationAt(1_700_000_000 + time)).toMatchObject({
        accreditors: [],
      })
    }
    expect(endpoint.calls.length - before).toBeLessThan(5)
  })
})
