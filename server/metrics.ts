import type { FastifyInstance } from 'fastify'
import type { Kysely } from 'kysely'
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import { batchStates, type Tables } from './tables.ts'

/** Figures of one app; several apps in a process do not share them. */
export interface Metrics {
  readonly contentType: string
  readonly render: () => Promise<string>
  readonly countVerdict: (verdict: string) => void
}

export function createMetrics(app: FastifyInstance, db: Kysely<Tables>): Metrics {
  const registry = new Registry()
  const registers = [registry]
  collectDefaultMetrics({ register: registry })
  const requests = new Histogram({
    name: 'rootmark_http_request_seconds',
    help: 'Time to answer, by route and status',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.005, 0.02, 0.1, 0.5, 2, 10],
    registers,
  })
  const verdicts = new Counter({
    name: 'rootmark_verdicts_total',
    help: 'Verifications by verdict',
    labelNames: ['verdict'],
    registers,
  })
  new Gauge({
    name: 'rootmark_batches',
    help: 'Stored batches by state',
    labelNames: ['state'],
    registers,
    async collect() {
      const counts = await countBatches(db)
      for (const state of batchStates) this.set({ state }, counts.get(state) ?? 0)
    },
  })
  app.addHook('onResponse', async (request, reply) => {
    // The route's pattern: a path would tell credential ids.
    const route = request.routeOptions.url ?? 'none'
    const labels = { method: request.method, route, status: reply.statusCode }
    requests.observe(labels, reply.elapsedTime / 1000)
  })
  return {
    contentType: registry.contentType,
    render: () => registry.metrics(),
    countVerdict: (verdict) => verdicts.inc({ verdict }),
  }
}

async function countBatches(db: Kysely<Tables>): Promise<ReadonlyMap<string, number>> {
  const rows = await db
    .selectFrom('batches')
    .select(['state', (count) => count.fn.countAll<number>().as('count')])
    .groupBy('state')
    .execute()
  return new Map(rows.map(({ state, count }) => [state, Number(count)]))
}
