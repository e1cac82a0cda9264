import cliProgress from 'cli-progress'
import { oneLine, visible } from './terminal-text.ts'

/** Where a task's words go: lines for a person, or with `--json` one document and nothing else. */
export interface Output {
  /** A line for a person on stdout. */
  readonly say: (line?: string) => void
  /** A progress bar on stderr; call `step` for each of `total`, then `stop`. Silent where nobody watches. */
  readonly progress: (label: string, total: number) => Progress
  readonly isJson: boolean
}

export interface Progress {
  readonly step: (steps?: number) => void
  readonly stop: () => void
}

const silent: Progress = { step: () => {}, stop: () => {} }

export function outputFor(isJson: boolean): Output {
  return {
    isJson,
    say: (line = '') => {
      if (!isJson) console.log(visible(line))
    },
    progress: (label, total) =>
      isJson || !process.stderr.isTTY || total < 500 ? silent : bar(label, total),
  }
}

function bar(label: string, total: number): Progress {
  const shown = new cliProgress.SingleBar(
    { format: `${label} {bar} {value}/{total}, {eta_formatted} left`, clearOnComplete: true },
    cliProgress.Presets.shades_classic,
  )
  shown.start(total, 0)
  return { step: (steps = 1) => shown.increment(steps), stop: () => shown.stop() }
}

/** The one JSON document of `--json`. */
export function printJson(document: unknown): void {
  const plain = (_: string, value: unknown) => (typeof value === 'bigint' ? String(value) : value)
  process.stdout.write(`${JSON.stringify(document, plain, 2)}\n`)
}

/** Names and values in two columns, a line each: texts of others cannot begin a line of their own. */
export function table(rows: readonly (readonly [name: string, value: string])[]): string {
  const width = Math.max(...rows.map(([name]) => name.length))
  return rows.map(([name, value]) => `${name.padEnd(width)}  ${oneLine(value)}`).join('\n')
}

/** Every line further in. */
export function indent(text: string, spaces: number): string {
  return text.replace(/^/gm, ' '.repeat(spaces))
}
