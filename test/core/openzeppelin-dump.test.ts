import { StandardMerkleTree } from '@openzeppelin/merkle-tree'
import { AbiCoder, keccak256 as ethersKeccak, toUtf8Bytes } from 'ethers'
import { describe, expect, it } from 'vitest'
import { fromHex, toHex, utf8 } from '../../core/bytes.ts'
import { keccak256, sha256 } from '../../core/hash.ts'
import { rootFrom } from '../../core/tree-path.ts'
import { readJson, sharedVectors } from '../shared-vectors.ts'

const vectors = sharedVectors('merkle/openzeppelin-dumps')

interface Dump {
  readonly tree: readonly string[]
  readonly values: readonly { readonly value: readonly string[]; readonly treeIndex: number }[]
  readonly leafEncoding: string[]
}

describe.skipIf(!vectors)('trees that OpenZeppelin dumped', () => {
  for (const file of ['standard-v1.sorted.1_0_6.json', 'standard-v1.unsorted.1_0_6.json']) {
    it(`are climbed to the same root: ${file}`, () => {
      const dump = readJson(vectors as URL, file) as Dump
      const oracle = StandardMerkleTree.load(dump as never)
      for (const [i, { value, treeIndex }] of dump.values.entries()) {
        const encoded = fromHex(
          AbiCoder.defaultAbiCoder().encode(dump.leafEncoding, value as string[]),
        )
        const leaf = keccak256(keccak256(encoded))
        expect(toHex(leaf)).toBe(dump.tree[treeIndex])
        const siblings = oracle.getProof(i).map((sibling) => fromHex(sibling))
        expect(toHex(rootFrom(leaf, siblings))).toBe(dump.tree[0])
      }
    })
  }
})

describe('the hashes', () => {
  it('are Ethereum\u2019s Keccak-256 and FIPS SHA-256', () => {
    for (const text of ['', 'abc', 'é'.repeat(1000)]) {
      expect(toHex(keccak256(utf8(text)))).toBe(ethersKeccak(toUtf8Bytes(text)))
    }
    expect(toHex(sha256(utf8('abc')))).toBe(
      '0xba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
    )
  })

  it('do not overwrite what they gave before', () => {
    const first = keccak256(utf8('a'))
    const copy = first.slice()
    keccak256(utf8('b'))
    sha256(utf8('c'))
    expect(first).toEqual(copy)
  })
})
