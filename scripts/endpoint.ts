import type { Chain } from '../core/chain.ts'
import { endpointLabel, rpcProvider } from '../core/rpc.ts'
import type { Hre } from './action.ts'

const timeoutMs = 15_000
const localChain = 31337
const localUrl = 'http://127.0.0.1:8545'

/**
 * The endpoints of a reader, who needs no account: `--rpc`, else `--network`, else `CHAIN_RPC_URL`, else for the local test
 * chain its usual address.
 */
export async function openChains(
  rpc: string | undefined,
  hre: Hre,
): Promise<(chainId: number) => Chain | undefined> {
  if (rpc !== undefined) return always(chainAt(rpc))
  if (hre.globalOptions.network !== undefined) {
    const { networkName, provider } = await hre.network.create()
    return always({ label: networkName, provider: provider as Chain['provider'] })
  }
  const set = process.env['CHAIN_RPC_URL']
  if (set) return always(chainAt(set))
  const local = chainAt(localUrl)
  return (chainId) => (chainId === localChain ? local : undefined)
}

function always(chain: Chain): () => Chain {
  return () => chain
}

function chainAt(url: string): Chain {
  return { label: endpointLabel(url), provider: rpcProvider({ url, fetch, timeoutMs }) }
}
