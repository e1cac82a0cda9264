import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import Type from 'typebox'
import { requireAdminKey } from '../auth.ts'
import { countJobs, type JobRow, jobStates, listJobs } from '../dead-jobs.ts'
import { jobKinds } from '../jobs.ts'
import { HttpProblem, problemResponses } from '../problem.ts'
import type { Service } from '../service.ts'

const tags = ['Operation']
const security = [{ adminKey: [] }]
const uuidPattern = '^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$'

const jobParams = Type.Object({
  id: Type.String({ pattern: uuidPattern, description: 'Id of the job' }),
})
const jobsQuery = Type.Object({
  state: Type.Optional(
    Type.Enum([...jobStates], { default: 'dead', description: 'Dead ones wait for a person' }),
  ),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 1000, default: 100 })),
})
const kindShape = Type.Enum([...jobKinds])
const stateShape = Type.Enum([...jobStates])
const jobsShape = Type.Object({
  counts: Type.Array(
    Type.Object({ kind: kindShape, state: stateShape, count: Type.Integer({ minimum: 1 }) }),
  ),
  jobs: Type.Array(
    Type.Object({
      id: jobParams.properties.id,
      kind: kindShape,
      batch: Type.String({ description: 'Id of the batch it is for' }),
      state: stateShape,
      attempts: Type.Integer({ description: 'How often it was tried' }),
      reason: Type.Optional(Type.String({ description: 'Why the last try failed' })),
      createdAt: Type.String({ format: 'date-time' }),
      nextAt: Type.Optional(
        Type.String({ format: 'date-time', description: 'When it is tried again' }),
      ),
    }),
    { description: 'The newest first' },
  ),
})
const retriedShape = Type.Object({ kind: kindShape, batch: Type.String() })

/** What the service does in the background, for whoever runs it. */
export const jobRoutes: FastifyPluginAsyncTypebox<{ service: Service }> = async (
  app,
  { service },
) => {
  const { database, jobs, config } = service
  app.addHook('onRequest', requireAdminKey(config.ADMIN_KEY))

  app.get(
    '/admin/jobs',
    {
      schema: {
        tags,
        security,
        operationId: 'listJobs',
        summary: 'What is done in the background, and what was given up',
        description:
          'A job builds a batch, anchors it, or brings its statuses onto the chain. It is tried again, ever later, up to JOB_ATTEMPTS times; then it is dead.',
        querystring: jobsQuery,
        response: { 200: jobsShape, ...problemResponses(400, 401, 403) },
      },
    },
    async ({ query: { state = 'dead', limit = 100 } }) => {
      const [counts, rows] = await Promise.all([
        countJobs(database.db),
        listJobs(database.db, state, limit),
      ])
      return { counts: [...counts], jobs: rows.map(describeJob) }
    },
  )

  app.post(
    '/admin/jobs/:id/retry',
    {
      schema: {
        tags,
        security,
        operationId: 'retryJob',
        summary: 'Try a job again that is dead, at once',
        params: jobParams,
        response: { 202: retriedShape, ...problemResponses(400, 401, 403, 404) },
      },
    },
    async ({ params: { id } }, reply) => {
      const revived = await jobs.revive(id)
      if (!revived) {
        throw new HttpProblem(
          404,
          'job_unknown',
          'There is no dead job with this id; GET /admin/jobs lists those that there are.',
        )
      }
      reply.code(202)
      return revived
    },
  )
}

function describeJob({ reason, createdAt, nextAt, ...job }: JobRow) {
  return {
    ...job,
    ...(reason !== null && { reason }),
    createdAt: createdAt.toISOString(),
    ...(nextAt !== null && { nextAt: nextAt.toISOString() }),
  }
}
