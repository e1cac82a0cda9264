import { toHex } from '../core/bytes.ts'
import { ChainUnreadableError, callContract } from '../core/chain.ts'
import { registryInterface, type ServiceChain } from './chains.ts'

/** Status indexes of a batch that are not active, as the chain has it. What is revoked is not named as suspended. */
export interface ChainStatuses {
  readonly revoked: ReadonlySet<number>
  readonly suspended: ReadonlySet<number>
}

/** Words of 256 statuses asked for in one call: well within what endpoints let a call cost. */
const wordsPerCall = 1024

/** The statuses of a whole batch as of a block. Throws `ChainUnreadableError`. */
export async function readStatuses(
  service: ServiceChain,
  batch: { readonly account: string; readonly root: Uint8Array; readonly size: number },
  block: number,
): Promise<ChainStatuses> {
  const [revoked, everSuspended] = await Promise.all([
    readBits(service, 'revocations', batch, block),
    readBits(service, 'suspensions', batch, block),
  ])
  return { revoked, suspended: everSuspended.difference(revoked) }
}

async function readBits(
  { chain, registry }: ServiceChain,
  name: 'revocations' | 'suspensions',
  { account, root, size }: { account: string; root: Uint8Array; size: number },
  block: number,
): Promise<Set<number>> {
  const indexes = new Set<number>()
  const end = Math.ceil(size / 256)
  for (let first = 0; first < end; first += wordsPerCall) {
    const values = [account, toHex(root), first, Math.min(wordsPerCall, end - first)]
    const data = registryInterface.encodeFunctionData(name, values) as `0x${string}`
    const answer = await callContract(chain, registry, data, block)
    try {
      const [words] = registryInterface.decodeFunctionResult(name, answer)
      addBits(indexes, words as Iterable<bigint>, first * 256, size)
    } catch (thrown) {
      throw new ChainUnreadableError(
        'chain_answer_malformed',
        `${chain.label} answers ${name} with something else`,
        thrown,
      )
    }
  }
  return indexes
}

function addBits(to: Set<number>, words: Iterable<bigint>, first: number, size: number): void {
  let at = first
  for (const word of words) {
    for (let bit = 0n; word >> bit > 0n; bit++) {
      const index = at + Number(bit)
      if ((word >> bit) & 1n && index < size) to.add(index)
    }
    at += 256
  }
}
