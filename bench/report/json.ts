import type { Run } from './run.ts'

/** The results for programs: a row per goal. */
export function resultsJson({ isQuick, machine, date, minutes, parts }: Run): string {
  const rows = parts.flatMap(({ outcome, disturbance }) =>
    outcome.rows.map(({ name, what, ours, peer, unit, ratio, goal, met, note, why }) => ({
      name,
      what,
      ours: ours ?? null,
      peer: peer ?? null,
      unit,
      ratio: ratio ?? null,
      goal,
      met: met ?? null,
      ...(note !== '' && { note }),
      ...(why !== undefined && { notMeasured: why }),
      ...(disturbance !== undefined && { noisy: disturbance }),
    })),
  )
  const findings = parts.flatMap(({ outcome }) => outcome.findings ?? [])
  const run = { quick: isQuick, machine, date, minutes: Number(minutes.toFixed(1)) }
  return `${JSON.stringify({ ...run, rows, findings }, null, 2)}\n`
}
