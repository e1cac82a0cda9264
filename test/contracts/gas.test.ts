import { readFileSync, writeFileSync } from 'node:fs'
import { type ContractTransactionResponse, SigningKey } from 'ethers'
import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import {
  as,
  bytes32,
  type CredentialRegistry,
  type Deployed,
  deploy,
  leafOf,
  mined,
  pairOf,
  startChain,
  wordsOf,
} from './fixture.ts'

/** Most gas that a call may use on Osaka: receipt `gasUsed` of a cold transaction, or execution only for a view. */
const BUDGETS = {
  'anchor, first batch of an issuer': 69_000,
  'anchor, later batch': 51_800,
  'anchorFor, by an operator': 54_300,
  'anchorMany of 10, each': 27_900,
  'anchorBySig, key': 58_900,
  'anchorBySig, ERC-1271': 65_500,
  'revokeInBatch, in the slot of the anchor': 31_000,
  'revokeInBatch, word in use': 31_000,
  'revokeInBatch, fresh word': 48_000,
  'revoke 100 random of 111, each': 400,
  'revoke 100 random of 1,000, each': 1_200,
  withdraw: 29_600,
  'verify, depth 20, execution only': 9_500,
} as const

type Call = keyof typeof BUDGETS

const SNAPSHOT = new URL('./gas.json', import.meta.url)
const FAR = 0xffff_ffffn
const measured: Partial<Record<Call, number>> = {}

let chain: Awaited<ReturnType<typeof startChain>>
let registry: Deployed<CredentialRegistry>
let issuer: string

beforeAll(async () => {
  chain = await startChain()
  issuer = chain.issuer.address
})

beforeEach(async () => {
  registry = await deploy<CredentialRegistry>('CredentialRegistry', chain.issuer)
  await mined(registry.anchor(bytes32('first batch'), 1))
})

async function gasUsed(sent: Promise<ContractTransactionResponse>): Promise<number> {
  const receipt = await (await sent).wait()
  return Number(receipt?.gasUsed)
}

async function execution(to: string, data: string): Promise<number> {
  const { structLogs } = await chain.ethers.provider.send('debug_traceCall', [
    { from: issuer, to, data, gas: '0x1000000' },
    'latest',
    { disableStorage: true, disableMemory: true, disableStack: true },
  ])
  return structLogs.reduce((sum: number, log: { gasCost: number }) => sum + log.gasCost, 0)
}

async function signed(root: string, account: string): Promise<string> {
  const hash = await registry.hashAnchor(account, root, 1_000, FAR)
  // The well-known key of the second account of Hardhat's network.
  const key = '0x59c6995e998f97a5a0044966f0945389dc9e86dae88c7a8412f4603b6b78690d'
  return new SigningKey(key).sign(hash).serialized
}

/** The same hundred indexes every time, in no order. */
function hundredOf(size: number): number[] {
  return Array.from({ length: size }, (_, index) => ({ index, key: bytes32(`shuffle ${index}`) }))
    .sort((a, b) => (a.key < b.key ? -1 : 1))
    .slice(0, 100)
    .map(({ index }) => index)
}

const measurements: Record<Call, () => Promise<number>> = {
  'anchor, first batch of an issuer': () =>
    gasUsed(as(registry, chain.other).anchor(bytes32(1), 1_000)),
  'anchor, later batch': () => gasUsed(registry.anchor(bytes32(1), 1_000)),
  'anchorFor, by an operator': async () => {
    await mined(registry.setOperator(chain.operator.address, 1, FAR))
    return gasUsed(as(registry, chain.operator).anchorFor(issuer, bytes32(1), 1_000))
  },
  'anchorMany of 10, each': async () => {
    const batches = Array.from({ length: 10 }, (_, seed) => [bytes32(seed), 1_000] as const)
    return (await gasUsed(registry.anchorMany(issuer, batches))) / 10
  },
  'anchorBySig, key': async () => {
    const account = chain.operator.address
    await mined(as(registry, chain.operator).anchor(bytes32(0), 1))
    const signature = await signed(bytes32(1), account)
    const relayed = as(registry, chain.stranger)
    return gasUsed(relayed.anchorBySig(account, bytes32(1), 1_000, FAR, signature))
  },
  'anchorBySig, ERC-1271': async () => {
    const wallet = await deploy<object>('PlainWallet', chain.issuer, chain.operator.address)
    const account = await wallet.getAddress()
    const anchorBySig = async (root: string) => {
      const signature = await signed(root, account)
      return as(registry, chain.stranger).anchorBySig(account, root, 1_000, FAR, signature)
    }
    await mined(anchorBySig(bytes32(0)))
    return gasUsed(anchorBySig(bytes32(1)))
  },
  'revokeInBatch, in the slot of the anchor': async () => {
    await mined(registry.anchor(bytes32(1), 111))
    return gasUsed(registry.revokeInBatch(bytes32(1), 77))
  },
  'revokeInBatch, word in use': async () => {
    await mined(registry.anchor(bytes32(1), 1_000))
    await mined(registry.revokeInBatch(bytes32(1), 300))
    return gasUsed(registry.revokeInBatch(bytes32(1), 301))
  },
  'revokeInBatch, fresh word': async () => {
    await mined(registry.anchor(bytes32(1), 1_000))
    return gasUsed(registry.revokeInBatch(bytes32(1), 300))
  },
  'revoke 100 random of 111, each': async () => {
    await mined(registry.anchor(bytes32(1), 111))
    return (await gasUsed(registry.revoke(issuer, bytes32(1), 0, wordsOf(hundredOf(111))))) / 100
  },
  'revoke 100 random of 1,000, each': async () => {
    await mined(registry.anchor(bytes32(1), 1_000))
    return (await gasUsed(registry.revoke(issuer, bytes32(1), 0, wordsOf(hundredOf(1_000))))) / 100
  },
  withdraw: async () => {
    await mined(registry.anchor(bytes32(1), 1_000))
    return gasUsed(registry.withdraw(issuer, bytes32(1)))
  },
  'verify, depth 20, execution only': async () => {
    const siblings = Array.from({ length: 20 }, (_, level) => bytes32(`level ${level}`))
    const root = siblings.reduce(pairOf, leafOf(bytes32('credential'), 777_777))
    await mined(registry.anchor(root, 2 ** 20))
    const args = [issuer, bytes32('credential'), 777_777, siblings] as const
    expect((await registry.verify(...args)).standing).toBe(1n)
    const data = registry.interface.encodeFunctionData('verify', args)
    return execution(await registry.getAddress(), data)
  },
}

describe('gas', () => {
  const calls = Object.keys(measurements) as Call[]

  for (const call of calls) {
    test(`${call}: at most ${BUDGETS[call]}`, async () => {
      const gas = await measurements[call]()
      measured[call] = gas
      expect(gas).toBeLessThanOrEqual(BUDGETS[call])
    })
  }

  test('is what the snapshot says (UPDATE_GAS=1 writes it anew)', () => {
    const text = `${JSON.stringify(measured, null, 2)}\n`
    if (process.env['UPDATE_GAS']) writeFileSync(SNAPSHOT, text)
    expect(text).toBe(readFileSync(SNAPSHOT, 'utf8'))
  })
})
