import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import Type from 'typebox'
import { badgeBytes } from '../../core/baked.ts'
import { credentialLimits } from '../../core/i-json.ts'
import type { Report } from '../../core/report.ts'
import { checkNames } from '../../core/report.ts'
import { reportText } from '../../core/report-text.ts'
import { createVerifyMany } from '../../core/verify-many.ts'
import { withAllowance } from '../../documents/allowance.ts'
import { HttpProblem, problemResponses } from '../problem.ts'
import type { Service } from '../service.ts'
import { credentialShape } from '../shapes.ts'
import { workTogether } from '../together.ts'

const jsonTypes = [
  'application/json',
  'application/vc',
  'application/vc+ld+json',
  'application/ld+json',
]
const tokenTypes = ['application/vc+jwt', 'application/vc-ld+jwt', 'application/jwt']
const imageTypes = ['image/png', 'image/svg+xml', 'application/pdf']
const imageShape = Type.String({
  format: 'binary',
  description:
    'A badge image with the credential baked into it, as Open Badges 3.0 has it, or a PDF that it is attached to',
})
const tokenShape = Type.String({
  description:
    'A credential secured as a JSON Web Token in compact form, as Open Badges 3.0 has it',
})
/** A picture may be larger than the credential in it. */
const imageFactor = badgeBytes / credentialLimits.bytes

const checkShape = Type.Object({
  name: Type.Enum([...checkNames]),
  outcome: Type.Enum(['valid', 'invalid', 'indeterminate', 'skipped']),
  code: Type.String({ description: 'Stable, safe to branch on' }),
  message: Type.String(),
  read: Type.Array(
    Type.Object({
      what: Type.String(),
      from: Type.String({ description: 'Who was asked' }),
      proved: Type.Optional(
        Type.String({
          description:
            'The hash of the block that it is proved against, and whose word that is; where it is missing, who was asked is believed',
        }),
      ),
    }),
  ),
})
const reportShape = Type.Object(
  {
    verdict: Type.Enum(['valid', 'invalid', 'indeterminate']),
    reason: Type.String({ description: 'Code of the check that decides', examples: ['valid'] }),
    summary: Type.String({ description: 'One sentence for a person' }),
    checks: Type.Array(checkShape),
    checkedAt: Type.String({ format: 'date-time' }),
  },
  { additionalProperties: true },
)

/** Verification for everybody: the bytes go to core, and its report comes back. */
export const verifyRoutes: FastifyPluginAsyncTypebox<{
  service: Service
  count: (verdict: string) => void
}> = async (app, { service, count }) => {
  const { config, readers, trust } = service
  const together = workTogether()
  const verify = createVerifyMany({
    readersFor: () => ({ ...readers, document: withAllowance(readers.document) }),
    trust,
    clock: Date.now,
    // What the readers keep is as young as the settings say.
    maxAgeMs: 0,
  })
  // The bare bytes: what a JSON parser would repair, core refuses.
  app.removeAllContentTypeParsers()
  for (const [types, bodyLimit] of [
    [[...jsonTypes, ...tokenTypes], config.BODY_LIMIT],
    [imageTypes, config.BODY_LIMIT * imageFactor],
  ] as const) {
    app.addContentTypeParser([...types], { parseAs: 'buffer', bodyLimit }, (_request, body, done) =>
      done(null, body),
    )
  }

  app.post(
    '/verify',
    {
      config: {
        answers: 'data',
        rateLimit: config.VERIFY_RATE_LIMIT > 0 && {
          max: config.VERIFY_RATE_LIMIT,
          timeWindow: '1 minute',
        },
      },
      validatorCompiler: () => (value) => ({ value }),
      // Its texts have characters beyond Latin-1: as bytes they are measured and sent without being encoded twice.
      serializerCompiler: () => (report) => Buffer.from(reportText(report as Report)) as never,
      schema: {
        tags: ['Verification'],
        operationId: 'verifyCredential',
        summary: 'Verify a credential',
        description:
          'Answers 200 with a report whatever the verdict: `invalid` says that something is wrong with the credential, `indeterminate` that something could not be read. A badge image or a PDF gets the report of the credential in it, and so does a JSON Web Token or an EnvelopedVerifiableCredential with one. Only a body in which there is no JSON object is refused.',
        body: {
          content: Object.fromEntries([
            ...jsonTypes.map((type) => [type, { schema: credentialShape }]),
            ...tokenTypes.map((type) => [type, { schema: tokenShape }]),
            ...imageTypes.map((type) => [type, { schema: imageShape }]),
          ]),
        },
        response: { 200: reportShape, ...problemResponses(400, 413, 415, 429) },
      },
    },
    async (request, reply) => {
      if (!(request.body instanceof Uint8Array)) {
        throw new HttpProblem(
          400,
          'body_missing',
          'Send the credential, or its badge, as the body.',
          {
            pointer: '',
          },
        )
      }
      await together()
      const report = await verify(request.body)
      count(report.verdict)
      reply.header('cache-control', 'no-store')
      return report as never
    },
  )
}
