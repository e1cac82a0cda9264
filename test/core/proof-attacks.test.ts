import { createMerkleProof, MerklePatriciaTrie } from '@ethereumjs/mpt'
import { decode, encode } from '@ethereumjs/rlp'
import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { uintWord } from '../../core/abi.ts'
import { concatBytes, fromHex, type Hex, toHex } from '../../core/bytes.ts'
import { keccak256 } from '../../core/hash.ts'
import { verifyAccountProof, verifyStateProof, verifyStorageProof } from '../../core/state-proof.ts'
import { exchangesOf } from './exchanges.ts'
import { rejectionOf } from './thrown.ts'

// What test/core/state-proof.test.ts has of geth's answers, at every byte and for tries of some size.

const exchanges = exchangesOf('eth_getProof')
const stateRoot: string = exchangesOf('eth_getBlockByNumber').find(
  ({ file }) => file === 'get-latest.io',
)?.result.stateRoot

/** Why a proof is refused; `undefined` where it holds. Fails where it takes long, or fails otherwise than by name. */
async function refusalOf(proving: () => Promise<unknown>): Promise<string | undefined> {
  const started = performance.now()
  const code = await proving().then(
    () => undefined,
    (thrown) => String(thrown.code),
  )
  expect(performance.now() - started).toBeLessThan(2000)
  expect([undefined, 'state_proof_refused', 'hex_malformed', 'account_absent']).toContain(code)
  return code
}

const flipped = (node: Hex, at: number, mask: number): Hex => {
  const bytes = fromHex(node)
  bytes[at] = (bytes[at] as number) ^ mask
  return toHex(bytes)
}

describe.skipIf(exchanges.length === 0)('proofs that geth made', () => {
  it.each(exchanges)(
    'are refused with any byte of any node changed: $file',
    async ({ params, result }) => {
      const slots: Uint8Array[] = params[1].map((slot: string) => uintWord(BigInt(slot)))
      const [slot] = slots
      const nodes: readonly Hex[] = result.accountProof
      let tried = 0
      for (const [i, node] of nodes.entries()) {
        for (let at = 0; at < node.length / 2 - 1; at++) {
          for (const mask of [1 << (at % 8), 0xff]) {
            const forged = nodes.with(i, flipped(node, at, mask))
            const answer = { ...result, accountProof: forged }
            const proving = () => verifyStateProof(stateRoot, params[0], slots, answer)
            if (!(await refusalOf(proving))) throw new Error(`node ${i} may be changed at ${at}`)
            tried += 1
          }
        }
      }
      const storage: readonly Hex[] = result.storageProof[0]?.proof ?? []
      for (const [i, node] of storage.entries()) {
        for (let at = 0; at < node.length / 2 - 1; at++) {
          const forged = storage.with(i, flipped(node, at, 1 << (at % 8)))
          const proving = () => verifyStorageProof(result.storageHash, slot as Uint8Array, forged)
          if (!(await refusalOf(proving))) throw new Error(`slot’s node ${i} changed at ${at}`)
        }
      }
      expect(tried).toBeGreaterThan(1000)
    },
    120_000,
  )

  it('prove no absence of what is there, wherever they are cut', async () => {
    for (const { params, result } of exchanges) {
      for (let length = 0; length < result.accountProof.length; length++) {
        const cut = result.accountProof.slice(0, length)
        expect(await refusalOf(() => verifyAccountProof(stateRoot, params[0], cut))).toBe(
          'state_proof_refused',
        )
      }
    }
  })
})

describe('proofs out of a storage trie of two thousand words', () => {
  let root: string
  const slot = uintWord(1234)
  let proof: readonly Hex[]
  let foreign: readonly Hex[]
  beforeAll(async () => {
    const trie = new MerklePatriciaTrie()
    const put = (at: number) =>
      trie.put(keccak256(uintWord(at)), encode(keccak256(uintWord(at + 1))))
    for (let at = 0; at < 2000; at++) await put(at)
    root = toHex(trie.root())
    const proofOf = async (at: number) =>
      (await createMerkleProof(trie, keccak256(uintWord(at)))).map(toHex)
    proof = await proofOf(1234)
    foreign = await proofOf(7)
  }, 60_000)
  const refusal = (nodes: unknown) => refusalOf(() => verifyStorageProof(root, slot, nodes))

  it('hold as they are', async () => {
    expect(proof.length).toBeGreaterThan(3)
    expect(await verifyStorageProof(root, slot, proof)).toBe(
      BigInt(toHex(keccak256(uintWord(1235)))),
    )
  })

  it('are refused with any bit changed', () =>
    fc.assert(
      fc.asyncProperty(fc.nat(), fc.nat(), fc.integer({ min: 0, max: 7 }), async (i, at, bit) => {
        const index = i % proof.length
        const node = proof[index] as Hex
        const forged = flipped(node, at % (node.length / 2 - 1), 1 << bit)
        expect(await refusal(proof.with(index, forged))).toBe('state_proof_refused')
      }),
      { numRuns: 600, seed: 20261123 },
    ))

  it('are refused cut, extended, reordered, doubled or with nodes between', async () => {
    const attacks: unknown[] = [[...proof].reverse()]
    for (let i = 0; i < proof.length; i++) {
      const node = proof[i] as Hex
      attacks.push(
        proof.slice(0, i),
        proof.slice(i + 1),
        proof.toSpliced(i, 1),
        proof.toSpliced(i, 0, node),
        proof.toSpliced(i + 1, 0, foreign[1] as Hex),
        proof.toSpliced(i, 0, '0x80'),
        proof.toSpliced(i, 0, '0x'),
        proof.toSpliced(i, 0, '0xc0'),
        proof.with(i, '0x'),
        proof.with(i, `${node}00`),
        proof.with(i, node.slice(0, -2) as Hex),
        proof.with(i, '0x80'),
      )
      if (i > 0) attacks.push(proof.with(i, proof[i - 1] as Hex).with(i - 1, node))
    }
    attacks.push([...proof, ...foreign], [...foreign, ...proof], foreign, [...proof, ...proof])
    for (const nodes of attacks) expect(await refusal(nodes)).toBe('state_proof_refused')
  })

  it('are refused for their size before anything is hashed', async () => {
    const large: Hex = `0x${'00'.repeat(1_048_576)}`
    for (const nodes of [
      [...proof, large],
      [large, ...proof],
      Array(10_000).fill(proof[0]),
      Array(10_000).fill(large),
      [...proof, ...Array(60).fill('0x')],
    ]) {
      const started = performance.now()
      expect(await refusal(nodes)).toBe('state_proof_refused')
      expect(performance.now() - started).toBeLessThan(200)
    }
  })

  it('are refused where they are no list of hex digits', async () => {
    for (const nodes of [null, {}, 'proof', 7, [7], [null], [[proof[0]]], ['0xz'], ['0x0'], ['']]) {
      expect(['state_proof_refused', 'hex_malformed']).toContain(await refusal(nodes))
    }
  })
})

