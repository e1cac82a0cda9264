import { afterAll, beforeAll, expect, it } from 'vitest'
import { ConfigError, parseConfig } from '../../server/config.ts'
import { type EmbeddedChain, startEmbeddedChain } from '../../server/embedded-chain.ts'
import { type Program, startProgram } from './program.ts'
import { named, quiet } from './stage.ts'
import { freePort, type Storage, storages } from './storages.ts'

let storage: Storage
let chain: EmbeddedChain
const programs: Program[] = []
let settings: Readonly<Record<string, string>>

beforeAll(async () => {
  chain = await startEmbeddedChain(0)
  storage = await storages[1].open()
  const PORT = String(await freePort())
  settings = { ...quiet, ...storage.settings, ...named(chain), PORT, SHARE_PORT: 'true' }
}, 60_000)
afterAll(async () => {
  await Promise.all(programs.map((program) => program.isOver() || program.end('SIGTERM')))
  await storage?.remove()
  await chain?.close()
})

async function start(more: Readonly<Record<string, string>> = {}): Promise<Program> {
  const program = await startProgram('server/main.ts', { ...settings, ...more })
  programs.push(program)
  return program
}

/** When the process that answers was started. */
async function whoAnswers(url: string): Promise<string | undefined> {
  const answer = await fetch(`${url}/metrics`, { headers: { connection: 'close' } })
  return /^process_start_time_seconds (\S+)/m.exec(await answer.text())?.[1]
}

it('is answered by all processes that share it, and by those that are left', async () => {
  const [first, second] = [await start(), await start()]
  expect([first.isOver(), second.isOver(), second.said()]).toEqual([false, false, ''])
  const asked = await Promise.all(Array.from({ length: 60 }, () => whoAnswers(first.url)))
  expect(new Set(asked).size).toBe(2)
  expect(await first.end('SIGTERM')).toBe(0)
  const left = await Promise.all(Array.from({ length: 10 }, () => whoAnswers(second.url)))
  expect(new Set(left).size).toBe(1)
  // Whoever does not share finds it taken.
  const alone = await start({ SHARE_PORT: 'false' })
  expect(await alone.ended).toBe(1)
  expect(alone.said()).toMatch(/^PORT \d+ on 127\.0\.0\.1 cannot be used \(EADDRINUSE\)/)
}, 120_000)

it('is not shared by what is embedded', () => {
  const refusal = (env: Readonly<Record<string, string>>) => {
    try {
      parseConfig({ SHARE_PORT: 'true', ...env })
    } catch (thrown) {
      if (thrown instanceof ConfigError) return thrown.message
    }
    return undefined
  }
  const DATABASE_URL = 'postgres://localhost/rootmark'
  const CHAIN = { CHAIN_RPC_URL: 'http://localhost:1', CHAIN_ID: '1' }
  expect(refusal({})).toMatch(/embedded belongs to one process; set DATABASE_URL/)
  expect(refusal(CHAIN)).toContain('set DATABASE_URL')
  expect(refusal({ DATABASE_URL })).toContain('set CHAIN_RPC_URL')
  expect(refusal({ DATABASE_URL, ...CHAIN, PORT: '0' })).toContain('PORT is 0')
  expect(refusal({ DATABASE_URL, ...CHAIN })).toBeUndefined()
})
