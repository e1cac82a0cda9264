import { parseJson } from '../../core/json.ts'
import type { Finality } from '../../core/report.ts'
import { readBounded } from '../bounded.ts'
import { issuer } from '../words/issuer.ts'

export interface Sums {
  readonly batches: number
  readonly credentials: number
  readonly revoked: number
  readonly suspended: number
  readonly withdrawn: number
  readonly withdrawnBatches: number
}

export interface Accreditation {
  readonly standing: 'accredited' | 'ended' | 'none' | 'not_asked' | 'unread'
  readonly accreditors?: readonly { readonly account: string; readonly name: string }[]
  readonly issuerName?: string
  readonly scope?: string
  readonly validFrom?: string
  readonly validUntil?: string
  readonly withdrawnAt?: string
}

export interface PublishedBatch {
  readonly sequence: number
  readonly published: true
  readonly root: string
  readonly size: number
  readonly anchoredAt: string
  readonly finality: Finality
  readonly withdrawnAt?: string
  readonly revoked: number
  readonly suspended: number
  readonly leaves: string
  readonly transaction?: string
  readonly accreditation?: Accreditation
}

export type Batch = PublishedBatch | { readonly sequence: number; readonly published: false }

/** A page of an issuer's log, as `GET /issuers/:issuer/log` describes it. Times are ISO 8601. */
export interface IssuerLog {
  readonly slug: string
  readonly name: string
  readonly url: string
  readonly did: string
  readonly account: string
  readonly chain: {
    readonly chainId: number
    readonly name: string
    readonly testNetwork: boolean
    readonly registry: string
    readonly explorer?: string
  }
  readonly onChain?: {
    readonly block: { readonly number: number; readonly hash: string; readonly time: string }
    readonly anchorCount: number
    readonly accreditation: Accreditation
  }
  readonly problem?: string
  readonly published: Sums & { readonly seenAt?: string }
  readonly periods: readonly (Sums & { readonly from: string; readonly until: string })[]
  readonly batches: readonly Batch[]
  readonly next?: number
}

/** A page of 200 batches has a tenth of it. */
const limits = { bytes: 2_000_000, depth: 12, values: 50_000 }

/** Reads a page of the log beside this page: the newest batches, or those below `before`. `unknown` where there is no such issuer; throws a sentence. */
export async function loadLog(
  pageUrl: string,
  page: { readonly before?: number; readonly limit: number },
): Promise<IssuerLog | 'unknown'> {
  const url = new URL(pageUrl)
  url.pathname = `${url.pathname.replace(/\/+$/, '')}/log`
  url.hash = ''
  url.search = new URLSearchParams({
    limit: String(page.limit),
    ...(page.before !== undefined && { before: String(page.before) }),
  }).toString()
  const response = await fetch(url, { signal: AbortSignal.timeout(30_000) })
  // What can be no short name of an issuer is none.
  if (response.status === 404 || response.status === 400) return 'unknown'
  if (!response.ok) throw new Error(issuer().failed.status(response.status))
  const log = parseJson(await readBounded(response, limits.bytes, 'the log is too large'), limits)
  if (!isLog(log)) throw new Error(issuer().failed.malformed)
  return log
}

/** The service of this page is believed to answer what it describes; another answer than that is told apart, no more. */
function isLog(value: unknown): value is IssuerLog {
  const log = value as Partial<IssuerLog> | null
  return (
    Array.isArray(log?.batches) && typeof log.account === 'string' && typeof log.chain === 'object'
  )
}

/** The list with a page of the log that was read later: what the page covers, and what is newer than it, is replaced. */
export function merged(
  batches: readonly Batch[],
  { batches: fresh, next }: IssuerLog,
): readonly Batch[] {
  const lowest = next === undefined ? 1 : next
  return [...fresh, ...batches.filter(({ sequence }) => sequence < lowest)]
}
