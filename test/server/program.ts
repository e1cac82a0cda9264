import { spawn } from 'node:child_process'
import { freePort } from './storages.ts'

/** One process of the service. */
export interface Program {
  readonly url: string
  readonly isOver: () => boolean
  /** How it ended: its exit code, or the signal. */
  readonly ended: Promise<number | NodeJS.Signals | null>
  /** What it wrote to stderr. */
  readonly said: () => string
  /** Sends a signal and waits for the end. */
  readonly end: (signal: 'SIGTERM' | 'SIGKILL') => Promise<number | NodeJS.Signals | null>
}

/** Starts `server/main.ts` or `server/worker.ts` on a free port with nothing but these settings; resolves once it is up or has ended. */
export async function startProgram(
  program: 'server/main.ts' | 'server/worker.ts',
  settings: Readonly<Record<string, string>>,
): Promise<Program> {
  const port = settings['PORT'] ?? String(await freePort())
  const env = { PATH: process.env['PATH'], ...settings, PORT: port }
  const child = spawn(process.execPath, [program], { env, stdio: ['ignore', 'pipe', 'pipe'] })
  let said = ''
  let isOver = false
  child.stderr.on('data', (text) => {
    said = (said + text).slice(-20_000)
  })
  const ended = new Promise<number | NodeJS.Signals | null>((resolve) => {
    child.once('exit', (code, signal) => {
      isOver = true
      resolve(signal ?? code)
    })
  })
  await new Promise<void>((resolve) => {
    // It prints a line once it is up.
    child.stdout.once('data', () => resolve())
    ended.then(() => resolve())
  })
  child.stdout.resume()
  return {
    url: `http://127.0.0.1:${port}`,
    isOver: () => isOver,
    ended,
    said: () => said,
    end(signal) {
      child.kill(signal)
      return ended
    },
  }
}
