import { ChainUnreadableError } from './chain.ts'
import { type Endpoint, isRevert, revertDataOf, tellingFailure } from './endpoint.ts'
import { messageOf } from './error.ts'

/** Members that the hash of a block covers, so that every client writes them alike, and those that name it. */
const blockMembers = membersOf(
  'number hash parentHash timestamp stateRoot transactionsRoot receiptsRoot logsBloom miner difficulty',
  'gasLimit gasUsed extraData nonce mixHash baseFeePerGas transactions',
)
const logMembers = membersOf(
  'address topics data blockNumber blockHash transactionHash transactionIndex logIndex',
)
const receiptMembers = membersOf(
  'transactionHash transactionIndex blockHash blockNumber from to status contractAddress',
  'gasUsed cumulativeGasUsed effectiveGasPrice type logsBloom',
)

function membersOf(...lines: readonly string[]): readonly string[] {
  return lines.flatMap((line) => line.split(' '))
}

/** What an answer says, without members that only some clients add. */
export function essenceOf(method: string, answer: unknown): unknown {
  switch (method) {
    case 'eth_getBlockByNumber':
    case 'eth_getBlockByHash':
      return pick(answer, blockMembers)
    case 'eth_getLogs':
      return Array.isArray(answer) ? answer.map((log) => pick(log, logMembers)) : answer
    case 'eth_getTransactionReceipt': {
      const logs: unknown = (answer as { readonly logs?: unknown } | null)?.logs
      const receipt = pick(answer, receiptMembers)
      if (typeof receipt !== 'object' || receipt === null || !Array.isArray(logs)) return receipt
      return { ...receipt, logs: logs.map((log) => pick(log, logMembers)) }
    }
    default:
      return answer
  }
}

function pick(value: unknown, names: readonly string[]): unknown {
  if (typeof value !== 'object' || value === null) return value
  const own = value as Readonly<Record<string, unknown>>
  return Object.fromEntries(names.flatMap((name) => (name in own ? [[name, own[name]]] : [])))
}

/** One spelling for equal answers: the order of members and the case of hex digits say nothing. */
export function ballotOf(answer: unknown): string {
  return JSON.stringify(answer, (_, value: unknown) => {
    if (typeof value === 'string') return /^0x[0-9a-f]*$/i.test(value) ? value.toLowerCase() : value
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
    return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
  })
}

/**
 * The answer that `k` of the endpoints give alike, as soon as they have; a revert that `k` agree on is thrown as such.
 *
 * Throws `ChainUnreadableError` `endpoints_disagree` once `k` cannot agree any more, and what tells most where none answered.
 */
export function agree(
  endpoints: readonly Endpoint[],
  k: number,
  method: string,
  params: readonly unknown[],
): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const votes = new Map<string, number>()
    const failures: unknown[] = []
    let open = endpoints.length

    const count = (ballot: string, decide: () => void) => {
      const agreeing = (votes.get(ballot) ?? 0) + 1
      votes.set(ballot, agreeing)
      if (agreeing >= k) decide()
    }
    const close = () => {
      open -= 1
      // As long as nobody has answered, whether they disagree or are all out of reach is open.
      if (Math.max(0, ...votes.values()) + open >= k || (votes.size === 0 && open > 0)) return
      reject(
        votes.size === 0 ? tellingFailure(failures) : disagreement(endpoints, k, method, votes),
      )
    }
    for (const endpoint of endpoints) {
      endpoint
        .ask(method, params)
        .then(
          (answer) => {
            const essence = essenceOf(method, answer)
            count(ballotOf(essence), () => resolve(essence))
          },
          (thrown: unknown) => {
            if (!isRevert(thrown)) return void failures.push(thrown)
            const { data } = thrown as { readonly data?: unknown }
            count(`revert ${revertDataOf(data) ?? messageOf(thrown)}`, () => reject(thrown))
          },
        )
        .finally(close)
    }
  })
}

function disagreement(
  endpoints: readonly Endpoint[],
  k: number,
  method: string,
  votes: ReadonlyMap<string, number>,
): ChainUnreadableError {
  const answered = [...votes.values()].reduce((sum, agreeing) => sum + agreeing, 0)
  const most = Math.max(...votes.values())
  return new ChainUnreadableError(
    'endpoints_disagree',
    `${k} of ${endpoints.length} endpoints must agree on ${method}; ${answered} answered, and no more than ${most} alike`,
  )
}
