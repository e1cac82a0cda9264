import { type Block, type Chain, readBlock } from '../../core/chain.ts'
import { formatSeconds } from '../../core/time.ts'
import type { Output } from '../output.ts'
import {
  countBits,
  type LoggedAnchor,
  type LoggedChange,
  type LoggedGrant,
  readChanges,
  readIssuerLog,
} from './anchor-log.ts'
import type { Finding } from './findings.ts'
import { type Place, readAuditedBlock } from './place.ts'
import { stateAt } from './proved-state.ts'
import { type Sender, senderOf } from './sender.ts'
import type { Bitmaps, Grant, RegistryState } from './state.ts'

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
  readonly block: Block
  /** How many batches the issuer anchored, by the registry's own counter. */
  readonly count: number
  readonly batches: readonly AnchoredBatch[]
  /** Anchors that are in the log, but not in the state. */
  readonly unconfirmed: readonly LoggedAnchor[]
  readonly grants: readonly LoggedGrant[]
  /** What the state says of each operator that the log or a transaction names. */
  readonly granted: ReadonlyMap<string, Grant>
  readonly changes: readonly (LoggedChange & { readonly time: string })[]
  /** Where the endpoint says something else than is proved. */
  readonly lies: readonly Finding[]
}

/** Reads log and state of an issuer's anchors; throws where the endpoint cannot be read. */
export async function readChainView(place: Place, output: Output): Promise<ChainView> {
  const { chain, address, issuer } = place
  const { provider } = chain
  const block = await readAuditedBlock(place)
  const lies: Finding[] = []
  const state = stateAt(place, block, (lie) => lies.push(lie))
  const count = await state.anchorCount()
  const query = { address, issuer, to: block.number }
  const { anchors, grants } = await readIssuerLog(provider, query, output)
  const timeOf = blockTimes(chain)
  const batches: AnchoredBatch[] = []
  const unconfirmed: LoggedAnchor[] = []
  const progress = output.progress('Anchors', anchors.length)
  for (const anchor of anchors) {
    const confirmed = await confirm(place, state, anchor, timeOf)
    if (confirmed) batches.push(confirmed)
    else unconfirmed.push(anchor)
    progress.step()
  }
  progress.stop()
  const changes = []
  for (const change of await readChanges(provider, query, batches, output)) {
    changes.push({ ...change, time: await timeOf(change.block) })
  }
  const granted = new Map<string, Grant>()
  for (const operator of operatorsOf(batches, grants)) {
    granted.set(operator, await state.grantOf(operator))
  }
  return { block, count, batches, unconfirmed, grants, granted, changes, lies }
}

function operatorsOf(
  batches: readonly AnchoredBatch[],
  grants: readonly LoggedGrant[],
): ReadonlySet<string> {
  const senders = batches.flatMap(({ sender: { kind, account } }) =>
    kind === 'operator' && account !== undefined ? [account] : [],
  )
  return new Set([...grants.map(({ operator }) => operator), ...senders])
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
  state: RegistryState,
  anchor: LoggedAnchor,
  timeOf: (block: number) => Promise<string>,
): Promise<AnchoredBatch | undefined> {
  const record = await state.anchorOf(anchor.root)
  if (record.sequence !== anchor.sequence || record.size !== anchor.size) return undefined
  const bitmaps = await readBitmaps(state, anchor)
  return {
    ...anchor,
    anchoredAt: formatSeconds(record.anchoredAt),
    withdrawnAt: record.withdrawnAt === 0 ? undefined : formatSeconds(record.withdrawnAt),
    revoked: countBits(bitmaps?.revocation ?? []),
    suspended: countBits(bitmaps?.suspension ?? []),
    blockTime: await timeOf(anchor.block),
    sender: await senderOf(place.chain.provider, place, anchor.transaction),
    bitmaps,
  }
}

/** Sixteen million credentials. The size is the issuer's word: nobody is made to read what is not there. */
const maxSize = 65_536 * 256

/** The statuses of a batch; `undefined` where there would be too many. */
export async function readBitmaps(
  state: RegistryState,
  { root, size }: Pick<LoggedAnchor, 'root' | 'size'>,
): Promise<Bitmaps | undefined> {
  return size > maxSize ? undefined : state.bitmapsOf(root, size)
}
