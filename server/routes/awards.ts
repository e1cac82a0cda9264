import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import Type from 'typebox'
import { issueEquivalences, parseStatement } from '../../core/equivalence.ts'
import { InvalidInputError } from '../../core/error.ts'
import { isObject } from '../../core/i-json.ts'
import { ownIssuer, requireIssuerKey } from '../auth.ts'
import {
  batchRequestOf,
  findMade,
  hashBody,
  insertDocuments,
  mostAwards,
  random,
} from '../award-batch.ts'
import { parseAwardRequest } from '../award-request.ts'
import { describeResult, issueAwardBatch, judgeApplicants } from '../awards.ts'
import { describeBatch } from '../batches.ts'
import { problemResponses } from '../problem.ts'
import { jsonRosterLimit } from '../roster-upload.ts'
import type { Service } from '../service.ts'
import { batchShape, idempotencyHeaders, issuerParams, newBatchBody } from '../shapes.ts'
import { pathwayShape } from './pathways.ts'

const tags = ['Pathways']
const security = [{ issuerKey: [] }]
const anyBody = { validatorCompiler: () => (value: unknown) => ({ value }) }
const told = Type.Array(Type.Object({ id: Type.String(), why: Type.String() }))

const awardBody = Type.Object({
  pathway: Type.Union([
    Type.String({ description: 'Address of a pathway that is published here' }),
    pathwayShape,
  ]),
  learners: Type.Optional(
    Type.Array(
      Type.Object(
        { name: Type.String() },
        {
          additionalProperties: true,
          description: 'As in a batch, and components: the credentials that the learner hands in',
        },
      ),
      { description: 'Without it, everybody whose DID stands in the batches' },
    ),
  ),
  batches: Type.Optional(
    Type.Array(Type.String(), {
      description: 'Own batches, in which credentials of the learners are looked for',
    }),
  ),
  validFrom: newBatchBody.properties.validFrom,
  validUntil: newBatchBody.properties.validUntil,
})
const resultShape = Type.Object({
  line: Type.Integer({ description: 'Which of the learners, from 1' }),
  name: Type.String(),
  outcome: Type.Enum(['qualifies', 'misses', 'undecided']),
  counted: Type.Array(Type.String(), { description: 'Ids of the components that count' }),
  missing: Type.Array(Type.String(), { description: 'One way to complete it, in words' }),
  asides: Type.Array(Type.Object({ id: Type.String(), name: Type.String(), why: Type.String() })),
  refused: told,
})
const awardedShape = Type.Object({
  batch: Type.Optional(batchShape),
  learners: Type.Array(resultShape),
  unnamed: Type.Optional(
    Type.Integer({
      description: 'Credentials of the batches that name no DID, where no learners were named',
    }),
  ),
})
const statementsBody = Type.Object({
  statements: Type.Array(
    Type.Object({
      from: Type.String({ description: 'Id of the achievement that counts' }),
      to: Type.String({ description: 'Id of the achievement that it counts as' }),
      comment: Type.String({ description: 'Why, for people' }),
    }),
  ),
})

/** Awards over credentials, and statements that one achievement counts as another. */
export const awardRoutes: FastifyPluginAsyncTypebox<{ service: Service }> = async (
  app,
  { service },
) => {
  const { db } = service.database
  const onRequest = requireIssuerKey(db)
  const context = { db, chain: service.chain, baseUrl: service.config.PUBLIC_BASE_URL }

  app.post(
    '/issuers/:issuer/awards',
    {
      ...anyBody,
      onRequest,
      bodyLimit: Math.min(service.config.ROSTER_LIMIT, jsonRosterLimit),
      schema: {
        tags,
        security,
        operationId: 'issueAwards',
        summary: 'Award a pathway to everybody who qualifies',
        description:
          'Verifies what the learners hand in and what the batches hold of theirs, evaluates the pathway for each, and issues one batch to those who qualify, to be anchored like any other. With `preview` nothing is issued, and the answer says who misses what.',
        params: issuerParams,
        headers: idempotencyHeaders,
        querystring: Type.Object({
          preview: Type.Optional(
            Type.Enum(['', 'true', 'false'], { description: 'Issue nothing' }),
          ),
        }),
        body: awardBody,
        response: {
          201: awardedShape,
          200: {
            ...awardedShape,
            description: 'A preview, or the batch of the same request before',
          },
          ...problemResponses(400, 401, 404, 409, 413, 415),
        },
      },
    },
    async (request, reply) => {
      const { issuer: slug } = request.params as { readonly issuer: string }
      const { preview } = request.query as { readonly preview?: unknown }
      const key = request.headers['idempotency-key'] as string | undefined
      const issuer = await ownIssuer(db, request, slug)
      const asked = await parseAwardRequest(service, request.body)
      const idempotency = { key, requestHash: hashBody(request.body) }
      const isPreview = preview !== undefined && preview !== 'false'
      const before = isPreview ? undefined : await findMade(db, issuer, idempotency)
      if (before) return { batch: describeBatch(before), learners: [] }
      const judged = await judgeApplicants(service, issuer, asked)
      const learners = judged.judged.map(describeResult) as never
      const unnamed = asked.applicants === undefined ? { unnamed: judged.unnamed } : {}
      if (isPreview) return { learners, ...unnamed }
      const batch = await issueAwardBatch(service, issuer, asked, judged, idempotency)
      reply.code(201).header('location', `/batches/${batch.id}`)
      return { batch: describeBatch(batch), learners, ...unnamed }
    },
  )

  app.post(
    '/issuers/:issuer/equivalences',
    {
      ...anyBody,
      onRequest,
      schema: {
        tags,
        security,
        operationId: 'stateEquivalences',
        summary: 'State that achievements count as others',
        description:
          'Each statement is an Open Badges 3.0 EndorsementCredential in one batch, to be anchored like any other. Pathways say whose statements they take.',
        params: issuerParams,
        headers: idempotencyHeaders,
        body: statementsBody,
        response: {
          201: batchShape,
          200: { ...batchShape, description: 'The batch that this Idempotency-Key made before' },
          ...problemResponses(400, 401, 404, 409, 413, 415),
        },
      },
    },
    async (request, reply) => {
      const { issuer: slug } = request.params as { readonly issuer: string }
      const key = request.headers['idempotency-key'] as string | undefined
      const issuer = await ownIssuer(db, request, slug)
      const statements = parseStatements(request.body)
      const idempotency = { key, requestHash: hashBody(request.body) }
      const before = await findMade(db, issuer, idempotency)
      if (before) return describeBatch(before)
      const made = issueEquivalences(batchRequestOf(context, issuer, {}), statements, random)
      const name = 'Equivalence of achievements'
      const batch = await insertDocuments(db, made, name, { issuerId: issuer.id, idempotency })
      reply.code(201).header('location', `/batches/${batch.id}`)
      return describeBatch(batch)
    },
  )
}

function parseStatements(body: unknown) {
  const list = isObject(body as never) ? (body as Record<string, unknown>)['statements'] : undefined
  if (!Array.isArray(list) || list.length === 0 || list.length > mostAwards) {
    throw new InvalidInputError(
      'statements_malformed',
      `expected statements, a list of 1 to ${mostAwards}`,
      '/statements',
    )
  }
  return list.map((item, i) => parseStatement(item, `/statements/${i}`))
}
