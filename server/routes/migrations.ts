import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { checksumAddress } from '../../core/abi.ts'
import { problemResponses } from '../problem.ts'
import type { Service } from '../service.ts'
import { migrationParams, migrationsShape } from '../shapes.ts'

/** Migration records, for verifiers whose own chain is lost. */
export const migrationRoutes: FastifyPluginAsyncTypebox<{ service: Service }> = async (
  app,
  { service },
) => {
  app.get(
    '/migrations/:account/:root',
    {
      schema: {
        tags: ['Verification'],
        operationId: 'listMigrations',
        summary: 'The migration records of a batch',
        description:
          'Where else the issuer anchored the batch, signed by its key (format rule 13). Nobody needs to believe this service: whoever verifies checks the signature and the anchor.',
        params: migrationParams,
        response: { 200: migrationsShape, ...problemResponses(400) },
      },
    },
    async ({ params }) => {
      const account = checksumAddress(params.account)
      return [...(await service.migrations(account, params.root.toLowerCase()))]
    },
  )
}
