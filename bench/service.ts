import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { demoAccounts } from '../server/demo-accounts.ts'
import { startAnvil } from '../test/scripts/anvil.ts'
import { freePort } from '../test/server/storages.ts'
import { chainId, setUpContracts } from '../test/soak/registry-state.ts'
import { issuer } from './sample.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
const patienceMs = 120_000

export type Settings = Readonly<Record<string, string>>

/** A chain in a process of its own, with an accredited issuer who lets the operator act. */
export interface BenchChain {
  readonly settings: Settings
  readonly stop: () => Promise<void>
}

export async function startChain(): Promise<BenchChain> {
  const anvil = await startAnvil(chainId)
  try {
    const contracts = await setUpContracts(anvil.url, [demoAccounts.issuer.address])
    const settings = {
      CHAIN_RPC_URL: anvil.url,
      CHAIN_ID: String(chainId),
      REGISTRY_ADDRESS: contracts.registry,
      ACCREDITATION_REGISTRY_ADDRESS: contracts.accreditationRegistry,
      OPERATOR_KEY: demoAccounts.operator.privateKey,
    }
    return { settings, stop: anvil.stop }
  } catch (thrown) {
    await anvil.stop()
    throw thrown
  }
}

/** The service as `npm start` runs it. */
export interface BenchService {
  readonly url: string
  readonly pid: number
  /** Milliseconds from the start of the process until it said that it is ready. */
  readonly readyMs: number
  readonly stop: () => Promise<void>
}

/** Not known to anybody else for as long as the process runs. */
const adminKey = randomBytes(24).toString('base64url')

/** Without limits on how much one may ask; all else is as it comes. */
const limits = {
  LOG_LEVEL: 'silent',
  ADMIN_KEY: adminKey,
  RATE_LIMIT: '0',
  VERIFY_RATE_LIMIT: '0',
  VERIFY_BULK_LIMIT: '1000000',
  BATCH_LIMIT: '16777216',
  ROSTER_LIMIT: String(4 * 2 ** 30),
  REQUEST_TIMEOUT_MS: '600000',
  WATCH_INTERVAL_MS: '1000',
  VERIFY_BULK_RATE_LIMIT: '0',
  PUBLIC_BASE_URL: 'https://credentials.northfield.example',
  SIGNING_SECRET: 'a secret for measuring and nothing else',
}

export async function startService(settings: Settings): Promise<BenchService> {
  const port = await freePort()
  const start = performance.now()
  const child = spawn(process.execPath, ['server/main.ts'], {
    cwd: root,
    env: { PATH: process.env['PATH'], ...limits, ...settings, PORT: String(port) },
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  let words = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    words = (words + text).slice(-1000)
  })
  const url = `http://127.0.0.1:${port}`
  const stop = async () => {
    if (child.exitCode !== null || child.signalCode !== null) return
    const ended = once(child, 'exit')
    child.kill('SIGTERM')
    const late = setTimeout(() => child.kill('SIGKILL'), 20_000)
    await ended
    clearTimeout(late)
  }
  while (!(await isReady(url))) {
    if (child.exitCode !== null) throw new Error(`the service ended: ${words.trim()}`)
    if (performance.now() - start > patienceMs) {
      await stop()
      throw new Error(`the service was not ready in ${patienceMs / 1000} s: ${words.trim()}`)
    }
    await pause(10)
  }
  return { url, pid: child.pid as number, readyMs: performance.now() - start, stop }
}

async function isReady(url: string): Promise<boolean> {
  try {
    const { ok, body } = await fetch(`${url}/readyz`)
    await body?.cancel()
    return ok
  } catch {
    return false
  }
}

/** Records an issuer who is named by its account, so that its credentials carry the anchor proof alone; gives its API key. */
export async function recordIssuer({ url }: BenchService): Promise<string> {
  const account = demoAccounts.issuer.address
  const body = { slug: 'northfield', profile: issuer, account, did: 'pkh' }
  const answer = await ask(`${url}/issuers`, adminKey, body)
  return (answer['key'] as { readonly key: string }).key
}

/** Asks with JSON, or without a body, as the owner of a key. Throws for an answer that is not a success. */
export async function ask(
  url: string,
  key: string,
  body?: unknown,
  method = body === undefined ? 'GET' : 'POST',
): Promise<Readonly<Record<string, unknown>>> {
  const response = await fetch(url, {
    method,
    headers: {
      authorization: `Bearer ${key}`,
      ...(body !== undefined && { 'content-type': 'application/json' }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  })
  const text = await response.text()
  if (!response.ok) {
    throw new Error(`${method} ${new URL(url).pathname}: ${response.status} ${text.slice(0, 300)}`)
  }
  return JSON.parse(text)
}
