import type { Block, Chain, Eip1193Provider } from '../core/chain.ts'
import { isRevert } from '../core/endpoint.ts'

/** What this process saw of its chain, for the metrics; nothing is decided by it. */
export interface Sightings {
  /** Calls to an endpoint that failed, by method. A revert is the contract's answer and no failure. */
  readonly errors: ReadonlyMap<string, number>
  /** Time of the newest block that was read, in seconds since 1970. */
  readonly headTime: () => number | undefined
  /** Whether a later block than this one was read, or another of its height. */
  readonly isPassed: (block: Pick<Block, 'number' | 'hash'>) => boolean
  /** The same endpoint, with its failures counted. */
  readonly countingErrors: (endpoint: Chain) => Chain
  /** The same chain, with its newest block noted. */
  readonly notingHead: (chain: Chain) => Chain
}

export function createSightings(): Sightings {
  const errors = new Map<string, number>()
  let headTime: number | undefined
  let newest: Pick<Block, 'number' | 'hash'> | undefined
  return {
    errors,
    headTime: () => headTime,
    isPassed: ({ number, hash }) =>
      newest !== undefined &&
      (newest.number > number || (newest.number === number && newest.hash !== hash)),
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
          const block = (answer ?? {}) as Readonly<Record<string, unknown>>
          const time = Number(block['timestamp'])
          if (Number.isSafeInteger(time)) headTime = time
          newest = { number: Number(block['number']), hash: String(block['hash']).toLowerCase() }
        }
        return answer
      }),
  }
}

function around(label: string, request: Eip1193Provider['request']): Chain {
  return { label, provider: { request } }
}
