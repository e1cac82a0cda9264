import type { Kysely } from 'kysely'
import { type Block, type Chain, readBlock, readLatestBlock } from '../core/chain.ts'
import type { ContractAddresses } from '../core/trust.ts'
import { markAnchored, markSince, type Touched } from './batch-marks.ts'
import type { ServiceChain } from './chains.ts'
import {
  begin,
  type Cursor,
  countReorg,
  finalOf,
  type KnownBlock,
  newestOf,
  note,
  readCursor,
  rollBack,
} from './followed-blocks.ts'
import { createWalk } from './log-walk.ts'
import type { Tables } from './tables.ts'

/** What one call of `followChain` read and found. */
export interface Followed {
  /** Blocks whose logs were read for the first time, both included; none where `to` is below `from`. */
  readonly from: number
  readonly to: number
  /** Blocks that are left for the next call. */
  readonly behind: number
  /** The first block that the chain has replaced since the last call, or may have. */
  readonly reorgedFrom?: number
  /** Why following began anew, with every anchored batch marked: the first time ever, or what was final is gone. */
  readonly begun?: 'first time' | 'another chain'
  /** What of ours the logs were about. */
  readonly touched: Touched
  /** Why no more logs could be read. No harm: what matters is read from the chain's state, only later. */
  readonly trouble?: string
  /** Entries of answers that were none of the logs asked for. */
  readonly ignored: number
}

export interface FollowOptions {
  /** Blocks asked for at once, at most. */
  readonly mostBlocks?: number
  /** Queries for logs in one call. */
  readonly mostQueries?: number
}

/**
 * Reads on in the logs of our contracts and marks the batches that they are about for `watchAnchors`, which reads the chain's state.
 *
 * Nothing depends on logs being true or complete. Each block is read twice: when it is new, and again when it is final, for endpoints
 * that left something out. Durable range by range, safe to call twice; one process at a time. Throws `ChainUnreadableError` where
 * blocks cannot be read; logs that cannot are told as `trouble`.
 */
export async function followChain(
  db: Kysely<Tables>,
  service: ServiceChain,
  addresses: ContractAddresses,
  finalityDepth: number | undefined,
  { mostBlocks = 2000, mostQueries = 24 }: FollowOptions = {},
): Promise<Followed> {
  const { chain } = service
  const head = await readLatestBlock(chain, service.chainId)
  const finalized = await finalNumber(chain, head, finalityDepth)
  const footing = await findFooting(db, service, head, finalized, mostBlocks)
  const { cursor, ...found } = footing
  const from = newestOf(cursor).number + 1
  const walk = createWalk(db, service, addresses, cursor, { mostBlocks, mostQueries })
  if (found.isLost) return { from, to: from - 1, behind: 0, ...walk.result() }
  while (walk.at().number < head.number) {
    const first = walk.at().number + 1
    const most = Math.min(head.number, walk.at().number + walk.range())
    // Not across the last final block: up to there one reading is enough.
    const isFinal = finalized !== undefined && first <= finalized && walk.isConfirmed()
    const to = isFinal ? Math.min(most, finalized) : most
    if (!(await walk.readTo(to === head.number ? head : await readBlock(chain, to), isFinal))) break
  }
  await walk.confirmTo(finalized)
  const behind = Math.max(0, head.number - walk.at().number)
  await note(db, service, { head: head.number, range: walk.range() })
  const { reorgedFrom, begun } = found
  return {
    from,
    to: walk.at().number,
    behind,
    ...(reorgedFrom !== undefined && { reorgedFrom }),
    ...(begun && { begun }),
    ...walk.result(),
  }
}

/** The number of the last final block; `undefined` where the chain has no tag for it and no depth is set. */
async function finalNumber(
  chain: Chain,
  head: Block,
  finalityDepth: number | undefined,
): Promise<number | undefined> {
  if (finalityDepth !== undefined) return Math.max(0, head.number - finalityDepth)
  const block = await readBlock(chain, 'finalized').catch(() => undefined)
  return block && Math.min(block.number, head.number)
}

interface Footing {
  readonly cursor: Cursor
  readonly reorgedFrom?: number
  readonly begun?: 'first time' | 'another chain'
  /** The endpoint is behind what was read before: nothing can be said now. */
  readonly isLost?: boolean
}

/** The last block that was read and is on the chain still; where there is none, a new beginning at the last final block. */
async function findFooting(
  db: Kysely<Tables>,
  service: ServiceChain,
  head: Block,
  finalized: number | undefined,
  range: number,
): Promise<Footing> {
  const cursor = await readCursor(db, service)
  const ancestor = cursor && (await findAncestor(service.chain, cursor, head))
  if (cursor && ancestor === 'unknown') return { cursor, isLost: true }
  if (cursor && ancestor && ancestor !== 'unknown') {
    if (ancestor === newestOf(cursor)) return { cursor }
    const back = await db.transaction().execute(async (transaction) => {
      await markSince(transaction, service, ancestor.number)
      return rollBack(transaction, service, cursor, ancestor)
    })
    return { cursor: back, reorgedFrom: ancestor.number + 1 }
  }
  const final = finalized === undefined ? undefined : await readBlock(service.chain, finalized)
  const base = final ?? head
  const genesis = await readBlock(service.chain, 0).catch(() => undefined)
  const anew = await db.transaction().execute(async (transaction) => {
    // What happened before is not looked up in logs: state tells what it came to.
    await markAnchored(transaction, service, base.number)
    const begun = await begin(transaction, service, base, genesis?.hash ?? null, range)
    if (cursor) await countReorg(transaction, service)
    return begun
  })
  return { cursor: anew, begun: cursor ? 'another chain' : 'first time' }
}

/**
 * The newest known block that the chain has; `undefined` where even the last final one is gone, `unknown` where the endpoint is
 * too far behind to tell.
 */
async function findAncestor(
  chain: Chain,
  cursor: Cursor,
  head: Block,
): Promise<KnownBlock | 'unknown' | undefined> {
  const newest = newestOf(cursor)
  if (head.number > newest.number) {
    const next = await readBlock(chain, newest.number + 1)
    if (!next) return 'unknown'
    if (next.parentHash === newest.hash) return newest
    // What was final is gone: no use in going down block by block.
    const final = finalOf(cursor)
    const now = await readBlock(chain, final.number)
    if (now && now.hash !== final.hash) return undefined
  }
  const comparable = cursor.blocks.filter(({ number }) => number <= head.number)
  for (const known of comparable) {
    const now = known.number === head.number ? head : await readBlock(chain, known.number)
    if (!now) return 'unknown'
    if (now.hash !== known.hash) continue
    // Below a head that is older than what was read before, nothing has changed.
    return known === comparable[0] && known !== newest ? 'unknown' : known
  }
  if (comparable.length > 0) return undefined
  const genesis = cursor.genesis === null ? undefined : await readBlock(chain, 0)
  return genesis && genesis.hash !== cursor.genesis ? undefined : 'unknown'
}
