import { Transaction } from 'ethers'
import type { Kysely } from 'kysely'
import { messageOf } from '../core/error.ts'
import { RpcError } from '../core/rpc.ts'
import type { ServiceChain } from './chains.ts'
import { type Fees, raisedFees, suggestFees } from './fees.ts'
import { killPoint } from './kill-point.ts'
import type { Log } from './log.ts'
import { refusalOf, SendError, withoutFunds } from './send-error.ts'
import { recordStatusCall, undoStatusCall } from './statuses.ts'
import type { Tables, TransactionPurpose } from './tables.ts'
import { dropTransaction, recordIncluded, reopenTransactions } from './transaction-fates.ts'
import {
  type Account,
  pendingTransactions,
  recordBroadcast,
  recordReplacement,
  rivalsOf,
  type SignedTransaction,
  type TransactionRow,
} from './transactions.ts'

/** What a transaction is signed from. */
export interface Draft {
  readonly nonce: number
  readonly to: string
  readonly data: string
  readonly gasLimit: bigint
  readonly fees: Fees
  readonly purpose: TransactionPurpose
}

/** One operator key at work; whoever uses it holds the key's turn. */
export interface Desk {
  readonly db: Kysely<Tables>
  readonly service: ServiceChain
  readonly account: Account
  readonly sign: (draft: Draft) => Promise<SignedTransaction>
  /** Wei a gas. */
  readonly ceiling: bigint
  readonly replaceAfterMs: number
  readonly log: Log
}

/** So long a nonce that the chain has passed may be without a receipt, on endpoints that lag behind one another. */
const lagMs = 60_000

/**
 * Finds out what became of every transaction on its way: included, forgotten by a reorganisation, unknown to the node, stuck, or void.
 *
 * Broadcasts again what was signed, with the nonce that it has. Safe to call any time, after any crash. Returns how many there
 * were, and how many are still on their way.
 */
export async function settleTransactions(
  desk: Desk,
): Promise<{ readonly found: number; readonly left: number }> {
  const { db, service, account } = desk
  const next = await transactionCount(service, account.operator, 'latest')
  await reopenTransactions(db, account, next, (transaction, { hash, raw }, batches) => {
    desk.log.info({ transaction: hash, batches }, 'the chain has forgotten a transaction')
    return undoStatusCall(transaction, raw, batches)
  })
  const rows = await pendingTransactions(db, account)
  killPoint('settle.begun')
  for (const row of rows) await settleOne(desk, row, next)
  const left = rows.length === 0 ? 0 : (await pendingTransactions(db, account)).length
  return { found: rows.length, left }
}

async function settleOne(desk: Desk, row: TransactionRow, next: number): Promise<void> {
  const { db, service } = desk
  if (await findIncluded(desk, row)) return
  if (row.nonce < next) {
    if (Date.now() - row.updated_at.getTime() > lagMs) {
      await dropTransaction(db, row, 'a transaction that is not of this service took its nonce')
    }
    return
  }
  const params = [row.hash]
  const isKnown = await service.chain.provider.request({
    method: 'eth_getTransactionByHash',
    params,
  })
  if (!isKnown || row.state === 'signed') await deliver(desk, row)
  if (await findIncluded(desk, row)) return
  // Only the first in line can be stuck for its fee; the others wait for it.
  if (row.nonce === next && Date.now() - row.created_at.getTime() > desk.replaceAfterMs) {
    await replace(desk, row)
  }
}

async function findIncluded(desk: Desk, row: TransactionRow): Promise<boolean> {
  const { db, service } = desk
  for (const rival of await rivalsOf(db, row)) {
    const answer = await service.chain.provider.request({
      method: 'eth_getTransactionReceipt',
      params: [rival.hash],
    })
    if (typeof answer !== 'object' || answer === null) continue
    killPoint('settle.found')
    const { status, gasUsed, effectiveGasPrice } = answer as Readonly<Record<string, string>>
    const gas = BigInt(gasUsed ?? 0)
    const receipt = {
      reverted: status !== '0x1',
      gasUsed: gas,
      feePaid: gas * BigInt(effectiveGasPrice ?? 0),
    }
    await recordIncluded(db, rival, receipt, (transaction, batchIds) =>
      recordStatusCall(transaction, rival.raw, batchIds),
    )
    const { reverted } = receipt
    desk.log.info(
      { transaction: rival.hash, reverted, gas: Number(gas) },
      'a transaction is included',
    )
    return true
  }
  return false
}

async function replace(desk: Desk, row: TransactionRow): Promise<void> {
  const { db, service, ceiling } = desk
  const old = { maxFee: BigInt(row.max_fee), maxPriorityFee: BigInt(row.max_priority_fee) }
  const suggested = await suggestFees(service, ceiling).catch((thrown: unknown) => {
    // Too dear for now: the old one stays in line.
    if (thrown instanceof SendError) return undefined
    throw thrown
  })
  const fees = suggested && raisedFees(old, suggested, ceiling)
  if (!fees) return
  const { nonce, to, data, gasLimit } = Transaction.from(row.raw)
  const draft = { nonce, to: String(to), data, gasLimit, fees, purpose: row.purpose }
  killPoint('replace.begun')
  const replacement = await recordReplacement(db, row, await desk.sign(draft))
  killPoint('replace.stored')
  desk.log.info({ transaction: replacement.hash, replaces: row.hash }, 'a transaction is replaced')
  await deliver(desk, replacement)
  killPoint('replace.broadcast')
}

/**
 * Hands a stored transaction to the chain. Returns why it was refused for good, after which it is dropped.
 *
 * An endpoint that fails leaves it unknown whether it arrived: it stays, and is handed over again.
 */
export async function deliver(desk: Desk, row: TransactionRow): Promise<SendError | undefined> {
  const { db, service } = desk
  const { chain } = service
  try {
    await chain.provider.request({ method: 'eth_sendRawTransaction', params: [row.raw] })
  } catch (thrown) {
    if (!(thrown instanceof RpcError)) return undefined
    const refusal = refusalOf(thrown.message)
    if (refusal !== 'known') {
      // A used nonce or a dearer rival: which one it is shows in the receipts.
      const isUndecided = refusal === 'nonce_too_low' || refusal === 'replacement_underpriced'
      if (isUndecided || row.state !== 'signed') return undefined
      // Others wait behind it: a gap would hold them up until something new is sent, and a higher fee may yet bring it in.
      const waiting = await pendingTransactions(db, desk.account)
      if (waiting.some(({ nonce }) => nonce > row.nonce)) return undefined
      const error =
        refusal === 'insufficient_funds'
          ? withoutFunds(desk.account.operator)
          : new SendError(
              'transaction_refused',
              `${chain.label} refuses the transaction: ${messageOf(thrown).slice(0, 200)}`,
              thrown,
            )
      killPoint('send.refused')
      await dropTransaction(db, row, error.message)
      desk.log.warn({ transaction: row.hash, code: error.code }, error.message)
      return error
    }
  }
  killPoint('send.broadcast')
  await recordBroadcast(db, row)
  killPoint('send.broadcast-recorded')
  return undefined
}

/** The number of transactions of an account: its next nonce. */
export async function transactionCount(
  { chain }: ServiceChain,
  operator: string,
  tag: 'latest' | 'pending',
): Promise<number> {
  const method = 'eth_getTransactionCount'
  const answer = await chain.provider.request({ method, params: [operator, tag] })
  const count = typeof answer === 'string' ? Number(answer) : Number.NaN
  if (Number.isSafeInteger(count)) return count
  throw new Error(`${chain.label} answers ${method} with something else`)
}
