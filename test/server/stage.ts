import { buildApp } from '../../server/app.ts'
import { parseConfig } from '../../server/config.ts'
import { demoAccounts } from '../../server/demo-accounts.ts'
import { ensureDemoTrust } from '../../server/demo-trust.ts'
import {
  type EmbeddedChain,
  onEmbeddedChain,
  startEmbeddedChain,
} from '../../server/embedded-chain.ts'
import type { Service, ServiceConfig } from '../../server/service.ts'
import { type Answer, type Ask, asker } from './ask.ts'
import { openDirectory, type Storage } from './storages.ts'

export const adminKey = 'test-admin-key-of-forty-characters-length'

export interface Stage {
  readonly ask: Ask
  readonly service: Service
  /** Has it listen on a free port of loopback; gives the URL. */
  readonly listen: () => Promise<string>
  readonly chain: EmbeddedChain
  /** API key of the issuer `northfield`, whose account accredits, authorises and anchors. */
  readonly key: string
  readonly close: () => Promise<void>
}

export const quiet = {
  LOG_LEVEL: 'silent',
  RATE_LIMIT: '0',
  VERIFY_RATE_LIMIT: '0',
  // What one test writes the next line may read.
  VERIFY_MAX_AGE_MS: '0',
  ADMIN_KEY: adminKey,
}

/** A service on a real chain and a real database. `settings` are environment variables. */
export async function openStage(
  chain: EmbeddedChain,
  storage: Storage,
  settings: Readonly<Record<string, string>> = {},
) {
  const config = parseConfig({ ...quiet, ...storage.settings, ...settings })
  // An embedded chain brings its operator along; one that the settings name does not.
  const isNamed = config.CHAIN_RPC_URL !== undefined
  const { app, service } = await buildApp(
    isNamed ? (config as ServiceConfig) : onEmbeddedChain(config, chain),
  )
  const listen = () => app.listen({ host: '127.0.0.1', port: 0 })
  return { ask: asker(app), service, listen, close: () => app.close() }
}

/** Settings that name the embedded chain from outside, as any other endpoint. */
export function named(chain: EmbeddedChain, url = chain.url): Readonly<Record<string, string>> {
  return {
    CHAIN_RPC_URL: url,
    CHAIN_ID: String(chain.chainId),
    REGISTRY_ADDRESS: chain.contracts.registry,
    ACCREDITATION_REGISTRY_ADDRESS: chain.contracts.accreditationRegistry,
  }
}

/** The same with an accredited issuer that let the operator act for it. */
export async function setStage(
  options: {
    readonly storage?: Storage
    readonly settings?: Readonly<Record<string, string>>
  } = {},
): Promise<Stage> {
  const chain = await startEmbeddedChain(0)
  const storage = options.storage ?? (await openDirectory())
  const { ask, service, listen, close } = await openStage(chain, storage, options.settings)
  await ensureDemoTrust(service, 'Northfield University')
  const key = await recordIssuer(ask, 'northfield', demoAccounts.issuer.address)
  return {
    ask,
    service,
    listen,
    chain,
    key,
    async close() {
      await close()
      await chain.close()
      if (!options.storage) await storage.remove()
    },
  }
}

export async function recordIssuer(ask: Ask, slug: string, account: string): Promise<string> {
  const profile = { name: 'Northfield University', url: 'https://northfield.example' }
  const { body } = await ask('POST /issuers', { key: adminKey, json: { slug, profile, account } })
  return body.key.key
}

export const achievement = {
  name: 'Data Literacy',
  description: 'Reads, questions and presents data.',
  criteria: { narrative: 'Passed the final project.' },
  achievementType: 'MicroCredential',
}

export function learners(count: number) {
  return Array.from({ length: count }, (_, i) => ({
    name: `Zoë Ångström ${i}`,
    email: `learner${i}@example.org`,
  }))
}

/** Issues a batch, not anchored yet. */
export async function issueBatch(stage: Pick<Stage, 'ask' | 'key'>, count = 5): Promise<string> {
  const { status, body } = await stage.ask('POST /issuers/northfield/batches', {
    key: stage.key,
    json: { achievement, learners: learners(count) },
  })
  if (status !== 201) throw new Error(`not issued: ${JSON.stringify(body)}`)
  return body.id
}

/** Issues a batch and has the service anchor it; gives the ids of its credentials by status index. */
export async function anchoredBatch(stage: Stage, count = 5) {
  const id = await issueBatch(stage, count)
  await stage.ask(`POST /batches/${id}/anchor`, { key: stage.key })
  await stage.service.catchUp()
  return { id, credentials: await credentialIds(stage, id) }
}

export async function credentialIds(
  stage: Pick<Stage, 'ask' | 'key'>,
  batch: string,
): Promise<readonly string[]> {
  const { body } = await stage.ask(`GET /batches/${batch}/credentials?limit=1000`, {
    key: stage.key,
  })
  return body.credentials.map(({ id }: { id: string }) => id)
}

/** The report about a credential that this service hands out. */
export async function verdictOf(stage: Pick<Stage, 'ask'>, id: string): Promise<string> {
  const { text } = await stage.ask(`GET /credentials/${id}`)
  const { body } = await stage.ask('POST /verify', { raw: text })
  return `${body.verdict} ${body.reason}`
}

export function refusal({ status, body }: Answer): string {
  return `${status} ${body.code}`
}
