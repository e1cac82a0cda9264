import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Document } from './command.ts'
import { accredit, type Desk, type IssuedBatch, must, openDesk } from './desk.ts'
import { type Endpoint, startProxy } from './endpoint.ts'

/** The answer of `verify` with another standing: the first word. */
const standing = (answer: unknown, value: number) =>
  `0x${String(value).padStart(64, '0')}${String(answer).slice(66)}`
const isVerify = (answer: unknown) => typeof answer === 'string' && answer.length === 2 + 6 * 64

describe('check with proofs', () => {
  let desk: Desk
  let batch: IssuedBatch
  let revoked: string
  let active: string
  let foreign: string
  const proxies: Endpoint[] = []
  const proxy = async (change: (method: string, result: Document) => unknown) => {
    const endpoint = await startProxy(desk.anvil.url, change)
    proxies.push(endpoint)
    return endpoint.url
  }
  const check = (file: string, ...args: string[]) => desk.runJson(['check', file, ...args])
  const readOf = ({ json }: { json: Document }, name: string) =>
    json.checks.find((each: Document) => each.name === name).read

  beforeAll(async () => {
    desk = await openDesk()
    await accredit(desk)
    batch = await desk.issue(['Ada', 'Bo', 'Cy'])
    ;[revoked, active] = batch.credentials as [string, string]
    await must(desk.run(['anchor', '--batch', batch.batch, '--network', 'localhost', '--yes']))
    await must(desk.run(['revoke', revoked, '--network', 'localhost', '--yes']))
    foreign = ((await desk.issue(['Di'])).credentials as [string])[0]
  })
  afterAll(async () => {
    for (const { close } of proxies) await close()
    await desk.close()
  })

  it('says what is proved, and against which block', async () => {
    const { url } = desk.anvil
    const found = await check(active, '--rpc', url, '--proof')
    expect([found.code, found.json.reason]).toEqual([0, 'valid'])
    const { hash } = found.json.anchor.block
    for (const name of ['integrity', 'anchor', 'accreditation', 'status']) {
      expect(readOf(found, name)).toMatchObject([
        { proved: `block hash ${hash}, which ${url} names` },
      ])
    }
    const told = await desk.run(['check', active, '--rpc', url, '--proof'])
    expect(told.stdout).toContain(`proved against block hash ${hash}`)
    const believed = await check(active, '--rpc', url)
    expect(readOf(believed, 'anchor')[0]).not.toHaveProperty('proved')
    expect((await check(revoked, '--rpc', url, '--proof')).json.reason).toBe('revoked')
    expect((await check(foreign, '--rpc', url, '--proof')).json.reason).toBe('tampered')
  })

  it('reads the state of the block whose hash was given, however old', async () => {
    const { url, provider } = desk.anvil
    const hashOf = async (back: number) =>
      (
        await provider.send('eth_getBlockByNumber', [
          `0x${((await provider.getBlockNumber()) - back).toString(16)}`,
          false,
        ])
      ).hash
    const now = await check(revoked, '--rpc', url, '--block-hash', await hashOf(0))
    const before = await check(revoked, '--rpc', url, '--block-hash', await hashOf(1))
    expect([now.json.reason, before.json.reason]).toEqual(['revoked', 'valid'])
    expect(readOf(before, 'status')[0].proved).toBe(`block hash ${await hashOf(1)}, which you gave`)
    // The anchor is in the block before the revocation.
    const early = await check(revoked, '--rpc', url, '--block-hash', await hashOf(2))
    expect([early.code, early.json.reason]).toEqual([2, 'block_before_anchor'])
    const unknown = await check(revoked, '--rpc', url, '--block-hash', `0x${'12'.repeat(32)}`)
    expect([unknown.code, unknown.json.reason]).toEqual([2, 'block_hash_mismatch'])
    const malformed = await check(revoked, '--rpc', url, '--block-hash', '0x12')
    expect([malformed.code, malformed.json.error.code]).toEqual([2, 'block_hash_malformed'])
  })

  it('catches an endpoint that hides a revocation or invents an anchor', async () => {
    const hides = await proxy((method, result) =>
      method === 'eth_call' && isVerify(result) ? standing(result, 1) : result,
    )
    expect((await check(revoked, '--rpc', hides)).json.verdict).toBe('valid')
    const caught = await check(revoked, '--rpc', hides, '--proof')
    expect([caught.code, caught.json.reason]).toEqual([2, 'chain_answer_disproved'])
    expect(caught.json.summary).toContain(hides)
    expect(caught.json.summary).toMatch(/says “active,.*holds “revoked,/)

    const time = 1_790_000_000
    const record = [1, `root`, time, 0, 1, 1]
    const invents = await proxy((method, result) => {
      if (method !== 'eth_call' || !isVerify(result)) return result
      const words = record.map((word, i) =>
        i === 1 ? String(result).slice(66, 130) : Number(word).toString(16).padStart(64, '0'),
      )
      return `0x${words.join('')}`
    })
    expect((await check(foreign, '--rpc', invents)).json.checks[1].outcome).toBe('valid')
    const found = await check(foreign, '--rpc', invents, '--proof')
    expect([found.code, found.json.reason]).toEqual([2, 'chain_answer_disproved'])
  })

  it('catches proofs that are forged, of another block, or missing', async () => {
    const reasons: string[] = []
    const old = await desk.anvil.provider.send('eth_getBlockByNumber', ['0x2', false])
    const lies: ((method: string, result: Document) => unknown)[] = [
      (method, result) =>
        method === 'eth_getProof'
          ? {
              ...result,
              storageProof: result.storageProof.map((each: Document) => ({
                ...each,
                value: '0x0',
              })),
            }
          : result,
      (method, result) =>
        method === 'eth_getProof'
          ? { ...result, accountProof: result.accountProof.slice(1) }
          : result,
      (method, result) => (method === 'eth_getBlockByHash' ? old : result),
      (method, result) =>
        method === 'eth_getBlockByHash' ? { ...result, stateRoot: old.stateRoot } : result,
      (method, result) => (method === 'eth_getBlockByHash' ? null : result),
      (method, result) => (method === 'eth_getProof' ? undefined : result),
      (method, result) => (method === 'eth_getProof' ? 'proof' : result),
    ]
    for (const lie of lies) {
      const { code, json } = await check(active, '--rpc', await proxy(lie), '--proof')
      expect(code).toBe(2)
      reasons.push(json.reason)
    }
    expect(reasons).toEqual([
      'state_proof_refused',
      'state_proof_refused',
      'block_hash_mismatch',
      'block_hash_mismatch',
      'block_hash_mismatch',
      'state_proof_missing',
      'state_proof_refused',
    ])
  })

  it('needs proofs of one endpoint only, where several agree on the hash', async () => {
    const { url } = desk.anvil
    const lies = await proxy((method, result) => (method === 'eth_getProof' ? {} : result))
    const rpc = `${lies},${url},${url}?other`
    const { code, json } = await check(active, '--rpc', rpc, '--quorum', '2', '--proof')
    expect([code, json.reason]).toEqual([0, 'valid'])
    expect(json.checks[2].read[0].proved).toContain('2 of 3 agreeing endpoints')
  })
})
