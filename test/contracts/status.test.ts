import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import {
  anchorId,
  as,
  bytes32,
  type CredentialRegistry,
  type Deployed,
  deploy,
  eventsOf,
  mined,
  refusal,
  startChain,
  wordsOf,
} from './fixture.ts'

const SMALL = bytes32('small')
const LARGE = bytes32('large')
const NONE = bytes32('never anchored')

let chain: Awaited<ReturnType<typeof startChain>>
let registry: Deployed<CredentialRegistry>
let issuer: string

beforeAll(async () => {
  chain = await startChain()
  issuer = chain.issuer.address
})

beforeEach(async () => {
  registry = await deploy<CredentialRegistry>('CredentialRegistry', chain.issuer)
  await mined(registry.anchor(SMALL, 111))
  await mined(registry.anchor(LARGE, 600))
})

async function revoked(root: string, words = 3): Promise<bigint[]> {
  return [...(await registry.revocations(issuer, root, 0, words))]
}

async function suspended(root: string, words = 3): Promise<bigint[]> {
  return [...(await registry.suspensions(issuer, root, 0, words))]
}

describe('revokeInBatch', () => {
  for (const [root, last] of [
    [SMALL, 110],
    [LARGE, 599],
  ] as const) {
    test(`revokes one credential of a batch of ${last + 1}`, async () => {
      const events = await eventsOf(registry, registry.revokeInBatch(root, last))
      expect(events).toEqual([{ name: 'Revoked', args: [anchorId(issuer, root), BigInt(last)] }])
      expect(await revoked(root)).toEqual([...wordsOf([last]), 0n, 0n, 0n].slice(0, 3))
      for (const index of [0, 2]) await mined(registry.revokeInBatch(root, index))
      expect(await revoked(root)).toEqual([...wordsOf([0, 2, last]), 0n, 0n].slice(0, 3))
    })

    test(`changes and says nothing the second time (${last + 1})`, async () => {
      await mined(registry.revokeInBatch(root, 7))
      expect(await eventsOf(registry, registry.revokeInBatch(root, 7))).toEqual([])
    })

    test(`attack: an index that is not below ${last + 1}`, async () => {
      for (const index of [BigInt(last) + 1n, 2n ** 32n, 2n ** 256n - 1n]) {
        const call = registry.revokeInBatch(root, index)
        const carried = await refusal(registry, call, 'StatusIndexOutOfRange')
        expect(carried).toEqual([index, BigInt(last) + 1n])
      }
    })
  }

  test('refuses an unknown batch', async () => {
    const carried = await refusal(registry, registry.revokeInBatch(NONE, 0), 'UnknownBatch')
    expect(carried).toEqual([issuer, NONE])
  })

  test('attack: somebody else revokes', async () => {
    const call = as(registry, chain.stranger).revokeInBatch(LARGE, 0)
    await refusal(registry, call, 'UnknownBatch')
  })

  test('leaves the rest of the anchor alone', async () => {
    const before = await registry.anchorOf(issuer, SMALL)
    for (const index of [0, 55, 110]) await mined(registry.revokeInBatch(SMALL, index))
    expect(await registry.anchorOf(issuer, SMALL)).toEqual(before)
  })
})

describe('revoke', () => {
  for (const [root, indexes] of [
    [SMALL, [0, 1, 64, 110]],
    [LARGE, [3, 255, 256, 300, 599]],
  ] as const) {
    test(`revokes ${indexes.join(', ')} at once`, async () => {
      const words = wordsOf(indexes)
      const events = await eventsOf(registry, registry.revoke(issuer, root, 0, words))
      expect(events).toEqual([{ name: 'RevokedMany', args: [anchorId(issuer, root), 0n, words] }])
      expect(await revoked(root, words.length)).toEqual(words)
    })

    test(`changes and says nothing the second time (${indexes.join(', ')})`, async () => {
      await mined(registry.revoke(issuer, root, 0, wordsOf(indexes)))
      const again = await eventsOf(registry, registry.revoke(issuer, root, 0, wordsOf(indexes)))
      expect(again).toEqual([])
    })
  }

  test('begins at any word, and skips empty ones', async () => {
    await mined(registry.revoke(issuer, LARGE, 1, [0n, 8n]))
    expect(await revoked(LARGE)).toEqual([0n, 0n, 8n])
  })

  test('adds to what is revoked, and never takes away', async () => {
    await mined(registry.revoke(issuer, LARGE, 0, [6n]))
    await mined(registry.revoke(issuer, LARGE, 0, [1n]))
    await mined(registry.reinstate(issuer, LARGE, 0, [7n]))
    expect((await revoked(LARGE))[0]).toBe(7n)
  })

  test('attack: words beyond the batch', async () => {
    const refused = (root: string, firstWord: bigint | number, words: bigint[]) =>
      refusal(registry, registry.revoke(issuer, root, firstWord, words), 'WordsOutOfRange')
    expect(await refused(SMALL, 0, [1n << 111n])).toEqual([0n, 1n, 111n])
    await refused(SMALL, 0, [1n, 0n])
    await refused(SMALL, 1, [1n])
    await refused(LARGE, 2, [1n << 88n])
    await refused(LARGE, 2, [1n, 1n])
    await refused(LARGE, 3, [1n])
    await refused(LARGE, 2n ** 256n - 1n, [1n, 1n])
    await refused(LARGE, 2n ** 248n, [1n])
    await refused(LARGE, 0, [])
  })

  test('refuses an unknown batch', async () => {
    await refusal(registry, registry.revoke(issuer, NONE, 0, [1n]), 'UnknownBatch')
    await refusal(registry, registry.suspend(issuer, NONE, 0, [1n]), 'UnknownBatch')
    await refusal(registry, registry.reinstate(issuer, NONE, 0, [1n]), 'UnknownBatch')
  })
})

