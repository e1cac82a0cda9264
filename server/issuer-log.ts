import type { AccreditationPath } from '../core/accreditors.ts'
import { toHex } from '../core/bytes.ts'
import { ChainUnreadableError } from '../core/chain.ts'
import { formatSeconds } from '../core/time.ts'
import type { ChainReading, LatestReading, ReadLatest } from './chain-readings.ts'
import { didOf } from './issuer-did.ts'
import {
  type BatchFigures,
  type PublishedBatch,
  readEnded,
  readFigures,
  readPublished,
  readSeenAt,
  readTransactions,
} from './issuer-log-rows.ts'
import type { IssuerRow } from './issuers.ts'
import { periodsBetween } from './periods.ts'
import type { Service } from './service.ts'

/** Which numbers to show: below `before`, newest first. */
export interface LogPage {
  readonly before: number | undefined
  readonly limit: number
}

/** Sums over a log are made anew after this; what stands in them is public and changes with every block at most. */
const figuresMs = 5_000
const maxAccounts = 1_000

/** The figures of issuers' logs, made no more often than every few seconds however often they are asked for. */
export function createFigures({ database, chain }: Service, now: () => number) {
  const known = new Map<string, { at: number; figures: Promise<readonly BatchFigures[]> }>()
  return (account: string): Promise<readonly BatchFigures[]> => {
    const last = known.get(account)
    if (last && now() - last.at < figuresMs) return last.figures
    const figures = readFigures(database.db, chain, account)
    figures.catch(() => known.delete(account))
    known.delete(account)
    known.set(account, { at: now(), figures })
    const [oldest] = known.keys()
    if (known.size > maxAccounts && oldest !== undefined) known.delete(oldest)
    return figures
  }
}

/**
 * A page of an issuer's log: what the chain says, what this service publishes, and which numbers of the chain it does not publish.
 *
 * Nothing of a batch that is not anchored is in it, and nothing of a credential but how many ended.
 */
export async function readIssuerLog(
  service: Service,
  sources: {
    readonly readLatest: ReadLatest
    readonly figuresOf: ReturnType<typeof createFigures>
  },
  issuer: IssuerRow,
  page: LogPage,
) {
  const { chain, trust } = service
  const { db } = service.database
  const { account } = issuer
  const figures = await sources.figuresOf(account)
  const newest = figures.at(-1)?.sequence ?? 0
  const latest = await sources.readLatest(account, newest)
  const { reading } = latest
  const top = Math.max(newest, reading?.anchorCount ?? 0)
  const last = Math.min(top, (page.before ?? top + 1) - 1)
  const first = Math.max(1, last - page.limit + 1)
  const rows = last >= first ? await readPublished(db, chain, account, { first, last }) : []
  const ids = rows.map(({ id }) => id)
  const [ended, transactions, seenAt] = await Promise.all([
    readEnded(db, ids),
    readTransactions(db, chain, ids),
    readSeenAt(db, chain),
  ])
  const published = new Map<number, unknown>()
  for (const row of rows) {
    const { revoked = 0, suspended = 0 } = ended.get(row.id) ?? {}
    const more = { revoked, suspended, transaction: transactions.get(row.id) }
    published.set(row.sequence, await describePublished(row, more, reading))
  }
  const length = Math.max(0, last - first + 1)
  const chainTrust = trust.chains.get(chain.chainId)
  return {
    slug: issuer.slug,
    name: issuer.profile.name,
    url: issuer.profile.url,
    did: didOf(issuer, chain.chainId),
    account,
    chain: {
      chainId: chain.chainId,
      name: chainTrust?.name ?? `Chain ${chain.chainId}`,
      testNetwork: chainTrust?.testNetwork ?? false,
      registry: chain.registry,
      ...(chainTrust?.explorer !== undefined && { explorer: chainTrust.explorer }),
    },
    ...(await describeReading(latest)),
    published: { ...sumsOf(figures), ...(seenAt && { seenAt: seenAt.toISOString() }) },
    periods: periodsOf(figures, reading),
    batches: Array.from({ length }, (_, i) => {
      const sequence = last - i
      return published.get(sequence) ?? { sequence, published: false }
    }),
    ...(first > 1 && length > 0 && { next: first }),
  }
}

