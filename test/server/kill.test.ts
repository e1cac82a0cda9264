import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { demoAccounts } from '../../server/demo-accounts.ts'
import type { EmbeddedChain } from '../../server/embedded-chain.ts'
import { diceOf } from '../soak/dice.ts'
import { listKillPoints } from '../soak/kill-points.ts'
import { setAnvilStage, startAnvilChain } from './anvil-stage.ts'
import { rpc } from './chain-calls.ts'
import { driveUntilOver, type FlowName, flowOf, type Grounds, mine } from './kill-flows.ts'
import { startProgram } from './program.ts'
import { checkPromises } from './promises.ts'
import { anchoredBatch, named, quiet } from './stage.ts'
import { type Storage, storages } from './storages.ts'

interface Case {
  readonly point: string
  readonly first: FlowName
  readonly name: string
}

/** Where the plug is pulled between a request and finality: every place that the source names. */
const points = listKillPoints()
const cases: readonly Case[] = [
  // What every transaction passes is passed by that of a status too. These come first, while no anchor is under way.
  ...points
    .filter((point) => /^(?:send|settle|turn)\.(?!refused|drop|reopen)/.test(point))
    .map((point) => ({ point, first: 'status' as const, name: `${point} of a status` })),
  ...points.map((point) => ({ point, first: flowOf(point), name: point })),
]

// All of them with KILL_POINTS=all, or those named there; otherwise some, another choice with each KILL_SEED.
const seed = Number(process.env['KILL_SEED'] ?? Math.floor(Math.random() * 1e6))
const asked = process.env['KILL_POINTS']
const chosen =
  asked === undefined
    ? sample(7)
    : cases.filter(({ point }) => asked === 'all' || asked.split(',').includes(point))

/** In the order in which they stand. */
function sample(count: number): readonly Case[] {
  const dice = diceOf(seed, 'kill')
  const rest = [...cases]
  const some = new Set<Case>()
  while (some.size < count) some.add(rest.splice(dice.whole(0, rest.length - 1), 1)[0] as Case)
  return cases.filter((one) => some.has(one))
}

let chain: EmbeddedChain
let storage: Storage
let settings: Readonly<Record<string, string>>
let grounds: Grounds

beforeAll(async () => {
  const [anvil, server] = await Promise.all([startAnvilChain(), storages[1].open()])
  chain = anvil
  storage = server
  const stage = await setAnvilStage(chain, storage)
  const { credentials } = await anchoredBatch(stage, 300)
  await stage.close()
  await mine(chain.url, 80)
  grounds = {
    chainUrl: chain.url,
    key: stage.key,
    firstBlock: Number(await rpc(chain.url, 'eth_blockNumber')),
    credentials: [...credentials],
    wishes: { batches: new Map(), statuses: new Map(), corrections: new Set() },
  }
  settings = {
    ...quiet,
    ...storage.settings,
    ...named(chain),
    OPERATOR_KEY: demoAccounts.operator.privateKey,
    WATCH_INTERVAL_MS: '200',
    REPLACE_AFTER_SECONDS: '1',
  }
}, 120_000)
afterAll(async () => {
  await chain?.close()
  await storage?.remove()
})

describe(`a service that is killed at ${chosen.length} points (KILL_SEED=${seed})`, () => {
  it.each(chosen)('dies at $name', { timeout: 150_000 }, async ({ point, first, name }) => {
    const program = await startProgram('server/main.ts', { ...settings, KILL_AT: point })
    await driveUntilOver(grounds, program, { first, name, patienceMs: 90_000 })
    const passed = program.isOver()
    if (!passed) await program.end('SIGTERM')
    expect(passed, `nothing that is driven passes ${point}`).toBe(true)
    expect(await program.ended, program.said()).toBe('SIGKILL')
  })

  it('has anchored every batch exactly once, and hands out what the chain backs', {
    timeout: 600_000,
  }, async () => {
    const program = await startProgram('server/main.ts', settings)
    await checkPromises(grounds, chain, () => program.url, 1)
    expect(await program.end('SIGTERM')).toBe(0)
  })
})
