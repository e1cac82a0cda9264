import { setTimeout as pause } from 'node:timers/promises'
import type { Kysely } from 'kysely'
import { type BatchRow, describeBatch, findBatch } from './batches.ts'
import { countBuilt } from './builds.ts'
import type { Tables } from './tables.ts'

const lookMs = 500
/** A comment after so long without news, so that nobody on the way takes the connection for a dead one. */
const quietLooks = 30
const longestMs = 3_600_000

/** A batch as the issuer API shows it, with how many credentials are made while it is built. */
export async function describeProgress(db: Kysely<Tables>, batch: BatchRow) {
  if (batch.state !== 'building') return describeBatch(batch)
  return { ...describeBatch(batch), built: await countBuilt(db, batch) }
}

/**
 * Server-sent events (HTML Living Standard §9.2): the batch whenever it changes, until it is final or failed.
 *
 * Ends after an hour: a browser asks again by itself.
 */
export async function* progressEvents(
  db: Kysely<Tables>,
  id: string,
  signal: AbortSignal,
): AsyncGenerator<string> {
  let last = ''
  let quiet = 0
  const end = performance.now() + longestMs
  while (!signal.aborted && performance.now() < end) {
    const batch = await findBatch(db, id)
    if (!batch) {
      yield 'event: gone\ndata: {}\n\n'
      return
    }
    const text = JSON.stringify(await describeProgress(db, batch))
    if (text !== last) yield `event: batch\ndata: ${text}\n\n`
    else if (++quiet % quietLooks === 0) yield ': still here\n\n'
    last = text
    if (batch.state === 'finalized' || batch.state === 'failed') return
    await pause(lookMs, undefined, { signal }).catch(() => undefined)
  }
}
