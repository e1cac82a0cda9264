import { readFile } from 'node:fs/promises'
import { computeAddress, Wallet } from 'ethers'
import { ChainUnreadableError, readLatestBlock } from '../core/chain.ts'
import { InvalidInputError, messageOf } from '../core/error.ts'
import { parseJson } from '../core/json.ts'
import { parseTrust, type Trust } from '../core/trust.ts'
import type { Readers } from '../core/verify.ts'
import { openChain, readersOf, type ServiceChain } from './chains.ts'
import { type Config, ConfigError } from './config.ts'
import { type Database, openEmbeddedDatabase, openServerDatabase } from './database.ts'
import { createSender, type Sender } from './sender.ts'
import { createWatcher, type Log, type Watcher } from './watcher.ts'

/** The settings with a chain to work on: the configured one or the embedded one. */
export type ServiceConfig = Config & {
  readonly CHAIN_RPC_URL: string
  readonly CHAIN_ID: number
  /** Whether the chain begins anew with every start, so that lost anchors are no news. */
  readonly chainIsEmbedded?: boolean
}

/** What the routes work with, wired by hand. */
export interface Service {
  readonly config: ServiceConfig
  readonly database: Database
  readonly chain: ServiceChain
  readonly readers: Readers
  readonly trust: Trust
  /** The trust file as it was read: the page parses it again. */
  readonly trustFile: unknown
  /** `undefined` where no operator key is configured: issuers anchor themselves. */
  readonly sender: Sender | undefined
  readonly watcher: Watcher
  /** Finishes what is under way; the chain is not ours to close. */
  readonly close: () => Promise<void>
}

/** Opens database and chain. Throws `ConfigError` or a sentence where a setting cannot be used. */
export async function openService(config: ServiceConfig, log: Log): Promise<Service> {
  const trustFile = await readTrustFile(config)
  const trust = parseTrustFile(trustFile, config)
  const chain = openChain({
    url: config.CHAIN_RPC_URL,
    chainId: config.CHAIN_ID,
    registry: config.REGISTRY_ADDRESS,
    timeoutMs: config.CHAIN_TIMEOUT_MS,
  })
  await refuseOtherChain(chain, log)
  const key = await readOperatorKey(config)
  const database =
    config.DATABASE_URL === undefined
      ? await openEmbeddedDatabase(config.DATA_DIR)
      : await openServerDatabase(config.DATABASE_URL)
  const sender = key === undefined ? undefined : createSender(chain, key, database.exclusively)
  const watcher = createWatcher({
    db: database.db,
    service: chain,
    sender,
    finalityDepth: trust.chains.get(chain.chainId)?.finalityDepth,
    intervalMs: config.WATCH_INTERVAL_MS,
    resetIsNews: config.chainIsEmbedded !== true,
    log,
  })
  const close = async () => {
    await watcher.stop()
    await database.close()
  }
  const readers = readersOf(chain)
  return { config, database, chain, readers, trust, trustFile, sender, watcher, close }
}

async function readTrustFile({ TRUST_FILE }: Config): Promise<unknown> {
  try {
    return parseJson(await readFile(TRUST_FILE))
  } catch (thrown) {
    throw new ConfigError(
      `TRUST_FILE ${TRUST_FILE} cannot be read: ${messageOf(thrown)}; set it to the path of a trust file.`,
    )
  }
}

function parseTrustFile(file: unknown, config: Config): Trust {
  try {
    return parseTrust(file, {
      registry: config.REGISTRY_ADDRESS,
      accreditationRegistry: config.ACCREDITATION_REGISTRY_ADDRESS,
    })
  } catch (thrown) {
    if (!(thrown instanceof InvalidInputError)) throw thrown
    const place = thrown.pointer || 'the whole file'
    throw new ConfigError(
      `TRUST_FILE ${config.TRUST_FILE} cannot be used at ${place}: ${thrown.message}; correct it there.`,
    )
  }
}

/** An endpoint of another chain stops the start; one that is down now may be up later. */
async function refuseOtherChain({ chain, chainId }: ServiceChain, log: Log): Promise<void> {
  try {
    await readLatestBlock(chain, chainId)
  } catch (thrown) {
    if (!(thrown instanceof ChainUnreadableError)) throw thrown
    if (thrown.code === 'chain_mismatch') {
      throw new ConfigError(`CHAIN_ID and CHAIN_RPC_URL do not fit: ${thrown.message}.`)
    }
    log.warn({ code: thrown.code }, `the chain cannot be read for now: ${thrown.message}`)
  }
}

async function readOperatorKey(config: Config): Promise<string | undefined> {
  const { OPERATOR_KEY, OPERATOR_KEYSTORE, OPERATOR_KEYSTORE_PASSWORD = '' } = config
  if (OPERATOR_KEYSTORE !== undefined) {
    try {
      const keystore = await readFile(OPERATOR_KEYSTORE, 'utf8')
      return (await Wallet.fromEncryptedJson(keystore, OPERATOR_KEYSTORE_PASSWORD)).privateKey
    } catch (thrown) {
      const reason =
        thrown instanceof Error && 'shortMessage' in thrown
          ? thrown.shortMessage
          : messageOf(thrown)
      throw new ConfigError(
        `OPERATOR_KEYSTORE ${OPERATOR_KEYSTORE} cannot be opened: ${reason}; check the path and OPERATOR_KEYSTORE_PASSWORD.`,
      )
    }
  }
  if (OPERATOR_KEY !== undefined) refuseUnusableKey(OPERATOR_KEY)
  return OPERATOR_KEY
}

function refuseUnusableKey(key: string): void {
  try {
    computeAddress(key)
  } catch {
    throw new ConfigError('OPERATOR_KEY is not a private key of secp256k1; make another one.')
  }
}
