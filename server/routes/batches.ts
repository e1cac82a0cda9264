import { Readable } from 'node:stream'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { TypeBoxValidatorCompiler } from '@fastify/type-provider-typebox'
import type { FastifyRequest, FastifySchemaCompiler } from 'fastify'
import type { TSchema } from 'typebox'
import { requireManaged } from '../anchoring.ts'
import { ownBatch, ownIssuer, requireIssuerKey } from '../auth.ts'
import { batchFileLines } from '../batch-file.ts'
import { isAnchored } from '../batch-state.ts'
import { type BatchRow, describeBatch, findBatch, requestAnchor } from '../batches.ts'
import { requireBuilt } from '../builds.ts'
import { cancelBuild } from '../cancel.ts'
import { listCredentials } from '../credentials.ts'
import { type IssueRequest, issue } from '../issue.ts'
import { killPoint } from '../kill-point.ts'
import { problemResponses } from '../problem.ts'
import { describeProgress, progressEvents } from '../progress.ts'
import { openIntake, type RosterIntake } from '../roster-parts.ts'
import { jsonRosterLimit, parseIssueRequest, readIssueForm } from '../roster-upload.ts'
import type { Service } from '../service.ts'
import {
  batchParams,
  batchShape,
  credentialPageShape,
  idempotencyHeaders,
  issuerParams,
  newBatchBody,
  newBatchForm,
  pageQuery,
} from '../shapes.ts'
import { watchPace } from '../slow-requests.ts'

const tags = ['Batches']
const security = [{ issuerKey: [] }]

/** Bodies that core parses itself, with better words than a schema has; the schema describes them. */
const bodyByCore: FastifySchemaCompiler<TSchema> = (route) =>
  route.httpPart === 'body' ? (value) => ({ value }) : TypeBoxValidatorCompiler(route)

