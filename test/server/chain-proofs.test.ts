import { setTimeout } from 'node:timers/promises'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { Batch } from '../../core/batch.ts'
import type { Eip1193Provider } from '../../core/chain.ts'
import { rpcProvider } from '../../core/rpc.ts'
import { openChain, warnOfMissingProofs } from '../../server/chains.ts'
import { demoAccounts } from '../../server/demo-accounts.ts'
import type { EmbeddedChain } from '../../server/embedded-chain.ts'
import { createSightings } from '../../server/sightings.ts'
import { accredit, anchoredFor, issueFor, write } from '../core/transaction.ts'
import { first } from '../core/verifier.ts'
import { openWorld, type World } from '../core/world.ts'
import type { Document } from '../scripts/command.ts'
import { startAnvilChain } from './anvil-stage.ts'
import type { Question } from './ask.ts'
import { type Endpoint, openEndpoint, passOn } from './endpoint.ts'
import { named, openStage } from './stage.ts'
import { type Storage, storages } from './storages.ts'

interface Call {
  readonly method: string
  readonly params: Document
}
/** What an endpoint asks the node instead, and what it makes of the answer. */
interface Lie {
  readonly ask?: (call: Call) => Call
  readonly tell?: (call: Call, result: Document) => unknown
}

const honesty: Lie = {}
let lie = honesty
let chain: EmbeddedChain
let world: World
let liar: Endpoint
let honest: Endpoint
let batch: Batch
let storage: Storage
const settings = {
  one: {},
  proofs: { CHAIN_PROOFS: 'true' },
  quorum: { CHAIN_RPC_QUORUM: '2' },
  both: { CHAIN_RPC_QUORUM: '2', CHAIN_PROOFS: 'true' },
}
type Name = keyof typeof settings
const services = new Map<Name, Awaited<ReturnType<typeof openStage>>>()
const issuer = demoAccounts.issuer.address
const impostor = '0x3C44CdDdB6a900fa2b585dd299e03d12FA4293BC'

async function open(name: Name) {
  const urls = 'CHAIN_RPC_QUORUM' in settings[name] ? [liar, honest, chain] : [liar]
  const url = urls.map((each) => each.url).join()
  services.set(name, await openStage(chain, storage, { ...named(chain, url), ...settings[name] }))
}

beforeAll(async () => {
  chain = await startAnvilChain()
  const provider = patient(rpcProvider({ url: chain.url, fetch, timeoutMs: 20_000 }))
  const accounts = { issuer, impostor, ministry: '', agency: '', newcomer: '' }
  world = { provider, ...chain.contracts, accounts, close: async () => undefined }
  await accredit(world, demoAccounts.accreditor.address, { subject: issuer, name: 'University' })
  batch = await anchoredFor(world, issuer, 4)
  honest = await openEndpoint((body) => passOn(chain.url, body))
  liar = await openEndpoint(async (body) => {
    const call = JSON.parse(body)
    const asked = { ...call, ...lie.ask?.(call) }
    const answer = JSON.parse(await passOn(chain.url, JSON.stringify(asked)))
    if (!lie.tell || 'error' in answer) return JSON.stringify(answer)
    const told = lie.tell(call, answer.result)
    return JSON.stringify(told instanceof Error ? refusal(call) : { ...answer, result: told })
  })
  storage = await storages[1].open() // A server, so that all can share it.
  for (const name of Object.keys(settings) as Name[]) await open(name)
}, 120_000)
afterAll(async () => {
  for (const { close } of services.values()) await close()
  await storage?.remove()
  await liar?.close()
  await honest?.close()
  await chain?.close()
})
afterEach(() => {
  lie = honesty
})

/** On a busy machine anvil takes a moment between a transaction and its receipt. */
function patient(provider: Eip1193Provider): Eip1193Provider {
  const request: Eip1193Provider['request'] = async (call) => {
    const answer = await provider.request(call)
    if (answer !== null || call.method !== 'eth_getTransactionReceipt') return answer
    await setTimeout(20)
    return request(call)
  }
  return { request }
}

const refusal = ({ id }: Document) => ({
  jsonrpc: '2.0',
  id,
  error: { code: -32601, message: 'the method does not exist' },
})

function ask(name: Name, line: string, question: Question) {
  const service = services.get(name)
  if (!service) throw new Error(`${name} is open`)
  return service.ask(line, question)
}