/** Even a root that somebody made up for them does not make such nodes hold. */
describe('nodes that no client writes', () => {
  const slot = uintWord(5)
  const key = keccak256(slot)
  /** A leaf of a trie with nothing else in it: the hex prefix 0x20 and the whole key, and the value. */
  const path = concatBytes(Uint8Array.of(0x20), key)
  const rootOf = (node: Uint8Array) => toHex(keccak256(node))
  const refusal = (node: Uint8Array) =>
    refusalOf(() => verifyStorageProof(rootOf(node), slot, [toHex(node)]))
  const leaf = (value: Uint8Array) => encode([path, value])
  const bytes = (text: string) => fromHex(`0x${text}`)

  it('differ from one that holds', async () => {
    const node = leaf(encode(uintWord(9).subarray(31)))
    expect(await verifyStorageProof(rootOf(node), slot, [toHex(node)])).toBe(9n)
  })

  it('with lengths that are not canonical', async () => {
    const inner = concatBytes(encode(path), bytes('09'))
    const long = concatBytes(encode(path), bytes('a0'), uintWord(2n ** 255n))
    for (const node of [
      concatBytes(bytes('f8'), Uint8Array.of(inner.length), inner), // a short list in the long form
      concatBytes(bytes('f900'), Uint8Array.of(inner.length), inner), // a length with a leading zero
      concatBytes(Uint8Array.of(0xc0 + inner.length), inner, bytes('00')), // bytes after the list
      concatBytes(Uint8Array.of(0xc1 + inner.length), inner), // fewer than the length says
      concatBytes(bytes('fbffffffff'), inner), // four gigabytes, it says
      concatBytes(bytes('ffffffffffffffffff'), inner),
      concatBytes(Uint8Array.of(0xc1 + inner.length), encode(path), bytes('8109')), // 9 is its own code
      concatBytes(bytes('f8'), Uint8Array.of(long.length - 1), long),
    ]) {
      expect(await refusal(node)).toBe('state_proof_refused')
    }
  })

  it('with values that are no words', async () => {
    for (const value of [
      '00',
      '8100',
      '820001',
      'b8200011',
      'c0',
      'c109',
      `a1${'11'.repeat(33)}`,
      '0909',
    ]) {
      const code = await refusal(leaf(bytes(value)))
      expect([value, code]).toEqual([value, 'state_proof_refused'])
    }
  })

  it('with lists in lists, in nodes, values and accounts', async () => {
    const nested = (depth: number) => {
      let item: Uint8Array = bytes('c0')
      for (let i = 0; i < depth; i++) {
        const { length } = item
        const head =
          length < 56
            ? [0xc0 + length]
            : length < 256
              ? [0xf8, length]
              : [0xf9, length >> 8, length & 255]
        item = concatBytes(Uint8Array.from(head), item)
      }
      return item
    }
    expect(decode(nested(3))).toEqual([[[[]]]])
    for (const depth of [1, 10, 100, 300]) {
      expect(await refusal(nested(depth))).toBe('state_proof_refused')
      expect(await refusal(leaf(nested(depth)))).toBe('state_proof_refused')
    }
  })

  it('with accounts that are none', async () => {
    const address = `0x${'42'.repeat(20)}`
    const way = concatBytes(Uint8Array.of(0x20), keccak256(fromHex(address)))
    const hash = keccak256(way)
    const none = new Uint8Array()
    const prove = (fields: unknown) => {
      const node = encode([way, encode(fields as Uint8Array[])])
      return verifyAccountProof(rootOf(node), address, [toHex(node)])
    }
    expect((await prove([none, none, hash, hash]))?.nonce).toBe(0n)
    for (const fields of [
      [],
      [none, none, hash],
      [none, none, hash, hash, none],
      [none, none, hash.subarray(1), hash],
      [none, none, hash, concatBytes(hash, none, Uint8Array.of(0))],
      [Uint8Array.of(0), none, hash, hash],
      [none, Uint8Array.of(0, 1), hash, hash],
      [none, new Uint8Array(33).fill(1), hash, hash],
      [[], none, hash, hash],
      [none, none, [hash], hash],
      hash,
    ]) {
      expect((await rejectionOf(prove(fields))).code).toBe('state_proof_refused')
    }
  })
})
