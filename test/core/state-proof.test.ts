import { createMerkleProof, MerklePatriciaTrie } from '@ethereumjs/mpt'
import { encode } from '@ethereumjs/rlp'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { uintWord } from '../../core/abi.ts'
import { type Hex, toHex } from '../../core/bytes.ts'
import { keccak256 } from '../../core/hash.ts'
import { verifyAccountProof, verifyStateProof, verifyStorageProof } from '../../core/state-proof.ts'
import type { Document } from '../scripts/command.ts'
import { exchangesOf } from './exchanges.ts'
import { rejectionOf } from './thrown.ts'

const exchanges = exchangesOf('eth_getProof')
const stateRoot: string = exchangesOf('eth_getBlockByNumber').find(
  ({ file }) => file === 'get-latest.io',
)?.result.stateRoot
const withStorage = exchanges.find(({ file }) => file.includes('storage'))

/** Every string of hex digits in an answer, by its path. */
function hexPaths(value: Document, path: readonly string[] = []): readonly (readonly string[])[] {
  if (typeof value === 'string') return [path]
  return Object.keys(value).flatMap((key) => hexPaths(value[key], [...path, key]))
}

function withFlipped(answer: Document, path: readonly string[], digit: number): Document {
  const copy = structuredClone(answer)
  const parent = path.slice(0, -1).reduce((at, key) => at[key], copy)
  const key = path.at(-1) as string
  const flipped = (Number.parseInt(parent[key][digit], 16) ^ (1 << (digit % 4))).toString(16)
  parent[key] = parent[key].slice(0, digit) + flipped + parent[key].slice(digit + 1)
  return copy
}

describe.skipIf(!withStorage)('proofs that geth made', () => {
  it.each(exchanges)('holds against the state root: $file', async ({ params, result }) => {
    const slots = params[1].map((slot: string) => uintWord(BigInt(slot)))
    const { account, words } = await verifyStateProof(stateRoot, params[0], slots, result)
    expect(account).toEqual({
      nonce: BigInt(result.nonce),
      balance: BigInt(result.balance),
      storageRoot: result.storageHash,
      codeHash: result.codeHash,
    })
    expect(words).toEqual(result.storageProof.map(({ value }: { value: string }) => BigInt(value)))
  })

  const { params, result } = withStorage ?? { params: [], result: {} }
  const slots = [uintWord(0)]
  const verify = (answer: Document, root = stateRoot) =>
    verifyStateProof(root, params[0], slots, answer)

  it('is refused with any digit changed, of nodes and of what is stated', async () => {
    let flips = 0
    for (const path of hexPaths(result)) {
      const text: string = path.reduce((at, key) => at[key], result)
      for (let digit = 2; digit < text.length; digit++) {
        const refused = await verify(withFlipped(result, path, digit)).then(
          () => false,
          () => true,
        )
        if (!refused) throw new Error(`${path.join('/')} may be changed at digit ${digit}`)
        flips += 1
      }
    }
    expect(flips).toBeGreaterThan(3000)
  }, 120_000)

  it('is refused with a node left out, added, doubled or out of order', async () => {
    const [first, second, third] = result.accountProof
    const foreign = result.storageProof[0].proof[0]
    for (const nodes of [
      [],
      [first],
      [first, second],
      [second, third],
      [second, first, third],
      [first, second, third, third],
      [first, first, second, third],
      [first, second, third, foreign],
      [foreign, first, second, third],
      Array(66).fill(first),
      [`0x${'00'.repeat(1025)}`],
      [first, second, 7],
      [first, second, '0xz0'],
      'nodes',
    ]) {
      const { pointer } = await rejectionOf(verify({ ...result, accountProof: nodes }))
      expect(pointer).toMatch(/^\/accountProof/)
    }
  })

  it('is refused for another root, account or slot, and for slots too many or too few', async () => {
    const other = exchangesOf('eth_getBlockByNumber')[0]?.result.stateRoot
    const code = async (promise: Promise<unknown>) => (await rejectionOf(promise)).code
    const stranger = `0x${'11'.repeat(20)}`
    expect(
      await Promise.all([
        code(verify(result, other)),
        code(verifyStateProof(stateRoot, stranger, slots, result)),
        code(verifyStateProof(stateRoot, stranger, slots, { ...result, address: stranger })),
        code(verifyStateProof(stateRoot, params[0], [uintWord(1)], result)),
        code(verifyStateProof(stateRoot, params[0], [], result)),
        code(verifyStateProof(stateRoot, params[0], [...slots, ...slots], result)),
        code(verify({ ...result, storageProof: undefined })),
        code(verify(null)),
        code(verify([])),
      ]),
    ).toEqual(Array(9).fill('state_proof_refused'))
  })

  it('proves that an account is absent by the nodes down to where its way ends', async () => {
    const answers = Array.from({ length: 300 }, async (_, i) => {
      const absent = toHex(keccak256(uintWord(i)).subarray(12))
      const read = (nodes: number) =>
        verifyAccountProof(stateRoot, absent, result.accountProof.slice(0, nodes)).catch(
          () => 'refused',
        )
      return Promise.all([read(1), read(2), read(3)])
    })
    const found = (await Promise.all(answers)).map((each) => each.map(String).join())
    // Most lead to nodes that are not in this proof, some end within its second node, some at the leaf of this account.
    expect([...new Set(found)].sort()).toEqual([
      'refused,refused,refused',
      'refused,refused,undefined',
      'refused,undefined,refused',
    ])
  })
})

