import type { Chain, Eip1193Provider } from '../core/chain.ts'
import { isRevert } from '../core/endpoint.ts'

/** What this process saw of its chain, for the metrics; nothing is decided by it. */
export interface Sightings {
  /** Calls to an endpoint that failed, by method. A revert is the contract's answer and no failure. */
  readonly errors: ReadonlyMap<string, number>
  /** Time of the newest block that was read, in seconds since 1970. */
  readonly headTime: () => number | undefined
  /** The same endpoint, with its failures counted. */
  readonly countingErrors: (endpoint: Chain) => Chain
  /** The same chain, with its newest block noted. */
  readonly notingHead: (chain: Chain) => Chain
}

export function createSightings(): Sightings {
  const errors = new Map<string, number>()
  let headTime: number | undefined
  return {
    errors,
    headTime: () => headTime,
    countingErrors: ({ label, provider }) =>
      around(label, async (call) => {
        try {
          return await provider.request(call)
        } catch (thrown) {
          if (!isRevert(thrown)) errors.set(call.method, (errors.get(call.method) ?? 0) + 1)
          throw thrown
        }
      }),
    notingHead: ({ label, provider }) =>
      around(label, async (call) => {
        const answer = await provider.request(call)
        if (call.method === 'eth_getBlockByNumber' && call.params?.[0] === 'latest') {
          const time = Number((answer as { readonly timestamp?: unknown } | null)?.timestamp)
          if (Number.isSafeInteger(time)) headTime = time
        }
        return answer
      }),
  }
}

function around(label: string, request: Eip1193Provider['request']): Chain {
  return { label, provider: { request } }
}
