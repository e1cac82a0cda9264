import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import Type from 'typebox'
import type { JsonObject } from '../../core/canonical.ts'
import { InvalidInputError } from '../../core/error.ts'
import { assertJson, isObject } from '../../core/i-json.ts'
import { presentationLimits } from '../../core/portfolio/presentation.ts'
import { presentedPdf } from '../certificate.ts'
import { presentedSheet } from '../presented-sheet.ts'
import { problemResponses } from '../problem.ts'
import type { Service } from '../service.ts'

/** Sheets a minute for one address: each takes a verification of up to 24 credentials, and setting. */
const mostSheets = 20

/** Presentations as sheets that carry them, for whoever wants to keep or send one. Nothing is stored. */
export const presentedPdfRoutes: FastifyPluginAsyncTypebox<{ service: Service }> = async (
  app,
  { service },
) => {
  const max = Math.min(service.config.VERIFY_RATE_LIMIT, mostSheets)
  app.post(
    '/presentations/pdf',
    {
      validatorCompiler: () => (value: unknown) => ({ value }),
      config: { rateLimit: max > 0 && { max, timeWindow: '1 minute' } },
      bodyLimit: service.config.BODY_LIMIT,
      schema: {
        tags: ['Verification'],
        operationId: 'getPresentedPdf',
        summary: 'A presentation as a PDF that carries it',
        description:
          'Verifies the presentation and every credential in it, and sets sheets of A4 (PDF/A-3) that say how each came out, with the presentation attached as a file. The page /presentation reads them. Nothing is stored.',
        body: Type.Object({
          verifiablePresentation: Type.Object({}, { additionalProperties: true }),
        }),
        response: {
          200: {
            description: 'The sheets',
            content: { 'application/pdf': { schema: Type.String({ format: 'binary' }) } },
          },
          ...problemResponses(400, 413, 415, 429, 503),
        },
      },
    },
    async (request, reply) => {
      const pdf = await presentedPdf(await presentedSheet(service, presentationIn(request.body)))
      return reply
        .type('application/pdf')
        .header('x-content-type-options', 'nosniff')
        .header('content-disposition', 'attachment; filename="presentation.pdf"')
        .header('cache-control', 'no-store')
        .serializer((payload: unknown) => payload as string)
        .send(pdf as never)
    },
  )
}

function presentationIn(body: unknown): JsonObject {
  const value = isObject(body) ? body['verifiablePresentation'] : undefined
  const document = value === undefined ? undefined : assertJson(value, presentationLimits)
  if (document !== undefined && isObject(document)) return document
  throw new InvalidInputError(
    'body_malformed',
    'expected a presentation',
    '/verifiablePresentation',
  )
}
