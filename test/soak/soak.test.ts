import { expect, it } from 'vitest'
import { soak } from './soak.ts'

it('two services on one database lose nothing and anchor everything once, whatever fails around them', {
  timeout: 180_000,
}, async () => {
  const { ledger, table } = await soak({
    seed: 7,
    minutes: 0.12,
    offices: 2,
    batchesPerOffice: 6,
    maxBatchSize: 40,
    restMs: 1200,
    // A transaction that got lost between two faults is given up after a minute.
    healMs: 100_000,
    asksAgain: true,
    // A reorganisation is waited out for longer than this test may take.
    leaveOut: ['reorg'],
  })
  expect(ledger.violations, table).toEqual([])
  expect(ledger.batches.length).toBeGreaterThan(2)
  expect(ledger.faults.size).toBeGreaterThan(2)
  expect(table).toMatch(/violations: 0$/)
})
