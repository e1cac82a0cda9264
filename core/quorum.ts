import { broadcast, findTransaction } from './broadcast.ts'
import { type Chain, ChainUnreadableError, type Eip1193Provider } from './chain.ts'
import { type Endpoint, type EndpointTerms, openEndpoint, within } from './endpoint.ts'
import { invariant } from './error.ts'
import { askInTurn, failoverProvider } from './failover.ts'
import { readHead } from './head.ts'
import { agree } from './vote.ts'

/**
 * Several endpoints as one whose word on the chain counts only where `k` of them say the same.
 *
 * With at most k − 1 endpoints that lie, whatever is answered is what at least one honest endpoint says; with at least k honest
 * ones that answer in time, the others can neither prevent an answer nor hold the head back below the highest block that
 * k honest ones have. Without k that agree: `ChainUnreadableError`. Fees, gas estimates, pending nonces and
 * transactions are no facts of the chain and come from any that answers; a signed transaction goes to all. Each call ends within four times `timeoutMs`.
 */
export function quorumProvider(
  chains: readonly Chain[],
  k: number,
  terms: EndpointTerms,
): Eip1193Provider {
  invariant(k >= 1 && k <= chains.length, 'a quorum of endpoints that there are')
  const endpoints = chains.map((chain) => openEndpoint(chain, terms))
  return {
    request: ({ method, params = [] }) =>
      within(4 * terms.timeoutMs, method, () => answer(endpoints, k, terms, method, params)),
  }
}

/** Several endpoints as one chain: any of them with a quorum of one, else as many as must agree. The label says how many. */
export function chainOf(chains: readonly Chain[], k: number, terms: EndpointTerms): Chain {
  const [only, ...others] = chains
  invariant(only, 'a chain has an endpoint')
  if (others.length === 0 && k === 1) return only
  const labels = chains.map(({ label }) => label)
  return k === 1
    ? { label: labels.join(', else '), provider: failoverProvider(chains, terms) }
    : {
        label: `${k} of ${chains.length} agreeing endpoints (${labels.join(', ')})`,
        provider: quorumProvider(chains, k, terms),
      }
}

/** Where a method takes the block it is answered at. */
const blockAt: Readonly<Record<string, number>> = {
  eth_call: 1,
  eth_getBalance: 1,
  eth_getCode: 1,
  eth_getTransactionCount: 1,
  eth_getStorageAt: 2,
  eth_getProof: 2,
}
const advice = /^eth_(?:gasPrice|maxPriorityFeePerGas|feeHistory|estimateGas|send|sign)|^(?!eth_)/
const tags: readonly unknown[] = ['latest', 'safe', 'finalized']

async function answer(
  endpoints: readonly Endpoint[],
  k: number,
  { timeoutMs }: EndpointTerms,
  method: string,
  params: readonly unknown[],
): Promise<unknown> {
  if (method === 'eth_sendRawTransaction') return broadcast(endpoints, params)
  if (method === 'eth_getTransactionByHash') return findTransaction(endpoints, k, params)
  const at = blockAt[method]
  if (advice.test(method) || (at !== undefined && params[at] === 'pending')) {
    return askInTurn(endpoints, method, params)
  }
  const head = (tag: unknown) => readHead(endpoints, k, String(tag), timeoutMs)
  const [first] = params
  if (method === 'eth_blockNumber') return (await head('latest')).number
  if (method === 'eth_getBlockByNumber' && tags.includes(first)) {
    const block = await head(first)
    return params[1] === true ? agree(endpoints, k, method, [block.number, true]) : block
  }
  if (method === 'eth_getLogs') return agree(endpoints, k, method, [await settle(first, head)])
  if (at === undefined) return agree(endpoints, k, method, params)
  const block = params[at] ?? 'latest'
  const number = tags.includes(block) ? (await head(block)).number : block
  return agree(endpoints, k, method, [...params.slice(0, at), number, ...params.slice(at + 1)])
}

type ReadHead = (tag: unknown) => Promise<{ readonly number: string }>

/** A log filter with block numbers in place of tags, so that all look at the same blocks. */
async function settle(filter: unknown, head: ReadHead): Promise<unknown> {
  if (typeof filter !== 'object' || filter === null) {
    throw new ChainUnreadableError('chain_answer_malformed', 'eth_getLogs was asked without filter')
  }
  const { fromBlock, toBlock, blockHash } = filter as Record<string, unknown>
  if (blockHash !== undefined) return filter
  const number = async (block: unknown = 'latest') =>
    tags.includes(block) ? (await head(block)).number : block
  return { ...filter, fromBlock: await number(fromBlock), toBlock: await number(toBlock) }
}
