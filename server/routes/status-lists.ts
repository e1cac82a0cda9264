import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import Type from 'typebox'
import { problemResponses } from '../problem.ts'
import type { Service } from '../service.ts'
import { batchParams, credentialShape } from '../shapes.ts'
import { sendList } from '../signed-list.ts'
import { batchStatusList } from '../status-list.ts'

const listParams = Type.Object({
  ...batchParams.properties,
  purpose: Type.Enum(['revocation', 'suspension']),
})

const list = { schema: { ...credentialShape, description: 'A BitstringStatusListCredential' } }

/** Status lists of batches, for verifiers that know no chain. */
export const statusListRoutes: FastifyPluginAsyncTypebox<{ service: Service }> = async (
  app,
  { service },
) => {
  app.get(
    '/batches/:id/status/:purpose',
    {
      schema: {
        tags: ['Verification'],
        operationId: 'getStatusList',
        summary: 'The status list of a batch, signed by its issuer',
        description:
          'W3C Bitstring Status List 1.0: the statuses as the chain has them now, for verifiers that know no chain. Only for issuers that have a key here; others are verified with the chain.',
        params: listParams,
        response: {
          200: {
            description: 'The list; as application/vc where Accept names that',
            content: { 'application/json': list, 'application/vc': list },
          },
          304: { type: 'null', description: 'The list that If-None-Match names is still the one' },
          ...problemResponses(400, 404, 409, 503),
        },
      },
    },
    async (request, reply) => {
      const { id, purpose } = request.params
      return sendList(request, reply, await batchStatusList(service, id, purpose, Date.now()))
    },
  )
}