/** Issuing and anchoring batches. */
export const batchRoutes: FastifyPluginAsyncTypebox<{ service: Service }> = async (
  app,
  { service },
) => {
  const { config, chain, sender, jobs } = service
  const { db } = service.database
  app.addHook('onRequest', requireIssuerKey(db))
  const context = {
    db,
    chain,
    baseUrl: config.PUBLIC_BASE_URL,
  }

  app.post(
    '/issuers/:issuer/batches',
    {
      // A form is read as it comes; JSON is parsed as a whole.
      bodyLimit: Math.min(config.ROSTER_LIMIT, jsonRosterLimit),
      validatorCompiler: bodyByCore,
      schema: {
        tags,
        security,
        operationId: 'issueBatch',
        summary: 'Issue a batch: one credential per learner',
        description:
          'Takes JSON, or a form with a roster file. Nothing is issued while any row is bad: `errors` lists every one. The batch is stored and not anchored yet; a large one is built in the background, which `GET /batches/{id}` shows. Anchor it with the issuer’s own key from its batch file, or with `POST /batches/{id}/anchor`.',
        params: issuerParams,
        headers: idempotencyHeaders,
        body: {
          content: {
            'application/json': { schema: newBatchBody },
            'multipart/form-data': { schema: newBatchForm },
          },
        },
        response: {
          201: batchShape,
          202: { ...batchShape, description: 'A large batch, which is being built' },
          200: { ...batchShape, description: 'The batch that this Idempotency-Key made before' },
          ...problemResponses(400, 401, 404, 409, 413, 415),
        },
      },
    },
    async (request, reply) => {
      killPoint('issue.received')
      const issuer = await ownIssuer(db, request, request.params.issuer)
      const intake = openIntake(service.database, config.BATCH_LIMIT)
      const { batch, created } = await takeIn(request, intake, async (asked) =>
        issue(context, issuer, asked, request.headers['idempotency-key']),
      ).catch((thrown: unknown) => {
        // What is left of the upload is not read.
        if (!request.raw.complete) reply.header('connection', 'close')
        throw thrown
      })
      killPoint('issue.stored')
      const isBuilding = batch.state === 'building'
      if (isBuilding) await jobs.ask('build', [batch.id])
      const code = isBuilding ? 202 : 201
      reply.code(created ? code : 200).header('location', `/batches/${batch.id}`)
      return describeProgress(db, batch)
    },
  )

  app.get(
    '/batches/:id',
    {
      schema: {
        tags,
        security,
        operationId: 'getBatch',
        summary: 'State, anchor and finality of a batch',
        params: batchParams,
        response: { 200: batchShape, ...problemResponses(401, 404) },
      },
    },
    async (request) => describeProgress(db, await ownBatch(db, request, request.params.id)),
  )

  app.get(
    '/batches/:id/events',
    {
      schema: {
        tags,
        security,
        operationId: 'followBatch',
        summary: 'The batch whenever it changes, as server-sent events',
        description:
          'An event `batch` holds what `GET /batches/{id}` answers. It ends when the batch is final or failed.',
        params: batchParams,
        response: {
          200: {
            description: 'Events',
            content: { 'text/event-stream': { schema: { type: 'string' } } },
          },
          ...problemResponses(401, 404),
        },
      },
    },
    async (request, reply) => {
      const { id } = await ownBatch(db, request, request.params.id)
      const gone = new AbortController()
      reply.raw.once('close', () => gone.abort())
      reply.type('text/event-stream').header('cache-control', 'no-store')
      return reply.send(Readable.from(progressEvents(db, id, gone.signal)) as never)
    },
  )

  app.delete(
    '/batches/:id',
    {
      schema: {
        tags,
        security,
        operationId: 'cancelBatch',
        summary: 'Cancel a batch that is not built yet',
        description: 'Nothing of it is left. A batch that is built stays.',
        params: batchParams,
        response: {
          204: { type: 'null', description: 'It is gone' },
          ...problemResponses(401, 404, 409),
        },
      },
    },
    async (request, reply) => {
      await cancelBuild(db, await ownBatch(db, request, request.params.id))
      return reply.code(204).send(null)
    },
  )

  app.get(
    '/batches/:id/credentials',
    {
      schema: {
        tags,
        security,
        operationId: 'listCredentials',
        summary: 'Ids and holders of the credentials of a batch, page by page',
        params: batchParams,
        querystring: pageQuery,
        response: { 200: credentialPageShape, ...problemResponses(400, 401, 404, 409) },
      },
    },
    async (request) => {
      const batch = await ownBatch(db, request, request.params.id)
      requireBuilt(batch)
      const { after = -1, limit = 100 } = request.query
      const credentials = await listCredentials(db, batch.id, after, limit)
      const last = credentials.at(-1)?.statusIndex ?? batch.size
      return { credentials, ...(last + 1 < batch.size && { next: last }) }
    },
  )

  app.get(
    '/batches/:id/file',
    {
      schema: {
        tags,
        security,
        operationId: 'getBatchFile',
        summary: 'The batch file (NDJSON), from which the issuer anchors with its own key',
        description: 'Holds personal data and salts: it belongs to the issuer alone.',
        params: batchParams,
        response: {
          200: {
            description: 'A header line, then a line per credential',
            content: { 'application/x-ndjson': { schema: { type: 'string' } } },
          },
          ...problemResponses(401, 404, 409),
        },
      },
    },
    async (request, reply) => {
      const batch = await ownBatch(db, request, request.params.id)
      requireBuilt(batch)
      reply
        .type('application/x-ndjson')
        .header('content-disposition', `attachment; filename="batch-${batch.id}.ndjson"`)
      return reply.send(Readable.from(batchFileLines(db, batch)) as never)
    },
  )

  app.post(
    '/batches/:id/anchor',
    {
      schema: {
        tags,
        security,
        operationId: 'anchorBatch',
        summary: 'Let this service anchor the batch with its operator key',
        description:
          'Answers before the transaction is included: `GET /batches/{id}` shows how it goes on. Safe to call twice.',
        params: batchParams,
        response: {
          202: { ...batchShape, description: 'It will be anchored' },
          200: { ...batchShape, description: 'It is anchored already' },
          ...problemResponses(401, 404, 409, 503),
        },
      },
    },
    async (request, reply) => {
      const batch = await ownBatch(db, request, request.params.id)
      requireBuilt(batch)
      if (isAnchored(batch.state)) return describeBatch(batch)
      await requireManaged(chain, sender, batch, 'anchor')
      killPoint('anchor.received')
      await requestAnchor(db, batch.id)
      killPoint('anchor.requested')
      await jobs.ask('anchor', [batch.id])
      reply.code(202)
      return describeBatch((await findBatch(db, batch.id)) as BatchRow)
    },
  )

  async function takeIn<T>(
    request: FastifyRequest,
    intake: RosterIntake,
    use: (asked: IssueRequest) => Promise<T>,
  ): Promise<T> {
    const pace = watchPace(request.raw, config.REQUEST_TIMEOUT_MS, intake.isBusy)
    const read = request.isMultipart()
      ? readIssueForm(request, intake, service.making, config.ROSTER_LIMIT)
      : parseIssueRequest(request.body, intake)
    try {
      return await use(await Promise.race([read, pace.tooSlow]))
    } finally {
      pace.stop()
      await intake.drop()
    }
  }
}
