import { checksumAddress } from '../core/abi.ts'
import { contractAddresses } from '../core/deployment.ts'
import { InvalidInputError } from '../core/error.ts'
import { formatSeconds, parseTimestamp } from '../core/time.ts'
import { listAccreditations, readAccreditationsOf, type Statement } from './accreditations.ts'
import { action } from './action.ts'
import { accreditationRegistry, readView, requireContract } from './contracts.ts'
import { explainScope, requireScope } from './scope-text.ts'
import { accountOf, openSession, type Session } from './session.ts'
import { visible } from './terminal-text.ts'
import { type Consent, carryOut } from './transaction.ts'

interface Arguments extends Consent {
  readonly subject: string
  readonly name: string | undefined
  readonly did: string | undefined
  readonly scope: string | undefined
  readonly validFrom: string | undefined
  readonly validUntil: string | undefined
  readonly maySubaccredit: boolean
  readonly profileHash: string | undefined
  readonly withdraw: string | undefined
  readonly list: string | undefined
  readonly account: string | undefined
  readonly json: boolean
}

/** Accredits an account, ends an accreditation (`--withdraw`) or lists those of an accreditor (`--list`). */
export default action<Arguments>(async (args, hre, output) => {
  const session = await openSession(hre)
  const { accreditationRegistry: to } = contractAddresses
  await requireContract(session, to)
  if (args.list !== undefined) return listAccreditations(session, to, args.list, output)

  const from = accountOf(session, args.account)
  if (args.withdraw !== undefined) {
    const index = parseIndex(args.withdraw)
    const [{ statement, withdrawnAt }] = await readView(
      session.provider,
      to,
      accreditationRegistry,
      'accreditationAt',
      [from, index],
    )
    if (withdrawnAt > 0n) {
      output.say(
        `Accreditation ${index} was withdrawn already, at ${formatSeconds(Number(withdrawnAt))}.`,
      )
      return { index, alreadyWithdrawn: true }
    }
    const call = { to, data: accreditationRegistry.encodeFunctionData('withdraw', [index]) }
    const about = [
      ['Withdraw', `accreditation ${index}, of ${statement.name} (${statement.subject})`],
    ] as const
    const question = 'Withdraw this accreditation, from now on?'
    return {
      index,
      ...(await carryOut({ session, from, calls: [call], about, question }, args, output)),
    }
  }

  const statement = await readStatement(args, session)
  const existing = (await readAccreditationsOf(session, to, from, statement.subject)).find(
    (record) =>
      record.withdrawnAt === 0 && isSame(record.statement, statement, args.validFrom !== undefined),
  )
  if (existing) {
    output.say(
      `${statement.name} is accredited like this already: accreditation ${existing.index}.`,
    )
    return { index: existing.index, alreadyAccredited: true }
  }
  const call = { to, data: accreditationRegistry.encodeFunctionData('accredit', [statement]) }
  const about = [
    ['Accredit', `${statement.name} (${statement.subject})`],
    ['Issuer DID', statement.did || 'none given'],
    ['Scope', statement.scope || 'empty'],
    ['It may issue', explainScope(statement.scope)],
    ['From', formatSeconds(statement.validFrom)],
    ['Until', statement.validUntil === 0 ? 'open' : formatSeconds(statement.validUntil)],
    ['Sub-accredits', statement.maySubaccredit ? 'yes, and can narrow the scope only' : 'no'],
  ] as const
  const question = 'Accredit this account?'
  const done = await carryOut({ session, from, calls: [call], about, question }, args, output)
  const records = await readAccreditationsOf(session, to, from, statement.subject)
  return { accreditor: from, statement, index: done.dryRun ? null : records.at(-1)?.index, ...done }
})

async function readStatement(args: Arguments, { provider }: Session): Promise<Statement> {
  if (args.subject === '') {
    throw new InvalidInputError(
      'subject_missing',
      'name the account to accredit: npx hardhat accredit 0x… --name …',
    )
  }
  if (!args.name)
    throw new InvalidInputError(
      'name_missing',
      'give --name: verifiers show it as the issuer’s name',
    )
  const seconds = (text: string, pointer: string) =>
    Math.floor(parseTimestamp(text, pointer) / 1000)
  const block = (await provider.request({
    method: 'eth_getBlockByNumber',
    params: ['latest', false],
  })) as { readonly timestamp: string }
  return {
    subject: checksumAddress(args.subject),
    validFrom:
      args.validFrom === undefined
        ? Number(block.timestamp)
        : seconds(args.validFrom, '--valid-from'),
    validUntil: args.validUntil === undefined ? 0 : seconds(args.validUntil, '--valid-until'),
    maySubaccredit: args.maySubaccredit,
    profileHash: args.profileHash ?? `0x${'0'.repeat(64)}`,
    scope: requireScope(args.scope ?? ''),
    name: requirePlain(args.name, '--name'),
    did: requireDid(args.did ?? ''),
  }
}

/** Verifiers show these texts for ever: what is not seen, or turns what is, has no place in them. */
function requirePlain(text: string, option: string): string {
  if (text === visible(text)) return text
  throw new InvalidInputError(
    'text_hidden',
    `${option} holds control characters, or marks that hide or turn text: write it anew`,
  )
}

/** A DID that nobody can compare with an issuer's would never tie it to its account. */
function requireDid(did: string): string {
  if (did === '' || /^did:[a-z0-9]+:[A-Za-z0-9._:%-]+$/.test(did)) return did
  throw new InvalidInputError(
    'did_malformed',
    `--did ${did.slice(0, 80)} is no DID: give it as the credentials name their issuer, for example did:web:university.example`,
  )
}

function isSame(a: Statement, b: Statement, withStart: boolean): boolean {
  const names = Object.keys(b) as (keyof Statement)[]
  return names.every((name) => (name === 'validFrom' && !withStart) || a[name] === b[name])
}

function parseIndex(text: string): number {
  if (/^\d{1,9}$/.test(text)) return Number(text)
  throw new InvalidInputError(
    'index_malformed',
    `${text} is not the number of an accreditation: --list shows them`,
  )
}
