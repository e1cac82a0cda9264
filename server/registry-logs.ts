import { Interface } from 'ethers'
import { accreditationAbi } from '../core/accreditation.ts'
import { concatBytes, fromHex, toHex } from '../core/bytes.ts'
import { type Chain, ChainUnreadableError } from '../core/chain.ts'
import { keccak256 } from '../core/hash.ts'
import type { ContractAddresses } from '../core/trust.ts'
import { registryInterface } from './chains.ts'

/** What logs say may have changed. Hints: each is looked up in the chain's state before anything depends on it. */
export interface LogHints {
  /** Ids of anchors that were made, `0x` and lower case. */
  readonly anchored: ReadonlySet<string>
  /** Ids of anchors whose statuses changed or that were withdrawn. */
  readonly changed: ReadonlySet<string>
  /** Accounts that set an operator, lower case. */
  readonly operatorsOf: ReadonlySet<string>
  /** Accounts that were accredited, or lost an accreditation. */
  readonly accredited: ReadonlySet<string>
  /** Entries that are no logs of these contracts in these blocks. */
  readonly ignored: number
}

const accreditationInterface = new Interface(accreditationAbi)
const topicOf = (of: Interface, name: string) => of.getEvent(name)?.topicHash
const anchoredTopic = topicOf(registryInterface, 'Anchored')
const operatorTopic = topicOf(registryInterface, 'OperatorSet')
const changeTopics = ['Revoked', 'RevokedMany', 'Suspended', 'Reinstated', 'BatchWithdrawn'].map(
  (name) => topicOf(registryInterface, name),
)
const accreditationTopics = ['Accredited', 'AccreditationWithdrawn'].map((name) =>
  topicOf(accreditationInterface, name),
)

/** The id by which status events name an anchor: keccak256(abi.encode(issuer, root)), from the two as words of 32 bytes. */
export function anchorIdOf(issuerWord: Uint8Array, root: Uint8Array): Uint8Array {
  return keccak256(concatBytes(issuerWord, root))
}

/**
 * What the logs of both contracts say about blocks `from` to `to`, both included.
 *
 * Throws what the endpoint threw, so that a refusal of the range can be told, and `ChainUnreadableError` for an answer that is no list.
 */
export async function readRegistryLogs(
  { label, provider }: Chain,
  addresses: ContractAddresses,
  from: number,
  to: number,
): Promise<LogHints> {
  const method = 'eth_getLogs'
  const filter = {
    address: [addresses.registry, addresses.accreditationRegistry],
    fromBlock: `0x${from.toString(16)}`,
    toBlock: `0x${to.toString(16)}`,
  }
  const answer = await provider.request({ method, params: [filter] })
  if (Array.isArray(answer)) return hintsOf(answer, addresses, from, to)
  throw new ChainUnreadableError(
    'chain_answer_malformed',
    `${label} answers ${method} with something else`,
  )
}

/** Untrusted: nothing is assumed of an entry, and one that does not fit is passed over. The answer's size is bounded by the reader. */
function hintsOf(
  entries: readonly unknown[],
  addresses: ContractAddresses,
  from: number,
  to: number,
): LogHints {
  const registry = addresses.registry.toLowerCase()
  const accreditationRegistry = addresses.accreditationRegistry.toLowerCase()
  const anchored = new Set<string>()
  const changed = new Set<string>()
  const operatorsOf = new Set<string>()
  const accredited = new Set<string>()
  let ignored = 0
  for (const entry of entries) {
    const log = readLog(entry)
    if (!log || log.number < from || log.number > to) {
      ignored += 1
      continue
    }
    const [topic, first, second] = log.topics
    const isOurs = log.address === registry
    if (isOurs && topic === anchoredTopic && first && second) {
      anchored.add(toHex(anchorIdOf(fromHex(first), fromHex(second))))
    } else if (isOurs && first && changeTopics.includes(topic)) changed.add(first)
    else if (isOurs && first && topic === operatorTopic) operatorsOf.add(addressIn(first))
    else if (
      log.address === accreditationRegistry &&
      second &&
      accreditationTopics.includes(topic)
    ) {
      accredited.add(addressIn(second))
    } else ignored += 1
  }
  return { anchored, changed, operatorsOf, accredited, ignored }
}

interface Log {
  readonly address: string
  readonly number: number
  readonly topics: readonly string[]
}

function readLog(entry: unknown): Log | undefined {
  if (typeof entry !== 'object' || entry === null) return undefined
  const { address, blockNumber, topics } = entry as Readonly<Record<string, unknown>>
  if (typeof address !== 'string' || typeof blockNumber !== 'string') return undefined
  if (!/^0x[0-9a-f]{1,13}$/i.test(blockNumber) || !Array.isArray(topics)) return undefined
  if (!topics.every((topic) => typeof topic === 'string' && /^0x[0-9a-f]{64}$/i.test(topic))) {
    return undefined
  }
  return {
    address: address.toLowerCase(),
    number: Number(blockNumber),
    topics: topics.map((topic: string) => topic.toLowerCase()),
  }
}

function addressIn(topic: string): string {
  return `0x${topic.slice(-40)}`
}
