import { contractAddresses } from '../core/deployment.ts'
import { InvalidInputError } from '../core/error.ts'
import { packStatusWords, type StatusLimits } from '../core/status.ts'
import { action } from './action.ts'
import { readView, registry, requireContract } from './contracts.ts'
import type { Call } from './quote.ts'
import { readSelections, type Selection, type SelectionArguments } from './selection.ts'
import { accountOf, openSession, type Session } from './session.ts'
import { type Consent, carryOut } from './transaction.ts'

interface Arguments extends SelectionArguments, Consent {
  /** Gas that one transaction may cost. */
  readonly maxGas: number
  readonly json: boolean
}

/** What is to be changed of one batch. */
interface Change extends Selection {
  /** Words that have a status of the kind already. */
  readonly usedWords: ReadonlySet<number>
}

/** A change of the status of single credentials. */
export interface StatusChange {
  readonly verb: 'revoke' | 'suspend' | 'reinstate'
  /** The view that tells which credentials are in this status, and whether the change sets or clears it. */
  readonly status: 'revocations' | 'suspensions'
  readonly sets: boolean
  readonly done: string
  readonly warning: string
}

/** The task that makes a status change: shows the cost, asks, and sends only what is not so already. */
export function statusChange(change: StatusChange) {
  return action<Arguments>(async (args, hre, output) => {
    const session = await openSession(hre)
    const { registry: to } = contractAddresses
    await requireContract(session, to)
    const selections: Change[] = []
    for (const selection of await readSelections(args, session)) {
      selections.push(await withoutDone(selection, change, session, to))
    }
    const [first] = selections
    const count = selections.reduce((sum, { statusIndexes }) => sum + statusIndexes.length, 0)
    const named = selections.map(({ issuer, root, statusIndexes }) => ({
      issuer,
      root,
      statusIndexes,
    }))
    if (!first || count === 0) {
      output.say(`Nothing to do: ${change.done} already.`)
      return { changed: 0, batches: named }
    }
    const from = senderFor(first, args.account, session)
    await requireNothingPending(session, from)
    const gas = Math.floor((Math.min(args.maxGas, await readBlockGas(session)) / 32) * 31)
    const calls = selections.flatMap((selection) => callsOf(selection, change, gas, from, to))
    const about = [
      [change.verb, `${count} ${count === 1 ? 'credential' : 'credentials'}, ${change.warning}`],
      ...selections.map(
        ({ root, statusIndexes }) => ['Batch', `${root}, index ${shorten(statusIndexes)}`] as const,
      ),
    ] as const
    const question = `${change.verb} ${count === 1 ? 'it' : 'them'}?`
    const result = await carryOut({ session, from, calls, about, count, question }, args, output)
    return { changed: result.dryRun ? 0 : count, batches: named, ...result }
  })
}

/** The issuer's own account where Hardhat can sign for it; otherwise the network's, as an operator. */
export function senderFor(
  { issuer }: Pick<Selection, 'issuer'>,
  account: string | undefined,
  session: Session,
): string {
  return account === undefined && session.accounts.includes(issuer)
    ? issuer
    : accountOf(session, account)
}

/** Refuses a batch that was never anchored, and leaves out what is in the wanted status already. */
async function withoutDone(
  { issuer, root, statusIndexes }: Selection,
  { status, sets }: StatusChange,
  { provider, chainId }: Session,
  to: string,
): Promise<Change> {
  const [record] = await readView(provider, to, registry, 'anchorOf', [issuer, root])
  if (record.anchoredAt === 0n) {
    throw new InvalidInputError(
      'batch_unknown',
      `${issuer} never anchored batch ${root} on chain ${chainId}: check file, issuer and network (a credential that was altered leads to no batch)`,
    )
  }
  const size = Number(record.size)
  const beyond = statusIndexes.filter((index) => index >= size)
  if (beyond.length > 0) {
    throw new InvalidInputError(
      'status_index_out_of_range',
      `batch ${root} has ${size} credentials, status indexes 0 to ${size - 1}: there is no ${shorten(beyond)}`,
    )
  }
  const set = new Set<number>()
  const usedWords = new Set<number>()
  for (const run of packStatusWords(statusIndexes)) {
    const asked = [issuer, root, run.firstWord, run.words.length]
    const [answer] = await readView(provider, to, registry, status, asked)
    const words: readonly bigint[] = Array.from(answer)
    for (const index of indexesIn(run.firstWord, words)) set.add(index)
    for (const [w, word] of words.entries()) if (word > 0n) usedWords.add(Number(run.firstWord) + w)
  }
  const open = new Set(statusIndexes.filter((index) => set.has(index) !== sets))
  return { issuer, root, statusIndexes: [...open], usedWords }
}

/** What was sent before and is in no block yet may do the same: it is not paid for twice. */
async function requireNothingPending({ provider }: Session, from: string): Promise<void> {
  const count = async (tag: string) =>
    Number(await provider.request({ method: 'eth_getTransactionCount', params: [from, tag] }))
  // Not every node tells what is pending.
  const [next, pending] = await Promise.all([count('latest'), count('pending').catch(() => 0)])
  if (!(pending > next)) return
  throw new InvalidInputError(
    'transaction_pending',
    `${pending - next} transactions of ${from} are in no block yet, perhaps from a run of this command that was cut off: wait until they are, and run it again`,
  )
}

/** A block's gas; a node that does not tell it is not asked again by the estimate. */
async function readBlockGas({ provider }: Session): Promise<number> {
  const params = ['latest', false]
  const block = await provider.request({ method: 'eth_getBlockByNumber', params })
  const gas = Number((block as { readonly gasLimit?: string } | null)?.gasLimit)
  return gas > 0 ? gas : Number.MAX_SAFE_INTEGER
}

function indexesIn(firstWord: bigint, words: readonly bigint[]): readonly number[] {
  return words.flatMap((word, w) =>
    Array.from({ length: 256 }, (_, bit) => bit)
      .filter((bit) => (word >> BigInt(bit)) & 1n)
      .map((bit) => (Number(firstWord) + w) * 256 + bit),
  )
}

function callsOf(
  { issuer, root, statusIndexes, usedWords }: Change,
  { verb, sets }: StatusChange,
  gas: number,
  from: string,
  to: string,
): readonly Call[] {
  if (verb === 'revoke' && statusIndexes.length === 1 && from === issuer) {
    return [{ to, data: registry.encodeFunctionData('revokeInBatch', [root, statusIndexes[0]]) }]
  }
  const limits: StatusLimits = { gas, isUsed: (word) => !sets || usedWords.has(word) }
  return packStatusWords(statusIndexes, limits).map(({ firstWord, words }) => ({
    to,
    data: registry.encodeFunctionData(verb, [issuer, root, firstWord, words]),
  }))
}

function shorten(statusIndexes: readonly number[]): string {
  const shown = statusIndexes.slice(0, 12).join(', ')
  return statusIndexes.length > 12 ? `${shown} and ${statusIndexes.length - 12} more` : shown
}
