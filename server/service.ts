import { ChainUnreadableError, readLatestBlock } from '../core/chain.ts'
import type { Trust } from '../core/trust.ts'
import type { Readers } from '../core/verify.ts'
import { moveBatches } from './batch-state.ts'
import {
  keepFor,
  openChain,
  provedReadersOf,
  readAnchor,
  readersOf,
  type ServiceChain,
  type SourcedChain,
  warnOfMissingProofs,
} from './chains.ts'
import { type Config, ConfigError } from './config.ts'
import { type Database, openEmbeddedDatabase, openServerDatabase } from './database.ts'
import { type OwnDocuments, openDocuments } from './documents.ts'
import { formatPart, parsePart } from './job-parts.ts'
import { type Jobs, openJobs } from './jobs.ts'
import type { Log } from './log.ts'
import { openMailer, type SendMail } from './mailer.ts'
import { type Making, openMaking } from './making.ts'
import { type FindMigrations, openMigrations } from './migration-records.ts'
import { readOperatorKey } from './operator-key.ts'
import { createPostman, type Postman } from './postman.ts'
import type { SecretBox } from './secret-box.ts'
import { createSender, type Sender } from './sender.ts'
import { createSightings, type Sightings } from './sightings.ts'
import { openSigningSecret } from './signing-secret.ts'
import { openTrees, type Trees } from './trees.ts'
import { parseTrustFile, readTrustFile } from './trust-file.ts'
import { openVerifying, type Verifying } from './verifying.ts'
import { createWatcher, type Watcher } from './watcher.ts'
import { createPerformers } from './work.ts'

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
  readonly chain: SourcedChain
  /** Opens the keys that issuers sign with. */
  readonly secretBox: SecretBox
  readonly readers: Readers
  /** Records of issuers that moved batches, as they came. */
  readonly migrations: FindMigrations
  readonly trust: Trust
  /** The trust file as it was read: the page parses it again. */
  readonly trustFile: unknown
  /** `undefined` where no operator key is configured: issuers anchor themselves. */
  readonly sender: Sender | undefined
  readonly watcher: Watcher
  readonly jobs: Jobs
  /** The thread for the work of large batches. */
  readonly making: Making
  /** Verification of many. */
  readonly verifying: Verifying
  /** Batch trees, for proofs. */
  readonly trees: Trees
  /** `undefined` where mail is not set up. */
  readonly sendMail: SendMail | undefined
  readonly postman: Postman
  /** What was seen of the chain, for the metrics. */
  readonly sightings: Sightings
  /** By `performance.now()`. */
  readonly openedAt: number
  /** Follows the chain and does the work in the background from now on. */
  readonly start: () => Promise<void>
  /** Does what is wanted now, as far as the chain lets it, before it returns. Throws where the chain cannot be read. */
  readonly catchUp: () => Promise<void>
  /** Finishes what is under way, or hands it back; the chain is not ours to close. */
  readonly close: () => Promise<void>
}

const mostRounds = 6