async function verify(name: Name, document: unknown): Promise<Document> {
  return (await ask(name, 'POST /verify', { raw: JSON.stringify(document) })).body
}

/** The reason of each service, in the order one, proofs, quorum, both. */
async function reasons(document: unknown): Promise<readonly string[]> {
  const names = Object.keys(settings) as Name[]
  const reports = await Promise.all(names.map((name) => verify(name, document)))
  return reports.map(({ verdict, reason }) => (verdict === 'valid' ? verdict : reason))
}

const isVerify = ({ method }: Call, result: Document) =>
  method === 'eth_call' && typeof result === 'string' && result.length === 2 + 6 * 64
const word = (value: number) => value.toString(16).padStart(64, '0')
const atLatest = (call: Call, at: number): Call => ({
  ...call,
  params: call.params.toSpliced(at, 1, 'latest'),
})

describe('a service with proofs', () => {
  it('says what is proved and by whom, and what is only reported', async () => {
    const readOf = ({ checks }: Document) =>
      ['integrity', 'anchor', 'accreditation', 'status'].map(
        (name) => checks.find((check: Document) => check.name === name).read[0].proved,
      )
    const proved = await verify('proofs', first(batch))
    expect(proved.verdict).toBe('valid')
    const { hash } = proved.anchor.block
    expect(readOf(proved)).toEqual(Array(4).fill(`block hash ${hash}, which ${liar.url} names`))
    expect(readOf(await verify('both', first(batch)))[3]).toContain('2 of 3 agreeing endpoints')
    expect(readOf(await verify('one', first(batch)))).toEqual(Array(4).fill(undefined))
    expect(await reasons(first(batch))).toEqual(['valid', 'valid', 'valid', 'valid'])
  })

  it('fetches proofs of a block once for all who ask', async () => {
    const proofsFor = async (requests: number) => {
      await world.provider.request({ method: 'evm_mine' })
      const before = liar.calls.length
      const reports = await Promise.all(
        Array.from({ length: requests }, () => verify('proofs', first(batch))),
      )
      expect(new Set(reports.map(({ verdict }) => verdict))).toEqual(new Set(['valid']))
      const proofs = liar.calls.slice(before).filter((method) => method === 'eth_getProof')
      const again = liar.calls.length
      await verify('proofs', first(batch))
      expect(liar.calls.slice(again)).not.toContain('eth_getProof')
      return proofs.length
    }
    const one = await proofsFor(1)
    expect(one).toBeGreaterThan(1)
    expect(await proofsFor(20)).toBe(one)
  })

  it('sees a revocation in the next block, whatever it remembers', async () => {
    const other = await anchoredFor(world, issuer, 3)
    expect(await reasons(first(other))).toEqual(['valid', 'valid', 'valid', 'valid'])
    const { statusIndex } = (await verify('one', first(other))).anchor
    await write(world, issuer, 'revoke', [issuer, other.root, 0, [1n << BigInt(statusIndex)]])
    expect(await reasons(first(other))).toEqual(['revoked', 'revoked', 'revoked', 'revoked'])
  })
})

