import { spawn } from 'node:child_process'
import { artifacts } from 'hardhat'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Hex } from '../../core/bytes.ts'
import { deployContracts } from '../../core/deployment.ts'
import { rpcProvider } from '../../core/rpc.ts'
import { demoAccounts } from '../../server/demo-accounts.ts'
import { ensureDemoTrust } from '../../server/demo-trust.ts'
import { type Anvil, startAnvil } from '../scripts/anvil.ts'
import { readRegistry, rpc } from './chain-calls.ts'
import { achievement, learners, named, openStage, quiet, recordIssuer } from './stage.ts'
import { freePort, type Storage, storages } from './storages.ts'

/** Where the plug is pulled between the request for a batch and its finality. */
const points = [
  'issue.received',
  'issue.stored',
  'anchor.received',
  'anchor.requested',
  'round.begun',
  'watch.sighted',
  'round.watched',
  'turn.begun',
  'round.settled',
  'send.checked',
  'send.signed',
  'send.storing',
  'send.stored',
  'send.broadcast',
  'send.broadcast-recorded',
  'round.sent',
  'settle.found',
  'settle.recording',
  'settle.included',
  'round.waited',
  'watch.included',
  'watch.safe',
  'watch.finalized',
  'round.ended',
] as const

// All of them with KILL_POINTS=all; otherwise some, another choice with each KILL_SEED.
const seed = Number(process.env['KILL_SEED'] ?? Math.floor(Math.random() * 1e6))
const chosen = process.env['KILL_POINTS'] === 'all' ? points : sample(6, seed)

function sample(count: number, start: number): readonly string[] {
  const rest: string[] = [...points]
  let state = start
  return Array.from({ length: count }, () => {
    state = (state * 1_103_515_245 + 12_345) % 2 ** 31
    return rest.splice(Math.floor((state / 2 ** 31) * rest.length), 1)[0] ?? ''
  })
}

const size = 3
let anvil: Anvil
let storage: Storage
let settings: Readonly<Record<string, string>>
let registry: string
let key: string

beforeAll(async () => {
  const openServer = storages[1].open
  const opened = await Promise.all([startAnvil(), openServer()])
  anvil = opened[0]
  storage = opened[1]
  const provider = rpcProvider({ url: anvil.url, fetch, timeoutMs: 10_000 })
  const initCode = async (name: string) => (await artifacts.readArtifact(name)).bytecode as Hex
  const deployed = await deployContracts(provider, demoAccounts.deployer.address, {
    CredentialRegistry: await initCode('CredentialRegistry'),
    AccreditationRegistry: await initCode('AccreditationRegistry'),
  })
  registry = deployed[0]?.address ?? ''
  const contracts = { registry, accreditationRegistry: deployed[1]?.address ?? '' }
  const chain = { url: anvil.url, chainId: 31337, contracts, close: anvil.stop }
  const stage = await openStage(chain, storage)
  await ensureDemoTrust(stage.service, 'Northfield University')
  key = await recordIssuer(stage.ask, 'northfield', demoAccounts.issuer.address)
  await stage.close()
  settings = {
    ...quiet,
    ...storage.settings,
    ...named(chain),
    OPERATOR_KEY: demoAccounts.operator.privateKey,
    WATCH_INTERVAL_MS: '200',
  }
}, 120_000)
afterAll(async () => {
  await anvil?.stop()
  await storage?.remove()
})

/** A process of the service; `ended` gives the signal that ended it. */
async function start(killAt?: string) {
  const port = await freePort()
  const child = spawn(process.execPath, ['server/main.ts'], {
    env: {
      PATH: process.env['PATH'],
      ...settings,
      PORT: String(port),
      ...(killAt !== undefined && { KILL_AT: killAt }),
    },
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  let isOver = false
  const ended = new Promise<NodeJS.Signals | null>((resolve) => {
    child.once('exit', (_code, signal) => {
      isOver = true
      resolve(signal)
    })
  })
  return { child, url: `http://127.0.0.1:${port}`, ended, isOver: () => isOver }
}

async function ask(url: string, method: string, body?: unknown, headers = {}) {
  const response = await fetch(url, {
    method,
    headers: {
      authorization: `Bearer ${key}`,
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
    signal: AbortSignal.timeout(10_000),
  })
  return (await response.json()) as Record<string, never>
}

/** What a client does for its batch, again and again: every step may be repeated. Returns the batch. */
async function drive(url: string, name: string) {
  const body = { achievement: { ...achievement, name }, learners: learners(size) }
  const headers = { 'idempotency-key': name }
  const { id } = await ask(`${url}/issuers/northfield/batches`, 'POST', body, headers)
  await ask(`${url}/batches/${id}/anchor`, 'POST')
  await rpc(anvil.url, 'anvil_mine', ['0x20'])
  return ask(`${url}/batches/${id}`, 'GET')
}

async function driveUntil<T>(attempt: () => Promise<T | undefined>): Promise<T> {
  const deadline = performance.now() + 60_000
  while (performance.now() < deadline) {
    const done = await attempt().catch(() => undefined) // A dead process answers nobody.
    if (done !== undefined) return done
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  throw new Error('it did not come so far in time')
}

describe(`a service that is killed at ${chosen.length} points (KILL_SEED=${seed})`, () => {
  it.each(chosen)('dies at %s', { timeout: 90_000 }, async (point) => {
    const service = await start(point)
    await driveUntil(async () => {
      if (service.isOver()) return true
      await drive(service.url, point)
      return undefined
    })
    expect(await service.ended).toBe('SIGKILL')
  })

  it('has anchored every batch exactly once, and hands out what the chain backs', {
    timeout: 180_000,
  }, async () => {
    const service = await start()
    const { issuer, operator } = demoAccounts
    const sequences: number[] = []
    for (const point of chosen) {
      const batch = await driveUntil(async () => {
        const found = await drive(service.url, point)
        return found['state'] === 'finalized' ? found : undefined
      })
      const { id, root, anchor } = batch as unknown as {
        id: string
        root: string
        anchor: { sequence: number }
      }
      const chain = { url: anvil.url, contracts: { registry } } as never
      const [record] = await readRegistry(chain, 'anchorOf', [issuer.address, root])
      expect([Number(record.sequence), Number(record.size)]).toEqual([anchor.sequence, size])
      sequences.push(anchor.sequence)
      const page = await ask(`${service.url}/batches/${id}/credentials`, 'GET')
      const listed = page['credentials'] as unknown as readonly { readonly id: string }[]
      expect(listed).toHaveLength(size)
      for (const credential of listed) {
        const document = await ask(`${service.url}/credentials/${credential.id}`, 'GET')
        const report = await ask(`${service.url}/verify`, 'POST', document)
        expect(report['verdict']).toBe('valid')
      }
    }
    expect(sequences.toSorted((a, b) => a - b)).toEqual(chosen.map((_, i) => i + 1))
    const sent = await rpc(anvil.url, 'eth_getTransactionCount', [operator.address, 'latest'])
    expect(Number(sent)).toBeLessThanOrEqual(chosen.length)
    service.child.kill('SIGTERM')
    await service.ended
  })
})
