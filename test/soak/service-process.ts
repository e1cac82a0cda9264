import { type ChildProcess, spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { freePort } from '../server/storages.ts'

/** One `node server/main.ts` on a port that stays; whenever it ends it is started again, as a supervisor does. */
export interface ServiceProcess {
  readonly name: string
  readonly url: string
  /** Resolves once the service that runs now, or the next one, answers. */
  readonly up: () => Promise<void>
  /** Ends it without a chance to finish anything. */
  readonly kill: () => Promise<void>
  readonly stop: () => Promise<void>
}

const root = fileURLToPath(new URL('../..', import.meta.url))

/** `onCrash` is told the last words of a service that was up and ended without being killed. */
export async function runService(
  name: string,
  settings: Readonly<Record<string, string>>,
  onCrash: (words: string) => void,
): Promise<ServiceProcess> {
  const port = await freePort()
  const url = `http://127.0.0.1:${port}`
  const env = { PATH: process.env['PATH'], ...settings, PORT: String(port) }
  let child: ChildProcess
  let isWanted = true
  let wasKilled = false
  let ended: Promise<void>

  const start = () => {
    let words = ''
    let isUp = false
    wasKilled = false
    child = spawn(process.execPath, ['server/main.ts'], { cwd: root, env, stdio: 'pipe' })
    child.stdout?.on('data', (text) => {
      isUp ||= String(text).includes('Rootmark is up')
    })
    child.stderr?.on('data', (text) => {
      words = (words + text).slice(0, 700)
    })
    ended = new Promise((resolve) => {
      child.once('close', () => {
        if (isWanted && !wasKilled && isUp)
          onCrash(`${name} ended by itself: ${words.trim().replace(/\s+/g, ' ')}`)
        // One that cannot start, because the database is away, is tried again too.
        if (isWanted) setTimeout(() => isWanted && start(), 200)
        resolve()
      })
    })
  }
  start()
  return {
    name,
    url,
    async up() {
      const answers = () =>
        fetch(`${url}/healthz`, { signal: AbortSignal.timeout(1000) }).then(
          ({ ok }) => ok,
          () => false,
        )
      for (let tries = 0; !(await answers()); tries += 1) {
        if (tries > 300) throw new Error(`${name} does not come up`)
        await new Promise((resolve) => setTimeout(resolve, 100))
      }
    },
    async kill() {
      wasKilled = true
      child.kill('SIGKILL')
      await ended
    },
    async stop() {
      isWanted = false
      child.kill('SIGKILL')
      await ended
    },
  }
}
