import { beforeAll, describe, expect, it } from 'vitest'
import { packStatusWords, statusCallGas } from '../../core/status.ts'
import {
  as,
  bytes32,
  type CredentialRegistry,
  type Deployed,
  deploy,
  mined,
  startChain,
} from './fixture.ts'

const root = bytes32('a million')
let chain: Awaited<ReturnType<typeof startChain>>
let registry: Deployed<CredentialRegistry>
let issuer: string
beforeAll(async () => {
  chain = await startChain()
  issuer = chain.issuer.address
  registry = await deploy<CredentialRegistry>('CredentialRegistry', chain.issuer)
  await mined(registry.anchor(root, 1_000_000))
  await mined(registry.setOperator(chain.operator.address, 2, 4_102_444_800n))
})

type Verb = 'revoke' | 'suspend' | 'reinstate'
const everyWord = () => true

async function gasUsed(verb: Verb, indexes: readonly number[], sender = chain.operator) {
  const [run, ...others] = packStatusWords(indexes)
  if (!run || others.length > 0) throw new Error('expected one run')
  const { firstWord, words } = run
  const sent = await as(registry, sender)[verb](issuer, root, firstWord, [...words])
  return { run, gas: Number((await sent.wait())?.gasUsed) }
}

/** Status indexes of some words: `each` in every `step`th word. */
const spread = (first: number, count: number, step: number, each: number) =>
  Array.from(
    { length: count * each },
    (_, i) => (first + Math.floor(i / each) * step) * 256 + (i % each) * 9,
  )

describe('the gas that status calls are packed by', () => {
  it.each([
    ['a single credential', spread(0, 1, 1, 1)],
    ['words that were never used', spread(10, 200, 1, 3)],
    ['words far apart', spread(300, 30, 40, 1)],
    ['as much as one transaction takes', spread(1_600, 700, 1, 3)],
  ])('is what a receipt says: %s', async (_name, indexes) => {
    const { run, gas } = await gasUsed('revoke', indexes)
    expect(statusCallGas(run) / gas).toBeGreaterThan(1)
    expect(statusCallGas(run) / gas).toBeLessThan(1.02)
  })

  it('is what a receipt says of words that have bits already', async () => {
    await gasUsed('revoke', spread(2_400, 100, 1, 1))
    const { run, gas } = await gasUsed('revoke', spread(2_400, 100, 1, 2))
    expect(statusCallGas(run, everyWord) / gas).toBeGreaterThan(1)
    expect(statusCallGas(run, everyWord) / gas).toBeLessThan(1.03)
  })

  it('is enough for suspensions and for lifting them', async () => {
    const suspended = await gasUsed('suspend', spread(2_600, 100, 1, 2))
    expect(statusCallGas(suspended.run) / suspended.gas).toBeLessThan(1.02)
    const lifted = await gasUsed('reinstate', spread(2_600, 100, 1, 1))
    expect(statusCallGas(lifted.run, everyWord) / lifted.gas).toBeGreaterThan(1)
    expect(statusCallGas(lifted.run, everyWord) / lifted.gas).toBeLessThan(1.03)
  })

  it('makes a gap cheaper than a transaction exactly where receipts do', async () => {
    const widest = (() => {
      for (let gap = 1; ; gap++)
        if (packStatusWords([0, (gap + 1) * 256]).length > 1) return gap - 1
    })()
    const apart = 2 * (await gasUsed('revoke', spread(2_800, 1, 1, 1))).gas
    const near = await gasUsed('revoke', [2_900 * 256, (2_900 + widest + 1) * 256])
    expect(near.gas).toBeLessThan(apart)
    const far = { firstWord: 3_100n, words: [1n, ...Array<bigint>(widest + 6).fill(0n), 1n] }
    const sent = await as(registry, chain.operator).revoke(issuer, root, far.firstWord, far.words)
    expect(Number((await sent.wait())?.gasUsed)).toBeGreaterThan(apart)
  })
})
