import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ContractAddresses } from '../../core/trust.ts'
import { demoAccounts } from '../../server/demo-accounts.ts'
import { startAnvil } from '../scripts/anvil.ts'
import { rpc } from '../server/chain-calls.ts'
import { adminKey, quiet } from '../server/stage.ts'
import { countFault, type Ledger } from './ledger.ts'
import { type Liar, openLiar } from './liar.ts'
import { type Postgres, postgresUrl, startPostgres } from './postgres.ts'
import { openProxy, type TcpProxy } from './proxy.ts'
import { chainId, setUpContracts } from './registry-state.ts'
import { runProcess, type ServiceProcess } from './service-process.ts'
import { type Unrest, watchUnrest } from './unrest.ts'

/** Everything that takes part, real throughout. */
export interface Scene {
  /** The chain past the proxy. */
  readonly chainUrl: string
  readonly contracts: ContractAddresses
  /** Below this block nothing is turned back: contracts and accreditations stay. */
  readonly firstBlock: number
  readonly postgres: Postgres
  readonly chainProxy: TcpProxy
  readonly databaseProxy: TcpProxy
  /** The endpoint behind the proxy, which tells the truth unless it is told not to. */
  readonly liar: Liar
  /** Processes that answer requests and leave the work to others. */
  readonly apis: readonly ServiceProcess[]
  readonly workers: readonly ServiceProcess[]
  readonly issuers: readonly SoakIssuer[]
  readonly unrest: Unrest
  readonly close: () => Promise<void>
}

export interface SoakIssuer {
  readonly slug: string
  readonly account: string
  readonly apiKey: string
}

/** What the credentials name; nobody answers there. */
export const baseUrl = 'https://credentials.example'

const watchIntervalMs = 500
const chainTimeoutMs = 2000
/** Two rounds of the watcher, each of which may have to wait for an endpoint that is late. */
const graceMs = 2 * (watchIntervalMs + 2 * chainTimeoutMs)
/** Two of each kind: whichever dies, another one is there. */
const copies = ['first', 'second'] as const

const accounts = [demoAccounts.issuer.address, demoAccounts.deployer.address]

export async function openScene(ledger: Ledger): Promise<Scene> {
  const undo: (() => Promise<unknown> | unknown)[] = []
  const close = async () => {
    for (const step of undo.toReversed()) await step()
  }
  try {
    const anvil = await startAnvil(chainId)
    undo.push(anvil.stop)
    const contracts = await setUpContracts(anvil.url, accounts)
    const postgres = await startPostgres()
    undo.push(postgres.remove)
    const liar = await openLiar(anvil.url)
    undo.push(liar.close)
    const chainProxy = await openProxy(liar.port)
    undo.push(chainProxy.close)
    const databaseProxy = await openProxy(postgres.port)
    undo.push(databaseProxy.close)
    const data = await mkdtemp(join(tmpdir(), 'rootmark-soak-data-'))
    undo.push(() => rm(data, { recursive: true, force: true }))
    const settings = {
      ...quiet,
      LOG_LEVEL: 'error',
      DATA_DIR: data,
      DATABASE_URL: postgresUrl(databaseProxy.port),
      CHAIN_RPC_URL: `http://127.0.0.1:${chainProxy.port}`,
      CHAIN_ID: String(chainId),
      REGISTRY_ADDRESS: contracts.registry,
      ACCREDITATION_REGISTRY_ADDRESS: contracts.accreditationRegistry,
      OPERATOR_KEY: demoAccounts.operator.privateKey,
      PUBLIC_BASE_URL: baseUrl,
      SIGNING_SECRET: 'a secret for the soak and nothing else',
      WATCH_INTERVAL_MS: String(watchIntervalMs),
      CHAIN_TIMEOUT_MS: String(chainTimeoutMs),
      WORKER: 'separate',
    }
    const events = {
      onCrash: (words: string) => ledger.violations.push(words),
      onKilledAt(point: string) {
        countFault(ledger, 'kill -9 at a named place')
        ledger.restarts += 1
        ledger.killedAt.add(point)
      },
    }
    const run = async (kind: string, program: 'server/main.ts' | 'server/worker.ts') => {
      const started = copies.map((copy) => runProcess(`${copy} ${kind}`, program, settings, events))
      const processes = await Promise.all(started)
      undo.push(() => Promise.all(processes.map((one) => one.stop())))
      return processes
    }
    const apis = await run('API process', 'server/main.ts')
    const workers = await run('worker', 'server/worker.ts')
    await Promise.all([...apis, ...workers].map((one) => one.up()))
    const unrest = watchUnrest(graceMs)
    undo.push(unrest.end)
    const [api] = apis
    const issuers = await Promise.all(
      accounts.map((account, i) => recordIssuer(api?.url ?? '', `issuer-${i}`, account)),
    )
    // Nor does a head that is behind show a time before them.
    await rpc(anvil.url, 'anvil_mine', ['0x20'])
    const firstBlock = Number(await rpc(anvil.url, 'eth_blockNumber'))
    return {
      chainUrl: anvil.url,
      contracts,
      firstBlock,
      postgres,
      chainProxy,
      databaseProxy,
      liar,
      apis,
      workers,
      issuers,
      unrest,
      close,
    }
  } catch (thrown) {
    await close()
    throw thrown
  }
}

async function recordIssuer(url: string, slug: string, account: string): Promise<SoakIssuer> {
  const profile = { name: 'Northfield University', url: 'https://northfield.example' }
  const response = await fetch(`${url}/issuers`, {
    method: 'POST',
    headers: { authorization: `Bearer ${adminKey}`, 'content-type': 'application/json' },
    body: JSON.stringify({ slug, profile, account }),
  })
  const body = (await response.json()) as { key: { key: string } }
  if (response.status !== 201) throw new Error(`issuer not recorded: ${JSON.stringify(body)}`)
  return { slug, account, apiKey: body.key.key }
}
