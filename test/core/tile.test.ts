import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { hashLeaves } from '../../core/batch-hash.ts'
import {
  parseTilePath,
  siblingsFromTiles,
  tileLevels,
  tileNodes,
  tilePath,
  tilesOf,
} from '../../core/tile.ts'
import { rootOf, siblingsOf, type Tree, treeOver } from '../../core/tree.ts'
import { rootFrom } from '../../core/tree-path.ts'
import { refusalOf } from './thrown.ts'

const largest = 66_000
const leaves = new Uint8Array(largest * 32)
hashLeaves(leaves, 0)

function treeOf(size: number): Tree {
  return treeOver(leaves.subarray(0, size * 32))
}

function nodesFor(tree: Tree, index: number): readonly Uint8Array[] {
  return tilesOf(tree.size, index).map((tile) => tileNodes(tree, tile))
}

const edges = [1, 2, 255, 256, 257, 511, 512, 513, 65_535, 65_536, 65_537, 65_792, 65_793, largest]

describe('the tiles of a tree', () => {
  it('hold the proof of every leaf at their edges, and of any other', () => {
    for (const size of edges) {
      const tree = treeOf(size)
      const places = fc.sample(fc.nat(size - 1), { numRuns: 20, seed: size })
      for (const index of new Set([0, size - 1, 255 % size, 256 % size, ...places])) {
        const siblings = siblingsFromTiles(size, index, nodesFor(tree, index))
        expect(siblings).toEqual(siblingsOf(tree, index))
        const leaf = leaves.subarray(index * 32, index * 32 + 32)
        expect(rootFrom(leaf, siblings)).toEqual(rootOf(tree))
      }
    }
  })

  it('follow from one another up to the root, as an auditor computes them', () => {
    for (const size of edges) {
      let nodes = leaves.slice(0, size * 32)
      const tree = treeOf(size)
      for (let level = 0; level < tileLevels(size); level++) {
        const roots: Uint8Array[] = []
        for (let at = 0; at * 256 * 32 < nodes.length; at++) {
          const tile = nodes.slice(at * 256 * 32, (at + 1) * 256 * 32)
          const width = tile.length / 32
          expect(Buffer.compare(tileNodes(tree, { level, at, width }), tile)).toBe(0)
          roots.push(rootOf(treeOver(tile)))
        }
        nodes = Uint8Array.from(Buffer.concat(roots))
      }
      expect(nodes).toEqual(rootOf(tree))
    }
  })

  it('are four at most, and each has one name', () => {
    const paths = ['0/x016/x777/215.p/255', '1/x065/535', '2/255', '3/000']
    expect(tilesOf(2 ** 32 - 1, 2 ** 32 - 2).map(tilePath)).toEqual(paths)
  })

  it('are found by their names, and only by these', () => {
    for (const size of [1, 256, 300, 65_537, 1_000_000, 2 ** 32 - 1]) {
      for (const index of [0, Math.floor(size / 2), size - 1]) {
        for (const tile of tilesOf(size, index))
          expect(parseTilePath(size, tilePath(tile))).toEqual(tile)
      }
    }
    expect(tilePath({ level: 1, at: 1_234_067, width: 256 })).toBe('1/x001/x234/067')
    expect(parseTilePath(300, '0/001.p/44')).toEqual({ level: 0, at: 1, width: 44 })
  })

  it.each([
    '',
    '0',
    '0/000.p/256',
    '0/1.p/44',
    '0/001',
    '0/001.p/45',
    '0/001.p/044',
    '0/x000/001.p/44',
    '0/002',
    '2/000',
    '9/000',
    '-1/000',
    '0/x001/x001/x001/001',
    '00/000',
    '0/000\n',
    '0/../000',
  ])('are not found by %j', (path) => {
    expect(refusalOf(() => parseTilePath(300, path)).code).toBe('tile_unknown')
  })

  it('are refused where they are not whole', () => {
    const tree = treeOf(300)
    const [bottom, top] = nodesFor(tree, 299) as [Uint8Array, Uint8Array]
    for (const wrong of [[bottom], [bottom, bottom], [bottom.subarray(32), top], []]) {
      const { code } = refusalOf(() => siblingsFromTiles(300, 299, wrong))
      expect(code).toBe('tile_malformed')
    }
    expect(() => tilesOf(300, 300)).toThrow('index within the batch')
    expect(() => tileLevels(0)).toThrow('a tree has a leaf')
  })
})
