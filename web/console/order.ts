import {
  type Batch,
  changeStatuses,
  changeWhole,
  getBatch,
  getCounts,
  lookUp,
  type Ordered,
  type Status,
} from './service.ts'

/** The credentials that a change is for: some by their status index, or the whole batch. */
export type Target = { readonly statusIndexes: readonly number[] } | 'all'

/** What can be done to them; a withdrawal ends a batch as a whole. */
export type Action = Status | 'withdrawn'

export function countOf(target: Target, batch: Batch): number {
  return target === 'all' ? batch.size : target.statusIndexes.length
}

/** Asks the service what a change would cost; nothing is recorded by that. */
export function tryOrder({ id }: Batch, target: Target, status: Status): Promise<Ordered> {
  return target === 'all'
    ? changeWhole(id, status, true)
    : changeStatuses(id, status, target.statusIndexes, true)
}

/** Has the service record a change, a large batch in parts. Where it breaks off, asked again it goes on. */
export async function placeOrder(
  { id }: Batch,
  target: Target,
  status: Status,
  tell: (done: number, total: number) => void,
): Promise<void> {
  if (target !== 'all') {
    await changeStatuses(id, status, target.statusIndexes, false)
    return
  }
  let done = 0
  for (;;) {
    const { changed, left = 0 } = await changeWhole(id, status, false)
    done += changed
    tell(done, done + left)
    if (left === 0) return
  }
}

/** Credentials that one request looks up. */
const lookedUp = 10_000

/** How many of them the chain shows as it was asked for, as far as this service has seen. */
export async function countArrived(
  batch: Batch,
  target: Target,
  action: Action,
): Promise<{ readonly done: number; readonly total: number }> {
  const total = countOf(target, batch)
  if (action === 'withdrawn') {
    const { anchor } = await getBatch(batch.id)
    return { done: anchor?.withdrawnAt === undefined ? 0 : total, total }
  }
  if (target === 'all') {
    const { revoked, suspended } = await getCounts(batch.id)
    const done = { revoked, suspended: suspended + revoked, active: total - suspended }[action]
    return { done, total }
  }
  let done = 0
  for (let first = 0; first < total; first += lookedUp) {
    const some = target.statusIndexes.slice(first, first + lookedUp)
    const { found } = await lookUp(
      batch.id,
      some.map((statusIndex) => ({ statusIndex })),
    )
    const arrived = found.filter(({ chainStatus }) => chainStatus === action).length
    done += arrived
    // The chain takes them in order: behind the first that is missing nothing needs to be asked.
    if (arrived < some.length) break
  }
  return { done, total }
}
