import { AbiReader, addressWord, selectorOf, uintWord } from './abi.ts'
import { concatBytes, fromHex, toHex } from './bytes.ts'
import { type Chain, ChainUnreadableError, callContract } from './chain.ts'
import { type AnchorRecord, decodeAnchorCount, encodeAnchorCount } from './registry.ts'

// What the registry's state says of an issuer's log. Numbers have no gaps, so that the count tells whether anything was left out.

/** An issuer's log in one registry, as of a block. */
export interface LogPlace {
  readonly chain: Chain
  readonly registry: string
  readonly issuer: string
  readonly block: number
}

/** How many credentials of a batch have ended. What is revoked does not count as suspended. */
export interface EndedCounts {
  readonly revoked: number
  readonly suspended: number
}

const anchorOfSelector = selectorOf('anchorOf(address,bytes32)')
const revocationsSelector = selectorOf('revocations(address,bytes32,uint256,uint256)')
const suspensionsSelector = selectorOf('suspensions(address,bytes32,uint256,uint256)')

/** Words of 256 statuses asked for in one call: well within what endpoints let a call cost. */
const wordsPerCall = 1024

/** How many batches the issuer ever anchored. Throws `ChainUnreadableError`. */
export async function readAnchorCount({
  chain,
  registry,
  issuer,
  block,
}: LogPlace): Promise<number> {
  const answer = await callContract(chain, registry, encodeAnchorCount(issuer), block)
  return decoded(chain, () => decodeAnchorCount(answer))
}

/** The anchor of a root (32 bytes in hex); `undefined` where there is none. Throws `ChainUnreadableError`. */
export async function readAnchorRecord(
  { chain, registry, issuer, block }: LogPlace,
  root: string,
): Promise<AnchorRecord | undefined> {
  const data = toHex(concatBytes(anchorOfSelector, addressWord(issuer), fromHex(root, 32)))
  const answer = await callContract(chain, registry, data, block)
  const record = decoded(chain, () => {
    const reader = new AbiReader(answer)
    return {
      anchoredAt: reader.index(0, 40),
      withdrawnAt: reader.index(32, 40),
      sequence: reader.index(2 * 32, 32),
      size: reader.index(3 * 32, 32),
    }
  })
  return record.anchoredAt === 0 ? undefined : record
}

/** Counts what has ended of a batch of `size`; the caller bounds the size. Throws `ChainUnreadableError`. */
export async function readEndedCounts(
  place: LogPlace,
  root: string,
  size: number,
): Promise<EndedCounts> {
  const words = Math.ceil(size / 256)
  let revoked = 0
  let suspended = 0
  for (let first = 0; first < words; first += wordsPerCall) {
    const count = Math.min(wordsPerCall, words - first)
    const [revocations, suspensions] = await Promise.all([
      readWords(place, revocationsSelector, root, first, count),
      readWords(place, suspensionsSelector, root, first, count),
    ])
    for (const [i, word] of revocations.entries()) {
      revoked += bitsOf(word)
      suspended += bitsOf((suspensions[i] ?? 0n) & ~word)
    }
  }
  return { revoked, suspended }
}

async function readWords(
  { chain, registry, issuer, block }: LogPlace,
  selector: Uint8Array,
  root: string,
  first: number,
  count: number,
): Promise<readonly bigint[]> {
  const data = concatBytes(
    selector,
    addressWord(issuer),
    fromHex(root, 32),
    uintWord(first),
    uintWord(count),
  )
  const answer = await callContract(chain, registry, toHex(data), block)
  return decoded(chain, () => {
    const reader = new AbiReader(answer)
    const list = reader.index(0)
    if (reader.index(list) !== count) throw new Error(`not ${count} words`)
    return Array.from({ length: count }, (_, i) => reader.uint(list + 32 * (i + 1)))
  })
}

function bitsOf(word: bigint): number {
  return word === 0n ? 0 : word.toString(2).replaceAll('0', '').length
}

function decoded<T>(chain: Chain, decode: () => T): T {
  try {
    return decode()
  } catch (thrown) {
    throw new ChainUnreadableError(
      'chain_answer_malformed',
      `${chain.label} answers for the registry with something else`,
      thrown,
    )
  }
}
