import { type Chain, ChainUnreadableError } from '../core/chain.ts'
import { InvalidInputError } from '../core/error.ts'
import { provedChain, type Witness } from '../core/proved-state.ts'
import { chainOf } from '../core/quorum.ts'
import { endpointLabel, endpointUrls, type Fetch, rpcProvider } from '../core/rpc.ts'
import type { Hre } from './action.ts'

const timeoutMs = 15_000
/** Where there is another endpoint to ask, one is given up sooner. */
const patienceMs = 5_000
const localChain = 31337
const localUrl = 'http://127.0.0.1:8545'

/**
 * The endpoints of a reader, who needs no account: `--rpc`, else `--network`, else `CHAIN_RPC_URL`, else for the local test
 * chain its usual address. Where several are named, the next is asked when one fails, or `quorum` of them must agree.
 */
export async function openChains(
  rpc: string | undefined,
  hre: Hre,
  quorum = 1,
): Promise<(chainId: number) => Chain | undefined> {
  if (rpc !== undefined) return chainsAt(rpc, quorum)
  if (hre.globalOptions.network !== undefined) {
    requireEndpoints(1, quorum)
    const { networkName, provider } = await hre.network.create()
    return () => ({ label: networkName, provider: provider as Chain['provider'] })
  }
  const set = process.env['CHAIN_RPC_URL']
  if (set) return chainsAt(set, quorum)
  const local = chainsAt(localUrl, quorum)
  return (chainId) => (chainId === localChain ? local(chainId) : undefined)
}

/** The same, with state proved against the hash of a block: `blockHash`, else the one that the endpoints name. */
export async function openProvedChains(
  rpc: string | undefined,
  hre: Hre,
  quorum: number,
  blockHash: string | undefined,
): Promise<(witness?: Witness) => (chainId: number) => Chain | undefined> {
  if (blockHash !== undefined) requireBlockHash(blockHash)
  const chains = await openChains(rpc, hre, quorum)
  const named = hre.globalOptions.network === undefined ? process.env['CHAIN_RPC_URL'] : undefined
  const singles = endpointUrls(rpc ?? named ?? '').map(chainAt)
  return (witness) => (chainId) => {
    const chain = chains(chainId)
    return chain && provedChain(chain, singles.length > 0 ? singles : [chain], blockHash, witness)
  }
}

/** Throws `InvalidInputError` for a text that is no block hash. */
export function requireBlockHash(text: string): void {
  if (/^0x[0-9a-f]{64}$/i.test(text)) return
  throw new InvalidInputError(
    'block_hash_malformed',
    `--block-hash takes 0x and 64 hex digits, not ${text.slice(0, 80)}`,
  )
}

/** The chain of whichever id the first endpoint that answers has, and each of the endpoints, which may give proofs. */
export async function openOnlyChain(
  rpc: string | undefined,
  hre: Hre,
  quorum = 1,
): Promise<
  | { readonly chain: Chain; readonly chainId: number; readonly sources: readonly Chain[] }
  | undefined
> {
  const chains = await openChains(rpc, hre, quorum)
  const named = hre.globalOptions.network === undefined ? process.env['CHAIN_RPC_URL'] : undefined
  const singles = endpointUrls(rpc ?? named ?? '').map(chainAt)
  const asked = singles.length > 0 ? singles : [chains(localChain)]
  let failure: unknown
  for (const single of asked) {
    try {
      const chainId = Number(await single?.provider.request({ method: 'eth_chainId' }))
      const chain = chains(chainId) ?? single
      if (chain && Number.isSafeInteger(chainId)) {
        return { chain, chainId, sources: singles.length > 0 ? singles : [chain] }
      }
      if (single) throw malformed(single)
    } catch (thrown) {
      failure ??= thrown
    }
  }
  if (failure) throw failure
  return undefined
}

/** Endpoints named in one text. They may be of several chains: only those of the chain that is asked for have a say. */
export function chainsAt(text: string, quorum: number): (chainId: number) => Chain {
  const endpoints = endpointUrls(text).map(chainAt)
  requireEndpoints(endpoints.length, quorum)
  const opened = new Map<number, Chain>()
  return (chainId) => {
    const chain =
      opened.get(chainId) ??
      chainOf(endpoints, quorum, { chainId, timeoutMs: patienceMs, now: Date.now })
    opened.set(chainId, chain)
    return chain
  }
}

function requireEndpoints(count: number, quorum: number): void {
  if (count === 0) {
    throw new InvalidInputError('endpoint_missing', 'name an endpoint: --rpc https://…')
  }
  if (quorum >= 1 && quorum <= count) return
  throw new InvalidInputError(
    'quorum_unreachable',
    `${quorum} endpoints shall agree, but ${count} ${count === 1 ? 'is' : 'are'} named: name more with --rpc url,url or lower --quorum`,
  )
}

let leaving = new AbortController()

/** Gives up what nobody waits for any more, such as an endpoint that others outvoted, so that the process can end. */
export function leaveEndpoints(): void {
  leaving.abort()
  leaving = new AbortController()
}

function chainAt(url: string): Chain {
  const leavable: Fetch = (to, init) =>
    fetch(to, { ...init, signal: AbortSignal.any([init.signal, leaving.signal]) })
  return { label: endpointLabel(url), provider: rpcProvider({ url, fetch: leavable, timeoutMs }) }
}

function malformed({ label }: Chain): ChainUnreadableError {
  return new ChainUnreadableError(
    'chain_answer_malformed',
    `${label} answers eth_chainId with something else`,
  )
}
