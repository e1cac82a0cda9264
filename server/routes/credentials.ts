import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { prefersHtml } from '../accept.ts'
import { contractCall } from '../credentials.ts'
import { anchoredCredential, withProof } from '../handed-out.ts'
import { problemResponses } from '../problem.ts'
import { newestOf } from '../reissued.ts'
import type { Service } from '../service.ts'
import { contractCallShape, credentialParams, credentialShape } from '../shapes.ts'

const tags = ['Credentials']

/** What the holder of a link may read. */
export const credentialRoutes: FastifyPluginAsyncTypebox<{ service: Service }> = async (
  app,
  { service },
) => {
  const { db } = service.database

  app.get(
    '/credentials/:id',
    {
      schema: {
        tags,
        operationId: 'getCredential',
        summary: 'A credential with its anchor proof',
        description:
          'A browser is led to the page that checks it, or the one that replaced it. The header Link names what replaced it.',
        params: credentialParams,
        response: {
          200: {
            description: 'The credential',
            content: { 'application/vc': { schema: credentialShape } },
          },
          302: { type: 'null', description: 'To the page, where Accept prefers HTML' },
          ...problemResponses(404, 409),
        },
      },
    },
    async (request, reply) => {
      reply.header('vary', 'Accept')
      const { id } = request.params
      if (prefersHtml(request.headers.accept)) {
        return reply.redirect(`/check?credential=/credentials/${await newestOf(db, id)}`)
      }
      const stored = await anchoredCredential(db, id)
      const credential = await withProof(service, stored)
      // Few have ended, and only these are looked up once more.
      const newest = stored.status === 'active' ? id : await newestOf(db, id)
      // RFC 5829 §3.4. The old one stays here: whoever was given it can see what became of it.
      if (newest !== id) reply.header('link', `</credentials/${newest}>; rel="successor-version"`)
      // The link is as good as the credential: caches on the way shall not keep it.
      reply.type('application/vc').header('cache-control', 'private, no-cache')
      return JSON.stringify(credential)
    },
  )

  app.get(
    '/credentials/:id/proof',
    {
      schema: {
        tags,
        operationId: 'getCredentialProof',
        summary: 'The proof as a contract call takes it',
        params: credentialParams,
        response: { 200: contractCallShape, ...problemResponses(404, 409) },
      },
    },
    async (request) => {
      const stored = await anchoredCredential(db, request.params.id)
      return contractCall(service.trees, stored, service.config.PUBLIC_RPC_URL ?? '$ETH_RPC_URL')
    },
  )
}
