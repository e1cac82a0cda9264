import { expect, it } from 'vitest'
import { soak } from './soak.ts'

it('two API processes and two workers on one database lose nothing and anchor everything once, whatever fails around them', {
  timeout: 180_000,
}, async () => {
  const { ledger, table } = await soak({
    seed: 7,
    minutes: 0.08,
    offices: 2,
    batchesPerOffice: 6,
    maxBatchSize: 40,
    restMs: 1000,
    healMs: 100_000,
    asksAgain: true,
    leaveOut: [],
  })
  expect(ledger.violations, table).toEqual([])
  expect(ledger.batches.length).toBeGreaterThan(2)
  expect(ledger.faults.size).toBeGreaterThan(2)
  expect(table).toMatch(/violations: 0$/)
})
