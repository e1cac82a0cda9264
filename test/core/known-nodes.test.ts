import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { toHex } from '../../core/bytes.ts'
import { knowingNodes } from '../../core/known-nodes.ts'
import { buildTree, rootOf, siblingsOf } from '../../core/tree.ts'
import { leafOf, rootFrom } from '../../core/tree-path.ts'

const hash = (text: string) => new Uint8Array(createHash('sha256').update(text).digest())

it('finds the root of every leaf of a tree, in any order and again', () => {
  const size = 3000
  const leaves = Array.from({ length: size }, (_, i) => leafOf(hash(`digest ${i}`), i))
  const tree = buildTree(new Uint8Array(Buffer.concat(leaves)))
  const find = knowingNodes()
  for (let i = 0; i < size; i++) {
    const at = (i * 1337) % size
    const root = find(leaves[at] as Uint8Array, siblingsOf(tree, at))
    expect(toHex(root)).toBe(toHex(rootOf(tree)))
  }
})

it('answers as hashing everything does, whatever siblings a stranger sends', () => {
  const node = fc.nat({ max: 3 }).map((i) => hash(`node ${i}`))
  const proof = fc.record({ leaf: node, siblings: fc.array(node, { maxLength: 14 }) })
  const find = knowingNodes()
  // Few nodes, so that proofs share all but one sibling of the upper levels.
  const upper = Array.from({ length: 10 }, (_, i) => hash(`upper ${i}`))
  const near = fc
    .record({ leaf: node, below: fc.nat({ max: 2 }), at: fc.nat({ max: 12 }) })
    .map(({ leaf, below, at }) => ({
      leaf,
      siblings: [...upper.slice(0, below), ...upper].with(
        Math.min(at, below + 9),
        hash(`${at % 3}`),
      ),
    }))
  fc.assert(
    fc.property(fc.oneof(proof, near), ({ leaf, siblings }) => {
      expect(toHex(find(leaf, siblings))).toBe(toHex(rootFrom(leaf, siblings)))
    }),
    { numRuns: 2000 },
  )
})
