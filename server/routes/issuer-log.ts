import { createHash } from 'node:crypto'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { createChainReadings } from '../chain-readings.ts'
import { createFigures, readIssuerLog } from '../issuer-log.ts'
import { issuerLogShape, logQuery } from '../issuer-log-shapes.ts'
import { findIssuer } from '../issuers.ts'
import { HttpProblem, problemResponses } from '../problem.ts'
import type { Service } from '../service.ts'
import { issuerParams } from '../shapes.ts'

/** How long a copy may be kept before it is asked for again. */
const keepSeconds = 5

/** What an issuer anchored, for anybody. */
export const issuerLogRoutes: FastifyPluginAsyncTypebox<{ service: Service }> = async (
  app,
  { service },
) => {
  const { chain, trust } = service
  const sources = {
    readLatest: createChainReadings(chain, trust.chains.get(chain.chainId), Date.now),
    figuresOf: createFigures(service, Date.now),
  }

  app.get(
    '/issuers/:issuer/log',
    {
      schema: {
        tags: ['Verification'],
        operationId: 'getIssuerLog',
        summary: 'Every batch that an issuer anchored, by number',
        description:
          'What the chain says and what this service publishes, told apart. The numbers of an issuer’s anchors have no gaps, so that what is left out shows. Nothing personal, and nothing about batches that are not anchored. Believe none of it: leaves, the chain and "npx hardhat audit" tell the same.',
        params: issuerParams,
        querystring: logQuery,
        response: {
          200: {
            description: 'A page of the log, newest batch first',
            content: { 'application/json': { schema: issuerLogShape } },
          },
          304: { type: 'null', description: 'If-None-Match names what it still is' },
          ...problemResponses(400, 404),
        },
      },
    },
    async ({ params, query, headers }, reply) => {
      const issuer = await findIssuer(service.database.db, params.issuer)
      if (!issuer) throw new HttpProblem(404, 'issuer_unknown', 'There is no such issuer here.')
      const { before, limit = 50 } = query
      const body = JSON.stringify(await readIssuerLog(service, sources, issuer, { before, limit }))
      const etag = `"${createHash('sha256').update(body).digest('base64url')}"`
      reply.header('etag', etag).header('cache-control', `public, max-age=${keepSeconds}`)
      // RFC 9110 §13.1.2, where a tag may be weakened by a proxy that compresses.
      const known = headers['if-none-match']
        ?.split(',')
        .map((tag) => tag.trim().replace(/^W\//, ''))
      if (known?.some((tag) => tag === etag || tag === '*')) return reply.code(304).send(null)
      return reply
        .type('application/json; charset=utf-8')
        .serializer((text: string) => text)
        .send(body as never)
    },
  )
}
