import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import Type from 'typebox'
import { toHex } from '../../core/bytes.ts'
import { pathwayBounds } from '../../core/pathway/bounds.ts'
import { awardPolicies } from '../../core/pathway/policy.ts'
import { ownIssuer, requireIssuerKey } from '../auth.ts'
import { findPathwayText, listPathways, listPublished, publishPathway } from '../pathways.ts'
import { HttpProblem, problemResponses } from '../problem.ts'
import type { Service } from '../service.ts'
import { batchParams, hex, issuerParams } from '../shapes.ts'

const tags = ['Pathways']
const security = [{ issuerKey: [] }]
export const pathwayShape = Type.Object(
  {},
  { additionalProperties: true, description: 'A pathway, as docs/pathways.md describes it' },
)
const publishedShape = Type.Object({
  id: Type.String({ description: 'Its address, by which awards name it' }),
  name: Type.String(),
  policy: Type.Enum([...awardPolicies]),
  digest: hex(32, 'SHA-256 of its bytes, which awards bind'),
})
const anyBody = { validatorCompiler: () => (value: unknown) => ({ value }) }

/** Pathways, published once and for ever. */
export const pathwayRoutes: FastifyPluginAsyncTypebox<{ service: Service }> = async (
  app,
  { service },
) => {
  const { db } = service.database
  const onRequest = requireIssuerKey(db)

  app.post(
    '/issuers/:issuer/pathways',
    {
      ...anyBody,
      onRequest,
      bodyLimit: pathwayBounds.bytes,
      schema: {
        tags,
        security,
        operationId: 'publishPathway',
        summary: 'Publish a pathway',
        description:
          'It gets an address, which is its id, and never changes: a new version is a new pathway.',
        params: issuerParams,
        body: pathwayShape,
        response: { 201: publishedShape, ...problemResponses(400, 401, 404, 413, 415) },
      },
    },
    async (request, reply) => {
      const { issuer: slug } = request.params as { readonly issuer: string }
      const issuer = await ownIssuer(db, request, slug)
      const pathway = await publishPathway(db, service.config.PUBLIC_BASE_URL, issuer, request.body)
      reply.code(201).header('location', pathway.id)
      return describe(pathway)
    },
  )

  app.get(
    '/issuers/:issuer/pathways',
    {
      onRequest,
      schema: {
        tags,
        security,
        operationId: 'listPathways',
        summary: 'The pathways that an issuer published, the newest first',
        params: issuerParams,
        response: {
          200: Type.Object({ pathways: Type.Array(publishedShape) }),
          ...problemResponses(401, 404),
        },
      },
    },
    async (request) => {
      const issuer = await ownIssuer(db, request, request.params.issuer)
      return { pathways: (await listPathways(db, issuer)).map(describe) }
    },
  )

  app.get(
    '/pathways',
    {
      schema: {
        tags,
        operationId: 'listPublishedPathways',
        summary: 'The newest 500 pathways that are published here, of all issuers',
        description:
          'All of them, so that whoever looks for those of some issuers need not tell of whom they hold credentials.',
        response: {
          200: Type.Object({
            pathways: Type.Array(
              Type.Object({
                id: Type.String({ description: 'Its address' }),
                name: Type.String(),
                issuer: Type.Object({
                  slug: Type.String(),
                  id: Type.String({ description: 'The DID that credentials name' }),
                  account: Type.String({ description: 'did:pkh of the account that anchors' }),
                }),
              }),
            ),
          }),
        },
      },
    },
    async (_request, reply) => {
      reply.header('cache-control', 'public, max-age=60')
      return { pathways: [...(await listPublished(db, service.chain.chainId))] }
    },
  )

  app.get(
    '/pathways/:id',
    {
      schema: {
        tags,
        operationId: 'getPathway',
        summary: 'A published pathway, byte for byte what awards bind',
        params: batchParams,
        response: {
          200: {
            description: 'The pathway',
            content: { 'application/json': { schema: pathwayShape } },
          },
          ...problemResponses(404),
        },
      },
    },
    async (request, reply) => {
      const text = await findPathwayText(db, request.params.id)
      if (text === undefined) {
        throw new HttpProblem(404, 'pathway_unknown', 'There is no such pathway here.')
      }
      reply.type('application/json').header('cache-control', 'public, max-age=31536000, immutable')
      return reply.send(Buffer.from(text) as never)
    },
  )
}

function describe(pathway: Awaited<ReturnType<typeof publishPathway>>) {
  const { id, name, policy, digest } = pathway
  return { id, name, policy, digest: toHex(digest) }
}
