import { type ChildProcess, spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { freePort } from '../server/storages.ts'
import { pause } from './client.ts'

/** A process on a port that stays; whenever it ends it is started again, as a supervisor does. */
export interface ServiceProcess {
  readonly name: string
  readonly url: string
  /** Resolves once the process that runs now, or the next one, is up. */
  readonly up: () => Promise<void>
  /** Ends it without a chance to finish anything. The next one ends so by itself at the named place, if it comes there. */
  readonly kill: (nextAt?: string) => Promise<void>
  /** Asks it to end, and gives its exit code: `killed` where it came to the named place first, `late` where it did not end in time. */
  readonly terminate: (withinMs: number) => Promise<number | null | 'killed' | 'late'>
  /** Whether it ends by itself at a named place, should it come there. */
  readonly isArmed: () => boolean
  /** Has it run on without an end at any place. */
  readonly disarm: () => Promise<void>
  readonly stop: () => Promise<void>
}

const root = fileURLToPath(new URL('../..', import.meta.url))

export interface ProcessEvents {
  /** Told the last words of a process that was up and ended without being told to. */
  readonly onCrash: (words: string) => void
  /** Told where one ended by itself, as it should. */
  readonly onKilledAt: (point: string) => void
}

export async function runProcess(
  name: string,
  program: 'server/main.ts' | 'server/worker.ts',
  settings: Readonly<Record<string, string>>,
  { onCrash, onKilledAt }: ProcessEvents,
): Promise<ServiceProcess> {
  const port = await freePort()
  const env = { PATH: process.env['PATH'], ...settings, PORT: String(port) }
  let child: ChildProcess
  let isWanted = true
  let told: 'nothing' | 'to end' | 'to end in peace' = 'nothing'
  let isUp = false
  let killAt: string | undefined
  let nextAt: string | undefined
  let ended: Promise<number | null>

  const start = () => {
    let words = ''
    isUp = false
    told = 'nothing'
    killAt = nextAt
    nextAt = undefined
    const armed = killAt === undefined ? env : { ...env, KILL_AT: killAt }
    child = spawn(process.execPath, [program], { cwd: root, env: armed, stdio: 'pipe' })
    // It prints a line once it is up.
    child.stdout?.on('data', () => {
      isUp = true
    })
    child.stderr?.on('data', (text) => {
      words = (words + text).slice(0, 700)
    })
    ended = new Promise((resolve) => {
      child.once('close', (code, signal) => {
        if (isWanted && told !== 'to end') {
          if (killAt !== undefined && signal === 'SIGKILL') onKilledAt(killAt)
          else if (isUp && told === 'nothing')
            onCrash(`${name} ended by itself: ${words.trim().replace(/\s+/g, ' ')}`)
        }
        isUp = false
        // One that cannot start, because the database is away, is tried again too.
        if (isWanted) setTimeout(() => isWanted && start(), 200)
        resolve(code)
      })
    })
  }
  const kill: ServiceProcess['kill'] = async (at) => {
    told = 'to end'
    nextAt = at
    child.kill('SIGKILL')
    await ended
  }
  const up = async () => {
    for (let tries = 0; !isUp; tries += 1) {
      if (tries > 3000) throw new Error(`${name} does not come up`)
      await pause(100)
    }
  }
  start()
  return {
    name,
    url: `http://127.0.0.1:${port}`,
    up,
    kill,
    async terminate(withinMs) {
      await up()
      let isLate = false
      told = 'to end in peace'
      child.kill('SIGTERM')
      const late = setTimeout(() => {
        isLate = true
        child.kill('SIGKILL')
      }, withinMs)
      const code = await ended
      clearTimeout(late)
      if (isLate) return 'late'
      return child.signalCode === 'SIGKILL' ? 'killed' : code
    },
    isArmed: () => killAt !== undefined || nextAt !== undefined,
    async disarm() {
      nextAt = undefined
      if (killAt !== undefined) await kill()
      await up()
    },
    async stop() {
      isWanted = false
      child.kill('SIGKILL')
      await ended
    },
  }
}
