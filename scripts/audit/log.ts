import type { Interface } from 'ethers'
import type { Eip1193Provider } from '../../core/chain.ts'
import { InvalidInputError, messageOf } from '../../core/error.ts'
import type { Output } from '../output.ts'

/** An anchor as the registry's log tells it. */
export interface LoggedAnchor {
  readonly root: string
  readonly sequence: number
  readonly size: number
  readonly block: number
  readonly transaction: string
}

const firstRange = 10_000
const largestRange = 100_000
const smallestRange = 16

/**
 * Reads the `Anchored` events of an issuer from block to block, in ranges that the endpoint answers.
 *
 * What an endpoint leaves out cannot be seen here: the caller compares with the registry's own count.
 */
export async function readAnchorLog(
  provider: Eip1193Provider,
  registry: Interface,
  query: {
    readonly address: string
    readonly issuer: string
    readonly from: number
    readonly to: number
  },
  output: Output,
): Promise<readonly LoggedAnchor[]> {
  const { address, issuer, from, to } = query
  const topics = registry.encodeFilterTopics('Anchored', [issuer])
  const anchors: LoggedAnchor[] = []
  const progress = output.progress('Blocks', to - from + 1)
  let range = firstRange
  for (let start = from; start <= to; ) {
    const end = Math.min(to, start + range - 1)
    try {
      const params = [{ address, topics, fromBlock: hex(start), toBlock: hex(end) }]
      const logs = await provider.request({ method: 'eth_getLogs', params })
      anchors.push(...parseLogs(logs, registry))
      progress.step(end - start + 1)
      start = end + 1
      range = Math.min(largestRange, range * 2)
    } catch (thrown) {
      if (thrown instanceof InvalidInputError || range <= smallestRange) throw unreadable(thrown)
      range = Math.floor(range / 4) // Endpoints limit blocks or results, each in words of its own.
    }
  }
  progress.stop()
  return anchors.sort((a, b) => a.sequence - b.sequence)
}

function parseLogs(logs: unknown, registry: Interface): readonly LoggedAnchor[] {
  if (!Array.isArray(logs)) throw malformed()
  return logs.map((log) => {
    const parsed = registry.parseLog(log)
    if (parsed?.name !== 'Anchored') throw malformed()
    const { root, sequence, size } = parsed.args
    return {
      root: String(root),
      sequence: Number(sequence),
      size: Number(size),
      block: Number(log.blockNumber),
      transaction: String(log.transactionHash),
    }
  })
}

/** The block before which a contract was not there: below it nothing can be logged. 0 where the endpoint keeps no old state. */
export async function firstBlockOf(
  provider: Eip1193Provider,
  address: string,
  to: number,
): Promise<number> {
  let low = 0
  let high = to
  try {
    while (high - low > firstRange) {
      const middle = Math.floor((low + high) / 2)
      const code = await provider.request({ method: 'eth_getCode', params: [address, hex(middle)] })
      if (code === '0x') low = middle + 1
      else high = middle
    }
    return low
  } catch {
    return 0
  }
}

function malformed(): InvalidInputError {
  return new InvalidInputError(
    'chain_answer_malformed',
    'the endpoint answers eth_getLogs with something else: name another --rpc',
  )
}

function unreadable(thrown: unknown): unknown {
  if (thrown instanceof InvalidInputError) return thrown
  return new InvalidInputError(
    'log_unreadable',
    `the endpoint does not give the log of the registry: name another --rpc (${messageOf(thrown).slice(0, 120)})`,
  )
}

function hex(value: number): string {
  return `0x${value.toString(16)}`
}
