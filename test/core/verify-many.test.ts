import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { verifyBadge } from '../../core/baked.ts'
import { type Batch, credentialAt } from '../../core/batch.ts'
import { toMultibase } from '../../core/bytes.ts'
import type { JsonObject } from '../../core/canonical.ts'
import { encodeAnchorProof, parseProofs } from '../../core/proof.ts'
import { provedChain } from '../../core/proved-state.ts'
import type { Readers } from '../../core/verify.ts'
import { createVerifyMany } from '../../core/verify-many.ts'
import { accredit, anchoredFor, issueFor, timeOf, write } from './transaction.ts'
import { readersOf, trusting } from './verifier.ts'
import { openWorld, type World } from './world.ts'

let world: World
let large: Batch
let small: Batch
let withdrawn: Batch
let unanchored: Batch
let now: number
let calls: string[]

beforeAll(async () => {
  world = await openWorld()
  const { issuer, ministry } = world.accounts
  await accredit(world, ministry, { subject: issuer, name: 'University' })
  large = await anchoredFor(world, issuer, 600)
  small = await anchoredFor(world, issuer, 40)
  withdrawn = await anchoredFor(world, issuer, 3)
  unanchored = issueFor(world, issuer, 5)
  const bits = (...indexes: number[]) => indexes.reduce((word, i) => word | (1n << BigInt(i)), 0n)
  await write(world, issuer, 'revoke', [issuer, large.root, 0, [bits(0, 255), bits(0, 7, 255)]])
  await write(world, issuer, 'suspend', [issuer, large.root, 2, [bits(1, 64)]])
  await write(world, issuer, 'revoke', [issuer, small.root, 0, [bits(1, 39)]])
  await write(world, issuer, 'suspend', [issuer, small.root, 0, [bits(2, 39)]])
  await write(world, issuer, 'withdraw', [issuer, withdrawn.root])
  now = (await timeOf(world)) * 1000
}, 60_000)
afterAll(() => world?.close())

/** Readers that note what is asked. */
function noted(): Readers {
  calls = []
  const readers = readersOf(world)
  return {
    ...readers,
    chain: (id) => {
      const chain = readers.chain(id)
      const request = (call: { method: string; params?: readonly unknown[] }) => {
        calls.push(call.method)
        if (!chain) throw new Error('no chain')
        return chain.provider.request(call)
      }
      return chain && { ...chain, provider: { request } }
    },
  }
}

function manyAt(time: () => number, readers = noted()) {
  const trust = trusting(world, {
    rootAccreditors: [{ account: world.accounts.ministry, name: 'Ministry' }],
  })
  const alone = (text: string) =>
    verifyBadge(text, { readers: readersOf(world), trust, now: time() })
  return { alone, many: createVerifyMany({ readersFor: () => readers, trust, clock: time }) }
}

/** The credential with another proof value. */
function withProof(document: JsonObject, change: (proof: never) => object): string {
  const { anchor } = parseProofs(document)
  const [member] = document['proof'] as JsonObject[]
  const proofValue = toMultibase(encodeAnchorProof(change(anchor as never) as never))
  return JSON.stringify({ ...document, proof: [{ ...member, proofValue }] })
}

const textOf = (batch: Batch, index: number) => JSON.stringify(credentialAt(batch, index))

