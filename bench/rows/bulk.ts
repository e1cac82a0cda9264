import type { BuiltBatch } from '../issuing.ts'
import { warmUpSeconds } from '../load.ts'
import type { Plan } from '../plan.ts'
import { numberText } from '../report/number.ts'
import { type Row, ratioRow, unmeasured } from '../row.ts'
import type { BenchService } from '../service.ts'
import { ask } from '../service.ts'
import { median } from '../statistics.ts'

const pageSize = 1000
const atOnce = 8
const rounds = 5

/** Many credentials of one batch in one request, against as many requests. */
export async function bulkRow(
  service: BenchService,
  key: string,
  batch: BuiltBatch,
  { bulkSize }: Plan,
  singleRate: number,
  say: (text: string) => void,
): Promise<Row> {
  if ((await send(service, '{}\n')).status === 404) return unmeasured('bulk', 'not built yet')
  const count = Math.min(bulkSize, batch.size)
  say(`fetching ${count} credentials for a bulk verification …`)
  try {
    const lines = await credentialLines(service, key, batch.id, count)
    const body = lines.map((line) => `${line}\n`).join('')
    const verdicts = await rateOf(service, '', body, count)
    const reports = await rateOf(service, '?report=full', body, count)
    return ratioRow('bulk', {
      ours: verdicts,
      peer: singleRate,
      unit: 'credentials/s',
      note: `${numberText(count)} credentials as NDJSON on one connection, a verdict with its reason each (with full reports ${numberText(reports)}/s); the single endpoint under 32`,
    })
  } catch (thrown) {
    return unmeasured('bulk', (thrown as Error).message)
  }
}

/** Credentials a second, once the code that is asked for is as fast as it ever will be. */
async function rateOf(
  service: BenchService,
  query: string,
  body: string,
  count: number,
): Promise<number> {
  const times: number[] = []
  const begun = performance.now()
  while (times.length < rounds) {
    const start = performance.now()
    const { status, text } = await send(service, body, query)
    if (start - begun >= warmUpSeconds * 1000) times.push(performance.now() - start)
    const valid = text.split('"verdict":"valid"').length - 1
    if (status !== 200 || valid !== count) {
      throw new Error(`${status}, ${valid} of ${count} valid: ${text.slice(0, 200)}`)
    }
  }
  return (count / median(times)) * 1000
}

async function send({ url }: BenchService, body: string, query = '') {
  const response = await fetch(`${url}/verify/bulk${query}`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-ndjson' },
    body,
  })
  return { status: response.status, text: await response.text() }
}

async function credentialLines(
  service: BenchService,
  key: string,
  batch: string,
  count: number,
): Promise<readonly string[]> {
  const ids: string[] = []
  while (ids.length < count) {
    const path = `credentials?limit=${Math.min(pageSize, count - ids.length)}&after=${ids.length - 1}`
    const page = await ask(`${service.url}/batches/${batch}/${path}`, key)
    ids.push(...(page['credentials'] as readonly { readonly id: string }[]).map(({ id }) => id))
  }
  const lines: string[] = []
  let next = 0
  const fetchNext = async () => {
    for (let at = next++; at < ids.length; at = next++) {
      const response = await fetch(`${service.url}/credentials/${ids[at]}`)
      if (!response.ok) throw new Error(`GET /credentials: ${response.status}`)
      lines[at] = await response.text()
    }
  }
  await Promise.all(Array.from({ length: atOnce }, fetchNext))
  return lines
}
