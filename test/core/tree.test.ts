import { SimpleMerkleTree, StandardMerkleTree } from '@openzeppelin/merkle-tree'
import { concat, getBytes, keccak256, sha256, toBeHex } from 'ethers'
import fc from 'fast-check'
import { MerkleTree } from 'merkletreejs'
import { describe, expect, it } from 'vitest'
import { fromHex, toHex } from '../../core/bytes.ts'
import { buildTree, levelOffsets, rootOf, siblingsOf } from '../../core/tree.ts'
import { leafOf, rootFrom, siblingOffsets } from '../../core/tree-path.ts'
import { refusalOf } from './thrown.ts'

const digests = Array.from({ length: 3000 }, (_, i) => sha256(toBeHex(i, 32)))
const leaves = digests.map((digest, i) => leafOf(getBytes(digest), i))
const encoding = ['bytes32', 'uint256']

function join(parts: readonly Uint8Array[]): Uint8Array {
  return getBytes(concat(parts as Uint8Array[]))
}

/** merkletreejs as an auditor uses it: leaves are hashed already, pairs are sorted. */
function merkletreejs(size: number): MerkleTree {
  return new MerkleTree(leaves.slice(0, size).map(Buffer.from), keccak256, { sortPairs: true })
}

describe('the batch tree of every size from 1 to 70', () => {
  for (let size = 1; size <= 70; size++) {
    it(`has the root and the proofs that merkletreejs makes, and proofs that OpenZeppelin takes: ${size}`, () => {
      const tree = buildTree(join(leaves.slice(0, size)))
      const oracle = merkletreejs(size)
      expect(toHex(rootOf(tree))).toBe(oracle.getHexRoot())
      for (let i = 0; i < size; i++) {
        const siblings = siblingsOf(tree, i)
        expect(siblings.map(toHex)).toEqual(
          oracle.getHexProof(Buffer.from(leaves[i] as Uint8Array), i),
        )
        expect(rootFrom(leaves[i] as Uint8Array, siblings)).toEqual(rootOf(tree))
        const isTaken = StandardMerkleTree.verify(
          toHex(rootOf(tree)),
          encoding,
          [digests[i], i],
          siblings.map(toHex),
        )
        expect(isTaken).toBe(true)
      }
    })
  }
})

describe('the batch tree of any size up to 3,000', () => {
  it('has the root and the proofs that merkletreejs makes, and proofs that OpenZeppelin takes', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 71, max: 3000 }),
        fc.array(fc.nat(), { minLength: 12, maxLength: 12 }),
        (size, places) => {
          const tree = buildTree(join(leaves.slice(0, size)))
          const oracle = merkletreejs(size)
          expect(toHex(rootOf(tree))).toBe(oracle.getHexRoot())
          for (const i of [0, size - 1, ...places.map((place) => place % size)]) {
            const siblings = siblingsOf(tree, i).map(toHex)
            expect(siblings).toEqual(oracle.getHexProof(Buffer.from(leaves[i] as Uint8Array), i))
            expect(
              StandardMerkleTree.verify(oracle.getHexRoot(), encoding, [digests[i], i], siblings),
            ).toBe(true)
            expect(
              StandardMerkleTree.verify(
                oracle.getHexRoot(),
                encoding,
                [digests[i], i + 1],
                siblings,
              ),
            ).toBe(false)
          }
        },
      ),
      { numRuns: 15 },
    )
  })

  it('agrees with OpenZeppelin about the root where both shapes are the same: powers of two', () => {
    for (const size of [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024, 2048]) {
      const sorted = leaves.slice(0, size).sort(Buffer.compare)
      // OpenZeppelin fills its array from the end, so that its leaves stand in reverse.
      const oracle = SimpleMerkleTree.of(sorted.map(toHex).reverse(), { sortLeaves: false })
      expect(toHex(rootOf(buildTree(join(sorted))))).toBe(oracle.root)
    }
  })
})

describe('the leaf', () => {
  it('is OpenZeppelin\u2019s standard leaf of digest and status index', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ minLength: 32, maxLength: 32 }),
        fc.nat(2 ** 31),
        (digest, index) => {
          const oracle = StandardMerkleTree.of([[toHex(digest), index]], encoding)
          expect(toHex(leafOf(digest, index))).toBe(oracle.root)
        },
      ),
    )
  })

  it('holds status indexes beyond 32 bits, and refuses a digest of another length', () => {
    const digest = new Uint8Array(32)
    const oracle = StandardMerkleTree.of([[toHex(digest), Number.MAX_SAFE_INTEGER]], encoding)
    expect(toHex(leafOf(digest, Number.MAX_SAFE_INTEGER))).toBe(oracle.root)
    expect(() => leafOf(new Uint8Array(31), 0)).toThrow('a digest has 32 bytes')
  })
})

describe('a batch tree', () => {
  it('is refused without leaves and with a leaf that stands twice, wherever', () => {
    expect(refusalOf(() => buildTree(new Uint8Array(0))).code).toBe('batch_empty')
    for (const [first, second] of [
      [0, 1],
      [0, 99],
      [41, 98],
    ] as const) {
      const twice = leaves.slice(0, 100)
      twice[second] = twice[first] as Uint8Array
      expect(refusalOf(() => buildTree(join(twice)))).toMatchObject({
        code: 'leaf_duplicate',
        pointer: `/${second}`,
      })
    }
  })

  it('takes leaves that are the same but for their last byte', () => {
    const similar = [1, 2, 3].map((last) => fromHex(`0x${'ab'.repeat(31)}0${last}`))
    expect(buildTree(join(similar)).size).toBe(3)
  })

  it('finds a leaf that stands twice among others that begin alike', () => {
    const similar = [1, 2, 2].map((last) => fromHex(`0x${'ab'.repeat(31)}0${last}`))
    expect(refusalOf(() => buildTree(join(similar))).code).toBe('leaf_duplicate')
  })

  it('is refused where the leaves are not whole', () => {
    expect(() => buildTree(new Uint8Array(33))).toThrow('a leaf has 32 bytes')
  })

  it('does not depend on where in a larger buffer its leaves lie, and does not change them', () => {
    const padded = new Uint8Array(7 * 32 + 5)
    padded.set(join(leaves.slice(0, 7)), 5)
    const before = padded.slice()
    expect(rootOf(buildTree(padded.subarray(5)))).toEqual(
      rootOf(buildTree(join(leaves.slice(0, 7)))),
    )
    expect(padded).toEqual(before)
  })

  it('needs no sibling for the only leaf, and at most 32 for any 32-bit size', () => {
    expect(siblingOffsets(1, 0)).toEqual([])
    expect(siblingOffsets(2 ** 32 - 1, 0)).toHaveLength(32)
    expect(levelOffsets(2 ** 32 - 1)).toHaveLength(33)
  })

  it.each([-1, 7, 1.5, Number.NaN])('has no siblings for the index %s of 7', (index) => {
    expect(() => siblingOffsets(7, index)).toThrow('index within the batch')
  })
})
