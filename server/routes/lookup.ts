import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import Type from 'typebox'
import type { HolderName } from '../../core/holder-list.ts'
import { ownBatch, requireIssuerKey } from '../auth.ts'
import { requireBuilt } from '../builds.ts'
import { lookUp, mostLookedThrough } from '../lookup.ts'
import { problemResponses } from '../problem.ts'
import type { Service } from '../service.ts'
import { batchParams, credentialPageShape } from '../shapes.ts'

const { id, statusIndex, status } = credentialPageShape.properties.credentials.items.properties
/** Credentials that one request may name. */
const most = 10_000

const item = Type.Integer({ description: 'Place in `names`, from 0' })
const names = Type.Union(
  [
    { id },
    { statusIndex: Type.Integer({ minimum: 0, maximum: 2 ** 31 - 1 }) },
    { did: Type.String({ minLength: 1, maxLength: 4096 }) },
    { email: Type.String({ minLength: 1, maxLength: 4096 }) },
    { name: Type.String({ minLength: 1, maxLength: 4096 }) },
  ].map((members) => Type.Object(members, { additionalProperties: false })),
)
const lookupBody = Type.Object(
  { names: Type.Array(names, { minItems: 1, maxItems: most }) },
  { additionalProperties: false, examples: [{ names: [{ email: 'zoe@example.org' }] }] },
)
const lookupShape = Type.Object({
  found: Type.Array(
    Type.Object({
      item,
      statusIndex,
      status,
      chainStatus: { ...status, description: 'As the chain shows it' },
    }),
  ),
  problems: Type.Array(
    Type.Object({
      item,
      code: Type.Enum(['credential_unknown', 'holder_unknown', 'holder_ambiguous']),
      message: Type.String(),
    }),
  ),
})

/** Which credentials of a batch somebody means who knows its holders as the roster had them. */
export const lookupRoutes: FastifyPluginAsyncTypebox<{ service: Service }> = async (
  app,
  { service },
) => {
  const { db } = service.database
  app.addHook('onRequest', requireIssuerKey(db))

  app.post(
    '/batches/:id/lookup',
    {
      bodyLimit: 4 * 2 ** 20,
      schema: {
        tags: ['Batches'],
        security: [{ issuerKey: [] }],
        operationId: 'lookUpCredentials',
        summary: 'Find credentials of a batch by id, status index, or by who holds them',
        description: `Takes up to ${most} names: each one of id, statusIndex, did, email (in small letters) and name (exactly). By holder in batches of up to ${mostLookedThrough}; addresses are kept as salted hashes alone, so that those times the size of the batch may be a million. A name that several credentials have is a problem, and changes nothing.`,
        params: batchParams,
        body: lookupBody,
        response: { 200: lookupShape, ...problemResponses(400, 401, 404, 409, 413) },
      },
    },
    async (request) => {
      const batch = await ownBatch(db, request, request.params.id)
      requireBuilt(batch)
      const { found, problems } = await lookUp(db, batch, request.body.names as HolderName[])
      return { found: [...found], problems: [...problems] }
    },
  )
}
