import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { hashLeaves } from '../../core/batch-hash.ts'
import { toHex } from '../../core/bytes.ts'
import {
  type Split,
  splitSiblingOffsets,
  splitSiblings,
  subtreeCount,
  subtreeSize,
  topTree,
} from '../../core/split-tree.ts'
import {
  buildTree,
  completeTree,
  rootOf,
  siblingsOf,
  type Tree,
  treeBytes,
  treeOver,
} from '../../core/tree.ts'

const leaves = new Uint8Array(3000 * 32)
for (let i = 0; i < leaves.length; i++) leaves[i] = (i * i) >>> (i % 13)
hashLeaves(leaves, 0)

function subtreesOf(split: Split): readonly Tree[] {
  return Array.from({ length: subtreeCount(split) }, (_, i) => {
    const from = i * 2 ** split.height
    return treeOver(leaves.subarray(from * 32, (from + subtreeSize(split, i)) * 32))
  })
}

function nodesAt(tree: Tree, offsets: readonly number[]): readonly Uint8Array[] {
  return offsets.map((at) => tree.nodes.slice(at * 32, at * 32 + 32))
}

describe('a tree in parts', () => {
  it('has the root and the siblings of the whole one, for every size up to 70 and every height', () => {
    for (let size = 1; size <= 70; size++) {
      const whole = buildTree(leaves.subarray(0, size * 32))
      for (let height = 0; height <= 7; height++) compare(whole, { size, height })
    }
  })

  it('has the root and the siblings of the whole one, for any size up to 3,000', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 3000 }), fc.nat(6), (size, height) => {
        compare(buildTree(leaves.subarray(0, size * 32)), { size, height })
      }),
      { numRuns: 30 },
    )
  })

  function compare(whole: Tree, split: Split): void {
    const subtrees = subtreesOf(split)
    const top = topTree(subtrees.map(rootOf))
    expect(toHex(rootOf(top))).toBe(toHex(rootOf(whole)))
    const places = Math.min(split.size, 70)
    for (let place = 0; place < places; place++) {
      const index = split.size - 1 - ((place * 97) % split.size)
      const { subtree, inside, above } = splitSiblingOffsets(split, index)
      const own = subtrees[subtree] as Tree
      const siblings = splitSiblings(split, own, top, index)
      expect(Buffer.concat(siblings).equals(Buffer.concat(siblingsOf(whole, index)))).toBe(true)
      const byOffset = Buffer.concat([...nodesAt(own, inside), ...nodesAt(top, above)])
      expect(byOffset.equals(Buffer.concat(siblings))).toBe(true)
    }
  }

  it('takes no index, subtree or tree that is not its own', () => {
    const split = { size: 10, height: 2 }
    const [first, , last] = subtreesOf(split) as [Tree, Tree, Tree]
    expect(subtreeSize(split, 2)).toBe(2)
    expect(() => subtreeSize(split, 3)).toThrow('a subtree of the batch')
    expect(() => splitSiblingOffsets(split, 10)).toThrow('index within the batch')
    expect(() => splitSiblings(split, first, topTree([]), 0)).toThrow('a tree has one')
    expect(() => splitSiblings(split, last, last, 0)).toThrow('the subtree of the leaf')
    expect(() => splitSiblings(split, first, first, 0)).toThrow('a top tree over all subtrees')
  })
})

describe('a tree in a buffer that starts with its leaves', () => {
  it('is the one that is built from the leaves, in shared memory too, and 64 bytes a leaf', () => {
    for (const size of [1, 2, 3, 100, 255, 256, 3000]) {
      const nodes = new Uint8Array(new SharedArrayBuffer(treeBytes(size)))
      nodes.set(leaves.subarray(0, size * 32))
      completeTree(nodes, size)
      expect(Buffer.compare(nodes, buildTree(leaves.subarray(0, size * 32)).nodes)).toBe(0)
      expect(nodes.length).toBeLessThanOrEqual(64 * size + 32 * 12)
    }
  })

  it('is refused where the buffer has another size', () => {
    expect(() => completeTree(new Uint8Array(treeBytes(7) + 32), 7)).toThrow('room for every node')
    expect(() => completeTree(new Uint8Array(32), 0)).toThrow('a tree has a leaf')
  })
})
