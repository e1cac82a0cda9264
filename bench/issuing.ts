import { Readable } from 'node:stream'
import { setTimeout as pause } from 'node:timers/promises'
import { residentOf } from './memory.ts'
import { achievement, rosterLines } from './sample.ts'
import { ask, type BenchService } from './service.ts'

/** A batch that a service built from a roster it was sent. */
export interface BuiltBatch {
  readonly id: string
  readonly size: number
  /** From the first byte of the roster until the state was `built`. */
  readonly seconds: number
  /** Of the service's process above what it was before, in megabytes. */
  readonly peakMb: number
}

const anchorPatienceMs = 120_000
const boundary = 'roster-boundary-of-the-benchmark'

/** Sends a roster as a CSV file, and waits until its batch is built. Throws where it is refused or fails. */
export async function issueRoster(
  service: BenchService,
  key: string,
  size: number,
): Promise<BuiltBatch> {
  const idle = residentOf(service.pid).now
  const start = performance.now()
  const response = await fetch(`${service.url}/issuers/northfield/batches`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${key}`,
      'content-type': `multipart/form-data; boundary=${boundary}`,
    },
    body: Readable.toWeb(Readable.from(formOf(size))),
    duplex: 'half',
  } as RequestInit)
  const batch = (await response.json()) as { readonly id: string; readonly detail?: string }
  if (!response.ok) throw new Error(`the roster is refused: ${response.status} ${batch.detail}`)
  for (;;) {
    const { state, reason } = await ask(`${service.url}/batches/${batch.id}`, key)
    if (state === 'built') break
    if (state !== 'building') throw new Error(`the batch is ${state}: ${reason}`)
    await pause(size > 50_000 ? 100 : 20)
  }
  const seconds = (performance.now() - start) / 1000
  return { id: batch.id, size, seconds, peakMb: residentOf(service.pid).peak - idle }
}

/** Has the service anchor batches, and waits until the chain holds all of them. */
export async function anchorBatches(
  service: BenchService,
  key: string,
  ids: readonly string[],
): Promise<void> {
  for (const id of ids) await ask(`${service.url}/batches/${id}/anchor`, key, undefined, 'POST')
  const late = performance.now() + anchorPatienceMs
  for (const id of ids) {
    for (;;) {
      const { state, reason, anchor } = await ask(`${service.url}/batches/${id}`, key)
      if (anchor !== undefined) break
      if (state === 'failed') throw new Error(`the batch was not anchored: ${reason}`)
      if (performance.now() > late) throw new Error('a batch was not anchored in two minutes')
      await pause(50)
    }
  }
}

/** Ids of the first credentials of a batch, by status index; at most 1000. */
export async function credentialIds(
  service: BenchService,
  key: string,
  batch: string,
  limit: number,
): Promise<readonly string[]> {
  const answer = await ask(`${service.url}/batches/${batch}/credentials?limit=${limit}`, key)
  return (answer['credentials'] as readonly { readonly id: string }[]).map(({ id }) => id)
}

async function* formOf(size: number): AsyncGenerator<Uint8Array> {
  const encoder = new TextEncoder()
  const part = (head: string) => `--${boundary}\r\ncontent-disposition: form-data; ${head}\r\n\r\n`
  yield encoder.encode(`${part('name="achievement"')}${JSON.stringify(achievement)}\r\n`)
  yield encoder.encode(part('name="roster"; filename="roster.csv"\r\ncontent-type: text/csv'))
  for (const lines of rosterLines(size)) yield encoder.encode(lines)
  yield encoder.encode(`\r\n--${boundary}--\r\n`)
}
