import { contractAddresses } from '../core/deployment.ts'
import { InvalidInputError } from '../core/error.ts'
import { packStatusWords, type StatusWords } from '../core/status.ts'
import { action } from './action.ts'
import { readView, registry, requireContract } from './contracts.ts'
import type { Call } from './quote.ts'
import { readSelections, type Selection, type SelectionArguments } from './selection.ts'
import { accountOf, openSession, type Session } from './session.ts'
import { type Consent, carryOut } from './transaction.ts'

interface Arguments extends SelectionArguments, Consent {
  readonly json: boolean
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
    const selections: Selection[] = []
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
    const calls = selections.flatMap((selection) => callsOf(selection, change, from, to))
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
): Promise<Selection> {
  const [record] = await readView(provider, to, registry, 'anchorOf', [issuer, root])
  if (record.anchoredAt === 0n) {
    throw new InvalidInputError(
      'batch_unknown',
      `${issuer} never anchored batch ${root} on chain ${chainId}: check file, issuer and network (a credential that was altered leads to no batch)`,
    )
  }
  const set = new Set<number>()
  for (const run of packStatusWords(statusIndexes)) {
    const asked = [issuer, root, run.firstWord, run.words.length]
    const [words] = await readView(provider, to, registry, status, asked)
    for (const index of indexesIn(run.firstWord, Array.from(words))) set.add(index)
  }
  const open = new Set(statusIndexes.filter((index) => set.has(index) !== sets))
  return { issuer, root, statusIndexes: [...open] }
}

function indexesIn(firstWord: bigint, words: readonly bigint[]): readonly number[] {
  return words.flatMap((word, w) =>
    Array.from({ length: 256 }, (_, bit) => bit)
      .filter((bit) => (word >> BigInt(bit)) & 1n)
      .map((bit) => (Number(firstWord) + w) * 256 + bit),
  )
}

function callsOf(
  selection: Selection,
  { verb }: StatusChange,
  from: string,
  to: string,
): readonly Call[] {
  const { issuer, root, statusIndexes } = selection
  if (verb === 'revoke' && statusIndexes.length === 1 && from === issuer) {
    return [{ to, data: registry.encodeFunctionData('revokeInBatch', [root, statusIndexes[0]]) }]
  }
  return packStatusWords(statusIndexes).map(({ firstWord, words }: StatusWords) => ({
    to,
    data: registry.encodeFunctionData(verb, [issuer, root, firstWord, words]),
  }))
}

function shorten(statusIndexes: readonly number[]): string {
  const shown = statusIndexes.slice(0, 12).join(', ')
  return statusIndexes.length > 12 ? `${shown} and ${statusIndexes.length - 12} more` : shown
}
