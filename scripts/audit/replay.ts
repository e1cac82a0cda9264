import type { LoggedChange } from './anchor-log.ts'
import type { AnchoredBatch, ChainView } from './chain.ts'
import type { Finding } from './findings.ts'

/**
 * Batches whose statuses do not follow from their log. The registry logs every change with the words it was called with, so
 * one that only one of both shows was made up or hidden by the endpoint.
 */
export function findUnlogged({ batches, changes }: ChainView): readonly Finding[] {
  const byRoot = Map.groupBy(changes, ({ root }) => root)
  return batches.flatMap((batch) => {
    const logged = byRoot.get(batch.root) ?? []
    if (!batch.bitmaps || follows(batch, batch.bitmaps, logged)) return []
    const { sequence, root } = batch
    const message = `The statuses of batch number ${sequence} are not those that its log leads to: audit with another endpoint.`
    return [{ code: 'status_log_differs', message, sequence, root }]
  })
}

function follows(
  { withdrawnAt }: AnchoredBatch,
  bitmaps: NonNullable<AnchoredBatch['bitmaps']>,
  logged: readonly LoggedChange[],
): boolean {
  const revoked = new Map<number, bigint>()
  const suspended = new Map<number, bigint>()
  let isWithdrawn = false
  for (const { kind, firstWord, words } of logged) {
    isWithdrawn ||= kind === 'withdrawn'
    const bits = kind === 'revoked' ? revoked : suspended
    for (const [i, mask] of words.entries()) {
      const before = bits.get(firstWord + i) ?? 0n
      bits.set(firstWord + i, kind === 'reinstated' ? before & ~mask : before | mask)
    }
  }
  return (
    isWithdrawn === (withdrawnAt !== undefined) &&
    equals(revoked, bitmaps.revocation) &&
    equals(suspended, bitmaps.suspension)
  )
}

function equals(bits: ReadonlyMap<number, bigint>, words: readonly bigint[]): boolean {
  const isWithin = [...bits].every(([at, word]) => word === 0n || at < words.length)
  return isWithin && words.every((word, at) => word === (bits.get(at) ?? 0n))
}
