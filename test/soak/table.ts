import type { Ledger } from './ledger.ts'

/** What a soak came to: figures, faults by kind, and each violation with the way to see it again. */
export function describeSoak(
  ledger: Ledger,
  run: {
    readonly seed: number
    readonly minutes: number
    readonly ms: number
  },
): string {
  const wanted = [...ledger.credentials.values()].map((credential) => credential.wanted)
  const count = (status: string) => wanted.filter((one) => one === status).length
  const faults = [...ledger.faults].sort(([a], [b]) => a.localeCompare(b))
  const rows: (readonly [string, number | string])[] = [
    ['batches', ledger.batches.length],
    ['credentials', wanted.length],
    ['  of which revoked', count('revoked')],
    ['  of which suspended', count('suspended')],
    ['requests', ledger.requests],
    ['  of which failed', ledger.failedRequests],
    ['credentials sampled', ledger.samples],
    ['faults', faults.reduce((sum, [, times]) => sum + times, 0)],
    ...faults.map(([kind, times]) => [`  ${kind}`, times] as const),
    ...ledger.leftOut.map((kind) => [`  ${kind}: not possible here`, 0] as const),
    ['named places where a process ended', ledger.killedAt.size],
    ['restarts', ledger.restarts],
    ['reorgs', ledger.reorgs],
    ['claims of finality checked', ledger.claims],
    ['duration', `${Math.round(run.ms / 1000)} s`],
  ]
  const width = Math.max(...rows.map(([name]) => name.length))
  const lines = rows.map(([name, value]) => `${name.padEnd(width)}  ${String(value).padStart(7)}`)
  const again = `npm run soak -- --seed ${run.seed} --minutes ${run.minutes}`
  return [
    ...lines,
    '',
    ...ledger.violations.map((violation) => `violation: ${violation} [${again}]`),
    `violations: ${ledger.violations.length}`,
  ].join('\n')
}
