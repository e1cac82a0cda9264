import { STATUS_CODES } from 'node:http'
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import Type from 'typebox'
import { InvalidInputError } from '../core/error.ts'

/** One bad row of a roster, or one bad member of a request. */
export interface ProblemEntry {
  readonly line: number
  readonly field: string
  readonly code: string
  readonly message: string
}

/** A refusal that the caller is told: an HTTP status, a stable code and a sentence with the remedy. */
export class HttpProblem extends Error {
  override readonly name = 'HttpProblem'
  readonly status: number
  readonly code: string
  readonly pointer: string | undefined
  readonly errors: readonly ProblemEntry[] | undefined

  constructor(
    status: number,
    code: string,
    detail: string,
    extra: { readonly pointer?: string; readonly errors?: readonly ProblemEntry[] } = {},
  ) {
    super(detail)
    this.status = status
    this.code = code
    this.pointer = extra.pointer
    this.errors = extra.errors
  }
}

/** Problem details, RFC 9457. `code` is stable; `type` stays `about:blank`, so `title` is the status phrase (§4.2.1). */
export const problemSchema = Type.Object(
  {
    type: Type.String(),
    title: Type.String(),
    status: Type.Integer(),
    detail: Type.String({ description: 'What is wrong and what to do next' }),
    code: Type.String({ description: 'Stable, safe to branch on' }),
    pointer: Type.Optional(
      Type.String({ description: 'RFC 6901 pointer to the bad place of the body' }),
    ),
    errors: Type.Optional(
      Type.Array(
        Type.Object({
          line: Type.Integer(),
          field: Type.String(),
          code: Type.String(),
          message: Type.String(),
        }),
        { description: 'Every bad row of a roster' },
      ),
    ),
    requestId: Type.Optional(
      Type.String({ description: 'Finds the error in the log of the service' }),
    ),
  },
  { $id: 'Problem', description: 'Problem details, RFC 9457' },
)

/** Response entries of the API description for the refusals of a route. */
export function problemResponses(...statuses: readonly number[]) {
  return Object.fromEntries(
    statuses.map((status) => [
      status,
      {
        description: STATUS_CODES[status] ?? 'Refused',
        content: { 'application/problem+json': { schema: Type.Ref('Problem') } },
      },
    ]),
  )
}

/** Makes every error of the app leave as problem details. What a 5xx is about stays in the log. */
export function registerProblems(app: FastifyInstance): void {
  app.addSchema(problemSchema)
  app.setErrorHandler((error, request, reply) => sendProblem(request, reply, error))
  app.setNotFoundHandler((_request, reply) => {
    send(reply, new HttpProblem(404, 'not_found', 'Nothing is served here; /docs lists what is.'))
  })
}

/** Answers with the problem that an error is. */
export function sendProblem(request: FastifyRequest, reply: FastifyReply, error: unknown): void {
  const problem = problemOf(error)
  if (problem) {
    send(reply, problem)
    return
  }
  request.log.error({ err: error, reqId: request.id }, 'request failed')
  send(
    reply,
    new HttpProblem(500, 'internal', 'The service failed; its log says why.'),
    String(request.id),
  )
}

/** The problem that a thrown thing is, or `undefined` for a bug or an outage of ours. */
function problemOf(error: unknown): HttpProblem | undefined {
  if (error instanceof HttpProblem) return error
  if (error instanceof InvalidInputError) {
    const status = error.code === 'too_large' ? 413 : 400
    return new HttpProblem(status, error.code, error.message, { pointer: error.pointer })
  }
  const { statusCode = 500, code = '', validation, validationContext } = error as FastifyError
  if (validation) return validationProblem(validation, validationContext)
  if (statusCode === 413) {
    return new HttpProblem(
      413,
      'too_large',
      'The body is larger than this service reads; split the roster into several batches.',
    )
  }
  if (code === 'FST_ERR_CTP_INVALID_MEDIA_TYPE') {
    return new HttpProblem(
      415,
      'content_type_unsupported',
      'The content type is not taken here; send JSON with Content-Type: application/json.',
    )
  }
  if (statusCode >= 400 && statusCode < 500) {
    return new HttpProblem(statusCode, 'request_malformed', (error as Error).message)
  }
  return undefined
}

function validationProblem(
  validation: NonNullable<FastifyError['validation']>,
  context: FastifyError['validationContext'],
): HttpProblem {
  // The compiler reports a refused member twice; the `boolean` entry names its place.
  const [first] = [...validation].sort((a, b) => rank(a.keyword) - rank(b.keyword))
  const place = `${context ?? 'body'}${first?.instancePath ?? ''}`
  const reason = first?.keyword === 'boolean' ? 'is not known here' : first?.message
  return new HttpProblem(400, `${context ?? 'body'}_malformed`, `${place} ${reason}`, {
    ...(context === 'body' && { pointer: first?.instancePath ?? '' }),
  })
}

function rank(keyword: string): number {
  return keyword === 'boolean' ? 0 : 1
}

function send(reply: FastifyReply, problem: HttpProblem, requestId?: string): void {
  reply
    .status(problem.status)
    .header('cache-control', 'no-store')
    // RFC 9110 §15.5.2: a 401 names the scheme.
    .headers(problem.status === 401 ? { 'www-authenticate': 'Bearer' } : {})
    .type('application/problem+json')
    .serializer((payload: unknown) => JSON.stringify(payload))
    .send({
      type: 'about:blank',
      title: STATUS_CODES[problem.status] ?? 'Error',
      status: problem.status,
      detail: problem.message,
      code: problem.code,
      ...(problem.pointer !== undefined && { pointer: problem.pointer }),
      ...(problem.errors && { errors: problem.errors }),
      ...(requestId !== undefined && { requestId }),
    })
}
