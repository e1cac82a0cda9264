import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { checksumAddress } from '../../core/abi.ts'
import { parseIssuer } from '../../core/achievement.ts'
import { ownIssuer, requireAdminKey, requireIssuerKey, requireKeyItself } from '../auth.ts'
import { didOf, identifyIssuer } from '../issuer-did.ts'
import { listIssuers } from '../issuer-figures.ts'
import { issuerPage } from '../issuer-page.ts'
import { createIssuer } from '../issuers.ts'
import { createKey, deleteKey, listKeys } from '../keys.ts'
import { HttpProblem, problemResponses } from '../problem.ts'
import type { Service } from '../service.ts'
import {
  issuerParams,
  issuerShape,
  issuersQuery,
  issuersShape,
  keyParams,
  newIssuerBody,
  newIssuerShape,
  newKeyShape,
} from '../shapes.ts'

const tags = ['Issuers']

/** Issuers and their API keys. */
export const issuerRoutes: FastifyPluginAsyncTypebox<{ service: Service }> = async (
  app,
  { service },
) => {
  const { config, chain } = service
  const { db } = service.database
  const issuerKey = requireIssuerKey(db)
  const keyItself = requireKeyItself(db)

  app.post(
    '/issuers',
    {
      onRequest: requireAdminKey(config.ADMIN_KEY),
      schema: {
        tags,
        operationId: 'createIssuer',
        summary: 'Record an issuer and get its first API key',
        security: [{ adminKey: [] }],
        body: newIssuerBody,
        response: { 201: newIssuerShape, ...problemResponses(400, 401, 403, 409) },
      },
    },
    async ({ body }, reply) => {
      const profile = parseIssuer(body.profile, '/profile')
      const account = checksumAddress(body.account, '/account')
      const place = { baseUrl: config.PUBLIC_BASE_URL, box: service.secretBox }
      const identity = identifyIssuer(place, { slug: body.slug, profile, did: body.did })
      const issuer = await createIssuer(db, { slug: body.slug, account, ...identity })
      if (!issuer) {
        throw new HttpProblem(409, 'slug_taken', `There is an issuer ${body.slug} already.`, {
          pointer: '/slug',
        })
      }
      const key = await createKey(db, issuer.id)
      reply.code(201).header('location', `/issuers/${issuer.slug}`)
      const did = didOf(issuer, chain.chainId)
      return { slug: issuer.slug, did, profile: issuer.profile, account, key }
    },
  )

  app.get(
    '/admin/issuers',
    {
      onRequest: requireAdminKey(config.ADMIN_KEY),
      schema: {
        tags,
        operationId: 'listIssuers',
        summary: 'The issuers of this service with their figures, page by page',
        security: [{ adminKey: [] }],
        querystring: issuersQuery,
        response: { 200: issuersShape, ...problemResponses(400, 401, 403) },
      },
    },
    async ({ query: { after = '', limit = 100 } }) => listIssuers(db, chain.chainId, after, limit),
  )

  app.get(
    '/issuers/:issuer',
    {
      onRequest: [issuerPage(db), issuerKey],
      schema: {
        tags,
        operationId: 'getIssuer',
        summary: 'Your issuer and the ids of its keys',
        description: 'A browser gets the page with the log of the issuer, which needs no key.',
        security: [{ issuerKey: [] }],
        params: issuerParams,
        response: { 200: issuerShape, ...problemResponses(401, 404) },
      },
    },
    async (request) => {
      const issuer = await ownIssuer(db, request, request.params.issuer)
      const keys = await listKeys(db, issuer.id)
      return {
        slug: issuer.slug,
        did: didOf(issuer, chain.chainId),
        profile: issuer.profile,
        account: issuer.account,
        keys: keys.map(({ id, created_at }) => ({ id, createdAt: created_at.toISOString() })),
        createdAt: issuer.created_at.toISOString(),
      }
    },
  )

  app.post(
    '/issuers/:issuer/keys',
    {
      onRequest: keyItself,
      schema: {
        tags,
        operationId: 'createKey',
        summary: 'Get a further API key, to replace one without a gap',
        security: [{ issuerKey: [] }],
        params: issuerParams,
        response: { 201: newKeyShape, ...problemResponses(401, 404) },
      },
    },
    async (request, reply) => {
      const issuer = await ownIssuer(db, request, request.params.issuer)
      reply.code(201)
      return createKey(db, issuer.id)
    },
  )

  app.delete(
    '/issuers/:issuer/keys/:key',
    {
      onRequest: keyItself,
      schema: {
        tags,
        operationId: 'deleteKey',
        summary: 'Delete an API key; it works no more at once',
        security: [{ issuerKey: [] }],
        params: keyParams,
        response: { 204: { type: 'null', description: 'Deleted' }, ...problemResponses(401, 404) },
      },
    },
    async (request, reply) => {
      const issuer = await ownIssuer(db, request, request.params.issuer)
      if (!(await deleteKey(db, issuer.id, request.params.key))) {
        throw new HttpProblem(404, 'key_unknown', 'The issuer has no key with this id.')
      }
      return reply.code(204).send(null)
    },
  )
}
