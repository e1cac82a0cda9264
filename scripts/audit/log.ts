import type { Result } from 'ethers'
import { ChainUnreadableError, type Eip1193Provider } from '../../core/chain.ts'
import { InvalidInputError, messageOf } from '../../core/error.ts'
import { registry } from '../contracts.ts'
import type { Output } from '../output.ts'

/** An event of the registry, with its place in the chain. */
export interface LogEntry {
  readonly name: string
  readonly args: Result
  readonly block: number
  /** Position within the block. */
  readonly index: number
  readonly transaction: string
}

const firstRange = 10_000
const largestRange = 100_000
const smallestRange = 16

/**
 * Reads events of the registry from block to block, in ranges that the endpoint answers; `topics` as in `eth_getLogs`.
 *
 * What an endpoint leaves out cannot be seen here: the caller compares with the registry's own count.
 */
export async function readLog(
  provider: Eip1193Provider,
  query: {
    readonly address: string
    readonly topics: readonly unknown[]
    readonly from: number
    readonly to: number
  },
  output: Output,
): Promise<readonly LogEntry[]> {
  const { address, topics, from, to } = query
  const entries: LogEntry[] = []
  const progress = output.progress('Blocks', to - from + 1)
  let range = firstRange
  for (let start = from; start <= to; ) {
    const end = Math.min(to, start + range - 1)
    try {
      const params = [{ address, topics, fromBlock: hex(start), toBlock: hex(end) }]
      const logs = await provider.request({ method: 'eth_getLogs', params })
      entries.push(...parseLogs(logs, address))
      progress.step(end - start + 1)
      start = end + 1
      range = Math.min(largestRange, range * 2)
    } catch (thrown) {
      if (thrown instanceof InvalidInputError || range <= smallestRange) throw unreadable(thrown)
      range = Math.floor(range / 4) // Endpoints limit blocks or results, each in words of its own.
    }
  }
  progress.stop()
  return entries.sort((a, b) => a.block - b.block || a.index - b.index)
}

function parseLogs(logs: unknown, registryAddress: string): readonly LogEntry[] {
  if (!Array.isArray(logs)) throw malformed()
  return logs.map((log) => {
    const { address, blockNumber, logIndex, transactionHash } = log
    const parsed = registry.parseLog(log)
    const [block, index] = [Number(blockNumber), Number(logIndex)]
    const isOurs = String(address).toLowerCase() === registryAddress.toLowerCase()
    if (!parsed || !isOurs || !Number.isSafeInteger(block) || !Number.isSafeInteger(index)) {
      throw malformed()
    }
    const { name, args } = parsed
    return { name, args, block, index, transaction: String(transactionHash) }
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
  if (thrown instanceof ChainUnreadableError && thrown.code === 'endpoints_disagree') return thrown
  return new InvalidInputError(
    'log_unreadable',
    `the endpoint does not give the log of the registry: name another --rpc (${messageOf(thrown).slice(0, 120)})`,
  )
}

function hex(value: number): string {
  return `0x${value.toString(16)}`
}
