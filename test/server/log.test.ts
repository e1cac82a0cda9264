import { afterAll, beforeAll, expect, it } from 'vitest'
import { demoAccounts } from '../../server/demo-accounts.ts'
import type { EmbeddedChain } from '../../server/embedded-chain.ts'
import { setAnvilStage, startAnvilChain } from './anvil-stage.ts'
import { rpc } from './chain-calls.ts'
import { type Program, startProgram } from './program.ts'
import { achievement, learners, named, quiet } from './stage.ts'
import { openDirectory, type Storage } from './storages.ts'

let chain: EmbeddedChain
let storage: Storage
let service: Program
let key: string
beforeAll(async () => {
  chain = await startAnvilChain()
  storage = await openDirectory()
  const stage = await setAnvilStage(chain, storage)
  key = stage.key
  await stage.close()
  service = await startProgram('server/main.ts', {
    ...quiet,
    ...storage.settings,
    ...named(chain),
    OPERATOR_KEY: demoAccounts.operator.privateKey,
    WATCH_INTERVAL_MS: '200',
    LOG_LEVEL: 'info',
  })
}, 120_000)
afterAll(async () => {
  await service?.end('SIGKILL')
  await chain?.close()
  await storage?.remove()
})

it('the log tells the way of a batch by its id and its transaction, and nobody’s name', {
  timeout: 60_000,
}, async () => {
  const ask = async (path: string, body?: unknown) => {
    const response = await fetch(service.url + path, {
      method: body === undefined ? 'GET' : 'POST',
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    })
    return response.json()
  }
  const { id } = await ask('/issuers/northfield/batches', { achievement, learners: learners(2) })
  await ask(`/batches/${id}/anchor`, {})
  let batch = await ask(`/batches/${id}`)
  while (batch.state !== 'finalized') {
    await rpc(chain.url, 'anvil_mine', ['0x20'])
    await new Promise((resolve) => setTimeout(resolve, 100))
    batch = await ask(`/batches/${id}`)
  }
  const lines = service
    .said()
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))
  const about = (message: string) => lines.filter(({ msg }) => msg === message)
  const { transaction } = batch
  expect(about('a transaction is sent')).toMatchObject([
    { transaction, purpose: 'anchor', batches: [id] },
  ])
  expect(about('a transaction is included')).toMatchObject([{ transaction, reverted: false }])
  const moves = about('a batch moves').filter(({ batch: moved }) => moved === id)
  expect(moves.at(-1)).toMatchObject({ to: 'finalized' })
  expect(service.said()).not.toMatch(/Ångström|example\.org/)
})
