import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyReply } from 'fastify'
import Type from 'typebox'
import { pngBadge, svgBadge } from '../badge-image.ts'
import { handedOut } from '../handed-out.ts'
import { HttpProblem, problemResponses } from '../problem.ts'
import type { Service } from '../service.ts'
import { credentialParams } from '../shapes.ts'

const tags = ['Credentials']
const image = Type.String({ format: 'binary' })

/** Credentials as badge images, for holders who want to show them. */
export const bakedRoutes: FastifyPluginAsyncTypebox<{ service: Service }> = async (
  app,
  { service },
) => {
  app.get(
    '/credentials/:id/badge.svg',
    {
      schema: {
        tags,
        operationId: 'getSvgBadge',
        summary: 'A credential baked into an SVG image',
        description:
          'As Open Badges 3.0 §5.3.2 has it: into the image of the achievement where that is an SVG in a `data:` URL, otherwise into one that is drawn for it. It verifies as the credential does.',
        params: credentialParams,
        response: {
          200: { description: 'The badge', content: { 'image/svg+xml': { schema: image } } },
          ...problemResponses(404, 409),
        },
      },
    },
    async (request, reply) => {
      const badge = svgBadge(await handedOut(service, request.params.id))
      // It may be an issuer's drawing: opened in a browser, it can neither run nor fetch anything.
      reply.header(
        'content-security-policy',
        "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox",
      )
      return sendImage(reply, 'image/svg+xml', badge)
    },
  )

  app.get(
    '/credentials/:id/badge.png',
    {
      schema: {
        tags,
        operationId: 'getPngBadge',
        summary: 'A credential baked into a PNG image',
        description:
          'As Open Badges 3.0 §5.3.1 has it, where the achievement brings a PNG image along in a `data:` URL.',
        params: credentialParams,
        response: {
          200: { description: 'The badge', content: { 'image/png': { schema: image } } },
          ...problemResponses(404, 409),
        },
      },
    },
    async (request, reply) => {
      const { id } = request.params
      const badge = pngBadge(await handedOut(service, id))
      if (!badge) {
        throw new HttpProblem(
          404,
          'badge_not_png',
          `The achievement has no PNG image of its own; its badge is an SVG image: /credentials/${id}/badge.svg`,
        )
      }
      return sendImage(reply, 'image/png', Buffer.from(badge))
    },
  )
}

function sendImage(reply: FastifyReply, type: string, badge: string | Buffer): FastifyReply {
  return (
    reply
      .type(type)
      .header('x-content-type-options', 'nosniff')
      // The link is as good as the credential: caches on the way shall not keep it.
      .header('cache-control', 'private, no-cache')
      .serializer((payload: unknown) => payload as string)
      .send(badge)
  )
}
