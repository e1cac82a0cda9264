import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { isObject } from '../../core/i-json.ts'
import { ownIssuer, requireIssuerKey } from '../auth.ts'
import { forgetIssuedLists, issuedStatusList } from '../issued-list.ts'
import { requestEnding } from '../issued-status.ts'
import { HttpProblem, problemResponses } from '../problem.ts'
import type { Service } from '../service.ts'
import { issuerParams } from '../shapes.ts'
import { sendList } from '../signed-list.ts'
import {
  issueBody,
  issuedShape,
  listParams,
  presentationBody,
  refusedShape,
  statusBody,
  statusListShape,
  updatedShape,
  verificationShape,
  verifyBody,
} from '../vc-api-shapes.ts'
import { issueOne } from '../vc-issue.ts'
import { malformed } from '../vc-problems.ts'
import { type VcVerification, verifierOf, verifyOne, verifyPresented } from '../vc-verify.ts'

const tags = ['VC-API']
/** Any JSON value may stand anywhere: what is wrong is said in problemDetails, and not by the validator. */
const anyBody = { validatorCompiler: () => (value: unknown) => ({ value }) }

/** Credentials issued and verified one by one, over the interface of W3C's VC-API. */
export const vcApiRoutes: FastifyPluginAsyncTypebox<{
  service: Service
  count: (verdict: string) => void
}> = async (app, { service, count }) => {
  const { config, secretBox } = service
  const { db } = service.database
  const issuerKey = requireIssuerKey(db)
  const rateLimit = config.VERIFY_RATE_LIMIT > 0 && {
    max: config.VERIFY_RATE_LIMIT,
    timeWindow: '1 minute',
  }

  app.post(
    '/issuers/:issuer/credentials/issue',
    {
      onRequest: issuerKey,
      schema: {
        tags,
        operationId: 'issueCredential',
        summary: 'Issue one credential at once, signed and not anchored',
        security: [{ issuerKey: [] }],
        params: issuerParams,
        body: issueBody,
        response: {
          201: issuedShape,
          ...problemResponses(401, 404, 409, 413, 415),
          400: refusedShape,
        },
      },
    },
    async (request, reply) => {
      const issuer = await ownIssuer(db, request, request.params.issuer)
      const { credential, options } = request.body
      const issued = await issueOne(service, issuer, credential, options)
      reply.header('cache-control', 'no-store')
      if ('credential' in issued) {
        reply.code(201)
        return { verifiableCredential: issued.credential }
      }
      const [first] = issued.problems
      reply.code(400).type('application/problem+json')
      return {
        type: 'about:blank',
        title: 'Bad Request',
        status: 400,
        detail: first?.message ?? '',
        code: first?.code ?? '',
        pointer: `/credential${first?.pointer ?? ''}`,
        problemDetails: issued.problems.map(malformed),
      } as never
    },
  )

  app.post(
    '/issuers/:issuer/credentials/status',
    {
      onRequest: issuerKey,
      schema: {
        tags,
        operationId: 'updateCredentialStatus',
        summary: 'Revoke, suspend or reinstate a credential that was issued by itself',
        description: 'Credentials of batches have routes of their own, under Status.',
        security: [{ issuerKey: [] }],
        params: issuerParams,
        body: statusBody,
        response: { 200: updatedShape, ...problemResponses(400, 401, 404, 409) },
      },
    },
    async (request) => {
      const issuer = await ownIssuer(db, request, request.params.issuer)
      const updated = await requestEnding(db, config.PUBLIC_BASE_URL, issuer, request.body)
      forgetIssuedLists(db, config.PUBLIC_BASE_URL)
      return { updated }
    },
  )

  app.get(
    '/status/:list/:ending',
    {
      schema: {
        tags,
        operationId: 'getIssuedStatusList',
        summary: 'A signed status list of credentials that were issued by themselves',
        params: listParams,
        response: {
          200: {
            description: 'A BitstringStatusListCredential',
            content: { 'application/vc': { schema: statusListShape } },
          },
          304: { type: 'null', description: 'It did not change' },
          ...problemResponses(404),
        },
      },
    },
    async (request, reply) => {
      const { list: listId, ending } = request.params
      const keys = { db, box: secretBox }
      const place = { baseUrl: config.PUBLIC_BASE_URL, listId, ending, now: Date.now() }
      const served = await issuedStatusList(keys, place)
      if (!served) throw new HttpProblem(404, 'status_list_unknown', 'There is no such list here.')
      return sendList(request, reply, served)
    },
  )

  app.post(
    '/credentials/verify',
    {
      ...anyBody,
      config: { rateLimit },
      schema: {
        tags,
        operationId: 'verifyVerifiableCredential',
        summary: 'Verify a credential, the way VC-API asks',
        description:
          'The same checks as POST /verify, with one difference: a signature by somebody else than the issuer it names is told in problemDetails, and refuses nothing.',
        body: verifyBody,
        response: {
          200: verificationShape,
          400: { ...verificationShape, description: 'It is not verified' },
          ...problemResponses(413, 415, 429),
        },
      },
    },
    async (request, reply) => {
      const { body } = request as { readonly body: unknown }
      const credential = isObject(body) ? body['verifiableCredential'] : undefined
      return send(reply, await verifyOne(verifierOf(service), credential, Date.now()))
    },
  )

  app.post(
    '/presentations/verify',
    {
      ...anyBody,
      config: { rateLimit },
      schema: {
        tags,
        operationId: 'verifyVerifiablePresentation',
        summary: 'Verify a presentation and every credential in it',
        body: presentationBody,
        response: {
          200: verificationShape,
          400: { ...verificationShape, description: 'It is not verified' },
          ...problemResponses(413, 415, 429),
        },
      },
    },
    async (request, reply) => {
      const { body } = request as { readonly body: unknown }
      const { verifiablePresentation, options } = isObject(body) ? body : {}
      const expected = expectedOf(options)
      return send(
        reply,
        await verifyPresented(verifierOf(service), verifiablePresentation, expected, Date.now()),
      )
    },
  )

  function send(
    reply: { code: (status: 200 | 400) => { header: (name: string, value: string) => unknown } },
    result: VcVerification,
  ): never {
    count(result.verdict)
    reply.code(result.verified ? 200 : 400).header('cache-control', 'no-store')
    return result as never
  }
}

/** Challenge and domain as the verifier gave them to the holder. */
function expectedOf(options: unknown) {
  if (options !== undefined && !isObject(options)) throw optionsMalformed('/options')
  const textAt = (name: string) => {
    const value = options?.[name]
    if (value === undefined || typeof value === 'string') return value
    throw optionsMalformed(`/options/${name}`)
  }
  return { challenge: textAt('challenge'), domain: textAt('domain') }
}

function optionsMalformed(pointer: string): HttpProblem {
  const detail = 'options is an object, and challenge and domain in it are texts.'
  return new HttpProblem(400, 'body_malformed', detail, { pointer })
}
