import { parseJson } from '../core/json.ts'
import { type Fetched, fetchGuarded } from './guarded-fetch.ts'
import type { PinnedDocuments } from './pinned-documents.ts'

/** Where remote documents come from, in the order in which they are asked. */
export interface DocumentSources {
  readonly pinned?: PinnedDocuments | undefined
  /** Documents of this very process; `undefined` for a URL that is not one of its own. */
  readonly own?: ((url: URL) => Promise<Uint8Array> | undefined) | undefined
  readonly fetch?: (url: string) => Promise<Fetched>
}

const maxAtOnce = 16
const maxWaiting = 1000
const maxCacheBytes = 16_777_216
const failedFreshMs = 5000

/** Reads a JSON document by its URL; throws a sentence where it cannot be had. */
export type ReadDocument = (url: string) => Promise<unknown>

/**
 * Makes the reader through which a verification gets DID documents, status lists and schemas.
 *
 * `now` gives milliseconds. What was read stays for as long as its server allows, five minutes at most and 16 MiB in all; a URL is
 * asked once at a time, and 16 of them together.
 */
export function createDocumentReader(sources: DocumentSources, now: () => number): ReadDocument {
  const fetchRemote = remembering(queueing(sources.fetch ?? fetchGuarded), now)
  return async (url) => {
    const parsed = URL.parse(url)
    if (!parsed) throw new Error('is no URL')
    parsed.hash = ''
    const bytes = sources.pinned?.(parsed.href) ?? sources.own?.(parsed) ?? fetchRemote(parsed.href)
    // Whoever wrote it is not trusted: size, depth and values are bounded as for a credential.
    return parseJson(await bytes)
  }
}

/** Lets `maxAtOnce` run, and the rest wait their turn. */
function queueing(fetch: (url: string) => Promise<Fetched>): (url: string) => Promise<Fetched> {
  const waiting: (() => void)[] = []
  let running = 0
  return async (url) => {
    if (waiting.length >= maxWaiting) {
      throw new Error('was not asked, because too many documents are being read; try again')
    }
    if (running < maxAtOnce) running += 1
    else await new Promise<void>((resolve) => waiting.push(resolve))
    try {
      return await fetch(url)
    } finally {
      // The place is handed on, so that nobody slips in between.
      const next = waiting.shift()
      if (next) next()
      else running -= 1
    }
  }
}

interface Remembered {
  readonly bytes: Promise<Uint8Array>
  size: number
  until: number
}

function remembering(
  fetch: (url: string) => Promise<Fetched>,
  now: () => number,
): (url: string) => Promise<Uint8Array> {
  // In the order of asking; bytes rather than values, so that nobody can change what another reads.
  const kept = new Map<string, Remembered>()
  let total = 0
  const forget = (url: string): void => {
    total -= kept.get(url)?.size ?? 0
    kept.delete(url)
  }
  return (url) => {
    const found = kept.get(url)
    if (found && found.until > now()) return found.bytes
    forget(url)
    const fetched = fetch(url)
    const entry: Remembered = {
      bytes: fetched.then(({ bytes }) => bytes),
      size: url.length,
      until: Number.POSITIVE_INFINITY,
    }
    kept.set(url, entry)
    total += entry.size
    const settle = (size: number, freshMs: number): void => {
      entry.until = now() + freshMs
      if (kept.get(url) !== entry) return
      entry.size += size
      total += size
      for (const [oldest, { until }] of kept) {
        if (total <= maxCacheBytes && until > now()) break
        if (until !== Number.POSITIVE_INFINITY) forget(oldest)
      }
    }
    fetched.then(
      ({ bytes, freshMs }) => settle(bytes.length, freshMs),
      () => settle(0, failedFreshMs),
    )
    return entry.bytes
  }
}
