import type { GoalKey } from '../goal.ts'
import { type BuiltBatch, credentialIds } from '../issuing.ts'
import { loadInTurns, startEmptyServer, type Target, type Throughput } from '../load.ts'
import type { Finding, Outcome } from '../part.ts'
import type { Plan } from '../plan.ts'
import { numberText } from '../report/number.ts'
import { type Row, ratioRow } from '../row.ts'
import type { BenchService } from '../service.ts'
import { bulkRow } from './bulk.ts'
import { meanwhileRow } from './meanwhile.ts'

export const routeGoals: readonly GoalKey[] = [
  'proof',
  'verifyRate',
  'verifyTail',
  'bulk',
  'meanwhile',
]

/** What a service that has an anchored batch answers, beside a server that does nothing. */
export async function measureRoutes(
  service: BenchService,
  key: string,
  batch: BuiltBatch,
  plan: Plan,
  say: (text: string) => void,
): Promise<Outcome> {
  const empty = await startEmptyServer()
  try {
    say('fetching some of its credentials …')
    const ids = await credentialIds(service, key, batch.id, plan.variety)
    const credentials: string[] = []
    for (const id of ids) credentials.push(await credentialText(service, id))
    for (const text of credentials) await refuseInvalid(service, text)
    say('loading the routes …')
    const pressure = { seconds: plan.httpSeconds, rounds: plan.httpRounds }
    const verify = posting(service.url, '/verify', credentials)
    const seen = await loadInTurns(
      {
        emptyGet: getting(empty.url, ['/']),
        proof: getting(service.url, proofPaths(batch, plan.variety)),
        emptyPost: posting(empty.url, '/', credentials),
        verify,
      },
      pressure,
    )
    const length = numberText(credentials[0]?.length ?? 0)
    const rows = [
      proofRow(seen.emptyGet, seen.proof, batch, plan.variety),
      ...verifyRows(seen.emptyPost, seen.verify, length, credentials.length),
      await bulkRow(service, key, batch, plan, seen.verify.rate, say),
      await meanwhileRow(service, key, plan.meanwhileSize, verify, say),
    ]
    return { rows, findings: [throughputTable(seen)] }
  } finally {
    empty.stop()
  }
}

async function credentialText({ url }: BenchService, id: string): Promise<string> {
  const response = await fetch(`${url}/credentials/${id}`)
  const text = await response.text()
  if (!response.ok) throw new Error(`GET /credentials: ${response.status} ${text.slice(0, 200)}`)
  return text
}

/** Each is verified once before: the state of the chain is warm then, and a quick answer that it cannot be checked would be worth nothing. */
async function refuseInvalid({ url }: BenchService, body: string): Promise<void> {
  const headers = { 'content-type': 'application/json' }
  const response = await fetch(`${url}/verify`, { method: 'POST', headers, body })
  const { verdict, summary } = (await response.json()) as Readonly<Record<string, unknown>>
  if (verdict !== 'valid')
    throw new Error(`POST /verify: ${response.status} ${verdict}: ${summary}`)
}

/** Proofs all over the batch. */
function proofPaths({ id, size }: BuiltBatch, variety: number): readonly string[] {
  const step = Math.max(1, Math.floor(size / variety))
  const count = Math.min(size, variety)
  return Array.from({ length: count }, (_, i) => `/batches/${id}/proofs/${i * step}`)
}

function getting(url: string, paths: readonly string[]): Target {
  return { url, requests: paths.map((path) => ({ method: 'GET', path })) }
}

function posting(url: string, path: string, bodies: readonly string[]): Target {
  const headers = { 'content-type': 'application/json' }
  return { url, requests: bodies.map((body) => ({ method: 'POST', path, body, headers })) }
}

function proofRow(
  empty: Throughput,
  proof: Throughput,
  { size }: BuiltBatch,
  variety: number,
): Row {
  return ratioRow('proof', {
    ours: proof.rate,
    peer: empty.rate,
    unit: 'requests/s',
    note: `out of ${numberText(size)}, at ${numberText(Math.min(size, variety))} places in turns; ${connections}`,
  })
}

function verifyRows(
  empty: Throughput,
  verify: Throughput,
  length: string,
  count: number,
): readonly Row[] {
  const note = `bodies of ${length} bytes with the anchor proof and no signature beside it, ${count} credentials in turns; ${connections}`
  return [
    ratioRow('verifyRate', { ours: verify.rate, peer: empty.rate, unit: 'requests/s', note }),
    ratioRow('verifyTail', { ours: verify.p99, peer: empty.p99, unit: 'ms', note }),
  ]
}

const connections = '32 connections, the load generator on the other core'

function throughputTable(seen: Readonly<Record<string, Throughput>>): Finding {
  const names: Readonly<Record<string, string>> = {
    emptyGet: 'empty GET, a bare Fastify',
    proof: 'GET a proof',
    emptyPost: 'empty POST that parses the credential, a bare Fastify',
    verify: 'POST /verify, full report',
  }
  return {
    title: 'HTTP',
    notes: 'One process each, loaded in turns.',
    head: ['route', 'requests/s', 'p99, ms'],
    lines: Object.entries(seen).map(([name, { rate, p99 }]) => [
      names[name] ?? name,
      numberText(rate),
      numberText(p99),
    ]),
  }
}
