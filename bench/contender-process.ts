import type { Contender, OpenContender, Round, Task } from './contender.ts'
import { residentOf } from './memory.ts'

// A contender on its own: opened once, run whenever the parent says so.

const [module = '', task = '{}'] = process.argv.slice(2)

async function main(): Promise<void> {
  const { open } = (await import(module)) as { open: OpenContender }
  const contender = await open(JSON.parse(task) as Task)
  const idleMb = residentOf('self').now
  process.on('message', () => {
    runOnce(contender, idleMb).then((round) => process.send?.({ round }), fail)
  })
  process.send?.({ ready: true })
}

async function runOnce(contender: Contender, idleMb: number): Promise<Round> {
  globalThis.gc?.()
  const cpu = process.cpuUsage()
  const start = performance.now()
  const result = await contender.run()
  const ms = performance.now() - start
  const { user, system } = process.cpuUsage(cpu)
  return {
    ms,
    cpuMs: (user + system) / 1000,
    result,
    idleMb,
    peakMb: residentOf('self').peak,
  }
}

function fail(thrown: unknown): void {
  process.send?.({ failed: thrown instanceof Error ? thrown.message : String(thrown) })
}

main().catch(fail)
