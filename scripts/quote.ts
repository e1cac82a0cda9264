import { formatEther } from 'ethers'
import type { Eip1193Provider } from '../core/chain.ts'
import { InvalidInputError } from '../core/error.ts'
import { maxTransactionGas } from '../core/status.ts'
import { currencyOf } from './networks.ts'
import type { Session } from './session.ts'

/** A contract call to send. */
export interface Call {
  readonly to: string
  readonly data: string
}

/** What calls would cost together. Prices are in wei a unit of gas, fees in wei. */
export interface Quote {
  readonly gas: readonly bigint[]
  readonly price: bigint
  readonly maxPrice: bigint
  /** The price as a transaction names it. */
  readonly priceFields: Readonly<Record<string, string>>
  readonly fee: bigint
  readonly maxFee: bigint
  readonly balance: bigint
}

/** Estimates the calls as the chain would run them now; throws what the contract objects to. */
export async function quoteCalls(
  session: Session,
  from: string,
  calls: readonly Call[],
): Promise<Quote> {
  const { provider } = session
  const ask = async (method: string, ...params: unknown[]) =>
    BigInt(String(await provider.request({ method, params })))
  const gas: bigint[] = []
  for (const call of calls) gas.push(await ask('eth_estimateGas', { from, ...call }))
  const [balance, prices] = await Promise.all([
    ask('eth_getBalance', from, 'latest'),
    readPrices(provider),
  ])
  const total = gas.reduce((sum, each) => sum + each, 0n)
  return {
    gas,
    ...prices,
    fee: total * prices.price,
    maxFee: gas.reduce((sum, each) => sum + limitOf(each), 0n) * prices.maxPrice,
    balance,
  }
}

type Prices = Pick<Quote, 'price' | 'maxPrice' | 'priceFields'>

async function readPrices(provider: Eip1193Provider): Promise<Prices> {
  const ask = async (method: string) => BigInt(String(await provider.request({ method })))
  const { baseFeePerGas } = (await provider.request({
    method: 'eth_getBlockByNumber',
    params: ['latest', false],
  })) as { readonly baseFeePerGas?: string }
  if (baseFeePerGas === undefined) {
    const price = await ask('eth_gasPrice')
    return { price, maxPrice: price, priceFields: { gasPrice: hex(price) } }
  }
  const base = BigInt(baseFeePerGas)
  // Not every node knows the method; a gwei is what most wallets begin with.
  const priority = await ask('eth_maxPriorityFeePerGas').catch(() => 1_000_000_000n)
  const maxPrice = 2n * base + priority // EIP-1559: the base fee may rise before the call is included.
  const priceFields = { maxFeePerGas: hex(maxPrice), maxPriorityFeePerGas: hex(priority) }
  return { price: base + priority, maxPrice, priceFields }
}

export function hex(value: bigint): string {
  return `0x${value.toString(16)}`
}

/** Gas limit for an estimate: room for state that changes before the block, within what chains take of one transaction. */
export function limitOf(gas: bigint): bigint {
  const roomy = (gas * 12n) / 10n
  const most = BigInt(maxTransactionGas)
  return gas <= most && roomy > most ? most : roomy
}

/** Rows for a person: what the calls cost, and each of `count` credentials. */
export function quoteRows(
  session: Session,
  quote: Quote,
  count: number | undefined,
): readonly (readonly [string, string])[] {
  const currency = currencyOf(session.chainId)
  const total = quote.gas.reduce((sum, each) => sum + each, 0n)
  return [
    ...(quote.gas.length > 1 ? [['Transactions', String(quote.gas.length)] as const] : []),
    ['Gas', `${total} at ${round(quote.price * 10n ** 9n)} gwei`],
    ['Fee', `${round(quote.fee)} ${currency}, at most ${round(quote.maxFee)}`],
    ...(count === undefined
      ? []
      : [
          [
            'Per credential',
            `${round(quote.fee / BigInt(count))} ${currency} (${total / BigInt(count)} gas)`,
          ] as const,
        ]),
    ['Balance', `${round(quote.balance)} ${currency}`],
  ]
}

/** The quote as JSON takes it. */
export function quoteDocument(quote: Quote, count: number | undefined) {
  const { price, fee, maxFee, balance } = quote
  const shared = count === undefined ? {} : { feePerCredential: fee / BigInt(count) }
  return {
    transactions: quote.gas.length,
    gas: quote.gas.reduce((sum, each) => sum + each, 0n),
    price,
    fee,
    maxFee,
    ...shared,
    balance,
  }
}

/** Refuses to send what the account could not pay for. */
export function requireFunds(session: Session, from: string, { balance, maxFee }: Quote): void {
  if (balance >= maxFee) return
  const currency = currencyOf(session.chainId)
  throw new InvalidInputError(
    'funds_insufficient',
    `${from} has ${round(balance)} ${currency} and may need ${round(maxFee)}: send it at least ${formatEther(maxFee - balance)} ${currency} on chain ${session.chainId}`,
  )
}

/** An amount of wei in the chain's currency, to four digits. */
function round(wei: bigint): string {
  return Number(formatEther(wei)).toLocaleString('en', { maximumSignificantDigits: 4 })
}
