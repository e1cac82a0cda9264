import type { Chain } from '../core/chain.ts'
import type { ServiceChain } from './chains.ts'
import { SendError } from './send-error.ts'

/** Wei a gas, as EIP-1559 has them. */
export interface Fees {
  readonly maxFee: bigint
  readonly maxPriorityFee: bigint
}

const gwei = 1_000_000_000n

/**
 * Fees that outlast six full blocks, within the ceiling (wei).
 *
 * Throws `SendError` `fee_above_ceiling` where the next block may already cost more.
 */
export async function suggestFees({ chain }: ServiceChain, ceiling: bigint): Promise<Fees> {
  const block = (await chain.provider.request({
    method: 'eth_getBlockByNumber',
    params: ['latest', false],
  })) as { readonly baseFeePerGas?: string } | null
  const base = BigInt(block?.baseFeePerGas ?? 0)
  const maxPriorityFee = await readTip(chain)
  if (base + maxPriorityFee > ceiling) throw aboveCeiling(base + maxPriorityFee, ceiling)
  const generous = 2n * base + maxPriorityFee
  return { maxFee: generous < ceiling ? generous : ceiling, maxPriorityFee }
}

/** What a gas costs now (wei), and how much gas a block has. */
export async function readGasTerms({
  chain,
}: ServiceChain): Promise<{ readonly price: bigint; readonly blockGas: number }> {
  const [block, tip] = await Promise.all([
    chain.provider.request({ method: 'eth_getBlockByNumber', params: ['latest', false] }),
    readTip(chain),
  ])
  const { baseFeePerGas, gasLimit } = (block ?? {}) as Readonly<Record<string, string | undefined>>
  return { price: BigInt(baseFeePerGas ?? 0) + tip, blockGas: Number(gasLimit) }
}

function readTip(chain: Chain): Promise<bigint> {
  return chain.provider.request({ method: 'eth_maxPriorityFeePerGas', params: [] }).then(
    (tip) => BigInt(String(tip)),
    () => gwei,
  )
}

/** Fees that a node accepts in place of the `old` ones: an eighth more at least. `undefined` where the ceiling forbids it. */
export function raisedFees(old: Fees, suggested: Fees, ceiling: bigint): Fees | undefined {
  const maxFee = larger(anEighthMore(old.maxFee), suggested.maxFee)
  if (maxFee > ceiling) return undefined
  return {
    maxFee,
    maxPriorityFee: larger(anEighthMore(old.maxPriorityFee), suggested.maxPriorityFee),
  }
}

function anEighthMore(fee: bigint): bigint {
  return (fee * 9n) / 8n + 1n
}

function larger(a: bigint, b: bigint): bigint {
  return a > b ? a : b
}

function aboveCeiling(price: bigint, ceiling: bigint): SendError {
  const inGwei = (wei: bigint) => Math.round(Number(wei) / 1e8) / 10
  return new SendError(
    'fee_above_ceiling',
    `a gas costs ${inGwei(price)} gwei now, and MAX_FEE_GWEI allows ${inGwei(ceiling)}; it is tried again, or raise the setting`,
  )
}
