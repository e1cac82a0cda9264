import { afterAll, beforeAll, expect, it } from 'vitest'
import { demoAccounts } from '../../server/demo-accounts.ts'
import type { EmbeddedChain } from '../../server/embedded-chain.ts'
import { setAnvilStage, startAnvilChain } from './anvil-stage.ts'
import { rpc } from './chain-calls.ts'
import { type Program, startProgram } from './program.ts'
import { achievement, learners, named, quiet } from './stage.ts'
import { openDirectory, type Storage, storages } from './storages.ts'

let chain: EmbeddedChain
let storage: Storage
let key: string
const programs: Program[] = []
beforeAll(async () => {
  chain = await startAnvilChain()
  storage = await storages[1].open()
  const stage = await setAnvilStage(chain, storage)
  key = stage.key
  await stage.close()
}, 120_000)
afterAll(async () => {
  await Promise.all(programs.map((program) => program.end('SIGKILL')))
  await chain?.close()
  await storage?.remove()
})

async function start(
  program: 'server/main.ts' | 'server/worker.ts',
  settings: Readonly<Record<string, string>> = {},
) {
  const started = await startProgram(program, {
    ...quiet,
    ...storage.settings,
    ...named(chain),
    OPERATOR_KEY: demoAccounts.operator.privateKey,
    WATCH_INTERVAL_MS: '200',
    WORKER: 'separate',
    ...settings,
  })
  programs.push(started)
  return started
}

it('two workers on one database share the work, and either may be killed', {
  timeout: 150_000,
}, async () => {
  const [api, , worker] = await Promise.all([
    start('server/main.ts'),
    start('server/worker.ts', { KILL_AT: 'send.stored' }),
    start('server/worker.ts'),
  ])
  const ask = async (path: string, method = 'GET', body?: unknown) => {
    const response = await fetch(api.url + path, {
      method,
      headers: {
        authorization: `Bearer ${key}`,
        ...(body !== undefined && { 'content-type': 'application/json' }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    })
    return response.json() as Promise<{ id: string; state: string; anchor: { sequence: number } }>
  }
  const ids: string[] = []
  for (let i = 0; i < 6; i++) {
    const body = { achievement, learners: learners(2) }
    const { id } = await ask('/issuers/northfield/batches', 'POST', body)
    await ask(`/batches/${id}/anchor`, 'POST')
    ids.push(id)
    await new Promise((resolve) => setTimeout(resolve, 250))
  }
  const sequences = await Promise.all(
    ids.map(async (id) => {
      for (;;) {
        await rpc(chain.url, 'anvil_mine', ['0x20'])
        const { state, anchor } = await ask(`/batches/${id}`)
        if (state === 'finalized') return anchor.sequence
        await new Promise((resolve) => setTimeout(resolve, 200))
      }
    }),
  )
  expect(sequences.toSorted((a, b) => a - b)).toEqual(ids.map((_, i) => i + 1))
  expect(await worker.end('SIGTERM')).toBe(0)
  expect(await api.end('SIGTERM')).toBe(0)
})

it('a worker without a database to share is refused with a sentence', async () => {
  const directory = await openDirectory()
  const { ended, said } = await start('server/worker.ts', {
    ...directory.settings,
    DATABASE_URL: '',
    WORKER: 'in-process',
  })
  expect(await ended).toBe(1)
  expect(said()).toContain('A worker shares DATABASE_URL')
  const api = await start('server/main.ts', { ...directory.settings, DATABASE_URL: '' })
  expect(await api.ended).toBe(1)
  expect(api.said()).toContain('WORKER is separate')
  await directory.remove()
})
