import type { ReadDocument } from './reader.ts'

/** What one verification may read: `urls` in all, each for as long as `ms` after the first are not over. */
export interface Allowance {
  readonly urls: number
  readonly ms: number
}

const oneVerification: Allowance = { urls: 32, ms: 20_000 }

/**
 * A reader for one verification. Whoever writes a credential decides how many proofs, endorsements and lists it names: without a
 * bound, one request would have us ask thousands of servers for them, for an hour. What is refused is as if it could not be had.
 */
export function withAllowance(read: ReadDocument, allowance = oneVerification): ReadDocument {
  const asked = new Set<string>()
  let deadline: AbortSignal | undefined
  return async (url) => {
    asked.add(url)
    if (asked.size > allowance.urls) {
      throw new Error(`was not asked: one verification reads ${allowance.urls} documents at most`)
    }
    deadline ??= AbortSignal.timeout(allowance.ms)
    return before(deadline, allowance.ms, () => read(url))
  }
}

async function before<T>(deadline: AbortSignal, ms: number, ask: () => Promise<T>): Promise<T> {
  const late = () => new Error(`was not read in the ${ms / 1000} seconds of one verification`)
  if (deadline.aborted) throw late()
  const { promise, reject } = Promise.withResolvers<never>()
  const stop = () => reject(late())
  deadline.addEventListener('abort', stop)
  try {
    return await Promise.race([ask(), promise])
  } finally {
    deadline.removeEventListener('abort', stop)
  }
}
