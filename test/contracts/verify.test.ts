import { StandardMerkleTree } from '@openzeppelin/merkle-tree'
import { concat, keccak256 } from 'ethers'
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
} from './fixture.ts'

const UNKNOWN = 0n
const ACTIVE = 1n
const SUSPENDED = 2n
const REVOKED = 3n
const WITHDRAWN = 4n

let chain: Awaited<ReturnType<typeof startChain>>
let registry: Deployed<CredentialRegistry>
let issuer: string

beforeAll(async () => {
  chain = await startChain()
  issuer = chain.issuer.address
})

beforeEach(async () => {
  registry = await deploy<CredentialRegistry>('CredentialRegistry', chain.issuer)
})

const digestOf = (index: number) => bytes32(`credential ${index}`)

/** OpenZeppelin's own tree over (digest, status index), anchored. */
async function anchorTree(size: number) {
  const rows = Array.from({ length: size }, (_, index) => [digestOf(index), BigInt(index)] as const)
  const tree = StandardMerkleTree.of(
    rows.map((row) => [...row]),
    ['bytes32', 'uint256'],
  )
  await mined(registry.anchor(tree.root, size))
  return { root: tree.root, siblings: (index: number) => tree.getProof(index) }
}

async function standing(
  digest: string,
  index: bigint | number,
  siblings: readonly string[],
  account = issuer,
): Promise<bigint> {
  return (await registry.verify(account, digest, index, siblings)).standing
}

