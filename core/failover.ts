import { broadcast, findTransaction } from './broadcast.ts'
import type { Chain, Eip1193Provider } from './chain.ts'
import {
  type Endpoint,
  type EndpointTerms,
  isRevert,
  openEndpoint,
  tellingFailure,
} from './endpoint.ts'

/**
 * Several endpoints as one: each call goes to the first that answers, in the order given.
 *
 * The next is asked where one cannot be reached, is late, overloaded or another chain, answers what no node can, or states an
 * error that is not the contract's own. One that failed is asked last for a while. A signed transaction goes to all of them.
 */
export function failoverProvider(chains: readonly Chain[], terms: EndpointTerms): Eip1193Provider {
  const endpoints = chains.map((chain) => openEndpoint(chain, terms))
  return {
    request({ method, params = [] }) {
      if (method === 'eth_sendRawTransaction') return broadcast(endpoints, params)
      if (method === 'eth_getTransactionByHash') return findTransaction(endpoints, 1, params)
      return askInTurn(endpoints, method, params)
    },
  }
}

/** The first answer in order, those that failed lately last. */
export async function askInTurn(
  endpoints: readonly Endpoint[],
  method: string,
  params: readonly unknown[],
): Promise<unknown> {
  const inTurn = endpoints.toSorted((a, b) => Number(a.isResting()) - Number(b.isResting()))
  const failures: unknown[] = []
  for (const endpoint of changesTheChain(method) ? inTurn.slice(0, 1) : inTurn) {
    try {
      return await endpoint.ask(method, params)
    } catch (thrown) {
      if (isRevert(thrown)) throw thrown
      failures.push(thrown)
    }
  }
  throw tellingFailure(failures)
}

/** Whether a node would sign or send something of its own: after a late answer nobody knows whether it did. */
function changesTheChain(method: string): boolean {
  return !/^(?:eth_(?!send|sign)|net_|web3_)/.test(method)
}
