import { randomUUID } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import type { Kysely } from 'kysely'
import { toHex } from '../../core/bytes.ts'
import type { Eip1193Provider } from '../../core/chain.ts'
import { chainOf } from '../../core/quorum.ts'
import { rpcProvider } from '../../core/rpc.ts'
import { watchAnchors } from '../../server/anchor-watch.ts'
import { type FollowOptions, followChain } from '../../server/chain-follower.ts'
import { registryInterface, type ServiceChain } from '../../server/chains.ts'
import { type Database, openEmbeddedDatabase, openServerDatabase } from '../../server/database.ts'
import { demoAccounts } from '../../server/demo-accounts.ts'
import type { EmbeddedChain } from '../../server/embedded-chain.ts'
import { createIssuer, findIssuer } from '../../server/issuers.ts'
import type { CredentialStatus, Tables } from '../../server/tables.ts'
import { cohort } from '../core/cohort.ts'
import { type Node, startNode } from '../core/nodes.ts'
import { rpc } from './chain-calls.ts'
import type { Storage } from './storages.ts'
import { storeBatch } from './stored-batch.ts'

const quietLog = { info() {}, warn() {} }

export const issuerAccount = demoAccounts.issuer.address
export const operatorAccount = demoAccounts.operator.address

/** A database and a chain behind an endpoint that can misbehave, without the service around them. */
export interface FollowStage {
  readonly db: Kysely<Tables>
  readonly chain: EmbeddedChain
  readonly service: ServiceChain
  /** The endpoint in between. */
  readonly node: Node
  /** The way to the chain without it. */
  readonly direct: Eip1193Provider
  readonly follow: (
    options?: FollowOptions,
    finalityDepth?: number,
    service?: ServiceChain,
  ) => ReturnType<typeof followChain>
  readonly watch: (finalityDepth?: number) => ReturnType<typeof watchAnchors>
  /** Follows and watches, as a round does. */
  readonly round: (finalityDepth?: number) => ReturnType<typeof followChain>
  /** Stores a batch of the issuer; gives id and root. */
  readonly store: (size?: number) => Promise<StoredBatch>
  /** Stores one and anchors it with the issuer's own key. */
  readonly anchored: (size?: number) => Promise<StoredBatch>
  /** Calls the registry with the issuer's own key. */
  readonly send: (name: string, values: readonly unknown[], from?: string) => Promise<void>
  readonly mine: (blocks: number) => Promise<unknown>
  readonly head: () => Promise<number>
  /** Replaces so many blocks by others; the calls of the registry that are given are in the first of them. */
  readonly reorg: (depth: number, calls?: readonly RegistryCall[]) => Promise<void>
  readonly batch: (id: string) => Promise<{ state: string; withdrawn_at: Date | null }>
  /** Statuses asked for and on chain, by status index. */
  readonly statuses: (id: string) => Promise<readonly `${CredentialStatus} ${CredentialStatus}`[]>
  readonly close: () => Promise<void>
}

export type RegistryCall = readonly [name: string, values: readonly unknown[]]

export interface StoredBatch {
  readonly id: string
  readonly root: string
}

export async function openFollowStage(
  chain: EmbeddedChain,
  storage: Storage,
): Promise<FollowStage> {
  const database = await openDatabase(storage)
  const { db } = database
  const direct = rpcProvider({ url: chain.url, fetch, timeoutMs: 5000 })
  const node = await startNode(direct, 5000)
  const { registry } = chain.contracts
  const terms = { chainId: chain.chainId, timeoutMs: 5000, now: Date.now }
  const service = { chainId: chain.chainId, registry, chain: chainOf([node], 1, terms) }
  const slug = 'northfield'
  const profile = { name: 'Northfield University', url: 'https://northfield.example' }
  const issuer =
    (await findIssuer(db, slug)) ??
    (await createIssuer(db, { slug, profile, account: issuerAccount }))
  const send = async (name: string, values: readonly unknown[], from = issuerAccount) => {
    const data = registryInterface.encodeFunctionData(name, values)
    const hash = await rpc(chain.url, 'eth_sendTransaction', [{ from, to: registry, data }])
    // Its block may come a moment later.
    while (!(await rpc(chain.url, 'eth_getTransactionReceipt', [hash]))) await pause(5)
  }
  const follow: FollowStage['follow'] = (options, finalityDepth, through = service) =>
    followChain(db, through, chain.contracts, finalityDepth, options)
  const watch = (finalityDepth?: number) => watchAnchors(db, service, finalityDepth, quietLog)
  const store = async (size = 3) => {
    const id = randomUUID()
    const account = { chainId: chain.chainId, address: issuerAccount }
    const batch = cohort(size, { id, registry, account }, id)
    await storeBatch(db, batch, { issuerId: issuer?.id ?? '', name: 'cohort' })
    return { id, root: batch.root }
  }
  const readHead = async () => Number(await rpc(chain.url, 'eth_blockNumber'))
  return {
    db,
    chain,
    service,
    node,
    direct,
    follow,
    watch,
    send,
    store,
    async round(finalityDepth) {
      const followed = await follow({}, finalityDepth)
      await watch(finalityDepth)
      return followed
    },
    async anchored(size = 3) {
      const batch = await store(size)
      await send('anchor', [batch.root, size])
      return batch
    },
    mine: (blocks) => rpc(chain.url, 'anvil_mine', [`0x${blocks.toString(16)}`]),
    head: readHead,
    async reorg(depth, calls = []) {
      const kept = (await readHead()) - depth
      const params = [issuerAccount, `0x${kept.toString(16)}`]
      const nonce = Number(await rpc(chain.url, 'eth_getTransactionCount', params))
      const inFirst = calls.map(([name, values], i) => [
        {
          nonce: `0x${(nonce + i).toString(16)}`,
          gas: '0x30d40',
          from: issuerAccount,
          to: registry,
          data: registryInterface.encodeFunctionData(name, values),
        },
        0,
      ])
      // Without any transaction the new blocks may be the old ones.
      const marker = { from: operatorAccount, to: operatorAccount, value: '0x1' }
      await rpc(chain.url, 'anvil_reorg', [depth, [[marker, 0], ...inFirst]])
    },
    batch: (id) =>
      db
        .selectFrom('batches')
        .select(['state', 'withdrawn_at'])
        .where('id', '=', id)
        .executeTakeFirstOrThrow(),
    async statuses(id) {
      const rows = await db
        .selectFrom('credentials')
        .select(['status', 'chain_status'])
        .where('batch_id', '=', id)
        .orderBy('status_index')
        .execute()
      return rows.map(({ status, chain_status }) => `${status} ${chain_status}` as const)
    },
    async close() {
      node.close()
      await database.close()
    },
  }
}

function openDatabase({ settings }: Storage): Promise<Database> {
  const url = settings['DATABASE_URL']
  return url === undefined
    ? openEmbeddedDatabase(String(settings['DATA_DIR']))
    : openServerDatabase(url)
}

/** A root that nobody of ours knows. */
export function strangeRoot(): string {
  return toHex(crypto.getRandomValues(new Uint8Array(32)))
}
