import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { setTimeout as pause } from 'node:timers/promises'
import { median } from './statistics.ts'

/** How quiet the machine was at one moment, while nothing of ours ran. */
export interface Quiet {
  /** Milliseconds that a fixed loop takes. */
  readonly loopMs: number
  /** Share of all processors that others used; `undefined` where the system does not say. */
  readonly others: number | undefined
}

/** Of a loop so much slower than at its fastest, the machine has something else to do. */
const slowLoop = 1.15
const busyOthers = 0.1
const watchedMs = 300

export async function listen(): Promise<Quiet> {
  const before = busyTicks()
  await pause(watchedMs)
  const after = busyTicks()
  const others =
    before && after ? (after.busy - before.busy) / Math.max(1, after.all - before.all) : undefined
  return { loopMs: median(Array.from({ length: 5 }, loop)), others }
}

/** Says what disturbed a measurement, by what was heard before and after; `undefined` for nothing. */
export function disturbance(heard: readonly Quiet[], fastestMs: number): string | undefined {
  const others = Math.max(...heard.map((one) => one.others ?? 0))
  const slowest = Math.max(...heard.map(({ loopMs }) => loopMs)) / fastestMs
  const words = [
    ...(others > busyOthers ? [`others used ${Math.round(others * 100)} % of the machine`] : []),
    ...(slowest > slowLoop
      ? [`a fixed loop took ${slowest.toFixed(2)} × as long as at its fastest`]
      : []),
  ]
  return words.length > 0 ? words.join(', ') : undefined
}

function loop(): number {
  const start = performance.now()
  const hash = createHash('sha256')
  const block = new Uint8Array(65_536)
  for (let i = 0; i < 150; i++) {
    block[i] = i
    hash.update(block)
  }
  let x = hash.digest()[0] as number
  for (let i = 0; i < 3_000_000; i++) x = (Math.imul(x, 1_664_525) + 1_013_904_223) | 0
  return performance.now() - start + (x === 0 ? 1e-9 : 0)
}

/** All processors together, in ticks since the start of the machine. */
function busyTicks(): { readonly busy: number; readonly all: number } | undefined {
  try {
    const [first = ''] = readFileSync('/proc/stat', 'utf8').split('\n')
    const ticks = first.split(/\s+/).slice(1, 9).map(Number)
    const all = ticks.reduce((sum, one) => sum + one, 0)
    return { busy: all - (ticks[3] ?? 0) - (ticks[4] ?? 0), all }
  } catch {
    return undefined
  }
}

/** What the numbers were measured on. */
export function machineText(): string {
  const [first] = cpus()
  return `${first?.model.trim() ?? 'unknown processor'}, ${cpus().length} cores, Node ${process.versions.node}, ${process.platform}`
}
