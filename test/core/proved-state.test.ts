import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findAccreditation } from '../../core/accreditors.ts'
import type { Chain } from '../../core/chain.ts'
import { readLatestBlock } from '../../core/chain.ts'
import { provedChain } from '../../core/proved-state.ts'
import { rememberNewest } from '../../core/remember.ts'
import type { Report } from '../../core/report.ts'
import type { Document } from '../scripts/command.ts'
import { accredit, anchoredFor, timeOf, withdrawAccreditation, write } from './transaction.ts'
import { first, readersOf, trusting, verify } from './verifier.ts'
import { chainId, openWorld, registryInterface, type World } from './world.ts'

describe('reading with proofs', () => {
  let world: World
  let chain: Chain
  beforeAll(async () => {
    world = await openWorld()
    chain = { label: 'test chain', provider: world.provider }
  })
  afterAll(() => world.close())

  /** The chain with some answers changed. */
  const lying = (change: (method: string, answer: Document) => unknown): Chain => ({
    label: 'liar',
    provider: {
      request: async (call) => change(call.method, await world.provider.request(call)),
    },
  })
  const settings = () => ({ rootAccreditors: [{ account: world.accounts.ministry, name: 'M' }] })
  const verifyBy = (document: unknown, by: Chain, isAccredited = true): Promise<Report> =>
    verify(world, document, {
      readers: { ...readersOf(world), chain: () => by },
      trust: trusting(world, isAccredited ? settings() : {}),
    })

  it('finds the same accreditations as the registry answers, with texts of every length', async () => {
    const { ministry, agency, issuer, newcomer, impostor } = world.accounts
    const texts = ['A', 'x'.repeat(31), 'é'.repeat(16), 'y'.repeat(64), '山'.repeat(85)]
    await accredit(world, ministry, { subject: agency, maySubaccredit: true, name: 'Agency' })
    for (const [i, name] of texts.entries()) {
      const did = `did:web:${'d'.repeat(i * 40)}.example`
      await accredit(world, agency, { subject: issuer, name, did, validFrom: i, validUntil: 0 })
    }
    // More than a page, the last of which holds.
    for (let i = 0; i < 34; i++) {
      await accredit(world, ministry, {
        subject: newcomer,
        name: `N${i}`,
        validUntil: i < 33 ? 9 : 0,
      })
    }
    await withdrawAccreditation(world, agency, 4)
    const block = await readLatestBlock(chain, chainId)
    const trust = trusting(world, settings()).chains.get(chainId)
    if (!trust) throw new Error('the world is trusted')
    for (const subject of [issuer, newcomer, impostor, agency]) {
      for (const time of [5, await timeOf(world), 2 ** 39]) {
        const find = (by: Chain) => findAccreditation(by, trust, subject, time, block)
        expect(await find(provedChain(chain, [chain], block.hash))).toEqual(await find(chain))
      }
    }
  }, 60_000)

  it('gives the verdict that the registry’s answers give, and says what is proved', async () => {
    const { issuer, agency } = world.accounts
    const batch = await anchoredFor(world, issuer, 3)
    const proved = provedChain(chain, [chain], undefined)
    const report = await verifyBy(first(batch), proved)
    expect(report.verdict).toBe('valid')
    for (const name of ['integrity', 'anchor', 'accreditation', 'status']) {
      const check = report.checks.find((each) => each.name === name)
      expect([name, check?.read[0]?.proved]).toEqual([
        name,
        `block hash ${report.anchor?.block.hash}, which test chain names`,
      ])
    }
    await write(world, issuer, 'revoke', [issuer, batch.root, 0, [7n]])
    expect((await verifyBy(first(batch), proved)).reason).toBe('revoked')
    const stranger = await anchoredFor(world, agency, 2)
    expect((await verifyBy(first(stranger), proved)).reason).toBe(
      (await verifyBy(first(stranger), chain)).reason,
    )
  })

  it('does not ask an endpoint that invents or swaps an accreditation', async () => {
    const { impostor } = world.accounts
    const batch = await anchoredFor(world, impostor, 2)
    const true_ = await verifyBy(first(batch), chain)
    expect(true_.reason).toBe('issuer_unknown')
    // It answers for every account what is true of the accredited issuer.
    const { issuer } = world.accounts
    const swap = (text: unknown) =>
      JSON.parse(
        JSON.stringify(text).replaceAll(
          impostor.slice(2).toLowerCase(),
          issuer.slice(2).toLowerCase(),
        ),
      )
    const asked: string[] = []
    const swaps: Chain = {
      label: 'liar',
      provider: {
        request: ({ method, params }) => {
          asked.push(method)
          const [call] = (params ?? []) as { to?: string }[]
          const isSwapped = call?.to === world.accreditationRegistry
          return world.provider.request({
            method,
            params: isSwapped ? swap(params) : (params ?? []),
          })
        },
      },
    }
    expect((await verifyBy(first(batch), swaps)).verdict).toBe('valid')
    const found = await verifyBy(first(batch), provedChain(swaps, [swaps], undefined))
    expect([found.verdict, found.reason]).toEqual(['invalid', 'issuer_unknown'])
    expect(asked).toContain('eth_getProof')
  })

  it('names an endpoint whose answer is disproved', async () => {
    const batch = await anchoredFor(world, world.accounts.issuer, 4)
    const answered = registryInterface.getFunction('verify')
    if (!answered) throw new Error('the registry has verify')
    for (const [at, value] of [
      [0, 3],
      [2, 77],
      [3, 88],
      [4, 99],
      [5, 100],
    ] as const) {
      const liar = lying((method, answer) => {
        if (method !== 'eth_call' || String(answer).length !== 2 + 6 * 64) return answer
        const words = String(answer).slice(2).match(/.{64}/g) ?? []
        words[at] = value.toString(16).padStart(64, '0')
        return `0x${words.join('')}`
      })
      const { reason, summary } = await verifyBy(
        first(batch),
        provedChain(liar, [chain], undefined),
      )
      expect([reason, summary.includes('liar')]).toEqual(['chain_answer_disproved', true])
    }
    const counts = lying((method, answer) =>
      method === 'eth_call' && String(answer).length === 66 ? `0x${'0'.repeat(63)}9` : answer,
    )
    const { reason } = await verifyBy(first(batch), provedChain(counts, [chain], undefined))
    expect(reason).toBe('chain_answer_disproved')
  })

  it('asks the next endpoint where one gives no proof that holds, and says why where none does', async () => {
    const batch = await anchoredFor(world, world.accounts.issuer, 5)
    const bad = lying((method, answer) =>
      method === 'eth_getProof' ? { ...answer, nonce: '0x9' } : answer,
    )
    const gone = lying((method, answer) => (method === 'eth_getBlockByHash' ? null : answer))
    const reasonOf = async (sources: readonly Chain[]) =>
      (await verifyBy(first(batch), provedChain(chain, sources, undefined))).reason
    expect(await reasonOf([gone, bad, chain])).toBe('valid')
    expect(await reasonOf([bad, gone])).toBe('valid')
    expect(await reasonOf([bad])).toBe('state_proof_refused')
    expect(await reasonOf([gone])).toBe('block_hash_mismatch')
  })

  it('names blocks of forks that are not known, and does not call that a lie', async () => {
    const batch = await anchoredFor(world, world.accounts.issuer, 7)
    const reasonOf = async (answer: (block: Document) => unknown) => {
      const source = lying((method, block) =>
        method === 'eth_getBlockByHash' ? answer(block) : block,
      )
      const { reason, summary } = await verifyBy(
        first(batch),
        provedChain(chain, [source], undefined),
      )
      return [reason, summary.includes('slotNumber')]
    }
    const root = `0x${'12'.repeat(32)}`
    // What is hashed makes the hash, whatever else is said; where it does not, what else is said tells why.
    expect(await reasonOf((block) => ({ ...block, slotNumber: '0x1' }))).toEqual(['valid', false])
    expect(
      await reasonOf((block) => ({ ...block, requestsHash: root, slotNumber: '0x1' })),
    ).toEqual(['block_header_unknown', true])
    expect(await reasonOf((block) => ({ ...block, requestsHash: root }))).toEqual([
      'block_hash_mismatch',
      false,
    ])
    expect(await reasonOf((block) => ({ ...block, logsBloom: '0x' }))).toEqual([
      'block_header_malformed',
      false,
    ])
    expect(await reasonOf(() => 'block')).toEqual(['block_header_malformed', false])
  })

  it('knows the age of a block by its header, whatever time an endpoint names for it', async () => {
    const batch = await anchoredFor(world, world.accounts.issuer, 8)
    const now = ((await timeOf(world)) + 7200) * 1000
    const young = lying((method, block) =>
      method === 'eth_getBlockByNumber' && block
        ? { ...block, timestamp: `0x${(now / 1000).toString(16)}` }
        : block,
    )
    const trust = trusting(world, { ...settings(), maxHeadAge: 3600 })
    const reasonOf = async (by: Chain) =>
      (
        await verify(world, first(batch), {
          readers: { ...readersOf(world), chain: () => by },
          trust,
          now,
        })
      ).reason
    expect(await reasonOf(young)).toBe('valid')
    expect(await reasonOf(provedChain(young, [young], undefined))).toBe('chain_stale')
  })

  it('remembers what is proved of a block for that block alone, and no failure', async () => {
    const batch = await anchoredFor(world, world.accounts.issuer, 9)
    const asked: string[] = []
    let isDown = true
    const source: Chain = {
      label: 'counted',
      provider: {
        request: async (call) => {
          asked.push(call.method)
          if (isDown) throw new Error('down')
          return world.provider.request(call)
        },
      },
    }
    const remember = rememberNewest(100)
    const reasonOf = async () =>
      (await verifyBy(first(batch), provedChain(chain, [source], undefined, undefined, remember)))
        .reason
    expect(await reasonOf()).toBe('chain_unreachable')
    isDown = false
    expect(await reasonOf()).toBe('valid')
    const once = asked.length
    expect(await reasonOf()).toBe('valid')
    expect(asked).toHaveLength(once)
    const { anchor } = await verifyBy(first(batch), chain)
    const bit = 1n << BigInt(anchor?.statusIndex ?? 0)
    await write(world, world.accounts.issuer, 'revoke', [
      world.accounts.issuer,
      batch.root,
      0,
      [bit],
    ])
    expect(await reasonOf()).toBe('revoked')
  })

  it('proves that there is no registry where there is none', async () => {
    const empty = await openWorld()
    const batch = await anchoredFor(world, world.accounts.issuer, 6)
    await empty.provider.request({
      method: 'hardhat_setCode',
      params: [world.registry, '0x'],
    })
    await empty.provider.request({ method: 'evm_mine' })
    const there = { label: 'empty chain', provider: empty.provider }
    const { reason } = await verifyBy(first(batch), provedChain(there, [there], undefined))
    expect(reason).toBe('registry_missing')
    await empty.close()
  })
})
