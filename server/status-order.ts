import Type from 'typebox'
import { InvalidInputError, messageOf } from '../core/error.ts'
import { isObject } from '../core/i-json.ts'
import {
  type CredentialName,
  type NamedCredentials,
  type NameProblem,
  parseCredentialName,
} from '../core/named-credentials.ts'
import { batchParams } from './shapes.ts'
import { type CredentialStatus, credentialStatuses } from './tables.ts'

/** One status for many credentials, or for all of the batch. */
export interface StatusOrder {
  readonly status: CredentialStatus
  readonly list: NamedCredentials | 'all'
}

const status = Type.Enum([...credentialStatuses])

export const statusOrderQuery = Type.Object({
  status: Type.Optional(status),
  dryRun: Type.Optional(Type.Boolean({ description: 'Say what it costs, and record nothing' })),
})

export const statusOrderBody = Type.Object(
  {
    status,
    ids: Type.Optional(Type.Array(Type.String(), { description: 'Ids: urn:uuid:… or the UUID' })),
    statusIndexes: Type.Optional(Type.Array(Type.Integer({ minimum: 0 }))),
    all: Type.Optional(
      Type.Literal(true, { description: 'All of the batch that are not revoked, in their place' }),
    ),
  },
  { additionalProperties: false, examples: [{ status: 'revoked', statusIndexes: [3, 17] }] },
)

const wei = (description: string) => Type.String({ description, examples: ['250000000000'] })

export const orderedStatusShape = Type.Object({
  id: batchParams.properties.id,
  status,
  named: Type.Integer({ description: 'Credentials that the list names, each counted once' }),
  changed: Type.Integer({ description: 'Those of them that another status was wished for before' }),
  pending: Type.Integer({
    description: 'Credentials of the batch that are to be brought on chain',
  }),
  left: Type.Optional(
    Type.Integer({ description: 'With `all`: how many are beyond this request; ask again' }),
  ),
  recorded: Type.Boolean({ description: 'False for a dry run' }),
  cost: Type.Object(
    {
      transactions: Type.Integer(),
      gas: Type.Integer(),
      gasPrice: wei('Wei a gas, as of now'),
      fee: wei('Wei'),
    },
    { description: 'About what bringing them on chain costs the operator' },
  ),
})

export const statusCountsShape = Type.Object({
  id: batchParams.properties.id,
  revoked: Type.Integer({ description: 'As the chain shows it' }),
  suspended: Type.Integer({ description: 'As the chain shows it' }),
  expired: Type.Integer({ description: 'Neither of the two, and past their validUntil' }),
  pending: Type.Integer({
    description: 'Credentials whose status is still to be brought on chain',
  }),
})

/** The order in an untrusted JSON body; `asked` is what the query says. Throws `InvalidInputError`. */
export function parseStatusOrder(body: unknown, asked: CredentialStatus | undefined): StatusOrder {
  if (!isObject(body))
    throw malformed('expected an object with status, and ids, statusIndexes or all')
  const { status = asked, ids = [], statusIndexes = [], all, ...others } = body
  const [other] = Object.keys(others)
  if (other !== undefined) throw malformed(`${JSON.stringify(other)} is not known here`)
  const wanted = credentialStatuses.find((candidate) => candidate === status)
  if (!wanted || (asked && wanted !== asked)) {
    throw malformed(`expected one of ${credentialStatuses.join(', ')}`, '/status')
  }
  const named = [...namesIn('ids', ids), ...namesIn('statusIndexes', statusIndexes)]
  if (all !== undefined) {
    if (all === true && named.length === 0) return { status: wanted, list: 'all' }
    throw malformed('expected true, and neither ids nor statusIndexes beside it', '/all')
  }
  if (named.length === 0) throw malformed('expected ids or statusIndexes, and one at least')
  return {
    status: wanted,
    list: {
      names: named.flatMap(({ name }) => (name === undefined ? [] : [name])),
      lines: named.flatMap(({ name, line }) => (name === undefined ? [] : [line])),
      problems: named.flatMap(({ problem }) => problem ?? []).slice(0, 100),
    },
  }
}

interface Named {
  readonly line: number
  readonly name?: CredentialName
  readonly problem?: NameProblem
}

/** Names by their place in the list, from 1. */
function namesIn(field: 'ids' | 'statusIndexes', values: unknown): readonly Named[] {
  if (!Array.isArray(values)) throw malformed('expected a list', `/${field}`)
  const type = field === 'ids' ? 'string' : 'number'
  return values.map((value: unknown, i): Named => {
    const line = i + 1
    try {
      const name = parseCredentialName(value)
      if (typeof name === type && typeof value === type) return { line, name }
      throw malformed(`expected ${type === 'string' ? 'ids' : 'status indexes'} here`)
    } catch (thrown) {
      return { line, problem: { line, field, code: 'line_malformed', message: messageOf(thrown) } }
    }
  })
}

function malformed(message: string, pointer = ''): InvalidInputError {
  return new InvalidInputError('status_order_malformed', message, pointer)
}
