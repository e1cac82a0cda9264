import type { BatchAtHand } from './batches.ts'
import type { AnchoredBatch } from './chain.ts'
import type { Finding } from './findings.ts'

/** Credentials that were anchored in two batches: who ends one leaves its twin, which the holder may go on showing. */
export function findRepeated(
  batches: readonly AnchoredBatch[],
  atHand: readonly BatchAtHand[],
): readonly Finding[] {
  const rebuilt = new Map(
    atHand.flatMap((each) => ('batch' in each ? [[each.batch.root, each] as const] : [])),
  )
  const firstIn = new Map<string, number>()
  return batches.flatMap(({ root, sequence }) => {
    const found = rebuilt.get(root)
    const repeated: string[] = []
    for (const id of found?.batch.ids ?? []) {
      if (id === '') continue
      if (firstIn.has(id)) repeated.push(id)
      else firstIn.set(id, sequence)
    }
    const [id] = repeated
    if (id === undefined || !found) return []
    const message = `${repeated.length} of its credentials ${repeated.length === 1 ? 'was' : 'were'} anchored before, such as ${id.slice(0, 200)} in batch number ${firstIn.get(id)}: to end one leaves the other.`
    return [{ code: 'credential_repeated', message, sequence, root, file: found.file }]
  })
}
