import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { demoAccounts } from '../../server/demo-accounts.ts'
import type { EmbeddedChain } from '../../server/embedded-chain.ts'
import { type Dice, diceOf } from '../soak/dice.ts'
import { setAnvilStage, startAnvilChain } from './anvil-stage.ts'
import { rpc } from './chain-calls.ts'
import { ask, driveBatch, driveStatus, type Grounds, mine } from './kill-flows.ts'
import { type Program, startProgram } from './program.ts'
import { checkPromises, until } from './promises.ts'
import { anchoredBatch, named, quiet } from './stage.ts'
import { freePort, type Storage, storages } from './storages.ts'

const seed = Number(process.env['TWO_SEED'] ?? Math.floor(Math.random() * 1e6))
const seconds = Number(process.env['TWO_SECONDS'] ?? 12)

const kinds = ['server/main.ts', 'server/main.ts', 'server/worker.ts', 'server/worker.ts'] as const

let chain: EmbeddedChain
let storage: Storage
let grounds: Grounds
let settings: Readonly<Record<string, string>>
const ports: string[] = []
const programs: Program[] = []

const startAt = async (index: number) => {
  const program = kinds[index] as (typeof kinds)[number]
  programs[index] = await startProgram(program, { ...settings, PORT: ports[index] ?? '' })
}
const endAt = (index: number, signal: 'SIGKILL' | 'SIGTERM') =>
  (programs[index] as Program).end(signal)
const urlOf = (index: number) => (programs[index] as Program).url

beforeAll(async () => {
  const [anvil, server] = await Promise.all([startAnvilChain(), storages[1].open()])
  chain = anvil
  storage = server
  const stage = await setAnvilStage(chain, storage)
  const { credentials } = await anchoredBatch(stage, 100)
  await stage.close()
  await mine(chain.url, 80)
  grounds = {
    chainUrl: chain.url,
    key: stage.key,
    firstBlock: Number(await rpc(chain.url, 'eth_blockNumber')),
    credentials: [...credentials],
    wishes: { batches: new Map(), statuses: new Map() },
  }
  settings = {
    ...quiet,
    ...storage.settings,
    ...named(chain),
    OPERATOR_KEY: demoAccounts.operator.privateKey,
    WATCH_INTERVAL_MS: '300',
    WORKER: 'separate',
  }
  for (const _ of kinds) ports.push(String(await freePort()))
  await Promise.all(kinds.map((_, i) => startAt(i)))
}, 180_000)
afterAll(async () => {
  await Promise.all(programs.map((program) => program.end('SIGKILL')))
  await chain?.close()
  await storage?.remove()
})

describe(`two API processes and two workers on one database (TWO_SEED=${seed})`, () => {
  it('of which one of each is dead serve as if nothing had happened', {
    timeout: 240_000,
  }, async () => {
    for (const [api, worker, left] of [
      [0, 2, 1],
      [1, 3, 0],
    ] as const) {
      await Promise.all([endAt(api, 'SIGKILL'), endAt(worker, 'SIGKILL')])
      // No answer may fail: the process that is left has to know nothing that the dead one knew.
      const name = `carried on by ${left}`
      const found = await until(async () => {
        const batch = await driveBatch(grounds, urlOf(left), name)
        expect(batch.id).toBeTypeOf('string')
        return batch.anchor ? batch : undefined
      })
      expect(found.state).toBe('included')
      const [credential = ''] = grounds.credentials.splice(0, 1)
      grounds.wishes.statuses.set(credential, 'suspended')
      expect([200, 202]).toContain((await driveStatus(grounds, urlOf(left), credential)).status)
      await Promise.all([startAt(api), startAt(worker)])
    }
  })

  it('end in peace when they are asked to, also in the middle of work', {
    timeout: 120_000,
  }, async () => {
    for (let i = 0; i < 4; i += 1) await driveBatch(grounds, urlOf(i % 2), `in the middle ${i}`)
    await driveBatch(grounds, urlOf(0), 'in the middle of a build', 1500)
    const began = performance.now()
    expect(await Promise.all(kinds.map((_, i) => endAt(i, 'SIGTERM')))).toEqual([0, 0, 0, 0])
    expect(performance.now() - began).toBeLessThan(40_000)
    await Promise.all(kinds.map((_, i) => startAt(i)))
  })

  it('and two workers more, which race for the same batches and keys, make each batch once', {
    timeout: 240_000,
  }, async () => {
    const more = await Promise.all([0, 1].map(() => startProgram('server/worker.ts', settings)))
    for (let i = 0; i < 6; i += 1) {
      const name = `raced for ${i}`
      const size = i === 0 ? 1200 : 4
      const asked = [0, 1, 0, 1].map((api) => driveBatch(grounds, urlOf(api), name, size))
      const ids = (await Promise.all(asked)).map(({ id }) => id)
      expect(new Set(ids).size, name).toBe(1)
    }
    await checkPromises(grounds, chain, () => urlOf(0), 1)
    expect(await Promise.all(more.map((worker) => worker.end('SIGTERM')))).toEqual([0, 0])
  })

  it('lose nothing, whichever is killed at any time', { timeout: 600_000 }, async () => {
    const end = performance.now() + seconds * 1000
    const isOver = () => performance.now() > end
    await Promise.all([
      killSome(diceOf(seed, 'plug'), isOver),
      ...['first', 'second'].map((name) => work(name, diceOf(seed, name), isOver)),
    ])
    await checkPromises(grounds, chain, () => urlOf(0), 1)
  })
})

/** Ends one of the four after the other, and starts it again. */
async function killSome(dice: Dice, isOver: () => boolean): Promise<void> {
  while (!isOver()) {
    await new Promise((resolve) => setTimeout(resolve, dice.whole(100, 1500)))
    const index = dice.whole(0, 3)
    const signal = dice.chance(0.7) ? 'SIGKILL' : 'SIGTERM'
    const fate = await endAt(index, signal)
    expect(fate).toBe(signal === 'SIGKILL' ? 'SIGKILL' : 0)
    await startAt(index)
  }
}

/** Issues batches, one of them large, has them anchored and changes statuses; who gets no answer asks again, anywhere. */
async function work(name: string, dice: Dice, isOver: () => boolean): Promise<void> {
  const anywhere = () => urlOf(dice.whole(0, 1))
  const quietly = (asking: Promise<unknown>) => asking.catch(() => undefined)
  for (let i = 0; !isOver(); i += 1) {
    const size = i === 1 ? 2500 : dice.whole(1, 20)
    await quietly(driveBatch(grounds, anywhere(), `${name} ${i}`, size))
    const earlier = `${name} ${dice.whole(0, i)}`
    const { batches } = grounds.wishes
    await quietly(driveBatch(grounds, anywhere(), earlier, batches.get(earlier) ?? size))
    const [credential = ''] = grounds.credentials.splice(0, 1)
    grounds.wishes.statuses.set(credential, dice.pick(['revoked', 'suspended'] as const))
    await quietly(driveStatus(grounds, anywhere(), credential))
    if (dice.chance(0.3)) await quietly(ask(grounds, anywhere(), `GET /credentials/${credential}`))
    if (dice.chance(0.3)) await mine(chain.url, dice.whole(1, 20))
  }
}
