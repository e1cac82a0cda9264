import type { IncomingMessage, ServerResponse } from 'node:http'
import { Readable } from 'node:stream'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import Type from 'typebox'
import { createVerifyMany } from '../../core/verify-many.ts'
import { withAllowance } from '../../documents/allowance.ts'
import { bulkAnswers } from '../bulk-answers.ts'
import { createItemRate } from '../item-rate.ts'
import { HttpProblem, problemResponses } from '../problem.ts'
import type { Service } from '../service.ts'
import { isArchive, zipAnswers, zipTypes } from '../zip-answers.ts'

const lineTypes = [
  'application/x-ndjson',
  'application/ndjson',
  'application/jsonl',
  'application/x-jsonlines',
]
const bodyShape = Type.String({
  description: 'A credential a line, as JSON or as a JSON Web Token; blank lines are passed over',
})
const archiveShape = Type.String({
  format: 'binary',
  description:
    'A ZIP archive with a credential a file: JSON, JSON Web Token, badge as PNG or SVG, or PDF; folders are passed over',
})
const answerShape = Type.String({
  description:
    'An answer a line, in the order of the credentials: `line`, and with it the verdict with its reason, or the whole `report`, or an `error` where the line holds no credential; with an archive also `file`, the name of the file',
})
/** Runs at the same time in one process: each of them holds some lines and their answers, and takes its turns with all other requests. */
const mostRuns = 8

/** Verification of many, streamed in and out. */
export const verifyBulkRoutes: FastifyPluginAsyncTypebox<{
  service: Service
  count: (verdict: string, times: number) => void
}> = async (app, { service, count }) => {
  const { config, readers, trust, verifying } = service
  const take = createItemRate(config.VERIFY_BULK_RATE_LIMIT, () => performance.now())
  let runs = 0
  app.removeAllContentTypeParsers()
  // Read as it is answered, and no faster.
  app.addContentTypeParser([...lineTypes, ...zipTypes], (_request, payload, done) =>
    done(null, payload),
  )

  app.post(
    '/verify/bulk',
    {
      // Credentials are counted instead.
      config: { rateLimit: false, answers: 'data' },
      validatorCompiler: () => (value) => ({ value }),
      schema: {
        tags: ['Verification'],
        operationId: 'verifyCredentials',
        summary: 'Verify many credentials',
        description:
          'One credential a line (NDJSON) or a file (ZIP), one answer a line, in the same order and as they come. Each gets the verdict that POST /verify gives it; what is no credential gets an error and spoils nothing. Where a limit is met, the last line says from which line on to send again.',
        querystring: Type.Object({
          report: Type.Optional(
            Type.Enum(['verdict', 'full'], {
              description: '`full` for what POST /verify answers; else the verdict and why',
            }),
          ),
        }),
        body: {
          content: Object.fromEntries([
            ...lineTypes.map((type) => [type, { schema: bodyShape }]),
            [zipTypes[0], { schema: archiveShape }],
          ]),
        },
        response: {
          200: {
            description: 'An answer a line',
            content: { 'application/x-ndjson': { schema: answerShape } },
          },
          ...problemResponses(400, 415, 503),
        },
      },
    },
    async (request, reply) => {
      const body: unknown = request.body
      if (!(body instanceof Readable)) {
        throw new HttpProblem(400, 'body_missing', 'Send credentials as the body, one a line.')
      }
      const { report } = request.query
      if (report !== undefined && report !== 'full' && report !== 'verdict') {
        throw new HttpProblem(400, 'querystring_malformed', 'report is verdict or full.')
      }
      if (runs >= mostRuns) {
        reply.header('retry-after', '5').header('connection', 'close')
        throw new HttpProblem(
          503,
          'busy',
          'Others are having many verified; try again in a moment.',
        )
      }
      runs += 1
      const verify = createVerifyMany({
        readersFor: () => ({ ...readers, document: withAllowance(readers.document) }),
        trust,
        clock: Date.now,
      })
      const run = verifying.begin(verify, report === 'full')
      const answers = (isArchive(request.headers) ? zipAnswers : bulkAnswers)(body, {
        answer: run.answer,
        ahead: verifying.ahead,
        lineLimit: config.BODY_LIMIT,
        itemLimit: config.VERIFY_BULK_LIMIT,
        take: () => take(request.ip),
        count,
      })
      const stream = Readable.from(answers, { objectMode: false, highWaterMark: 262_144 })
      const stop = cutWhenStuck(request.raw, reply.raw, config.REQUEST_TIMEOUT_MS)
      reply.raw.once('close', () => {
        stop()
        runs -= 1
      })
      stream.once('close', () => {
        // What is left of the request is not read.
        if (!request.raw.complete) request.raw.unpipe().destroy()
      })
      return reply
        .header('cache-control', 'no-store')
        .type('application/x-ndjson')
        .send(stream as never)
    },
  )
}

/** Ends a run whose credentials do not come, or whose answers nobody takes, for as long as a request may take. */
function cutWhenStuck(
  request: IncomingMessage,
  response: ServerResponse,
  patienceMs: number,
): () => void {
  let before = ''
  let moved = performance.now()
  const timer = setInterval(() => {
    const { socket } = request
    const now = `${socket.bytesRead} ${socket.bytesWritten} ${response.writableLength} ${socket.writableLength}`
    if (now !== before) moved = performance.now()
    before = now
    if (performance.now() - moved > patienceMs) response.destroy()
  }, 1000).unref()
  return () => clearInterval(timer)
}
