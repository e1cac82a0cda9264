import { readFile } from 'node:fs/promises'
import { concat, getBytes, keccak256 as oracle, solidityPackedKeccak256, toBeHex } from 'ethers'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  hashLeaves,
  hashLeavesAt,
  hashLevels,
  hashLowerLevels,
  hashUpperLevels,
  sliceCount,
} from '../../core/batch-hash.ts'
import { toHex } from '../../core/bytes.ts'
import { keccak256 } from '../../core/hash.ts'
import { batchKernel, simdKernel } from '../../core/kernel/batch.ts'
import { messageSlice } from '../../core/kernel/kernel.ts'
import { scalar } from '../../core/kernel/scalar.ts'
import { levelOffsets, treeBytes } from '../../core/tree.ts'
import { leafOf, maxSiblings, rootFrom } from '../../core/tree-path.ts'
import { compileKernel, kernelFile, kernelModule, kernels } from '../../scripts/kernel/compile.ts'

const expected = new Map<number, readonly string[]>()

/** All nodes of the tree over so many that look random; ethers needs a while, so each is computed once. */
function expectedLevels(size: number): readonly string[] {
  const known = expected.get(size) ?? levelsByEthers(split(noise(size * 32)))
  expected.set(size, known)
  return known
}

/** Bytes that look random and are the same in every run. */
function noise(length: number): Uint8Array {
  const bytes = new Uint8Array(length)
  for (let i = 0, word = 1; i < length; i++) {
    word = (Math.imul(word, 1664525) + 1013904223) >>> 0
    bytes[i] = word >>> 24
  }
  return bytes
}

const node = fc.uint8Array({ minLength: 32, maxLength: 32 })
/** Nodes that meet in all but a few bytes, wherever: what decides about an order. */
const alike = fc
  .tuple(node, fc.array(fc.tuple(fc.nat(31), fc.nat(255)), { maxLength: 3 }))
  .map(([one, changes]) => {
    const other = one.slice()
    for (const [at, byte] of changes) other[at] = byte
    return [one, other] as const
  })

function parentOf(a: Uint8Array, b: Uint8Array): string {
  return oracle(concat(toHex(a) <= toHex(b) ? [a, b] : [b, a]))
}

function leafByEthers(digest: Uint8Array, index: number): string {
  return oracle(solidityPackedKeccak256(['bytes32', 'uint256'], [toHex(digest), index]))
}

/** A node for each place, level by level, as format rule 6 says it. */
function levelsByEthers(leaves: readonly string[]): readonly string[] {
  const nodes = [...leaves]
  for (let level = nodes; level.length > 1; ) {
    level = Array.from({ length: Math.ceil(level.length / 2) }, (_, i) => {
      const [left = '', right] = level.slice(2 * i, 2 * i + 2)
      return right === undefined ? left : parentOf(getBytes(left), getBytes(right))
    })
    nodes.push(...level)
  }
  return nodes
}

function split(bytes: Uint8Array): string[] {
  return Array.from({ length: bytes.length / 32 }, (_, i) =>
    toHex(bytes.subarray(i * 32, i * 32 + 32)),
  )
}

describe('the hash of a message', () => {
  it('is ethers\u2019 for every length up to 700, around each block and each slice of the kernel', () => {
    const lengths = Array.from({ length: 700 }, (_, length) => length)
    const ends = [messageSlice, 2 * messageSlice].flatMap((end) => [end - 1, end, end + 1])
    const bytes = noise(2 * messageSlice + 1)
    for (const length of [...lengths, ...ends, messageSlice - 136, messageSlice + 135]) {
      const message = bytes.subarray(bytes.length - length)
      expect(toHex(keccak256(message))).toBe(oracle(message))
    }
  })

  it('does not depend on what was hashed before', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 500 }), fc.uint8Array({ maxLength: 500 }), (a, b) => {
        keccak256(a)
        expect(toHex(keccak256(b))).toBe(oracle(b))
        expect(toHex(rootFrom(keccak256(a), [keccak256(b)]))).toBe(
          parentOf(keccak256(a), keccak256(b)),
        )
      }),
    )
  })
})

describe('the way from a leaf to its root', () => {
  it('is ethers\u2019 for any number of siblings, and ends at 32', () => {
    const siblings = Array.from({ length: maxSiblings }, (_, i) => keccak256(noise(i)))
    let expected: Uint8Array = keccak256(noise(99))
    for (let count = 0; count <= maxSiblings; count++) {
      expect(rootFrom(keccak256(noise(99)), siblings.slice(0, count))).toEqual(expected)
      const sibling = siblings[count]
      if (sibling) expected = getBytes(parentOf(expected, sibling))
    }
    expect(() => rootFrom(expected, [...siblings, expected])).toThrow('at most 32 siblings')
    expect(() => rootFrom(expected, [expected.subarray(1)])).toThrow('a node has 32 bytes')
  })
})

