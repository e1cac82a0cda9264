import { fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import autocannon from 'autocannon'
import { median } from './statistics.ts'

/** Requests that are sent in turns, all to one server. */
export interface Target {
  readonly url: string
  readonly requests: readonly Request[]
}

interface Request {
  readonly method: 'GET' | 'POST'
  readonly path: string
  readonly body?: string
  readonly headers?: Readonly<Record<string, string>>
}

/** Answers a second, and the time that all but one of a hundred took no longer than, in milliseconds. */
export interface Throughput {
  readonly rate: number
  readonly p99: number
}

export interface Pressure {
  readonly seconds: number
  readonly rounds: number
}

/** Code that is asked for often runs as fast as it ever will after this. */
export const warmUpSeconds = 2
const connections = 32
/** Whoever answers nothing in the time that was meant gets so much. */
const longestSeconds = 15

/** Loads the targets in turns from this process, each once before it counts. Throws where one answers anything but success. */
export async function loadInTurns<Name extends string>(
  targets: Readonly<Record<Name, Target>>,
  { seconds, rounds }: Pressure,
): Promise<Readonly<Record<Name, Throughput>>> {
  const names = Object.keys(targets) as Name[]
  const seen = names.map((): Throughput[] => [])
  for (const name of names) await load(targets[name], Math.max(warmUpSeconds, seconds / 2))
  for (let round = 0; round < rounds; round++) {
    for (const [i, name] of names.entries()) seen[i]?.push(await load(targets[name], seconds))
  }
  const entries = names.map((name, i) => {
    const all = seen[i] as readonly Throughput[]
    const rate = median(all.map((one) => one.rate))
    return [name, { rate, p99: median(all.map((one) => one.p99)) }]
  })
  return Object.fromEntries(entries) as Record<Name, Throughput>
}

/** The p99 of a target under so many requests a second and no more, in milliseconds. */
export async function steadyP99(target: Target, rate: number, seconds: number): Promise<number> {
  const { p99 } = await load(target, seconds, { connections: 4, overallRate: rate })
  return p99
}

async function load(
  { url, requests }: Target,
  seconds: number,
  pressure: { readonly connections: number; readonly overallRate?: number } = { connections },
): Promise<Throughput> {
  const result = await autocannon({
    url,
    ...pressure,
    duration: seconds,
    requests: requests.map((request) => ({ ...request, headers: { ...request.headers } })),
  })
  const { non2xx, errors, timeouts } = result
  if (result.requests.total === 0 && seconds < longestSeconds) {
    return load({ url, requests }, longestSeconds, pressure)
  }
  if (non2xx + errors + timeouts > 0) {
    throw new Error(
      `${requests[0]?.path}: ${non2xx} refused, ${errors} failed and ${timeouts} unanswered of ${result.requests.total}`,
    )
  }
  if (result.requests.total === 0)
    throw new Error(`${requests[0]?.path}: no answer in ${seconds} s`)
  return { rate: result.requests.total / result.duration, p99: result.latency.p99 }
}

/** A Fastify server in a process of its own, whose routes do nothing: `GET /` and `POST /`, which parses its body. */
export async function startEmptyServer(): Promise<{
  readonly url: string
  readonly stop: () => void
}> {
  const child = fork(fileURLToPath(new URL('./empty-server.ts', import.meta.url)), {
    execArgv: ['--no-warnings'],
  })
  const url = await new Promise<string>((resolve, reject) => {
    child.once('message', (message) => resolve(String(message)))
    child.once('exit', (code) => reject(new Error(`the empty server ended: ${code}`)))
  })
  return { url, stop: () => void child.kill('SIGKILL') }
}
