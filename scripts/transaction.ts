import { createInterface } from 'node:readline/promises'
import type { Eip1193Provider } from '../core/chain.ts'
import { InvalidInputError } from '../core/error.ts'
import { type Output, table } from './output.ts'
import {
  type Call,
  hex,
  limitOf,
  type Quote,
  quoteCalls,
  quoteDocument,
  quoteRows,
  requireFunds,
} from './quote.ts'
import type { Session } from './session.ts'

/** Calls that a person agrees to before they are sent. */
export interface Intent {
  readonly session: Session
  readonly from: string
  readonly calls: readonly Call[]
  /** What they do, in names and values. */
  readonly about: readonly (readonly [name: string, value: string])[]
  /** Number of credentials that share the fee. */
  readonly count?: number
  readonly question: string
}

export interface Consent {
  readonly yes: boolean
  readonly dryRun: boolean
}

export interface Receipt {
  readonly transaction: string
  readonly block: number
  readonly gasUsed: bigint
  readonly fee: bigint
}

/** Shows what the calls do and cost, asks, and sends them; a dry run stops before asking. */
export async function carryOut(intent: Intent, consent: Consent, output: Output) {
  const { session, from, calls, about, count, question } = intent
  const quote = await quoteCalls(session, from, calls)
  const place = [
    ['Network', `${session.network}, chain ${session.chainId}`],
    ['Account', from],
  ] as const
  output.say(table([...about, ...place, ...quoteRows(session, quote, count)]))
  requireFunds(session, from, quote)
  const cost = quoteDocument(quote, count)
  if (consent.dryRun) {
    output.say('Nothing was sent: this was a dry run.')
    return { dryRun: true, cost, transactions: [] }
  }
  await confirm(question, consent.yes)
  const receipts: Receipt[] = []
  for await (const receipt of sendCalls(session, from, calls, quote)) {
    const { transaction, block } = receipt
    receipts.push(receipt)
    const which = calls.length > 1 ? ` (${receipts.length} of ${calls.length})` : ''
    output.say(`Included in block ${block} as transaction ${transaction}${which}.`)
  }
  return { dryRun: false, cost, transactions: receipts }
}

/** Asks on the terminal, unless `--yes` has answered; throws unless the answer is yes. */
async function confirm(question: string, yes: boolean): Promise<void> {
  if (yes) return
  if (!process.stdin.isTTY) {
    throw new InvalidInputError(
      'confirmation_missing',
      'nothing was sent: add --yes to send without being asked, or --dry-run to look only',
    )
  }
  const terminal = createInterface({ input: process.stdin, output: process.stderr })
  const answer = await terminal.question(`${question} [y/N] `).finally(() => terminal.close())
  if (!/^y(es)?$/i.test(answer.trim()))
    throw new InvalidInputError('not_confirmed', 'nothing was sent')
}

/** Sends the calls one after the other, as quoted, and waits for each to be included. */
async function* sendCalls(
  session: Session,
  from: string,
  calls: readonly Call[],
  quote: Quote,
): AsyncGenerator<Receipt> {
  for (const [i, call] of calls.entries()) {
    const gas = limitOf(quote.gas[i] as bigint)
    const transaction = {
      from,
      ...call,
      gas: hex(gas),
      ...quote.priceFields,
    }
    const hash = String(
      await session.provider.request({ method: 'eth_sendTransaction', params: [transaction] }),
    )
    yield await waitForReceipt(session.provider, hash)
  }
}

const waitMs = 1_000
const maxWaits = 900

async function waitForReceipt(provider: Eip1193Provider, hash: string): Promise<Receipt> {
  for (let wait = 0; wait < maxWaits; wait++) {
    const receipt = (await provider.request({
      method: 'eth_getTransactionReceipt',
      params: [hash],
    })) as Record<string, string> | null
    if (receipt?.['status'] === '0x0') {
      throw new InvalidInputError(
        'transaction_failed',
        `transaction ${hash} was included and failed: run the command again, it says what the contract objects to`,
      )
    }
    if (receipt) {
      const gasUsed = BigInt(receipt['gasUsed'] as string)
      const fee = gasUsed * BigInt(receipt['effectiveGasPrice'] ?? 0)
      return { transaction: hash, block: Number(receipt['blockNumber']), gasUsed, fee }
    }
    await new Promise((resolve) => setTimeout(resolve, wait < 10 ? 100 : waitMs))
  }
  throw new InvalidInputError(
    'transaction_pending',
    `transaction ${hash} is not included after ${(waitMs * maxWaits) / 60_000} minutes: run the command again later, nothing is done twice`,
  )
}
