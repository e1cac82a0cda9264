import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import Type from 'typebox'
import { certificate } from '../certificate.ts'
import { handedOut } from '../handed-out.ts'
import { problemResponses } from '../problem.ts'
import type { Service } from '../service.ts'
import { credentialParams } from '../shapes.ts'
import { sheetQuery } from '../share-shapes.ts'

/** Certificates a minute for one address: to set one takes as long as many verifications. */
const mostSheets = 60

/** Credentials as certificates, for holders who want to send or print them. */
export const pdfRoutes: FastifyPluginAsyncTypebox<{ service: Service }> = async (
  app,
  { service },
) => {
  const max = Math.min(service.config.VERIFY_RATE_LIMIT, mostSheets)

  app.get(
    '/credentials/:id/credential.pdf',
    {
      config: { rateLimit: max > 0 && { max, timeWindow: '1 minute' } },
      schema: {
        tags: ['Credentials'],
        operationId: 'getPdf',
        summary: 'A credential as a certificate in PDF',
        description:
          'A sheet of A4 (PDF/A-3) with the credential and its proofs attached as a file, and a QR code that carries them. It verifies as the credential does.',
        params: credentialParams,
        querystring: sheetQuery,
        response: {
          200: {
            description: 'The certificate',
            content: { 'application/pdf': { schema: Type.String({ format: 'binary' }) } },
          },
          ...problemResponses(404, 409, 503),
        },
      },
    },
    async (request, reply) => {
      const { id } = request.params
      const pdf = await certificate(
        service.config,
        await handedOut(service, id),
        request.query.lang,
      )
      return (
        reply
          .type('application/pdf')
          .header('x-content-type-options', 'nosniff')
          .header('content-disposition', `inline; filename="credential-${id}.pdf"`)
          // The link is as good as the credential: caches on the way shall not keep it.
          .header('cache-control', 'private, no-cache')
          .serializer((payload: unknown) => payload as string)
          .send(pdf as never)
      )
    },
  )
}
