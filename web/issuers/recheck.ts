import { type Block, type Chain, ChainUnreadableError, readLatestBlock } from '../../core/chain.ts'
import { messageOf } from '../../core/error.ts'
import {
  type LogPlace,
  readAnchorCount,
  readAnchorRecord,
  readEndedCounts,
} from '../../core/issuer-log.ts'
import { formatSeconds } from '../../core/time.ts'
import { momentOf } from '../moment.ts'
import { issuer } from '../words/issuer.ts'
import type { Batch, IssuerLog, PublishedBatch } from './log.ts'

const words = () => issuer().recheck

/** How a line compares with the chain: `why` says in words what the chain says instead. */
export interface Comparison {
  readonly outcome: 'same' | 'differs' | 'missing' | 'counted'
  readonly why: string
}

/** What was found so far. */
export interface Recheck {
  readonly state: 'running' | 'done' | 'failed'
  readonly all: number
  readonly block?: Block
  readonly label?: string
  /** How many batches the chain counts. */
  readonly count?: number
  readonly lines: ReadonlyMap<number, Comparison>
  /** Why it failed. */
  readonly problem?: string
}

const readsAtOnce = 6
/** More statuses than this are not fetched by a browser; the audit does. */
const maxCounted = 1_000_000

/**
 * Compares the listed batches with the chain's state at its newest block, telling `report` as lines settle; ends early when `signal` does.
 *
 * Believes nothing of the log: a line is right where the chain gives number, size, time and standing for its root.
 */
export async function recheckLog(
  log: IssuerLog,
  batches: readonly Batch[],
  chain: Chain,
  signal: AbortSignal,
  report: (found: Recheck) => void,
): Promise<void> {
  const lines = new Map<number, Comparison>()
  const all = batches.length
  let known: Partial<Recheck> = { label: chain.label }
  const tell = (state: Recheck['state'], more: Partial<Recheck> = {}) => {
    known = { ...known, ...more }
    if (!signal.aborted) report({ ...known, state, all, lines: new Map(lines) })
  }
  try {
    tell('running')
    const block = await readLatestBlock(chain, log.chain.chainId)
    const { registry } = log.chain
    const place = { chain, registry, issuer: log.account, block: block.number }
    const count = await readAnchorCount(place)
    tell('running', { block, count })
    for (let first = 0; first < all && !signal.aborted; first += readsAtOnce) {
      const some = batches.slice(first, first + readsAtOnce)
      const found = await Promise.all(some.map((batch) => compare(place, count, batch)))
      for (const [i, { sequence }] of some.entries()) lines.set(sequence, found[i] as Comparison)
      tell('running')
    }
    tell('done')
  } catch (thrown) {
    if (!(thrown instanceof ChainUnreadableError)) throw thrown
    tell('failed', { problem: messageOf(thrown) })
  }
}

async function compare(place: LogPlace, count: number, batch: Batch): Promise<Comparison> {
  if (!batch.published) {
    return batch.sequence <= count
      ? { outcome: 'counted', why: words().counted }
      : { outcome: 'missing', why: words().missing }
  }
  const record = await readAnchorRecord(place, batch.root)
  if (!record) return { outcome: 'missing', why: words().missing }
  const { sequence, size, anchoredAt, withdrawnAt } = record
  const time = (seconds: number) => momentOf(formatSeconds(seconds))
  const said = [
    ...(sequence === batch.sequence ? [] : [words().sequence(sequence)]),
    ...(size === batch.size ? [] : [issuer().batches.size(size)]),
    ...(formatSeconds(anchoredAt) === batch.anchoredAt
      ? []
      : [words().anchoredAt(time(anchoredAt))]),
    ...withdrawal(batch, withdrawnAt === 0 ? undefined : formatSeconds(withdrawnAt)),
    ...(size <= maxCounted ? await ended(place, batch, size) : []),
  ]
  if (said.length === 0) return { outcome: 'same', why: words().same }
  return { outcome: 'differs', why: words().differs(said.join(', ')) }
}

function withdrawal(batch: PublishedBatch, withdrawnAt: string | undefined): readonly string[] {
  if (batch.withdrawnAt === withdrawnAt) return []
  return [
    withdrawnAt === undefined
      ? words().notWithdrawn
      : issuer().batches.withdrawn(momentOf(withdrawnAt)),
  ]
}

async function ended(
  place: LogPlace,
  batch: PublishedBatch,
  size: number,
): Promise<readonly string[]> {
  const { revoked, suspended } = await readEndedCounts(place, batch.root, size)
  return [
    ...(revoked === batch.revoked ? [] : [issuer().batches.revoked(revoked)]),
    ...(suspended === batch.suspended ? [] : [issuer().batches.suspended(suspended)]),
  ]
}

/** How many lines came out each way. */
export function tally({ lines }: Recheck): Readonly<Record<Comparison['outcome'], number>> {
  const sums = { same: 0, differs: 0, missing: 0, counted: 0 }
  for (const { outcome } of lines.values()) sums[outcome] += 1
  return sums
}
