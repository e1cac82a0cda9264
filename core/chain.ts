import type { AccreditationPages } from './accreditation.ts'
import type { BatchWords } from './batch-words.ts'
import { fromHex, type Hex } from './bytes.ts'
import { messageOf } from './error.ts'
import type { Keep } from './keep.ts'
import type { Claim, RegistryState } from './registry.ts'
import { RpcError } from './rpc.ts'

/** An EIP-1193 provider: what Hardhat, wallets and `rpcProvider` all offer. */
export interface Eip1193Provider {
  request(call: { readonly method: string; readonly params?: readonly unknown[] }): Promise<unknown>
}

/** A chain as a verifier reaches it. `label` names the endpoint to a person and must hold no secret. */
export interface Chain {
  readonly label: string
  readonly provider: Eip1193Provider
  /** Where its state is proved against the hash of a block instead of believed (core/proved-state.ts). */
  readonly proved?: ProvedReader
  /** Where what was read of it a moment ago serves others as well (core/keep.ts). */
  readonly keep?: Keep
  /** What a registry says of this very claim at a block, where it was asked about many at once (core/known-claims.ts). */
  readonly known?: (block: Block, registry: string, claim: Claim) => RegistryState | undefined
}

/** Reads state with proofs. Everything throws `ChainUnreadableError` where it cannot be proved. */
export interface ProvedReader {
  /** Whose word the hash of the block is, for a person. */
  readonly hashFrom: string
  /** Whether the verifier itself gave the hash: then the block may be old. */
  readonly isPinned: boolean
  readonly readBlock: (chainId: number) => Promise<Block>
  /** What holds of the batch of a claim, and of all credentials in the claim's status word. */
  readonly readBatch: (block: Block, registry: string, claim: Claim) => Promise<BatchWords>
  readonly accreditations: (block: Block, registry: string) => AccreditationPages
}

/** How a report says that a reading is proved; nothing where the endpoint is believed. */
export function provedAgainst({ proved }: Chain, { hash }: Block): { readonly proved?: string } {
  return proved ? { proved: `block hash ${hash}, ${proved.hashFrom}` } : {}
}

/** The point at which state is read. `time` is in seconds. */
export interface Block {
  readonly number: number
  readonly hash: string
  readonly time: number
}

/** A block with what links it to the one before. */
export interface LinkedBlock extends Block {
  readonly parentHash: string
}

export type ChainProblem =
  | 'chain_unreachable'
  | 'chain_mismatch'
  | 'chain_answer_malformed'
  | 'chain_stale'
  | 'registry_missing'
  | 'accreditations_too_many'
  | 'endpoints_disagree'
  | 'chain_answer_disproved'
  | 'state_proof_refused'
  | 'state_proof_missing'
  | 'block_hash_mismatch'
  | 'block_header_malformed'
  | 'block_header_unknown'
  | 'receipt_mismatch'
  | 'block_before_anchor'

/** The chain could not be read, or is not the one it should be: never a statement about a credential. */
export class ChainUnreadableError extends Error {
  override readonly name = 'ChainUnreadableError'
  readonly code: ChainProblem

  constructor(code: ChainProblem, message: string, cause?: unknown) {
    super(message, { cause })
    this.code = code
  }
}

/** Reads the latest block, after comparing the endpoint's chain id with the one asked for. Throws `ChainUnreadableError`. */
export async function readLatestBlock(chain: Chain, chainId: number): Promise<Block> {
  const [id, block] = await Promise.all([
    request(chain, 'eth_chainId', []),
    request(chain, 'eth_getBlockByNumber', ['latest', false]),
  ])
  const found = parseQuantity(id, chain)
  if (found !== chainId) {
    throw new ChainUnreadableError(
      'chain_mismatch',
      `${chain.label} is chain ${found}, not chain ${chainId}; name an endpoint of chain ${chainId}`,
    )
  }
  return parseBlock(block, chain)
}

/** A block by its number or tag; `undefined` where the endpoint has none. Throws `ChainUnreadableError`. */
export async function readBlock(
  chain: Chain,
  at: number | 'safe' | 'finalized',
): Promise<LinkedBlock | undefined> {
  const answer = await request(chain, 'eth_getBlockByNumber', [tagOf(at), false])
  if (answer === null) return undefined
  const block = parseBlock(answer, chain)
  const { parentHash } = answer as Record<string, unknown>
  if (!isHash(parentHash) || (typeof at === 'number' && at !== block.number)) {
    throw malformed(chain, 'eth_getBlockByNumber')
  }
  return { ...block, parentHash: parentHash.toLowerCase() }
}

/** The answer of a view function at a block. Throws `ChainUnreadableError`, also where no contract answers. */
export async function callContract(
  chain: Chain,
  to: string,
  data: Hex,
  block: number | 'safe' | 'finalized',
): Promise<Uint8Array> {
  const answer = await request(chain, 'eth_call', [{ to, data }, tagOf(block)])
  if (answer === '0x') {
    throw new ChainUnreadableError('registry_missing', `${chain.label} knows no contract at ${to}`)
  }
  if (typeof answer !== 'string' || !/^0x(?:[0-9a-f]{2}){1,1000000}$/i.test(answer)) {
    throw malformed(chain, 'eth_call')
  }
  return fromHex(answer)
}

function tagOf(block: number | 'safe' | 'finalized'): string {
  return typeof block === 'number' ? `0x${block.toString(16)}` : block
}

/** Asks an endpoint; throws `ChainUnreadableError` where it does not answer. */
export async function request(
  chain: Chain,
  method: string,
  params: readonly unknown[],
): Promise<unknown> {
  try {
    return await chain.provider.request({ method, params })
  } catch (thrown) {
    if (thrown instanceof ChainUnreadableError) throw thrown
    const said = thrown instanceof RpcError ? 'answered' : 'could not be asked'
    throw new ChainUnreadableError(
      'chain_unreachable',
      `${chain.label} ${said} ${method}: ${messageOf(thrown).slice(0, 200)}`,
      thrown,
    )
  }
}

function parseBlock(block: unknown, chain: Chain): Block {
  if (typeof block !== 'object' || block === null) throw malformed(chain, 'eth_getBlockByNumber')
  const { number, hash, timestamp } = block as Record<string, unknown>
  if (!isHash(hash)) throw malformed(chain, 'eth_getBlockByNumber')
  const time = parseQuantity(timestamp, chain)
  if (time >= 2 ** 40) throw malformed(chain, 'the time of a block')
  return { number: parseQuantity(number, chain), hash: hash.toLowerCase(), time }
}

function isHash(value: unknown): value is string {
  return typeof value === 'string' && /^0x[0-9a-f]{64}$/i.test(value)
}

function parseQuantity(value: unknown, chain: Chain): number {
  const quantity =
    typeof value === 'string' && /^0x[0-9a-f]{1,13}$/i.test(value) ? Number(value) : Number.NaN
  if (!Number.isSafeInteger(quantity)) throw malformed(chain, 'a quantity')
  return quantity
}

function malformed(chain: Chain, what: string): ChainUnreadableError {
  return new ChainUnreadableError(
    'chain_answer_malformed',
    `${chain.label} answers ${what} with something else`,
  )
}
