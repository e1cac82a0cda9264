import type { FastifyInstance } from 'fastify'
import { type Kysely, sql } from 'kysely'
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import { batchStates } from './batch-state.ts'
import { countJobs, jobStates } from './dead-jobs.ts'
import { readFollowing } from './followed-blocks.ts'
import { jobKinds } from './jobs.ts'
import type { Service } from './service.ts'
import type { Tables } from './tables.ts'
import { secondsSinceRound } from './watch-rounds.ts'

/** Figures of one app; several apps in a process do not share them. */
export interface Metrics {
  readonly contentType: string
  readonly render: () => Promise<string>
  readonly countVerdict: (verdict: string, times?: number) => void
}

export function createMetrics(app: FastifyInstance, service: Service): Metrics {
  const { db } = service.database
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
  new Gauge({
    name: 'rootmark_oldest_unfinalized_batch_seconds',
    help: 'Age of the oldest batch that is not finalized, by whether this service anchors it; 0 without any',
    labelNames: ['managed'],
    registers,
    async collect() {
      for (const managed of [true, false]) {
        this.set({ managed: String(managed) }, await ageOfOldest(db, managed))
      }
    },
  })
  new Gauge({
    name: 'rootmark_jobs',
    help: 'Jobs by kind and state; a dead one waits for a person',
    labelNames: ['kind', 'state'],
    registers,
    async collect() {
      for (const kind of jobKinds) for (const state of jobStates) this.set({ kind, state }, 0)
      for (const { kind, state, count } of await countJobs(db)) this.set({ kind, state }, count)
    },
  })
  addChainFigures(service, registers)
  // Finding a series by its labels costs more than counting in it; there are as many as routes, methods and statuses.
  const series = new Map<string, ReturnType<typeof requests.labels>>()
  app.addHook('onResponse', (request, reply, done) => {
    // The route's pattern: a path would tell credential ids.
    const route = request.routeOptions.url ?? 'none'
    const key = `${request.method} ${reply.statusCode} ${route}`
    let own = series.get(key)
    if (!own) {
      own = requests.labels({ method: request.method, route, status: reply.statusCode })
      series.set(key, own)
    }
    own.observe(reply.elapsedTime / 1000)
    done()
  })
  return {
    contentType: registry.contentType,
    render: () => registry.metrics(),
    countVerdict: (verdict, times = 1) => verdicts.inc({ verdict }, times),
  }
}

function addChainFigures({ sightings, database, chain }: Service, registers: Registry[]): void {
  new Gauge({
    name: 'rootmark_chain_head_age_seconds',
    help: 'Age of the newest block that this process read; NaN before the first',
    registers,
    collect() {
      const time = sightings.headTime() ?? Number.NaN
      this.set(Math.max(0, Date.now() / 1000 - time))
    },
  })
  new Gauge({
    name: 'rootmark_watch_round_age_seconds',
    help: 'Time since any process compared the batches with the chain; NaN before the first time',
    registers,
    async collect() {
      this.set((await secondsSinceRound(database.db, chain)) ?? Number.NaN)
    },
  })
  new Gauge({
    name: 'rootmark_chain_blocks_behind',
    help: 'Blocks whose logs are not read yet; NaN before the first time',
    registers,
    async collect() {
      const following = await readFollowing(database.db, chain)
      this.set(following ? following.head - following.number : Number.NaN)
    },
  })
  new Counter({
    name: 'rootmark_chain_reorgs_total',
    help: 'How often the chain was seen to turn back',
    registers,
    async collect() {
      this.reset()
      this.inc((await readFollowing(database.db, chain))?.reorgs ?? 0)
    },
  })
  new Gauge({
    name: 'rootmark_transactions',
    help: 'Transactions that were signed here, by state',
    labelNames: ['state'],
    registers,
    async collect() {
      this.reset()
      for (const { state, count } of await countTransactions(database.db)) {
        this.set({ state }, Number(count))
      }
    },
  })
  new Gauge({
    name: 'rootmark_fees_paid_ether',
    help: 'Fees of all transactions that are included',
    registers,
    async collect() {
      const paid = await countTransactions(database.db)
      this.set(paid.reduce((sum, { fees }) => sum + Number(fees ?? 0), 0) / 1e18)
    },
  })
  new Counter({
    name: 'rootmark_rpc_errors_total',
    help: 'Calls to an endpoint of the chain that failed, by method',
    labelNames: ['method'],
    registers,
    collect() {
      this.reset()
      for (const [method, count] of sightings.errors) this.inc({ method }, count)
    },
  })
}

async function countBatches(db: Kysely<Tables>): Promise<ReadonlyMap<string, number>> {
  const rows = await db
    .selectFrom('batches')
    .select(['state', (count) => count.fn.countAll<number>().as('count')])
    .groupBy('state')
    .execute()
  return new Map(rows.map(({ state, count }) => [state, Number(count)]))
}

function countTransactions(db: Kysely<Tables>) {
  return db
    .selectFrom('transactions')
    .select(({ fn }) => [
      'state',
      fn.countAll<number>().as('count'),
      fn.sum<string | null>('fee_paid').filterWhere('state', '=', 'included').as('fees'),
    ])
    .groupBy('state')
    .execute()
}

async function ageOfOldest(db: Kysely<Tables>, managed: boolean): Promise<number> {
  const row = await db
    .selectFrom('batches')
    .select(sql<number | null>`extract(epoch from now() - min(created_at))::float8`.as('seconds'))
    .where('state', '<>', 'finalized')
    .where('managed', '=', managed)
    .executeTakeFirst()
  return Math.max(0, Number(row?.seconds ?? 0))
}
