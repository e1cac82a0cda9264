import swagger from '@fastify/swagger'
import swaggerUi from '@fastify/swagger-ui'
import type { FastifyInstance } from 'fastify'
import Type, { type TSchema } from 'typebox'

const description = `Issue Open Badges credentials to a whole cohort, anchor them in one transaction, and let anybody check them.

Refusals are problem details (RFC 9457) with a stable \`code\`. Everything under Issuers, Batches and Status needs an API key as a bearer token, or a session of the console;
reading a credential needs its link; verifying needs nothing.`

const path = Type.String({ description: 'The rest of the path' })

function withPath(params: unknown) {
  const { properties } = params as { readonly properties: Readonly<Record<string, TSchema>> }
  return Type.Object({ ...properties, path })
}

/** Describes the routes that are registered later, at /openapi.json and, for reading, at /docs. */
export async function registerApiDescription(app: FastifyInstance, baseUrl: string): Promise<void> {
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: { title: 'Rootmark', version: '0.1.0', description, license: { name: 'MIT' } },
      servers: [{ url: baseUrl }],
      tags: [
        { name: 'Verification', description: 'Is a credential genuine and in force?' },
        { name: 'Credentials', description: 'What a holder’s link opens' },
        { name: 'Holders', description: 'Links to a credential: claim, share, take back' },
        { name: 'VC-API', description: 'Credentials one by one, as W3C’s VC-API has it' },
        { name: 'Batches', description: 'Issue and anchor' },
        {
          name: 'Pathways',
          description: 'Rules by which credentials make up an award, and awards',
        },
        { name: 'Status', description: 'Revoke, suspend, reinstate' },
        { name: 'Issuers', description: 'Issuers and their keys' },
        { name: 'Sessions', description: 'Signing in to the console' },
        { name: 'Identifiers', description: 'DIDs of issuers and their keys' },
        { name: 'Operation', description: 'For whoever runs the service' },
      ],
      components: {
        securitySchemes: {
          session: {
            type: 'apiKey',
            in: 'cookie',
            name: 'rootmark',
            description:
              'What POST /session sets; the name begins with __Host- where the service has https',
          },
          issuerKey: { type: 'http', scheme: 'bearer', description: 'API key of an issuer, rm_…' },
          adminKey: { type: 'http', scheme: 'bearer', description: 'ADMIN_KEY of the service' },
        },
      },
    },
    // The rest of a path has no name of its own in a route.
    transform: ({ schema, url }) =>
      url.endsWith('/*') && schema?.params
        ? { schema: { ...schema, params: withPath(schema.params) }, url: url.replace('*', ':path') }
        : { schema, url },
    refResolver: {
      buildLocalReference: (schema, _base, _fragment, i) => String(schema['$id'] ?? `def-${i}`),
    },
  })
  await app.register(swaggerUi, {
    routePrefix: '/docs',
    staticCSP: true,
    // Served over http on loopback too; and nothing is asked of others.
    transformStaticCSP: (header) =>
      header.replace(/upgrade-insecure-requests;?| validator\.swagger\.io/g, ''),
    uiConfig: { docExpansion: 'list', deepLinking: true, validatorUrl: null },
    theme: { title: 'Rootmark API' },
  })
  app.get('/openapi.json', { schema: { hide: true } }, async () => app.swagger())
}
