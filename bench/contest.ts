import { type ChildProcess, fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { Round, Task } from './contender.ts'
import { median } from './statistics.ts'

/** Who takes part: a module of `contenders/`, and what it is asked to do. */
export interface Entry {
  readonly module: string
  readonly task?: Task
  /** Milliseconds for one round, after which it is ended. */
  readonly patienceMs?: number
  /** Rounds that do not count, at each turn of the warm-up: more for one that is quick, so that it runs as it does for long. */
  readonly warmUps?: number
  /** Rounds at most, for one that is slow. */
  readonly mostRounds?: number
}

/** What was measured of one that took part, or why nothing was. */
export type Measured = MeasuredRounds | { readonly failed: string }

export interface MeasuredRounds {
  readonly medianMs: number
  readonly rounds: readonly Round[]
  /** Of the last round. */
  readonly result: unknown
  readonly idleMb: number
  readonly peakMb: number
}

export interface Pace {
  readonly rounds: number
  readonly warmUps: number
}

const defaultPatienceMs = 300_000

/**
 * Has all take turns, each in a process of its own that is opened before the first round, so that what slows the machine down for a while slows
 * down all. One that fails takes no further part and does not stop the others.
 */
export async function contest<Name extends string>(
  entries: Readonly<Record<Name, Entry>>,
  { rounds, warmUps }: Pace,
): Promise<Readonly<Record<Name, Measured>>> {
  const names = Object.keys(entries) as Name[]
  const seats = await Promise.all(
    names.map(async (name) => takeSeat(entries[name], await opened(entries[name]))),
  )
  try {
    for (let turn = 0; turn < warmUps + rounds; turn++) {
      for (const seat of seats) await seat.turn(turn < warmUps)
    }
  } finally {
    for (const seat of seats) seat.leave()
  }
  return Object.fromEntries(names.map((name, i) => [name, seats[i]?.measured()])) as Record<
    Name,
    Measured
  >
}

/** The rounds of one that must have been measured. Throws with its words where it was not. */
export function measuredOf(measured: Measured): MeasuredRounds {
  if ('failed' in measured) throw new Error(measured.failed)
  return measured
}

interface Player {
  readonly ask: () => Promise<Round>
  readonly end: () => void
}

function takeSeat(entry: Entry, player: Player | { readonly failed: string }) {
  const rounds: Round[] = []
  let failed = 'failed' in player ? player.failed : undefined
  let warmed = 0
  return {
    async turn(isWarmUp: boolean): Promise<void> {
      if ('failed' in player || failed !== undefined) return
      const most = entry.mostRounds ?? Number.POSITIVE_INFINITY
      if (rounds.length >= most || (isWarmUp && warmed >= most - 1)) return
      try {
        if (isWarmUp) {
          for (let i = 0; i < (entry.warmUps ?? 1); i++) await player.ask()
          warmed += 1
        } else {
          rounds.push(await player.ask())
        }
        // One that is done gives its memory back to those that go on.
        if (rounds.length >= most) player.end()
      } catch (thrown) {
        failed = (thrown as Error).message
      }
    },
    leave(): void {
      if (!('failed' in player)) player.end()
    },
    measured(): Measured {
      const last = rounds.at(-1)
      if (failed !== undefined || !last) return { failed: failed ?? 'it had no turn' }
      const { result, idleMb, peakMb } = last
      return { medianMs: median(rounds.map(({ ms }) => ms)), rounds, result, idleMb, peakMb }
    },
  }
}

/** Starts the process; a module that is not installed is told as such. */
async function opened(entry: Entry): Promise<Player | { readonly failed: string }> {
  const file = fileURLToPath(new URL('./contender-process.ts', import.meta.url))
  const module = new URL(`./contenders/${entry.module}.ts`, import.meta.url).href
  const child = fork(file, [module, JSON.stringify(entry.task ?? {})], {
    execArgv: ['--expose-gc', '--max-old-space-size=8192', '--no-warnings'],
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  })
  let words = ''
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    words = (words + text).slice(-2000)
  })
  const patienceMs = entry.patienceMs ?? defaultPatienceMs
  try {
    await answerOf(child, patienceMs, () => words)
  } catch (thrown) {
    child.kill('SIGKILL')
    return { failed: (thrown as Error).message }
  }
  return {
    async ask() {
      const answer = answerOf(child, patienceMs, () => words)
      child.send('run')
      return (await answer).round as Round
    },
    end: () => void child.kill('SIGKILL'),
  }
}

interface Answer {
  readonly ready?: boolean
  readonly round?: Round
  readonly failed?: string
}

function answerOf(child: ChildProcess, patienceMs: number, words: () => string): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const settle = (act: () => void) => {
      clearTimeout(timer)
      child.off('message', onMessage)
      child.off('exit', onExit)
      act()
    }
    const onMessage = (message: unknown) => {
      const answer = message as Answer
      settle(() =>
        answer.failed === undefined ? resolve(answer) : reject(new Error(firstLine(answer.failed))),
      )
    }
    const onExit = (code: number | null, signal: string | null) =>
      settle(() => reject(new Error(`it ended (${signal ?? code}): ${lastLine(words())}`)))
    const timer = setTimeout(() => {
      settle(() => reject(new Error(`it took more than ${Math.round(patienceMs / 1000)} s`)))
      child.kill('SIGKILL')
    }, patienceMs)
    child.on('message', onMessage)
    child.on('exit', onExit)
  })
}

function firstLine(text: string): string {
  return (text.split('\n')[0] ?? '').slice(0, 300)
}

function lastLine(text: string): string {
  return (text.trim().split('\n').at(-1) ?? '').slice(0, 300)
}
