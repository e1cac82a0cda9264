import { checksumAddress } from '../core/abi.ts'
import { contractAddresses } from '../core/deployment.ts'
import { InvalidInputError } from '../core/error.ts'
import { operatorRoles } from '../core/registry.ts'
import { formatSeconds, parseTimestamp } from '../core/time.ts'
import { action } from './action.ts'
import { readView, registry, requireContract } from './contracts.ts'
import { accountOf, openSession } from './session.ts'
import { type Consent, carryOut } from './transaction.ts'

interface Arguments extends Consent {
  readonly operator: string
  readonly roles: string
  readonly until: string | undefined
  readonly remove: boolean
  readonly account: string | undefined
  readonly json: boolean
}

/** Lets another account anchor and revoke for the issuer until a time, or no more (`--remove`). */
export default action<Arguments>(async (args, hre, output) => {
  const session = await openSession(hre)
  const { registry: to } = contractAddresses
  await requireContract(session, to)
  const from = accountOf(session, args.account)
  const operator = checksumAddress(args.operator)
  const roles = args.remove ? 0 : parseRoles(args.roles)
  const expiry = args.remove ? 0 : parseUntil(args.until)

  const current = await readView(session.provider, to, registry, 'operatorOf', [from, operator])
  const [currentRoles, currentExpiry] = current.map(Number)
  if (currentRoles === roles && (roles === 0 || currentExpiry === expiry)) {
    output.say(`Nothing to do: ${operator} has these roles already.`)
    return { issuer: from, operator, roles: namesOf(roles), expiry, unchanged: true }
  }
  const about = [
    ['Operator', operator],
    ['Issuer', from],
    ['May', roles === 0 ? 'do nothing any more' : namesOf(roles).join(' and ')],
    ...(roles === 0 ? [] : [['Until', formatSeconds(expiry)] as const]),
  ] as const
  const calls = [
    { to, data: registry.encodeFunctionData('setOperator', [operator, roles, expiry]) },
  ]
  const question = args.remove ? 'Remove this operator?' : 'Let this operator act for the issuer?'
  const done = await carryOut({ session, from, calls, about, question }, args, output)
  return { issuer: from, operator, roles: namesOf(roles), expiry, ...done }
})

function parseRoles(text: string): number {
  let roles = 0
  for (const name of text.split(',').map((part) => part.trim())) {
    if (name !== 'anchor' && name !== 'revoke') {
      throw new InvalidInputError(
        'roles_malformed',
        `${JSON.stringify(name)} is not a role: give --roles anchor, revoke or anchor,revoke`,
      )
    }
    roles |= operatorRoles[name]
  }
  return roles
}

function parseUntil(text: string | undefined): number {
  if (text === undefined) {
    throw new InvalidInputError(
      'until_missing',
      'an operator needs an end: give --until, for example 2027-06-30T00:00:00Z',
    )
  }
  return Math.floor(parseTimestamp(text, '--until') / 1000)
}

function namesOf(roles: number): readonly string[] {
  return Object.entries(operatorRoles).flatMap(([name, bit]) => (roles & bit ? [name] : []))
}