async function describeReading({ reading, problem }: LatestReading) {
  const onChain = reading && {
    block: {
      number: reading.block.number,
      hash: reading.block.hash,
      time: formatSeconds(reading.block.time),
    },
    anchorCount: reading.anchorCount,
    accreditation: await accreditationAt(reading, reading.block.time),
  }
  return { ...(onChain && { onChain }), ...(problem && { problem: problem.code }) }
}

async function describePublished(
  row: PublishedBatch,
  {
    revoked,
    suspended,
    transaction,
  }: {
    readonly revoked: number
    readonly suspended: number
    readonly transaction: string | undefined
  },
  reading: ChainReading | undefined,
) {
  const { id, sequence, root, size, state, anchored_at, withdrawn_at } = row
  return {
    sequence,
    published: true,
    root: toHex(root),
    size,
    anchoredAt: formatSeconds(anchored_at.getTime() / 1000),
    finality: state,
    ...(withdrawn_at && { withdrawnAt: formatSeconds(withdrawn_at.getTime() / 1000) }),
    revoked,
    suspended,
    leaves: `/batches/${id}/leaves`,
    ...(transaction !== undefined && { transaction }),
    ...(reading && {
      accreditation: await accreditationAt(reading, anchored_at.getTime() / 1000),
    }),
  }
}

async function accreditationAt(reading: ChainReading, time: number) {
  const found = await reading.accreditationAt(time)
  if (found === undefined) return { standing: 'not_asked' }
  if (found instanceof ChainUnreadableError) return { standing: 'unread' }
  return describeAccreditation(found)
}

function describeAccreditation({ accreditors, record, ended }: AccreditationPath) {
  const found = record ?? ended
  if (!found) return { standing: 'none' }
  return {
    standing: record ? 'accredited' : 'ended',
    ...(record && { accreditors: accreditors.map(({ account, name }) => ({ account, name })) }),
    issuerName: found.name,
    scope: found.scope,
    validFrom: formatSeconds(found.validFrom),
    ...(found.validUntil !== 0 && { validUntil: formatSeconds(found.validUntil) }),
    ...(found.withdrawnAt !== 0 && { withdrawnAt: formatSeconds(found.withdrawnAt) }),
  }
}

/** `withdrawn` counts all credentials of a withdrawn batch, and none of them twice. */
function sumsOf(figures: readonly BatchFigures[]) {
  const sums = { batches: 0, credentials: 0, revoked: 0, suspended: 0, withdrawn: 0 }
  let withdrawnBatches = 0
  for (const { size, revoked, suspended, withdrawn_at } of figures) {
    sums.batches += 1
    sums.credentials += size
    if (withdrawn_at) {
      withdrawnBatches += 1
      sums.withdrawn += size
    } else {
      sums.revoked += revoked
      sums.suspended += suspended
    }
  }
  return { ...sums, withdrawnBatches }
}

/** The same by the time of the anchor, from the first batch to the block that was read. */
function periodsOf(figures: readonly BatchFigures[], reading: ChainReading | undefined) {
  const times = figures.map(({ anchored_at }) => anchored_at.getTime())
  const [first] = times
  if (first === undefined) return []
  const last = Math.max(times.at(-1) ?? first, (reading?.block.time ?? 0) * 1000)
  const periods = periodsBetween(first, last)
  const iso = (time: number) => formatSeconds(time / 1000)
  return periods.map(({ from, until }) => {
    const inIt = figures.filter(
      ({ anchored_at }) => anchored_at.getTime() >= from && anchored_at.getTime() < until,
    )
    return { from: iso(from), until: iso(until), ...sumsOf(inIt) }
  })
}