describe('an endpoint that lies is believed alone, and caught by proofs and by a quorum', () => {
  it('when it hides a revocation', async () => {
    const revoked = await anchoredFor(world, issuer, 2)
    await write(world, issuer, 'revoke', [issuer, revoked.root, 0, [3n]])
    lie = {
      tell: (call, result) => (isVerify(call, result) ? `0x${word(1)}${result.slice(66)}` : result),
    }
    expect(await reasons(first(revoked))).toEqual([
      'valid',
      'chain_answer_disproved',
      'revoked',
      'revoked',
    ])
    // The VC-API routes read the same.
    const question = { json: { verifiableCredential: first(revoked) } }
    expect((await ask('one', 'POST /credentials/verify', question)).body.verified).toBe(true)
    const { body } = await ask('proofs', 'POST /credentials/verify', question)
    expect(body.verified).toBe(false)
    expect(JSON.stringify(body)).toContain('chain_answer_disproved')
  })

  it('when it invents an anchor', async () => {
    const never = issueFor(world, issuer, 5)
    const anchoredAt = Math.floor(Date.now() / 1000)
    lie = {
      tell: (call, result) =>
        isVerify(call, result)
          ? `0x${word(1)}${result.slice(66, 130)}${[anchoredAt, 0, 1, 5].map(word).join('')}`
          : result,
    }
    expect(await reasons(first(never))).toEqual([
      'valid',
      'chain_answer_disproved',
      'tampered',
      'tampered',
    ])
  })

  it('when it swaps an accreditation', async () => {
    const forged = await anchoredFor(world, impostor, 2)
    const swapped = (value: unknown) =>
      JSON.parse(
        JSON.stringify(value).replaceAll(
          impostor.slice(2).toLowerCase(),
          issuer.slice(2).toLowerCase(),
        ),
      )
    const isAccreditation = ({ params }: Call) =>
      String(params?.[0]?.to).toLowerCase() === world.accreditationRegistry.toLowerCase()
    lie = { ask: (call) => (isAccreditation(call) ? swapped(call) : call) }
    expect(await reasons(first(forged))).toEqual([
      'valid',
      'issuer_unknown',
      'issuer_unknown',
      'issuer_unknown',
    ])
  })

  it('when it answers with proofs, or the header, of another block', async () => {
    lie = {
      ask: (call) => (call.method === 'eth_getProof' ? atOther(call) : call),
    }
    const atOther = (call: Call) => ({ ...call, params: call.params.toSpliced(2, 1, '0x3') })
    await world.provider.request({ method: 'evm_mine' })
    expect(await reasons(first(batch))).toEqual(['valid', 'state_proof_refused', 'valid', 'valid'])
    const old = await world.provider.request({
      method: 'eth_getBlockByNumber',
      params: ['0x3', false],
    })
    lie = { tell: ({ method }, result) => (method === 'eth_getBlockByHash' ? old : result) }
    await world.provider.request({ method: 'evm_mine' })
    expect(await reasons(first(batch))).toEqual(['valid', 'block_hash_mismatch', 'valid', 'valid'])
  })

  it('when its blocks are those of another chain', async () => {
    const elsewhere = await openWorld(1)
    const foreign = await elsewhere.provider.request({
      method: 'eth_getBlockByNumber',
      params: ['latest', false],
    })
    await elsewhere.close()
    lie = {
      ask: (call) =>
        call.method === 'eth_call'
          ? atLatest(call, 1)
          : call.method === 'eth_getProof'
            ? atLatest(call, 2)
            : call,
      tell: ({ method }, result) => (method.startsWith('eth_getBlockBy') ? foreign : result),
    }
    expect(await reasons(first(batch))).toEqual(['valid', 'state_proof_refused', 'valid', 'valid'])
  })

  it('when its head is stale, by a quorum: proofs alone prove an old block, and its age shows', async () => {
    const late = await anchoredFor(world, issuer, 6)
    const stale = (await world.provider.request({ method: 'eth_blockNumber' })) as string
    await write(world, issuer, 'revoke', [issuer, late.root, 0, [63n]])
    lie = {
      ask: (call) =>
        call.method === 'eth_getBlockByNumber' && call.params[0] === 'latest'
          ? { ...call, params: [stale, false] }
          : call,
    }
    expect(await reasons(first(late))).toEqual(['valid', 'valid', 'revoked', 'revoked'])
    const { anchor } = await verify('proofs', first(late))
    expect(anchor.block.number).toBe(Number(stale))
  })

  it('and one without eth_getProof leaves the verdict open, and is warned of', async () => {
    await world.provider.request({ method: 'evm_mine' })
    lie = {
      tell: ({ method }, result) => (method === 'eth_getProof' ? new Error('unknown') : result),
    }
    expect(await reasons(first(batch))).toEqual(['valid', 'state_proof_missing', 'valid', 'valid'])
    const warned: string[] = []
    const { registry } = chain.contracts
    const opened = openChain({
      urls: `${liar.url},${honest.url}`,
      quorum: 1,
      chainId: 31337,
      registry,
      timeoutMs: 5000,
      sightings: createSightings(),
    })
    const log = {
      info: () => undefined,
      warn: (facts: object, message: string) =>
        void warned.push(`${JSON.stringify(facts)} ${message}`),
    }
    await warnOfMissingProofs(opened, log)
    expect(warned).toHaveLength(1)
    expect(warned[0]).toMatch(/state_proof_missing.*CHAIN_PROOFS is true, but .*does not exist/)
    expect(warned[0]).toContain(liar.url)
  })
})
