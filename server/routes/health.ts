import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { sql } from 'kysely'
import Type from 'typebox'
import { readLatestBlock } from '../../core/chain.ts'
import type { Metrics } from '../metrics.ts'
import { HttpProblem, problemResponses } from '../problem.ts'
import type { Service } from '../service.ts'
import { secondsSinceRound } from '../watch-rounds.ts'

const tags = ['Operation']
const okShape = Type.Object({ status: Type.Enum(['ok']) })

/** For load balancers and monitoring. */
export const healthRoutes: FastifyPluginAsyncTypebox<{
  service: Service
  metrics: Metrics
}> = async (app, { service, metrics }) => {
  const config = { rateLimit: false as const }

  app.get(
    '/healthz',
    {
      config,
      schema: {
        tags,
        operationId: 'getHealth',
        summary: 'The process runs',
        response: { 200: okShape },
      },
    },
    async () => ({ status: 'ok' as const }),
  )

  app.get(
    '/readyz',
    {
      config,
      schema: {
        tags,
        operationId: 'getReadiness',
        summary: 'Database and chain answer, and the chain is watched',
        response: { 200: okShape, ...problemResponses(503) },
      },
    },
    async () => {
      await ready('database', () => sql`select 1`.execute(service.database.db))
      await ready('chain', () => readLatestBlock(service.chain.chain, service.chain.chainId))
      await watched()
      return { status: 'ok' as const }
    },
  )

  app.get(
    '/metrics',
    {
      config,
      schema: {
        tags,
        operationId: 'getMetrics',
        summary: 'Figures for Prometheus',
        response: {
          200: {
            description: 'Text exposition format',
            content: { 'text/plain': { schema: { type: 'string' } } },
          },
        },
      },
    },
    async (_request, reply) => {
      reply.type(metrics.contentType)
      return metrics.render()
    },
  )

  async function watched(): Promise<void> {
    const { config, chain, database, openedAt } = service
    // A start has as long as a round may take.
    const open = (performance.now() - openedAt) / 1000
    const idle = Math.min(open, (await secondsSinceRound(database.db, chain)) ?? open)
    if (idle * 1000 <= config.WATCH_STALE_MS) return
    throw new HttpProblem(
      503,
      'watcher_stale',
      `The stored batches were last compared with the chain ${Math.round(idle)} seconds ago; the log of the process that watches says why.`,
    )
  }

  async function ready(what: string, ask: () => Promise<unknown>): Promise<void> {
    try {
      await ask()
    } catch (thrown) {
      app.log.warn({ err: thrown }, `${what} is not ready`)
      throw new HttpProblem(
        503,
        `${what}_unready`,
        `The ${what} does not answer; the log says why.`,
      )
    }
  }
}