/** A storage trie of somebody else's making, with each slot's proof. */
async function storageOf(words: ReadonlyMap<bigint, bigint>) {
  const trie = new MerklePatriciaTrie()
  for (const [slot, word] of words) {
    const digits = word.toString(16)
    const bytes = encode(`0x${digits.length % 2 ? '0' : ''}${digits}`)
    await trie.put(keccak256(uintWord(slot)), bytes)
  }
  const proofOf = async (slot: bigint): Promise<readonly Hex[]> =>
    (await createMerkleProof(trie, keccak256(uintWord(slot)))).map(toHex)
  return { root: toHex(trie.root()), proofOf }
}

const word = fc.bigInt({ min: 1n, max: 2n ** 256n - 1n })
const small = fc.bigInt({ min: 0n, max: 400n })

describe('storage proofs', () => {
  it(
    'proves every word that a trie holds, and that it holds no others',
    () =>
      fc.assert(
        fc.asyncProperty(
          fc.array(fc.tuple(small, word), { maxLength: 60 }),
          small,
          async (pairs, absent) => {
            const words = new Map(pairs)
            const { root, proofOf } = await storageOf(words)
            for (const slot of new Set([...words.keys(), absent])) {
              const proof = await proofOf(slot)
              const proved = await verifyStorageProof(root, uintWord(slot), proof)
              expect(proved).toBe(words.get(slot) ?? 0n)
              if (proof.length < 2) continue
              await rejectionOf(verifyStorageProof(root, uintWord(slot), proof.slice(0, -1)))
              await rejectionOf(verifyStorageProof(root, uintWord(slot), proof.slice(1)))
            }
          },
        ),
        { numRuns: 40 },
      ),
    60_000,
  )

  it('does not take the proof of one slot for another’s', async () => {
    const words = new Map(Array.from({ length: 50 }, (_, i) => [BigInt(i), BigInt(i + 1)] as const))
    const { root, proofOf } = await storageOf(words)
    const proof = await proofOf(7n)
    for (let slot = 0n; slot < 50n; slot++) {
      if (slot === 7n) continue
      const said = await verifyStorageProof(root, uintWord(slot), proof).catch(() => 'refused')
      expect(said).toBe('refused')
    }
  })

  it('takes an empty trie as clients write it, and nothing else for it', async () => {
    const { root } = await storageOf(new Map())
    expect(await verifyStorageProof(root, uintWord(0), [])).toBe(0n)
    expect(await verifyStorageProof(root, uintWord(0), ['0x80'])).toBe(0n)
    await rejectionOf(verifyStorageProof(root, uintWord(0), ['0x80', '0x80']))
    await rejectionOf(verifyStorageProof(root, uintWord(0), ['0xc0']))
    const { root: full } = await storageOf(new Map([[1n, 1n]]))
    await rejectionOf(verifyStorageProof(full, uintWord(1), []))
    await rejectionOf(verifyStorageProof(full, uintWord(1), ['0x80']))
  })

  it('refuses words that no chain stores: padded, too long, or a list', async () => {
    for (const value of ['0x00', '0x820001', `0xa1${'11'.repeat(33)}`, '0xc101', '0x8101']) {
      const trie = new MerklePatriciaTrie()
      const key = keccak256(uintWord(1))
      await trie.put(key, Uint8Array.from(Buffer.from(value.slice(2), 'hex')))
      const proof = (await createMerkleProof(trie, key)).map(toHex)
      const { code } = await rejectionOf(verifyStorageProof(toHex(trie.root()), uintWord(1), proof))
      expect(code).toBe('state_proof_refused')
    }
  })
})
