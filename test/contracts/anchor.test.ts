import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import {
  as,
  bytes32,
  type CredentialRegistry,
  type Deployed,
  deploy,
  eventsOf,
  mined,
  refusal,
  startChain,
} from './fixture.ts'

const ZERO = `0x${'00'.repeat(32)}`
const YEAR = 365n * 86_400n

let chain: Awaited<ReturnType<typeof startChain>>
let registry: Deployed<CredentialRegistry>

beforeAll(async () => {
  chain = await startChain()
})

beforeEach(async () => {
  registry = await deploy<CredentialRegistry>('CredentialRegistry', chain.issuer)
})

async function now(): Promise<bigint> {
  const block = await chain.ethers.provider.getBlock('latest')
  return BigInt(block?.timestamp ?? 0)
}

describe('anchor', () => {
  test('keeps time, sequence and size, and says so in an event', async () => {
    const root = bytes32(1)
    const events = await eventsOf(registry, registry.anchor(root, 30))
    expect(events).toEqual([{ name: 'Anchored', args: [chain.issuer.address, root, 1n, 30n] }])
    const { anchoredAt, withdrawnAt, sequence, size } = await registry.anchorOf(
      chain.issuer.address,
      root,
    )
    expect({ anchoredAt, withdrawnAt, sequence, size }).toEqual({
      anchoredAt: await now(),
      withdrawnAt: 0n,
      sequence: 1n,
      size: 30n,
    })
  })

  test('numbers the batches of each issuer from 1', async () => {
    await mined(registry.anchor(bytes32(1), 1))
    await mined(as(registry, chain.other).anchor(bytes32(2), 1))
    await mined(registry.anchor(bytes32(3), 1))
    expect((await registry.anchorOf(chain.issuer.address, bytes32(3))).sequence).toBe(2n)
    expect((await registry.anchorOf(chain.other.address, bytes32(2))).sequence).toBe(1n)
    expect(await registry.anchorCount(chain.issuer.address)).toBe(2n)
  })

  test('refuses a root that the issuer anchored before, and names its number', async () => {
    await mined(registry.anchor(bytes32(1), 5))
    await mined(registry.anchor(bytes32(2), 5))
    const carried = await refusal(registry, registry.anchor(bytes32(2), 6), 'AlreadyAnchored')
    expect(carried).toEqual([chain.issuer.address, bytes32(2), 2n])
  })

  test('attack: a zero root, which would match an unset slot', async () => {
    await refusal(registry, registry.anchor(ZERO, 1), 'ZeroRoot')
    await refusal(registry, registry.anchorFor(chain.issuer.address, ZERO, 1), 'ZeroRoot')
    await refusal(registry, registry.anchorMany(chain.issuer.address, [[ZERO, 1]]), 'ZeroRoot')
  })

  test('attack: an empty batch, which would hold an anchor without any credential', async () => {
    expect(await refusal(registry, registry.anchor(bytes32(1), 0), 'EmptyBatch')).toEqual([
      bytes32(1),
    ])
    await refusal(
      registry,
      registry.anchorMany(chain.issuer.address, [[bytes32(1), 0]]),
      'EmptyBatch',
    )
  })

  test('attack: squatting on a root that is about to be anchored', async () => {
    const root = bytes32('seen in the mempool')
    await mined(as(registry, chain.stranger).anchor(root, 1))
    await mined(registry.anchor(root, 30))
    expect((await registry.anchorOf(chain.issuer.address, root)).size).toBe(30n)
    expect((await registry.anchorOf(chain.issuer.address, root)).sequence).toBe(1n)
  })

  test('attack: anchoring in the name of an issuer without its consent', async () => {
    const attack = as(registry, chain.stranger)
    const victim = chain.issuer.address
    const carried = await refusal(
      registry,
      attack.anchorFor(victim, bytes32(1), 1),
      'NotAuthorized',
    )
    expect(carried).toEqual([victim, chain.stranger.address, 1n])
    await refusal(registry, attack.anchorMany(victim, [[bytes32(1), 1]]), 'NotAuthorized')
  })
})

describe('anchorMany', () => {
  test('anchors in the order given', async () => {
    const batches = [1, 2, 3].map((seed) => [bytes32(seed), seed] as const)
    const events = await eventsOf(registry, registry.anchorMany(chain.issuer.address, batches))
    expect(events.map(({ args }) => args.slice(1))).toEqual([
      [bytes32(1), 1n, 1n],
      [bytes32(2), 2n, 2n],
      [bytes32(3), 3n, 3n],
    ])
  })

  test('attack: one entry that was front-run does not stop the others', async () => {
    const issuer = chain.issuer.address
    await mined(registry.setOperator(chain.operator.address, 1, (await now()) + YEAR))
    const batches = [1, 2, 3].map((seed) => [bytes32(seed), 10] as const)
    await mined(as(registry, chain.operator).anchorFor(issuer, bytes32(2), 10))
    expect(await registry.anchorMany.staticCall(issuer, batches)).toBe(2n)
    await mined(registry.anchorMany(issuer, batches))
    const sequences = await Promise.all(
      batches.map(async ([root]) => (await registry.anchorOf(issuer, root)).sequence),
    )
    expect(sequences).toEqual([2n, 1n, 3n])
    expect(await registry.anchorCount(issuer)).toBe(3n)
  })

  test('takes a root given twice once', async () => {
    const twice = [bytes32(1), 10] as const
    await mined(registry.anchorMany(chain.issuer.address, [twice, twice]))
    expect(await registry.anchorCount(chain.issuer.address)).toBe(1n)
  })

  test('does nothing when everything is anchored already, or nothing was given', async () => {
    const batch = [bytes32(1), 10] as const
    await mined(registry.anchorMany(chain.issuer.address, [batch]))
    expect(await eventsOf(registry, registry.anchorMany(chain.issuer.address, [batch]))).toEqual([])
    expect(await eventsOf(registry, registry.anchorMany(chain.issuer.address, []))).toEqual([])
    expect(await registry.anchorCount(chain.issuer.address)).toBe(1n)
  })
})
