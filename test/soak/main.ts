import { parseArgs } from 'node:util'
import { soak } from './soak.ts'

const { values } = parseArgs({
  options: {
    seed: { type: 'string' },
    minutes: { type: 'string', default: '5' },
    without: { type: 'string', multiple: true, default: [] },
  },
})
const minutes = Number(values.minutes)
const seed = Number(values.seed ?? Math.floor(Math.random() * 1_000_000))
if (!Number.isSafeInteger(seed) || !(minutes > 0 && minutes <= 600)) {
  console.error(
    'usage: npm run soak -- [--seed WHOLE_NUMBER] [--minutes UP_TO_600] [--without FAULT]…',
  )
  process.exit(2)
}
console.log(`seed: ${seed}`)
const { ledger, table } = await soak(
  {
    seed,
    minutes,
    offices: 4,
    batchesPerOffice: 150,
    maxBatchSize: 1600,
    restMs: 3000,
    healMs: 240_000,
    asksAgain: false,
    leaveOut: values.without,
  },
  (line) => console.log(line),
)
console.log(`\n${table}`)
process.exit(ledger.violations.length === 0 ? 0 : 1)
