import { endFaults, injectFaults } from './faults.ts'
import { heal } from './heal.ts'
import { checkInvariants } from './invariants.ts'
import { type Ledger, newLedger } from './ledger.ts'
import { sampleCredentials } from './sample.ts'
import { openScene } from './scene.ts'
import { describeSoak } from './table.ts'
import { runOffice } from './traffic.ts'

/** How long and how hard. The seed chooses what happens; how it interleaves is the machine's. */
export interface SoakOptions {
  readonly seed: number
  readonly minutes: number
  readonly offices: number
  readonly batchesPerOffice: number
  readonly maxBatchSize: number
  /** The longest rest between two faults of one kind of trouble. */
  readonly restMs: number
  /** How long everything may take to come right. */
  readonly healMs: number
  readonly asksAgain: boolean
  /** Kinds of faults that are not injected. */
  readonly leaveOut: readonly string[]
}

export async function soak(
  options: SoakOptions,
  say: (line: string) => void = () => undefined,
): Promise<{ readonly ledger: Ledger; readonly table: string }> {
  const { seed, minutes } = options
  const began = performance.now()
  const ledger = newLedger()
  const scene = await openScene(ledger)
  try {
    say('two API processes and two workers are up; faults begin')
    const end = performance.now() + minutes * 60_000
    const isOver = () => performance.now() > end
    const offices = Array.from({ length: options.offices }, (_, i) =>
      runOffice(scene, ledger, {
        seed,
        name: `office-${i}`,
        maxBatches: options.batchesPerOffice,
        maxSize: options.maxBatchSize,
        isOver,
      }),
    )
    await Promise.all([
      ...offices,
      injectFaults(scene, ledger, {
        seed,
        restMs: options.restMs,
        leaveOut: options.leaveOut,
        isOver,
      }),
      sampleCredentials(scene, ledger, seed, isOver),
    ])
    say('faults are over; everything heals')
    await endFaults(scene)
    await heal(scene, ledger, {
      seed,
      patienceMs: options.healMs,
      asksAgain: options.asksAgain,
    })
    say('checking what must hold')
    await checkInvariants(scene, ledger, seed)
    const ms = performance.now() - began
    return { ledger, table: describeSoak(ledger, { seed, minutes, ms }) }
  } finally {
    await scene.close()
  }
}
