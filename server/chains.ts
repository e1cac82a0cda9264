import { Interface } from 'ethers'
import { toHex } from '../core/bytes.ts'
import { type Chain, ChainUnreadableError, callContract } from '../core/chain.ts'
import { chainOf } from '../core/quorum.ts'
import { type AnchorRecord, registryAbi } from '../core/registry.ts'
import { endpointLabel, endpointUrls, rpcProvider } from '../core/rpc.ts'
import type { Readers } from '../core/verify.ts'
import type { ReadDocument } from '../documents/reader.ts'
import type { Sightings } from './sightings.ts'

/** The chain that this service anchors on. */
export interface ServiceChain {
  readonly chainId: number
  readonly registry: string
  readonly chain: Chain
}

export const registryInterface = new Interface(registryAbi)

/** The chain behind one endpoint or several in `urls`, of which `quorum` must agree on what is read. */
export function openChain(options: {
  readonly urls: string
  readonly quorum: number
  readonly chainId: number
  readonly registry: string
  readonly timeoutMs: number
  readonly sightings: Sightings
}): ServiceChain {
  const { countingErrors, notingHead } = options.sightings
  const endpoints = endpointUrls(options.urls).map((url) =>
    countingErrors({
      label: endpointLabel(url),
      provider: rpcProvider({ ...options, url, fetch }),
    }),
  )
  const chain = notingHead(chainOf(endpoints, options.quorum, { ...options, now: Date.now }))
  return { chainId: options.chainId, registry: options.registry, chain }
}

/** What a verification at this service reads: its own chain, and documents. */
export function readersOf({ chainId, chain }: ServiceChain, document: ReadDocument): Readers {
  return { chain: (asked) => (asked === chainId ? chain : undefined), document }
}

/** The anchor of a root as of a block; `undefined` where there is none. Throws `ChainUnreadableError`. */
export async function readAnchor(
  { chain, registry }: ServiceChain,
  issuer: string,
  root: Uint8Array,
  block: number | 'safe' | 'finalized',
): Promise<AnchorRecord | undefined> {
  const [record] = await view(chain, registry, 'anchorOf', [issuer, toHex(root)], block)
  const [anchoredAt, withdrawnAt, sequence, size] = Array.from(record as Iterable<bigint>, Number)
  if (!anchoredAt) return undefined
  return { anchoredAt, withdrawnAt: withdrawnAt ?? 0, sequence: sequence ?? 0, size: size ?? 0 }
}

/** The roles of an operator that are in force at `now` (seconds). Throws `ChainUnreadableError`. */
export async function readRoles(
  { chain, registry }: ServiceChain,
  issuer: string,
  operator: string,
  at: { readonly number: number; readonly time: number },
): Promise<number> {
  const [roles, expiry] = await view(chain, registry, 'operatorOf', [issuer, operator], at.number)
  return Number(expiry) > at.time ? Number(roles) : 0
}

async function view(
  chain: Chain,
  to: string,
  name: string,
  values: readonly unknown[],
  block: number | 'safe' | 'finalized',
): Promise<readonly unknown[]> {
  const data = registryInterface.encodeFunctionData(name, values) as `0x${string}`
  const answer = await callContract(chain, to, data, block)
  try {
    return Array.from(registryInterface.decodeFunctionResult(name, answer))
  } catch (thrown) {
    throw new ChainUnreadableError(
      'chain_answer_malformed',
      `${chain.label} answers ${name} with something else`,
      thrown,
    )
  }
}