it('uses two lanes where WebAssembly has vectors', () => {
  expect(simdKernel()).toBeDefined()
  expect(batchKernel()).not.toBe(scalar)
})

describe.each(kernels)('the kernel $name', ({ name }) => {
  const kernel = name === 'simd' ? (simdKernel() ?? scalar) : scalar

  it('is what its source compiles to', async () => {
    const module = kernelModule(name, await compileKernel(name))
    expect(module === (await readFile(kernelFile(name), 'utf8'))).toBe(true)
  })

  it('sorts a pair as byte strings and hashes it, whether it is alone, beside another or before an odd node', () => {
    fc.assert(
      fc.property(alike, alike, node, ([a, b], [c, d], odd) => {
        for (const leaves of [
          [a, b],
          [a, b, c, d],
          [c, d, a, b],
          [a, b, odd],
          [a, b, c, d, odd],
        ]) {
          const nodes = new Uint8Array(treeBytes(leaves.length))
          nodes.set(getBytes(concat(leaves)))
          hashLevels(nodes, levelOffsets(leaves.length), kernel)
          expect(split(nodes)).toEqual(levelsByEthers(leaves.map(toHex)))
        }
      }),
      { numRuns: 50 },
    )
  })

  it('hashes every level of any number of nodes, and writes nowhere else', () => {
    const leaves = noise(130 * 32)
    for (let size = 1; size <= 130; size++) {
      const around = new Uint8Array(treeBytes(size) + 14).fill(0xee)
      const nodes = around.subarray(7, -7)
      nodes.set(leaves.subarray(0, size * 32))
      hashLevels(nodes, levelOffsets(size), kernel)
      expect(split(nodes)).toEqual(expectedLevels(size))
      expect([...around.subarray(0, 7), ...around.subarray(-7)]).toEqual(Array(14).fill(0xee))
    }
  })

  it.each([4095, 4096, 4097, 8193])(
    'hashes slice by slice what does not fit its memory: %d',
    (size) => {
      const nodes = new Uint8Array(treeBytes(size))
      nodes.set(noise(size * 32))
      hashLevels(nodes, levelOffsets(size), kernel)
      expect(split(nodes)).toEqual(levelsByEthers(split(noise(size * 32))))
    },
  )

  it('hashes slices in any order, into shared memory', () => {
    const size = 8193
    const levels = levelOffsets(size)
    const nodes = new Uint8Array(new SharedArrayBuffer(treeBytes(size)))
    nodes.set(noise(size * 32))
    expect(sliceCount(levels)).toBe(3)
    for (const slice of [2, 0, 1]) hashLowerLevels(nodes, levels, slice, slice + 1, kernel)
    hashUpperLevels(nodes, levels, kernel)
    expect(split(nodes)).toEqual(expectedLevels(size))
  })

  it.each([0, 1, 2, 3, 101, 4099])(
    'makes the leaves of %d digests, in a row or at any index',
    (size) => {
      const digests = noise(size * 32)
      const row = digests.slice()
      hashLeaves(row, 70_000, kernel)
      expect(split(row)).toEqual(
        split(digests).map((digest, i) => leafByEthers(getBytes(digest), 70_000 + i)),
      )
      const indexes = Uint32Array.from({ length: size }, (_, i) => Math.imul(i, 0x9e3779b1))
      const anywhere = digests.slice()
      hashLeavesAt(anywhere, indexes, kernel)
      expect(split(anywhere)).toEqual(
        split(digests).map((digest, i) => leafByEthers(getBytes(digest), indexes[i] as number)),
      )
    },
  )

  it('makes leaves as leafOf does, up to the last status index of 32 bits and no further', () => {
    const digest = noise(32)
    const last = digest.slice()
    hashLeaves(last, 2 ** 32 - 1, kernel)
    expect(last).toEqual(leafOf(digest, 2 ** 32 - 1))
    for (const first of [2 ** 32, -1, 0.5, Number.NaN])
      expect(() => hashLeaves(digest, first, kernel)).toThrow('32-bit status indexes')
    expect(() => hashLeaves(noise(33), 0, kernel)).toThrow('a digest has 32 bytes')
    expect(() => hashLeavesAt(noise(64), new Uint32Array(1), kernel)).toThrow('for each digest')
  })
})

it('takes no index that is none', () => {
  const digest = getBytes(toBeHex(1, 32))
  for (const index of [-1, 0.5, Number.NaN, 2 ** 53])
    expect(() => leafOf(digest, index)).toThrow('a status index is a whole number')
})
