import { type Chain, readLatestBlock } from '../../core/chain.ts'
import { formatSeconds } from '../../core/time.ts'
import { readView, registry } from '../contracts.ts'
import type { Output } from '../output.ts'
import { firstBlockOf, type LoggedAnchor, readAnchorLog } from './log.ts'

/** A batch of the issuer as log and state agree on it. */
export interface AnchoredBatch extends LoggedAnchor {
  readonly anchoredAt: string
  readonly withdrawnAt: string | undefined
  readonly revoked: number
  readonly suspended: number
}

/** All that the chain says of an issuer's batches, at one block. */
export interface ChainView {
  readonly block: { readonly number: number; readonly hash: string; readonly time: string }
  /** How many batches the issuer anchored, by the registry's own counter. */
  readonly count: number
  readonly batches: readonly AnchoredBatch[]
  /** Anchors that are in the log, but not in the state. */
  readonly unconfirmed: readonly LoggedAnchor[]
}

/** Reads log and state of an issuer's anchors; throws where the endpoint cannot be read. */
export async function readChainView(
  chain: Chain,
  chainId: number,
  address: string,
  issuer: string,
  output: Output,
): Promise<ChainView> {
  const { provider } = chain
  const { number, hash, time } = await readLatestBlock(chain, chainId)
  const [count] = await readView(provider, address, registry, 'anchorCount', [issuer], number)
  const from = await firstBlockOf(provider, address, number)
  const logged = await readAnchorLog(
    provider,
    registry,
    { address, issuer, from, to: number },
    output,
  )
  const batches: AnchoredBatch[] = []
  const unconfirmed: LoggedAnchor[] = []
  const progress = output.progress('Anchors', logged.length)
  for (const anchor of logged) {
    const confirmed = await confirm(chain, address, issuer, anchor, number)
    if (confirmed) batches.push(confirmed)
    else unconfirmed.push(anchor)
    progress.step()
  }
  progress.stop()
  return {
    block: { number, hash, time: formatSeconds(time) },
    count: Number(count),
    batches,
    unconfirmed,
  }
}

async function confirm(
  { provider }: Chain,
  address: string,
  issuer: string,
  anchor: LoggedAnchor,
  block: number,
): Promise<AnchoredBatch | undefined> {
  const { root, sequence, size } = anchor
  const [record] = await readView(provider, address, registry, 'anchorOf', [issuer, root], block)
  if (Number(record.sequence) !== sequence || Number(record.size) !== size) return undefined
  const words = Math.ceil(size / 256)
  const countBits = async (view: string) => {
    const [found] = await readView(
      provider,
      address,
      registry,
      view,
      [issuer, root, 0, words],
      block,
    )
    return (found as readonly bigint[]).reduce((sum, word) => sum + bitsOf(word), 0)
  }
  return {
    ...anchor,
    anchoredAt: formatSeconds(Number(record.anchoredAt)),
    withdrawnAt: record.withdrawnAt === 0n ? undefined : formatSeconds(Number(record.withdrawnAt)),
    revoked: await countBits('revocations'),
    suspended: await countBits('suspensions'),
  }
}

function bitsOf(word: bigint): number {
  return word.toString(2).replaceAll('0', '').length
}