/** Opens database and chain. `own` answers the service's own URLs. Throws `ConfigError` or a sentence where a setting cannot be used. */
export async function openService(
  config: ServiceConfig,
  log: Log,
  own: OwnDocuments,
): Promise<Service> {
  const trustFile = await readTrustFile(config)
  const trust = parseTrustFile(trustFile, config)
  const migrations = await openMigrations(config.MIGRATIONS_DIR)
  const document = await openDocuments(config, own)
  const sightings = createSightings()
  const chain = openChain({
    urls: config.CHAIN_RPC_URL,
    quorum: config.CHAIN_RPC_QUORUM,
    chainId: config.CHAIN_ID,
    registry: config.REGISTRY_ADDRESS,
    timeoutMs: config.CHAIN_TIMEOUT_MS,
    sightings,
  })
  await refuseOtherChain(chain, log)
  if (config.CHAIN_PROOFS) await warnOfMissingProofs(chain, log)
  const key = await readOperatorKey(config)
  const database =
    config.DATABASE_URL === undefined
      ? await openEmbeddedDatabase(config.DATA_DIR)
      : await openServerDatabase(config.DATABASE_URL)
  const secretBox = await openSigningSecret(database.db, config, log).catch(async (thrown) => {
    await database.close()
    throw thrown
  })
  const sender =
    key === undefined
      ? undefined
      : createSender({
          service: chain,
          key,
          database,
          maxFeeGwei: config.MAX_FEE_GWEI,
          maxTransactionGas: config.MAX_TRANSACTION_GAS,
          replaceAfterSeconds: config.REPLACE_AFTER_SECONDS,
          log,
        })
  const sendMail = openMailer(config, log)
  const postman = createPostman({ database, box: secretBox, send: sendMail, log })
  const works = config.WORKER === 'in-process'
  const making = openMaking()
  const performers = createPerformers({
    database,
    chain,
    sender,
    log,
    making,
    onParts: async (batch, subtrees) => {
      if (subtrees.length === 0) await jobs.ask('build', [batch])
      else
        await jobs.ensure(
          'subtree',
          subtrees.map((subtree) => formatPart(batch, subtree)),
        )
    },
    onSent: () => watcher.nudge(),
  })
  const jobs = await openJobs({
    database,
    performers,
    supervises: works,
    onDead: async (kind, batch, reason) => {
      if (kind === 'build' || kind === 'subtree') {
        const { batch: id } = parsePart(batch)
        await moveBatches(database.db, [id], 'building', 'failed', { reason })
      }
    },
    attempts: config.JOB_ATTEMPTS,
    log,
  })
  const watcher = createWatcher({
    database,
    jobs,
    service: chain,
    contracts: {
      registry: config.REGISTRY_ADDRESS,
      accreditationRegistry: config.ACCREDITATION_REGISTRY_ADDRESS,
    },
    sender,
    finalityDepth: trust.chains.get(chain.chainId)?.finalityDepth,
    intervalMs: config.WATCH_INTERVAL_MS,
    resetIsNews: config.chainIsEmbedded !== true,
    log,
  })
  const close = async () => {
    await watcher.stop()
    await jobs.stop()
    await postman.stop()
    await making.close()
    await verifying.close()
    await database.close()
  }
  const read = config.CHAIN_PROOFS ? provedReadersOf : readersOf
  const keep = keepFor(config.VERIFY_MAX_AGE_MS, sightings)
  const readers = { ...read(chain, document, keep), migrations }
  // What is proved is fetched once for all, here.
  const chains = new Map([[chain.chainId, chain.chain.label]])
  const verifying = openVerifying(config.CHAIN_PROOFS ? undefined : { trust, chains }, readers, log)
  const seen = { sightings, openedAt: performance.now() }
  const opened = { config, database, chain, secretBox, readers, migrations, trust, trustFile }
  const idle = config.WORKER === 'separate' && { nudge: () => undefined }
  return {
    ...opened,
    sender,
    sendMail,
    postman,
    watcher: { ...watcher, ...idle },
    jobs,
    making,
    verifying,
    trees: openTrees(database.db),
    ...seen,
    async start() {
      watcher.start()
      postman.start()
      await jobs.start()
    },
    async catchUp() {
      // What was sent becomes visible, and what waited for that can be done then; a chain that stands still must not hold us.
      for (let rounds = 0; rounds < mostRounds; rounds++) {
        await watcher.round()
        if ((await jobs.drain()) === 0) return
      }
    },
    close,
  }
}

/** An endpoint of another chain, or without the registry, stops the start; one that is down now may be up later. */
async function refuseOtherChain(service: ServiceChain, log: Log): Promise<void> {
  const { chain, chainId, registry } = service
  try {
    const { number } = await readLatestBlock(chain, chainId)
    // Credentials name their registry for ever: with a wrong one they would never be valid.
    await readAnchor(service, registry, new Uint8Array(32), number)
  } catch (thrown) {
    if (!(thrown instanceof ChainUnreadableError)) throw thrown
    if (thrown.code === 'chain_mismatch') {
      throw new ConfigError(`CHAIN_ID and CHAIN_RPC_URL do not fit: ${thrown.message}.`)
    }
    if (thrown.code === 'registry_missing' || thrown.code === 'chain_answer_malformed') {
      throw new ConfigError(
        `REGISTRY_ADDRESS cannot be used: ${thrown.message}; deploy the contracts with "npx hardhat deploy" or correct the address.`,
      )
    }
    log.warn({ code: thrown.code }, `the chain cannot be read for now: ${thrown.message}`)
  }
}
