import type { Block, Chain } from '../../core/chain.ts'
import { provedChain } from '../../core/proved-state.ts'
import { rememberNewest } from '../../core/remember.ts'
import { ballotOf } from '../../core/vote.ts'
import type { Place } from './place.ts'

const answersKept = 5000
/** What cannot change at the block that is named in the question. */
const settled = new Set(['eth_call', 'eth_getProof', 'eth_getBlockByHash', 'eth_chainId'])

/**
 * The chain as of the audited block: whoever asks it for the newest block gets that one, so that credentials and accreditations are
 * judged by the same state as all else. Proved where the place says so.
 */
export function chainAt(place: Place, block: Block): Chain {
  const atBlock = (chain: Chain): Chain => ({ ...chain, provider: pinned(chain, block) })
  const chain = atBlock(place.chain)
  if (!place.proof) return chain
  const { sources, blockHash } = place.proof
  return provedChain(chain, sources.map(atBlock), blockHash)
}

function pinned({ provider }: Chain, block: Block): Chain['provider'] {
  const remember = rememberNewest(answersKept)
  const newest = `0x${block.number.toString(16)}`
  return {
    request(call) {
      const { method, params = [] } = call
      if (method === 'eth_getBlockByNumber' && params[0] === 'latest') {
        const pinnedCall = { method, params: [newest, ...params.slice(1)] }
        return remember(newest, () => provider.request(pinnedCall))
      }
      if (!settled.has(method)) return provider.request(call)
      const tagged = ['safe', 'finalized', 'latest', 'pending'].includes(String(params[1]))
      if (tagged) return provider.request(call)
      return remember(`${method} ${ballotOf(params)}`, () => provider.request(call))
    },
  }
}
