import type { Kysely } from 'kysely'
import type { BatchRow } from './batches.ts'
import { publishedBatch } from './leaves.ts'
import type { Tables } from './tables.ts'

/** Batches whose trees anybody may read, found without asking the database for each of many requests. */
export interface Published {
  /** One that was found moments ago. */
  readonly atHand: (id: string) => BatchRow | undefined
  /** Throws `HttpProblem` as `publishedBatch` does. */
  readonly find: (id: string) => Promise<BatchRow>
}

/** How long a chain that turns back may go unnoticed here. */
const freshMs = 2000
const mostKept = 1000

export function openPublished(db: Kysely<Tables>): Published {
  const found = new Map<string, { readonly batch: BatchRow; readonly until: number }>()
  const atHand: Published['atHand'] = (id) => {
    const entry = found.get(id)
    return entry && entry.until > performance.now() ? entry.batch : undefined
  }
  return {
    atHand,
    async find(id) {
      const kept = atHand(id)
      if (kept) return kept
      const batch = await publishedBatch(db, id)
      if (found.size >= mostKept) found.clear()
      found.set(id, { batch, until: performance.now() + freshMs })
      return batch
    },
  }
}
