import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { demoAccounts } from '../../server/demo-accounts.ts'
import type { EmbeddedChain } from '../../server/embedded-chain.ts'
import { type Postgres, postgresUrl, startPostgres } from '../soak/postgres.ts'
import { setAnvilStage, startAnvilChain } from './anvil-stage.ts'
import { ask, driveBatch, type Grounds, mine } from './kill-flows.ts'
import { type Program, startProgram } from './program.ts'
import { checkPromises, until } from './promises.ts'
import { mountSmallDisk, type SmallDisk } from './small-disk.ts'
import { achievement, anchoredBatch, learners, named, quiet } from './stage.ts'

/** A service on a disk that can be full. */
interface Ground {
  readonly settings: Readonly<Record<string, string>>
  readonly fill: () => Promise<void>
  /** Makes room, and starts the server again where it has ended, as its supervisor does. */
  readonly free: () => Promise<void>
  readonly remove: () => Promise<void>
}

const probe = await mountSmallDisk(1)
await probe?.remove()
const mayMount = probe !== undefined

const places = [
  { name: 'PGlite', open: openEmbedded },
  { name: 'PostgreSQL', open: openServer },
] as const

async function openEmbedded(): Promise<Ground> {
  const disk = (await mountSmallDisk(256)) as SmallDisk
  const { directory, fill, free, remove } = disk
  return { settings: { DATA_DIR: `${directory}/data` }, fill, free, remove }
}

async function openServer(): Promise<Ground> {
  const postgres: Postgres = await startPostgres()
  if (!postgres.disk) throw new Error('no disk of its own')
  const { fill } = postgres.disk
  return {
    settings: { DATABASE_URL: postgresUrl(postgres.port) },
    fill,
    async free() {
      await postgres.disk?.free()
      await postgres.revive()
    },
    remove: postgres.remove,
  }
}

if (!mayMount) console.warn('a full disk is not tested: this account may not mount one')
describe.skipIf(!mayMount).each(places)('a full disk under $name', ({ open }) => {
  let chain: EmbeddedChain
  let ground: Ground
  let grounds: Grounds
  let program: Program
  let known: readonly string[]
  let settings: Readonly<Record<string, string>>
  beforeAll(async () => {
    chain = await startAnvilChain()
    ground = await open()
    const stage = await setAnvilStage(chain, { settings: ground.settings, remove: ground.remove })
    known = (await anchoredBatch(stage, 50)).credentials
    await stage.close()
    const wishes = { batches: new Map(), statuses: new Map() }
    grounds = { chainUrl: chain.url, key: stage.key, firstBlock: 0, credentials: [], wishes }
    settings = {
      ...quiet,
      LOG_LEVEL: 'error',
      ...ground.settings,
      ...named(chain),
      OPERATOR_KEY: demoAccounts.operator.privateKey,
      WATCH_INTERVAL_MS: '300',
    }
    program = await startProgram('server/main.ts', settings)
    await mine(chain.url, 40)
  }, 120_000)
  afterAll(async () => {
    await program?.end('SIGKILL')
    await ground?.free()
    await ground?.remove()
    await chain?.close()
  })

  const issue = (name: string, size: number) =>
    ask(grounds, program.url, 'POST /issuers/northfield/batches', {
      achievement: { ...achievement, name },
      learners: learners(size),
    })

  it('refuses what would be written, and gives what is only read', {
    timeout: 180_000,
  }, async () => {
    await driveBatch(grounds, program.url, 'before')
    await ground.fill()
    const refused = new Set<string>()
    // What there is of space within the files of the database may still take a few.
    for (let i = 0; i < 60 && refused.size < 2; i += 1) {
      for (const [name, size] of [
        [`small ${i}`, 400],
        [`large ${i}`, 1100],
      ] as const) {
        grounds.wishes.batches.set(name, size)
        const { status, body } = await issue(name, size)
        if (status < 300) continue
        expect(status).toBeGreaterThanOrEqual(500)
        expect(body).toMatchObject({ status, code: expect.any(String), detail: expect.any(String) })
        // Why is for the log: paths and tables are nobody's business.
        expect(JSON.stringify(body)).not.toMatch(/ENOSPC|No space|postgres|insert into/i)
        refused.add(name)
      }
    }
    expect(refused.size).toBe(2)
    expect(program.isOver(), program.said()).toBe(false)
    expect(program.said()).toContain('No space left on device')
    const read = await ask(grounds, program.url, `GET /credentials/${known[0]}`)
    expect(read.status).toBe(200)

    await ground.free()
    for (const name of refused) {
      const size = grounds.wishes.batches.get(name) ?? 0
      const { status } = await until(async () => {
        const answer = await issue(name, size)
        return answer.status < 500 ? answer : undefined
      })
      // Created only now: nothing of it was stored before.
      expect(status).toBe(size > 1000 ? 202 : 201)
    }
  })

  it('in the middle of a build holds it up and no more', { timeout: 180_000 }, async () => {
    const size = 6000
    grounds.wishes.batches.set('built across', size)
    const { body } = await issue('built across', size)
    await until(async () => {
      const { built } = (await ask(grounds, program.url, `GET /batches/${body.id}`)).body
      return built > 0 || undefined
    })
    await ground.fill()
    await new Promise((resolve) => setTimeout(resolve, 4000))
    await ground.free()
    const state = await until(async () => {
      const found = (await ask(grounds, program.url, `GET /batches/${body.id}`)).body
      return ['building', undefined].includes(found.state) ? undefined : found.state
    })
    expect(state).toBe('built')
  })

  it('is forgotten when there is room again: every batch is whole and anchored once', {
    timeout: 240_000,
  }, async () => {
    await checkPromises(grounds, chain, () => program.url, 1)
    expect(program.isOver(), program.said()).toBe(false)
    expect(await program.end('SIGTERM')).toBe(0)
  })
})
