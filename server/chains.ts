import { Interface } from 'ethers'
import { toHex } from '../core/bytes.ts'
import { type Chain, ChainUnreadableError, callContract } from '../core/chain.ts'
import { openEndpoint } from '../core/endpoint.ts'
import { messageOf } from '../core/error.ts'
import { createKeep, type Keep } from '../core/keep.ts'
import { provedChain } from '../core/proved-state.ts'
import { chainOf } from '../core/quorum.ts'
import { type AnchorRecord, registryAbi } from '../core/registry.ts'
import { rememberNewest } from '../core/remember.ts'
import { endpointLabel, endpointUrls, rpcProvider } from '../core/rpc.ts'
import type { Readers } from '../core/verify.ts'
import type { ReadDocument } from '../documents/reader.ts'
import type { Log } from './log.ts'
import type { Sightings } from './sightings.ts'

/** The chain that this service anchors on. */
export interface ServiceChain {
  readonly chainId: number
  readonly registry: string
  readonly chain: Chain
}

/** The chain with what proofs come from. */
export interface SourcedChain extends ServiceChain {
  /** Its endpoints, each by itself, for what holds by itself; one that failed lately comes last. */
  readonly sources: () => readonly Chain[]
}

/** Readings of some blocks: an entry has at most a hundred words of 32 bytes. */
const rememberedReadings = 1000

export const registryInterface = new Interface(registryAbi)

/** The chain behind one endpoint or several in `urls`, of which `quorum` must agree on what is read. */
export function openChain(options: {
  readonly urls: string
  readonly quorum: number
  readonly chainId: number
  readonly registry: string
  readonly timeoutMs: number
  readonly sightings: Sightings
}): SourcedChain {
  const { countingErrors, notingHead } = options.sightings
  const endpoints = endpointUrls(options.urls).map((url) =>
    countingErrors({
      label: endpointLabel(url),
      provider: rpcProvider({ ...options, url, fetch }),
    }),
  )
  const terms = { ...options, now: Date.now }
  const chain = notingHead(chainOf(endpoints, options.quorum, terms))
  const singles = endpoints.map((endpoint) => {
    const { label, ask, isResting } = openEndpoint(endpoint, terms)
    const request: Chain['provider']['request'] = ({ method, params = [] }) => ask(method, params)
    return { isResting, chain: { label, provider: { request } } }
  })
  const sources = () =>
    singles
      .toSorted((a, b) => Number(a.isResting()) - Number(b.isResting()))
      .map((single) => single.chain)
  return { chainId: options.chainId, registry: options.registry, chain, sources }
}

/** What verifications at this service share of their readings: as young as the setting wants, and as young as what was seen here. */
export function keepFor(maxAgeMs: number, { isPassed }: Sightings): Keep | undefined {
  if (maxAgeMs === 0) return undefined
  return createKeep({ maxAgeMs, now: () => performance.now(), isPassed })
}

/** What a verification at this service reads: its own chain, whose word is believed, and documents. */
export function readersOf(
  { chainId, chain }: ServiceChain,
  document: ReadDocument,
  keep: Keep | undefined,
): Readers {
  const kept = { ...chain, ...(keep && { keep }) }
  return { chain: (asked) => (asked === chainId ? kept : undefined), document }
}

/**
 * The same with proofs: only the hash of the newest block is believed, which is no older than what is kept. What is proved of a
 * block is fetched once.
 */
export function provedReadersOf(
  { chainId, chain, sources }: SourcedChain,
  document: ReadDocument,
  keep: Keep | undefined,
): Readers {
  const remember = rememberNewest(rememberedReadings)
  const proved = () => ({
    ...provedChain(chain, sources(), undefined, undefined, remember),
    ...(keep && { keep }),
  })
  return { chain: (asked) => (asked === chainId ? proved() : undefined), document }
}

/** Warns of endpoints that give no proofs: where none does, verifications with proofs stay `indeterminate`. Never throws. */
export async function warnOfMissingProofs(
  { sources, registry }: SourcedChain,
  log: Log,
): Promise<void> {
  const params = [registry, [`0x${'0'.repeat(64)}`], 'latest']
  await Promise.all(
    sources().map(({ label, provider }) =>
      provider.request({ method: 'eth_getProof', params }).catch((thrown: unknown) => {
        const said = `CHAIN_PROOFS is true, but ${label} gives no proofs for now: ${messageOf(thrown)}`
        log.warn({ code: 'state_proof_missing' }, said)
      }),
    ),
  )
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
