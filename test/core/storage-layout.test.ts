import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Batch, credentialAt } from '../../core/batch.ts'
import { toHex } from '../../core/bytes.ts'
import { callContract } from '../../core/chain.ts'
import { digestOf } from '../../core/digest.ts'
import { parseProofs } from '../../core/proof.ts'
import {
  decodeAnchorCount,
  decodeVerify,
  encodeAnchorCount,
  encodeVerify,
} from '../../core/registry.ts'
import { decodeWords, slotsOf } from '../../core/storage-layout.ts'
import type { Document } from '../scripts/command.ts'
import { anchoredFor, issueFor, write } from './transaction.ts'
import { openWorld, type World } from './world.ts'

const require = createRequire(import.meta.url)

/** What the compiler says of a contract's storage. */
function layoutOf(contract: string): Document {
  const folder = new URL('../../contracts/', import.meta.url)
  const path = `contracts/${contract}.sol`
  const input = {
    language: 'Solidity',
    sources: { [path]: { content: readFileSync(new URL(`${contract}.sol`, folder), 'utf8') } },
    settings: { outputSelection: { [path]: { [contract]: ['storageLayout'] } } },
  }
  const read = (file: string) => ({
    contents: readFileSync(
      file.startsWith('@') ? require.resolve(file) : new URL(`../${file}`, folder),
      'utf8',
    ),
  })
  const compiled = JSON.parse(require('solc').compile(JSON.stringify(input), { import: read }))
  return compiled.contracts[path][contract].storageLayout
}

describe('the layout of storage', () => {
  it('is the one that the compiler gives the contract', () => {
    const { storage, types } = layoutOf('CredentialRegistry')
    const slots = Object.fromEntries(storage.map((one: Document) => [one.label, one.slot]))
    expect(slots).toMatchObject({ _records: '2', _counts: '3' })
    const record = Object.keys(types).find((name) => name.includes('Record)')) as string
    const struct = Object.values<Document>(types).find(({ label }) => label.endsWith('.Record'))
    expect(record).toBeDefined()
    expect(
      struct.members.map(({ label, slot, offset }: Document) => [label, slot, offset]),
    ).toEqual([
      ['slot', '0', 0],
      ['revocations', '1', 0],
      ['suspensions', '2', 0],
    ])
    const word = Object.values<Document>(types).find(({ label }) => label.endsWith('.Word'))
    expect(word.members).toMatchObject([{ label: 'bits', slot: '0', offset: 0 }])
  }, 60_000)

  it('is the one that the compiler gives the accreditation registry', () => {
    const { storage, types } = layoutOf('AccreditationRegistry')
    expect(storage.map(({ label, slot }: Document) => [label, slot])).toEqual([
      ['_records', '0'],
      ['_bySubject', '1'],
      ['_subaccrediting', '2'],
    ])
    const membersOf = (name: string) =>
      Object.values<Document>(types)
        .find(({ label }) => label.endsWith(`.${name}`))
        .members.map(({ label, slot, offset }: Document) => [label, Number(slot), offset])
    expect(membersOf('Record')).toEqual([
      ['recordedAt', 0, 0],
      ['withdrawnAt', 0, 5],
      ['statement', 1, 0],
    ])
    expect(membersOf('Statement')).toEqual([
      ['subject', 0, 0],
      ['validFrom', 0, 20],
      ['validUntil', 0, 25],
      ['maySubaccredit', 0, 30],
      ['profileHash', 1, 0],
      ['scope', 2, 0],
      ['name', 3, 0],
      ['did', 4, 0],
    ])
  }, 60_000)
})

describe('a standing from slots', () => {
  let world: World
  beforeAll(async () => {
    world = await openWorld()
  })
  afterAll(() => world.close())

  /** Reads one credential by the contract's own view and by its slots. */
  async function readBoth(batch: Batch, index: number) {
    const document = credentialAt(batch, index)
    const { anchor: proof } = parseProofs(document)
    if (!proof) throw new Error('a batch hands out anchor proofs')
    const claim = { ...proof, digest: digestOf(document, proof.salt) }
    const chain = { label: 'test chain', provider: world.provider }
    const block = Number(await world.provider.request({ method: 'eth_blockNumber' }))
    const call = (data: `0x${string}`) => callContract(chain, world.registry, data, block)
    const { root, ...answered } = decodeVerify(await call(encodeVerify(claim)))
    const anchorCount = decodeAnchorCount(await call(encodeAnchorCount(claim.issuer)))
    const slots = slotsOf(claim.issuer, root, claim.statusIndex)
    const [anchor, revocations, suspensions, count] = await Promise.all(
      [slots.anchor, slots.revocations, slots.suspensions, slots.count].map(async (slot) =>
        BigInt(
          (await world.provider.request({
            method: 'eth_getStorageAt',
            params: [world.registry, toHex(slot), `0x${block.toString(16)}`],
          })) as string,
        ),
      ),
    )
    const words = { anchor, revocations, suspensions, count } as Record<keyof typeof slots, bigint>
    return { view: { ...answered, anchorCount }, slots: decodeWords(words, claim.statusIndex) }
  }

  const bit = (index: number) => {
    const words = Array<bigint>(Math.floor(index / 256) + 1).fill(0n)
    words[words.length - 1] = 1n << BigInt(index % 256)
    return words.slice(-1)
  }

  it.each([3, 111, 112, 300])('is what the contract answers, for a batch of %d', async (size) => {
    const { issuer } = world.accounts
    const batch = await anchoredFor(world, issuer, size)
    const seen: string[] = []
    const compare = async () => {
      for (const index of new Set([0, 1, 2, size - 1])) {
        const { view, slots } = await readBoth(batch, index)
        expect(slots).toEqual(view)
        seen.push(slots.standing)
      }
    }
    const last = size - 1
    const word = Math.floor(last / 256)
    await compare()
    await write(world, issuer, 'revoke', [issuer, batch.root, word, bit(last)])
    await write(world, issuer, 'suspend', [issuer, batch.root, 0, [3n]])
    await compare()
    await write(world, issuer, 'reinstate', [issuer, batch.root, 0, [1n]])
    await write(world, issuer, 'revoke', [issuer, batch.root, 0, [2n]])
    await compare()
    await write(world, issuer, 'withdraw', [issuer, batch.root])
    await compare()
    expect(new Set(seen)).toEqual(new Set(['active', 'revoked', 'suspended', 'withdrawn']))
  })

  it('is unknown where nothing is anchored, and beyond a batch', async () => {
    const batch = issueFor(world, world.accounts.newcomer, 4)
    const { view, slots } = await readBoth(batch, 1)
    expect(slots).toEqual(view)
    expect(slots).toMatchObject({ standing: 'unknown', anchorCount: 0, record: { anchoredAt: 0 } })
    await write(world, world.accounts.newcomer, 'anchor', [batch.root, 1])
    const indexes = await Promise.all([0, 1, 2, 3].map((index) => readBoth(batch, index)))
    for (const both of indexes) expect(both.slots).toEqual(both.view)
    expect(indexes.filter((both) => both.slots.standing === 'unknown')).toHaveLength(3)
  })
})