describe('suspend and reinstate', () => {
  for (const root of [SMALL, LARGE]) {
    test(`pause and resume (${root === SMALL ? 'small' : 'large'})`, async () => {
      const id = anchorId(issuer, root)
      const paused = await eventsOf(registry, registry.suspend(issuer, root, 0, [7n]))
      expect(paused).toEqual([{ name: 'Suspended', args: [id, 0n, [7n]] }])
      expect(await suspended(root, 1)).toEqual([7n])
      const resumed = await eventsOf(registry, registry.reinstate(issuer, root, 0, [2n]))
      expect(resumed).toEqual([{ name: 'Reinstated', args: [id, 0n, [2n]] }])
      expect(await suspended(root, 1)).toEqual([5n])
      await mined(registry.suspend(issuer, root, 0, [2n]))
      expect(await suspended(root, 1)).toEqual([7n])
      expect(await revoked(root, 1)).toEqual([0n])
    })
  }

  test('say nothing where nothing changes', async () => {
    await mined(registry.suspend(issuer, LARGE, 0, [7n]))
    expect(await eventsOf(registry, registry.suspend(issuer, LARGE, 0, [5n]))).toEqual([])
    expect(await eventsOf(registry, registry.reinstate(issuer, LARGE, 0, [8n]))).toEqual([])
  })

  test('attack: words beyond the batch', async () => {
    const suspension = registry.suspend(issuer, SMALL, 0, [1n << 111n])
    await refusal(registry, suspension, 'WordsOutOfRange')
    const reinstatement = registry.reinstate(issuer, SMALL, 1, [1n])
    await refusal(registry, reinstatement, 'WordsOutOfRange')
  })
})

describe('withdraw', () => {
  test('withdraws a whole batch; the first time stands', async () => {
    const events = await eventsOf(registry, registry.withdraw(issuer, LARGE))
    expect(events).toEqual([{ name: 'BatchWithdrawn', args: [anchorId(issuer, LARGE)] }])
    const { withdrawnAt } = await registry.anchorOf(issuer, LARGE)
    const block = await chain.ethers.provider.getBlock('latest')
    expect(withdrawnAt).toBe(BigInt(block?.timestamp ?? 0))
    expect(await eventsOf(registry, registry.withdraw(issuer, LARGE))).toEqual([])
    expect((await registry.anchorOf(issuer, LARGE)).withdrawnAt).toBe(withdrawnAt)
  })

  test('leaves revocations and the other batches alone', async () => {
    await mined(registry.revokeInBatch(SMALL, 5))
    await mined(registry.withdraw(issuer, SMALL))
    expect(await revoked(SMALL, 1)).toEqual([32n])
    expect((await registry.anchorOf(issuer, LARGE)).withdrawnAt).toBe(0n)
  })

  test('refuses an unknown batch, and somebody else', async () => {
    await refusal(registry, registry.withdraw(issuer, NONE), 'UnknownBatch')
    const call = as(registry, chain.stranger).withdraw(issuer, LARGE)
    await refusal(registry, call, 'NotAuthorized')
  })
})

test('words beyond a batch read as zero', async () => {
  await mined(registry.revokeInBatch(SMALL, 0))
  expect([...(await registry.revocations(issuer, SMALL, 1, 2))]).toEqual([0n, 0n])
  expect([...(await registry.revocations(issuer, LARGE, 2n ** 32n, 1))]).toEqual([0n])
  expect([...(await registry.suspensions(issuer, NONE, 0, 1))]).toEqual([0n])
})
