import { contractAddresses } from '../core/deployment.ts'
import { InvalidInputError } from '../core/error.ts'
import { formatSeconds } from '../core/time.ts'
import { action } from './action.ts'
import { readView, registry, requireContract } from './contracts.ts'
import { readBatchName, type SelectionArguments } from './selection.ts'
import { openSession } from './session.ts'
import { senderFor } from './status-change.ts'
import { type Consent, carryOut } from './transaction.ts'

interface Arguments extends Omit<SelectionArguments, 'index' | 'ids' | 'indexes'>, Consent {
  readonly json: boolean
}

/** Withdraws a whole batch, for good. */
export default action<Arguments>(async (args, hre, output) => {
  const session = await openSession(hre)
  const { registry: to } = contractAddresses
  await requireContract(session, to)
  const { issuer, root } = await readBatchName(args, session)
  const [record] = await readView(session.provider, to, registry, 'anchorOf', [issuer, root])
  if (record.anchoredAt === 0n) {
    throw new InvalidInputError(
      'batch_unknown',
      `${issuer} never anchored batch ${root} on chain ${session.chainId}: check file, issuer and network`,
    )
  }
  if (record.withdrawnAt > 0n) {
    const withdrawnAt = formatSeconds(Number(record.withdrawnAt))
    output.say(`Nothing to do: batch ${root} was withdrawn at ${withdrawnAt}.`)
    return { issuer, root, alreadyWithdrawn: true, withdrawnAt }
  }
  const count = Number(record.size)
  const from = senderFor({ issuer }, args.account, session)
  const calls = [{ to, data: registry.encodeFunctionData('withdraw', [issuer, root]) }]
  const about = [
    [
      'Withdraw',
      `batch ${root}, for good: none of its ${count} credentials will be valid any more`,
    ],
    ['Issuer', `${issuer}, batch number ${record.sequence}`],
  ] as const
  const question = 'Withdraw the whole batch?'
  const done = await carryOut({ session, from, calls, about, count, question }, args, output)
  return { issuer, root, alreadyWithdrawn: false, ...done }
})
