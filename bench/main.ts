import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Quiet } from './noise.ts'
import { disturbance, listen, machineText } from './noise.ts'
import { parseOptions } from './options.ts'
import type { Outcome, Part } from './part.ts'
import { parts } from './parts.ts'
import { fullPlan, type Plan, quickPlan } from './plan.ts'
import { chartSvg } from './report/chart.ts'
import { resultsJson } from './report/json.ts'
import { resultsText } from './report/text.ts'
import { unmeasured } from './row.ts'

// Measures everything, one part after the other, and writes what came out.

/** A part that was measured, as well as it could be. */
export interface Told {
  readonly part: string
  readonly outcome: Outcome
  readonly seconds: number
  readonly heard: readonly Quiet[]
}

async function main(): Promise<void> {
  const options = parseOptions(
    process.argv.slice(2),
    parts.map(({ name }) => name),
  )
  const plan = options.quick ? quickPlan : fullPlan
  const chosen = parts.filter(
    ({ name }) => options.only.length === 0 || options.only.includes(name),
  )
  const start = performance.now()
  const told: Told[] = []
  for (const part of chosen) told.push(await measure(part, plan))
  const heard = told.flatMap((one) => one.heard)
  const fastestMs = Math.min(...heard.map(({ loopMs }) => loopMs))
  const run = {
    isQuick: options.quick,
    machine: machineText(),
    date: new Date().toISOString().slice(0, 10),
    minutes: (performance.now() - start) / 60_000,
    parts: told.map(({ part, outcome, seconds, heard: ears }) => ({
      name: part,
      outcome,
      seconds,
      disturbance: disturbance(ears, fastestMs),
    })),
  }
  await mkdir(options.out, { recursive: true })
  await writeFile(join(options.out, 'results.json'), resultsJson(run))
  await writeFile(join(options.out, 'results.md'), resultsText(run))
  for (const { outcome } of told) {
    for (const chart of outcome.charts ?? []) {
      await writeFile(join(options.out, chart.file), chartSvg(chart))
    }
  }
  console.log(resultsText(run))
  console.log(`Written to ${options.out}/ in ${run.minutes.toFixed(1)} minutes.`)
}

async function measure(part: Part, plan: Plan): Promise<Told> {
  const say = (text: string) => process.stderr.write(`${part.name}: ${text}\n`)
  const before = await listen()
  const start = performance.now()
  const outcome = await part.measure(plan, say).catch((thrown: unknown): Outcome => {
    const why = thrown instanceof Error ? thrown.message : String(thrown)
    say(`not measured: ${why}`)
    return { rows: part.goals.map((key) => unmeasured(key, why)) }
  })
  const seconds = (performance.now() - start) / 1000
  say(`done in ${seconds.toFixed(0)} s`)
  return { part: part.name, outcome, seconds, heard: [before, await listen()] }
}

main().catch((thrown: unknown) => {
  process.stderr.write(`${thrown instanceof Error ? thrown.message : String(thrown)}\n`)
  process.exitCode = 1
})
