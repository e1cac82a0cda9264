import { AbiReader, addressWord } from './abi.ts'
import { concatBytes, fromHex, toHex, utf8 } from './bytes.ts'
import { type Chain, ChainUnreadableError, readBlock, request } from './chain.ts'
import { InvalidInputError } from './error.ts'
import { keccak256 } from './hash.ts'
import type { AnchorEvidence } from './report.ts'

/** Standings that events tell the time of. */
export const endings = ['revoked', 'suspended', 'withdrawn'] as const
export type Ending = (typeof endings)[number]

const topicOf = (signature: string) => toHex(keccak256(utf8(signature)))
const single = topicOf('Revoked(bytes32,uint256)')
const topics: Readonly<Record<Ending, readonly string[]>> = {
  revoked: [single, topicOf('RevokedMany(bytes32,uint256,uint256[])')],
  suspended: [topicOf('Suspended(bytes32,uint256,uint256[])')],
  withdrawn: [topicOf('BatchWithdrawn(bytes32)')],
}

/** Events of one batch that are looked at; each revocation of a list is one. */
const mostEvents = 10_000

/**
 * When the registry ended a credential that it has ended, in seconds since 1970, by its events; `undefined` where the endpoint does not
 * give them. The state of a registry knows no such times.
 */
export async function readEndedAt(
  chain: Chain,
  anchor: AnchorEvidence,
  ending: Ending,
): Promise<number | undefined> {
  const anchorId = keccak256(concatBytes(addressWord(anchor.issuer), fromHex(anchor.root, 32)))
  const filter = {
    address: anchor.registry,
    fromBlock: '0x0',
    toBlock: `0x${anchor.block.number.toString(16)}`,
    topics: [topics[ending], toHex(anchorId)],
  }
  try {
    const answer = await request(chain, 'eth_getLogs', [filter])
    const logs: readonly unknown[] = Array.isArray(answer) ? answer.slice(0, mostEvents) : []
    const numbers = logs.flatMap((log) => blockOf(log, ending, anchor.statusIndex))
    if (numbers.length === 0) return undefined
    // A revocation is final, so the first counts; what was reinstated in between was suspended anew.
    const at = ending === 'suspended' ? Math.max(...numbers) : Math.min(...numbers)
    return (await readBlock(chain, at))?.time
  } catch (thrown) {
    if (thrown instanceof ChainUnreadableError || thrown instanceof InvalidInputError)
      return undefined
    throw thrown
  }
}

/** The block of an event, where it is about this status index. What the endpoint answers is untrusted. */
function blockOf(log: unknown, ending: Ending, statusIndex: number): readonly number[] {
  const { blockNumber, data, topics: found } = (log ?? {}) as Readonly<Record<string, unknown>>
  const number = /^0x[0-9a-f]{1,13}$/i.test(String(blockNumber)) ? Number(blockNumber) : undefined
  const topic = Array.isArray(found) ? String(found[0]).toLowerCase() : ''
  if (number === undefined || typeof data !== 'string' || !topics[ending].includes(topic)) return []
  const isIt = ending === 'withdrawn' || covers(fromHex(data), topic === single, statusIndex)
  return isIt ? [number] : []
}

function covers(data: Uint8Array, isSingle: boolean, statusIndex: number): boolean {
  const reader = new AbiReader(data)
  if (isSingle) return reader.index(0) === statusIndex
  const word = Math.floor(statusIndex / 256) - reader.index(0)
  if (word < 0 || word >= reader.index(64)) return false
  return ((reader.uint(96 + 32 * word) >> BigInt(statusIndex % 256)) & 1n) === 1n
}
