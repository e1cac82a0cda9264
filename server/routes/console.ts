import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import Type from 'typebox'
import { ownIssuer, requireIssuerKey } from '../auth.ts'
import { listBatches, searchCredentials } from '../issuer-search.ts'
import { problemResponses } from '../problem.ts'
import type { Service } from '../service.ts'
import { batchShape, credentialPageShape, issuerParams } from '../shapes.ts'

const tags = ['Batches']
const security = [{ issuerKey: [] }]
const uuid = batchShape.properties.id

const batchesQuery = Type.Object({
  before: Type.Optional({ ...uuid, description: 'next of the page before' }),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200, default: 50 })),
})
const searchQuery = Type.Object({
  search: Type.String({
    minLength: 2,
    maxLength: 200,
    description: 'Part of a holder’s name, or the id of a credential',
  }),
  batch: Type.Optional({ ...uuid, description: 'Only in this batch' }),
})
const found = credentialPageShape.properties.credentials.items
const foundShape = Type.Object({
  credentials: Type.Array(
    Type.Object({
      ...found.properties,
      batch: uuid,
      batchName: Type.String({ description: 'Name of the achievement' }),
      withdrawn: Type.Optional(Type.Boolean({ description: 'The whole batch was withdrawn' })),
    }),
  ),
  complete: Type.Boolean({ description: 'Whether these are all; else narrow the search' }),
})

/** What an issuer sees of everything it issued. */
export const consoleRoutes: FastifyPluginAsyncTypebox<{ service: Service }> = async (
  app,
  { service },
) => {
  const { db } = service.database
  app.addHook('onRequest', requireIssuerKey(db))

  app.get(
    '/issuers/:issuer/batches',
    {
      schema: {
        tags,
        security,
        operationId: 'listBatches',
        summary: 'Your batches, the newest first, page by page',
        params: issuerParams,
        querystring: batchesQuery,
        response: {
          200: Type.Object({
            batches: Type.Array(batchShape),
            next: Type.Optional({ ...uuid, description: 'before of the next page' }),
          }),
          ...problemResponses(400, 401, 404),
        },
      },
    },
    async (request) => {
      const { id } = await ownIssuer(db, request, request.params.issuer)
      const { before, limit = 50 } = request.query
      return listBatches(db, id, before, limit)
    },
  )

  app.get(
    '/issuers/:issuer/credentials',
    {
      schema: {
        tags,
        security,
        operationId: 'searchCredentials',
        summary: 'Find credentials by the name of their holder, or by id',
        params: issuerParams,
        querystring: searchQuery,
        response: { 200: foundShape, ...problemResponses(400, 401, 404, 503) },
      },
    },
    async (request) => {
      const { id } = await ownIssuer(db, request, request.params.issuer)
      return searchCredentials(db, id, request.query.search, request.query.batch)
    },
  )
}