describe('many credentials', () => {
  it('get the report that each gets alone, whatever their batch and their state', async () => {
    const { alone, many } = manyAt(() => now)
    const document = credentialAt(large, 300)
    const texts = [
      ...[0, 1, 254, 255, 256, 257, 263, 511, 512, 513, 576, 599].map((i) => textOf(large, i)),
      ...[0, 1, 2, 38, 39].map((i) => textOf(small, i)),
      textOf(withdrawn, 0),
      ...[0, 4].map((i) => textOf(unanchored, i)),
      JSON.stringify({ ...document, name: 'Doctor of Everything' }),
      withProof(document, (proof: { siblings: Uint8Array[] }) => ({
        ...proof,
        siblings: [...proof.siblings.slice(0, -1), new Uint8Array(32)],
      })),
      withProof(document, (proof: { siblings: Uint8Array[] }) => ({
        ...proof,
        siblings: proof.siblings.slice(0, -1),
      })),
      withProof(document, (proof: { issuer: string }) => ({
        ...proof,
        issuer: world.accounts.impostor,
      })),
      JSON.stringify({ ...document, proof: credentialAt(large, 301)['proof'] }),
      JSON.stringify({ '@context': [] }),
    ]
    const reasons = new Set<string>()
    for (const text of [...texts, ...texts.toReversed()]) {
      const report = await many(text)
      expect(report).toEqual(await alone(text))
      reasons.add(report.reason)
    }
    const expected = ['valid', 'revoked', 'suspended', 'withdrawn', 'tampered', 'proof_mismatch']
    expect([...reasons]).toEqual(expect.arrayContaining(expected))
  })

  it('get it also where a piece of their text is another, after many that had the same in common', async () => {
    const { alone, many } = manyAt(() => now)
    for (const i of [1, 2, 3, 260, 4]) await many(textOf(large, i))
    const outcomeOf = (report: Promise<unknown>) => report.catch((thrown: Error) => String(thrown))
    const pieces = [
      '',
      '"',
      '\\',
      '@place 1@',
      '\n',
      '\u0000',
      '2099-01-01T00:00:00Z',
      'urn:x',
      '{',
    ]
    const enveloped = ['VerifiableCredential', 'EnvelopedVerifiableCredential']
    const text = textOf(large, 9)
    let strings = 0
    for (const { 0: string, index } of text.matchAll(/"[^"]*"/g)) {
      const piece = pieces[strings++ % pieces.length] as string
      const other = `${text.slice(0, index + 1)}${piece}${text.slice(index + string.length - 1)}`
      expect(await outcomeOf(many(other)), other).toEqual(await outcomeOf(alone(other)))
    }
    expect(strings).toBeGreaterThan(80)
    for (const type of [...enveloped, ...enveloped]) {
      const other = text.replace('"OpenBadgeCredential"', JSON.stringify(type))
      expect(await outcomeOf(many(other)), other).toEqual(await outcomeOf(alone(other)))
    }
  })

  it('of one batch are read from the chain once', async () => {
    const { many } = manyAt(() => now)
    await many(textOf(large, 3))
    const first = calls.length
    const reports = await Promise.all(
      large.entries.map((_, i) => many(JSON.stringify(credentialAt(large, i)))),
    )
    expect(reports.filter(({ verdict }) => verdict === 'valid')).toHaveLength(600 - 7)
    expect(calls).toHaveLength(first)
  })

  it('are proved once for all of a status word, and as each is alone', async () => {
    const readers = noted()
    const proving: Readers = {
      ...readers,
      chain: (id) => {
        const chain = readers.chain(id)
        return chain && provedChain(chain, [chain], undefined)
      },
    }
    const { many } = manyAt(() => now, proving)
    const trust = trusting(world, {
      rootAccreditors: [{ account: world.accounts.ministry, name: 'Ministry' }],
    })
    const asked: number[] = []
    for (const index of [256, 257, 263, 300, 511, 513, 576, 599]) {
      const before = calls.length
      const report = await many(textOf(large, index))
      asked.push(calls.length - before)
      const options = { readers: proving, trust, now }
      expect(report).toEqual(await verifyBadge(textOf(large, index), options))
      expect(report.checks.find(({ name }) => name === 'integrity')?.read[0]?.proved).toContain(
        '0x',
      )
    }
    // The first of the second word, and of the third.
    expect(asked.map((count) => count > 0)).toEqual([1, 0, 0, 0, 0, 1, 0, 0].map(Boolean))
  })

  it('that are asked for together share what is under way', async () => {
    const { many } = manyAt(() => now)
    await many(textOf(large, 3))
    const alone = calls.length
    const again = manyAt(() => now)
    await Promise.all(Array.from({ length: 30 }, (_, i) => again.many(textOf(large, i))))
    expect(calls).toHaveLength(alone)
  })

  it('see a revocation a second later, and what cannot be read is not made up from before', async () => {
    const { issuer } = world.accounts
    const batch = await anchoredFor(world, issuer, 6)
    let time = (await timeOf(world)) * 1000
    let isDown = false
    const readers = noted()
    const failing: Readers = {
      ...readers,
      chain: (id) => {
        const chain = readers.chain(id)
        const request = async (call: { method: string }) => {
          if (isDown) throw new Error('gone')
          return chain?.provider.request(call)
        }
        return chain && { ...chain, provider: { request } }
      },
    }
    const { many } = manyAt(() => time, failing)
    const reason = async () => (await many(textOf(batch, 2))).reason
    expect(await reason()).toBe('valid')
    await write(world, issuer, 'revoke', [issuer, batch.root, 0, [4n]])
    time += 1000
    expect(await reason()).toBe('revoked')
    time += 1000
    isDown = true
    expect(await reason()).toBe('chain_unreachable')
    isDown = false
    expect(await reason()).toBe('revoked')
  })

  it('see an anchor go with a reorganisation', async () => {
    const snapshot = await world.provider.request({ method: 'evm_snapshot' })
    const batch = await anchoredFor(world, world.accounts.newcomer, 4)
    let time = (await timeOf(world)) * 1000
    const { many } = manyAt(() => time)
    const code = async () => (await many(textOf(batch, 0))).anchor?.sequence
    expect(await code()).toBe(1)
    await world.provider.request({ method: 'evm_revert', params: [snapshot] })
    await world.provider.request({ method: 'evm_mine' })
    time += 1000
    expect(await code()).toBeUndefined()
  })

  it('are refused by a contract that says two things about one of them', async () => {
    const readers = noted()
    const lying: Readers = {
      ...readers,
      chain: (id) => {
        const chain = readers.chain(id)
        const request = async (call: { method: string }) => {
          const answer = await chain?.provider.request(call)
          // The standing, where `verify` is asked: active.
          return call.method === 'eth_call' && String(answer).length === 2 + 6 * 64
            ? `0x${'1'.padStart(64, '0')}${String(answer).slice(66)}`
            : answer
        }
        return chain && { ...chain, provider: { request } }
      },
    }
    const { many } = manyAt(() => now, lying)
    expect((await many(textOf(large, 0))).reason).toBe('chain_answer_malformed')
  })
})
