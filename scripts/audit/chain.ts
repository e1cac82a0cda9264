import { type Chain, readBlock, readLatestBlock } from '../../core/chain.ts'
import { formatSeconds } from '../../core/time.ts'
import { readView, registry } from '../contracts.ts'
import type { Output } from '../output.ts'
import {
  countBits,
  type LoggedAnchor,
  type LoggedChange,
  type LoggedGrant,
  readChanges,
  readIssuerLog,
} from './anchor-log.ts'
import { type Sender, senderOf } from './sender.ts'

/** Who has ended, as the registry's words of 256 bits from status index 0. */
export interface Bitmaps {
  readonly revocation: readonly bigint[]
  readonly suspension: readonly bigint[]
}

/** A batch of the issuer as log and state agree on it. */
export interface AnchoredBatch extends LoggedAnchor {
  readonly anchoredAt: string
  readonly withdrawnAt: string | undefined
  readonly revoked: number
  readonly suspended: number
  /** Time of the block that holds the log. */
  readonly blockTime: string
  readonly sender: Sender
  /** `undefined` where the size is more than anybody reads. */
  readonly bitmaps: Bitmaps | undefined
}

/** All that the chain says of an issuer's batches, at one block. */
export interface ChainView {
  readonly block: { readonly number: number; readonly hash: string; readonly time: string }
  /** How many batches the issuer anchored, by the registry's own counter. */
  readonly count: number
  readonly batches: readonly AnchoredBatch[]
  /** Anchors that are in the log, but not in the state. */
  readonly unconfirmed: readonly LoggedAnchor[]
  readonly grants: readonly LoggedGrant[]
  readonly changes: readonly (LoggedChange & { readonly time: string })[]
}

/** Where an issuer's anchors are read. */
export interface Place {
  readonly chain: Chain
  readonly chainId: number
  readonly address: string
  readonly issuer: string
}

/** Reads log and state of an issuer's anchors; throws where the endpoint cannot be read. */
export async function readChainView(place: Place, output: Output): Promise<ChainView> {
  const { chain, chainId, address, issuer } = place
  const { provider } = chain
  const { number, hash, time } = await readLatestBlock(chain, chainId)
  const [count] = await readView(provider, address, registry, 'anchorCount', [issuer], number)
  const query = { address, issuer, to: number }
  const { anchors, grants } = await readIssuerLog(provider, query, output)
  const timeOf = blockTimes(chain)
  const batches: AnchoredBatch[] = []
  const unconfirmed: LoggedAnchor[] = []
  const progress = output.progress('Anchors', anchors.length)
  for (const anchor of anchors) {
    const confirmed = await confirm(place, anchor, number, timeOf)
    if (confirmed) batches.push(confirmed)
    else unconfirmed.push(anchor)
    progress.step()
  }
  progress.stop()
  const changes = []
  for (const change of await readChanges(provider, query, batches, output)) {
    changes.push({ ...change, time: await timeOf(change.block) })
  }
  const block = { number, hash, time: formatSeconds(time) }
  return { block, count: Number(count), batches, unconfirmed, grants, changes }
}

/** Times of blocks, each asked for once. */
function blockTimes(chain: Chain): (block: number) => Promise<string> {
  const known = new Map<number, string>()
  return async (number) => {
    const time = known.get(number) ?? formatSeconds((await readBlock(chain, number))?.time ?? 0)
    known.set(number, time)
    return time
  }
}

async function confirm(
  place: Place,
  anchor: LoggedAnchor,
  block: number,
  timeOf: (block: number) => Promise<string>,
): Promise<AnchoredBatch | undefined> {
  const { chain, address, issuer } = place
  const { root, sequence, size } = anchor
  const args = [issuer, root]
  const [record] = await readView(chain.provider, address, registry, 'anchorOf', args, block)
  if (Number(record.sequence) !== sequence || Number(record.size) !== size) return undefined
  const bitmaps = await readBitmaps(place, anchor, block)
  return {
    ...anchor,
    anchoredAt: formatSeconds(Number(record.anchoredAt)),
    withdrawnAt: record.withdrawnAt === 0n ? undefined : formatSeconds(Number(record.withdrawnAt)),
    revoked: countBits(bitmaps?.revocation ?? []),
    suspended: countBits(bitmaps?.suspension ?? []),
    blockTime: await timeOf(anchor.block),
    sender: await senderOf(chain.provider, place, anchor.transaction),
    bitmaps,
  }
}

const wordsPerCall = 1024
/** Sixteen million credentials. The size is the issuer's word: nobody is made to read what is not there. */
const maxWords = 65_536

/** The statuses of a batch at a block; `undefined` where there would be too many. */
export async function readBitmaps(
  { chain, address, issuer }: Place,
  { root, size }: Pick<LoggedAnchor, 'root' | 'size'>,
  block: number,
): Promise<Bitmaps | undefined> {
  const words = Math.ceil(size / 256)
  if (words > maxWords) return undefined
  const read = async (view: string) => {
    const found: bigint[] = []
    for (let first = 0; first < words; first += wordsPerCall) {
      const args = [issuer, root, first, Math.min(wordsPerCall, words - first)]
      const [some] = await readView(chain.provider, address, registry, view, args, block)
      found.push(...(some as readonly bigint[]))
    }
    return found
  }
  return { revocation: await read('revocations'), suspension: await read('suspensions') }
}