describe('verify', () => {
  for (const size of [1, 2, 3, 7, 33, 112, 300]) {
    test(`knows every credential of an OpenZeppelin tree of ${size}`, async () => {
      const { root, siblings } = await anchorTree(size)
      const claims = Array.from(
        { length: size },
        (_, index) => [issuer, digestOf(index), index, siblings(index)] as const,
      )
      for (const answer of await registry.verifyMany(claims)) {
        expect(answer.standing).toBe(ACTIVE)
        expect(answer.root).toBe(root)
        expect(answer.anchor.size).toBe(BigInt(size))
      }
    })
  }

  test('says when, and with what number the batch was anchored', async () => {
    await anchorTree(3)
    const { siblings, root } = await anchorTree(4)
    const answer = await registry.verify(issuer, digestOf(2), 2, siblings(2))
    expect(answer.root).toBe(root)
    expect(answer.record).toEqual(await registry.anchorOf(issuer, root))
    expect(answer.record.sequence).toBe(2n)
  })

  test('does not take the anchor of one issuer for that of another', async () => {
    const { siblings } = await anchorTree(4)
    expect(await standing(digestOf(2), 2, siblings(2), chain.other.address)).toBe(UNKNOWN)
  })

  for (const size of [60, 600]) {
    test(`tells suspended, revoked and withdrawn apart (batch of ${size})`, async () => {
      const { root, siblings } = await anchorTree(size)
      const index = size - 3
      const word = [1n << BigInt(index % 256)]
      const firstWord = Math.floor(index / 256)
      const neighbour = () => standing(digestOf(index + 1), index + 1, siblings(index + 1))
      const mine = () => standing(digestOf(index), index, siblings(index))

      await mined(registry.suspend(issuer, root, firstWord, word))
      expect([await mine(), await neighbour()]).toEqual([SUSPENDED, ACTIVE])
      await mined(registry.reinstate(issuer, root, firstWord, word))
      expect([await mine(), await neighbour()]).toEqual([ACTIVE, ACTIVE])
      await mined(registry.suspend(issuer, root, firstWord, word))
      await mined(registry.revokeInBatch(root, index))
      expect([await mine(), await neighbour()]).toEqual([REVOKED, ACTIVE])
      await mined(registry.reinstate(issuer, root, firstWord, word))
      expect([await mine(), await neighbour()]).toEqual([REVOKED, ACTIVE])
      await mined(registry.withdraw(issuer, root))
      expect([await mine(), await neighbour()]).toEqual([REVOKED, WITHDRAWN])
      await mined(registry.suspend(issuer, root, firstWord, [1n << BigInt((index + 1) % 256)]))
      expect(await neighbour()).toBe(WITHDRAWN)
    })
  }

  test('never reverts on a wrong proof', async () => {
    const { siblings } = await anchorTree(5)
    const proof = siblings(2)
    const wrong = bytes32('wrong')
    const many = Array.from({ length: 300 }, () => wrong)
    expect(await standing(wrong, 2, proof)).toBe(UNKNOWN)
    expect(await standing(digestOf(2), 2, [])).toBe(UNKNOWN)
    expect(await standing(digestOf(2), 2, proof.slice(1))).toBe(UNKNOWN)
    expect(await standing(digestOf(2), 2, [...proof, wrong])).toBe(UNKNOWN)
    expect(await standing(digestOf(2), 2, many)).toBe(UNKNOWN)
    expect(await standing(digestOf(2), 2n ** 256n - 1n, proof)).toBe(UNKNOWN)
    expect(await standing(digestOf(2), 2, proof)).toBe(ACTIVE)
  })

  test('attack: a swapped status index, to hide behind one that is not revoked', async () => {
    const { root, siblings } = await anchorTree(4)
    await mined(registry.revokeInBatch(root, 2))
    expect(await standing(digestOf(2), 2, siblings(2))).toBe(REVOKED)
    expect(await standing(digestOf(2), 3, siblings(2))).toBe(UNKNOWN)
    expect(await standing(digestOf(2), 2n + 2n ** 32n, siblings(2))).toBe(UNKNOWN)
    expect(await standing(digestOf(2), 3, siblings(3))).toBe(UNKNOWN)
  })

  test('attack: an index beyond the batch, which nobody could revoke', async () => {
    const [inside, outside] = [leafOf(bytes32('a'), 0), leafOf(bytes32('b'), 1)]
    const root = pairOf(inside, outside)
    await mined(registry.anchor(root, 1))
    expect(await standing(bytes32('a'), 0, [outside])).toBe(ACTIVE)
    expect(await standing(bytes32('b'), 1, [inside])).toBe(UNKNOWN)
  })

  test('attack: an inner node posed as a leaf', async () => {
    const leaves = [0, 1, 2, 3].map((index) => leafOf(digestOf(index), index))
    const [a = '', b = '', c = '', d = ''] = leaves
    const [left, right] = [pairOf(a, b), pairOf(c, d)]
    const root = pairOf(left, right)
    await mined(registry.anchor(root, 4))
    expect(await standing(digestOf(0), 0, [b, right])).toBe(ACTIVE)
    // Were the digest or its hash taken as the leaf, the node would stand one level below the root.
    for (const index of [0, 1, 2, 3]) {
      expect(await standing(left, index, [right])).toBe(UNKNOWN)
      expect(await standing(root, index, [])).toBe(UNKNOWN)
    }
  })

  test('attack: 64 bytes of a leaf that are also a pair of inner nodes', async () => {
    // digest ‖ index is 64 bytes, as two siblings are: hashed once, a pair of nodes could be read as a credential.
    const digest = bytes32('posed')
    const index = 1
    const posed = keccak256(concat([digest, `0x${'00'.repeat(31)}01`]))
    const sibling = leafOf(digestOf(0), 0)
    await mined(registry.anchor(posed, 2))
    await mined(registry.anchor(pairOf(posed, sibling), 2))
    expect(await standing(digest, index, [])).toBe(UNKNOWN)
    expect(await standing(digest, index, [sibling])).toBe(UNKNOWN)
  })
})

describe('verifyMany', () => {
  test('answers each claim by itself, good and bad, of several issuers', async () => {
    const { root, siblings } = await anchorTree(6)
    const theirs = leafOf(bytes32('theirs'), 0)
    await mined(as(registry, chain.other).anchor(theirs, 1))
    await mined(registry.revokeInBatch(root, 1))
    const answers = await registry.verifyMany([
      [issuer, digestOf(0), 0, siblings(0)],
      [issuer, digestOf(1), 1, siblings(1)],
      [issuer, digestOf(2), 3, siblings(2)],
      [chain.other.address, bytes32('theirs'), 0, []],
      [issuer, bytes32('theirs'), 0, []],
    ])
    const standings = answers.map((answer) => answer.standing)
    expect(standings).toEqual([ACTIVE, REVOKED, UNKNOWN, ACTIVE, UNKNOWN])
    expect(answers[3]?.anchor.size).toBe(1n)
    expect(answers[4]?.anchor.size).toBe(0n)
  })

  test('answers nothing to nothing', async () => {
    expect(await registry.verifyMany([])).toHaveLength(0)
  })
})
