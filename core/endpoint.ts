import { type Chain, ChainUnreadableError } from './chain.ts'
import { messageOf } from './error.ts'
import { isLogRangeRefusal } from './log-range.ts'
import { RpcError } from './rpc.ts'

/** How endpoints are asked. Times are in milliseconds; `now` may be any clock that does not run backwards. */
export interface EndpointTerms {
  /** The chain that all of them must be; one that is another counts as failing. */
  readonly chainId: number
  readonly timeoutMs: number
  readonly now: () => number
  /** How long an endpoint that failed is asked last, or not waited for. */
  readonly restMs?: number
}

/** One of several endpoints of a chain. Its answers are untrusted; each comes within the time that it is given. */
export interface Endpoint {
  readonly label: string
  /** Rejects where it fails, is another chain or answers what no node can; with the node's own error where it states one. */
  readonly ask: (method: string, params: readonly unknown[]) => Promise<unknown>
  readonly isResting: () => boolean
}

const defaultRestMs = 30_000

/** An endpoint that is known to be of the chain before its word counts, and that remembers when it failed. */
export function openEndpoint({ label, provider }: Chain, terms: EndpointTerms): Endpoint {
  const { chainId, timeoutMs, now, restMs = defaultRestMs } = terms
  let restsUntil = Number.NEGATIVE_INFINITY
  let isConfirmed = false

  const put = async (method: string, params: readonly unknown[]) => {
    const answer = await within(timeoutMs, `${label}, ${method}`, () =>
      provider.request({ method, params }),
    )
    if (isPlausible(method, answer)) return answer
    throw new ChainUnreadableError(
      'chain_answer_malformed',
      `${label} answers ${method} with something else`,
    )
  }
  const confirm = async () => {
    const found = Number(await put('eth_chainId', []))
    if (found === chainId) return
    throw new ChainUnreadableError(
      'chain_mismatch',
      `${label} is chain ${found}, not chain ${chainId}; name an endpoint of chain ${chainId}`,
    )
  }

  return {
    label,
    isResting: () => now() < restsUntil,
    async ask(method, params) {
      try {
        if (!isConfirmed) await confirm()
        isConfirmed = true
        const answer = await put(method, params)
        restsUntil = Number.NEGATIVE_INFINITY
        return answer
      } catch (thrown) {
        // Too many logs for one answer is no failure: the same endpoint answers for fewer blocks.
        const isRefusal = method === 'eth_getLogs' && isLogRangeRefusal(thrown)
        if (!isRefusal && (!isNodeError(thrown) || isOverload(thrown))) {
          isConfirmed = false // Behind the same address another node may come up.
          restsUntil = now() + restMs
        }
        throw thrown
      }
    },
  }
}

/** The result of `work`, or an error after `timeoutMs`. */
export function within<T>(timeoutMs: number, what: string, work: () => Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(
      () => reject(new Error(`${what}: no answer within ${timeoutMs} ms`)),
      timeoutMs,
    )
    work()
      .then(resolve, reject)
      .finally(() => clearTimeout(timer))
  })
}

const quantity = /^0x[0-9a-f]{1,64}$/i
const bytes = /^0x(?:[0-9a-f]{2})*$/i

/** Whether a node can have answered so; what the answer says is looked at by whoever asked. */
function isPlausible(method: string, answer: unknown): boolean {
  switch (method) {
    case 'eth_chainId':
    case 'eth_blockNumber':
    case 'eth_gasPrice':
    case 'eth_maxPriorityFeePerGas':
    case 'eth_estimateGas':
    case 'eth_getBalance':
    case 'eth_getTransactionCount':
      return typeof answer === 'string' && quantity.test(answer)
    case 'eth_call':
    case 'eth_getCode':
      return typeof answer === 'string' && bytes.test(answer)
    case 'eth_getBlockByNumber':
      return answer === null || isBlock(answer)
    case 'eth_getLogs':
      return Array.isArray(answer)
    default:
      return answer !== undefined
  }
}

function isBlock(answer: unknown): boolean {
  if (typeof answer !== 'object' || answer === null) return false
  const { number, hash } = answer as Record<string, unknown>
  return [number, hash].every((value) => typeof value === 'string' && quantity.test(value))
}

/** An error that the node states (EIP-1474, EIP-1193), and not the way to it. */
export function isNodeError(thrown: unknown): boolean {
  if (thrown instanceof RpcError) return true
  const code = typeof thrown === 'object' && thrown !== null && 'code' in thrown && thrown.code
  return typeof code === 'number' && (code === 3 || code < 0)
}

/** EIP-1474 -32005, which is what gateways say beside HTTP 429; -32603 without a revert is a node in trouble. */
function isOverload(thrown: unknown): boolean {
  const { code } = thrown as { readonly code?: unknown }
  return !isRevert(thrown) && (code === -32005 || code === -32603)
}

/** An error that every node gives for the same call: the contract's own answer. */
export function isRevert(thrown: unknown): boolean {
  if (!isNodeError(thrown)) return false
  const { code, data } = thrown as { readonly code?: unknown; readonly data?: unknown }
  return code === 3 || /revert/i.test(messageOf(thrown)) || revertDataOf(data) !== undefined
}

/** Bytes that a contract reverted with; some nodes put them one level deeper. */
export function revertDataOf(data: unknown): string | undefined {
  const inner = typeof data === 'object' && data !== null && 'data' in data ? data.data : data
  return typeof inner === 'string' && bytes.test(inner) ? inner.toLowerCase() : undefined
}

/** Of several failures the one that tells most: what a node states, else what went wrong on the way, else the wrong chain. */
export function tellingFailure(failures: readonly unknown[]): unknown {
  const isMismatch = (thrown: unknown) =>
    thrown instanceof ChainUnreadableError && thrown.code === 'chain_mismatch'
  return (
    failures.find(isNodeError) ??
    failures.find((failure) => !isMismatch(failure)) ??
    failures[0] ??
    new Error('there is no endpoint')
  )
}
