import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ContractAddresses } from '../../core/trust.ts'
import { demoAccounts } from '../../server/demo-accounts.ts'
import { startAnvil } from '../scripts/anvil.ts'
import { rpc } from '../server/chain-calls.ts'
import { adminKey, quiet } from '../server/stage.ts'
import type { Ledger } from './ledger.ts'
import { type Postgres, postgresUrl, startPostgres } from './postgres.ts'
import { openProxy, type TcpProxy } from './proxy.ts'
import { chainId, setUpContracts } from './registry-state.ts'
import { runService, type ServiceProcess } from './service-process.ts'
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
  readonly services: readonly ServiceProcess[]
  readonly issuers: readonly SoakIssuer[]
  readonly unrest: Unrest
  readonly close: () => Promise<void>
}

export interface SoakIssuer {
  readonly slug: string
  readonly account: string
  readonly apiKey: string
}

const watchIntervalMs = 500
const chainTimeoutMs = 2000
/** Two rounds of the watcher, each of which may have to wait for an endpoint that is late. */
const graceMs = 2 * (watchIntervalMs + 2 * chainTimeoutMs)

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
    const chainProxy = await openProxy(Number(new URL(anvil.url).port))
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
      PUBLIC_BASE_URL: 'https://credentials.example',
      SIGNING_SECRET: 'a secret for the soak and nothing else',
      WATCH_INTERVAL_MS: String(watchIntervalMs),
      CHAIN_TIMEOUT_MS: String(chainTimeoutMs),
    }
    const services: ServiceProcess[] = []
    for (const name of ['first', 'second']) {
      const service = await runService(name, settings, (words) => ledger.violations.push(words))
      undo.push(service.stop)
      services.push(service)
    }
    await Promise.all(services.map((service) => service.up()))
    const unrest = watchUnrest(graceMs)
    undo.push(unrest.end)
    const [service] = services
    const issuers = await Promise.all(
      accounts.map((account, i) => recordIssuer(service?.url ?? '', `issuer-${i}`, account)),
    )
    const firstBlock = Number(await rpc(anvil.url, 'eth_blockNumber'))
    return {
      chainUrl: anvil.url,
      contracts,
      firstBlock,
      postgres,
      chainProxy,
      databaseProxy,
      services,
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
