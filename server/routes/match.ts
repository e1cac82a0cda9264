import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import Type from 'typebox'
import { InvalidInputError } from '../../core/error.ts'
import { isObject } from '../../core/i-json.ts'
import { matchPresentation } from '../../core/match.ts'
import { parseRequirement } from '../../core/pathway/pathway.ts'
import type { KnownPerson } from '../../core/same-holder.ts'
import { verifyStack } from '../../core/stack.ts'
import { withAllowance } from '../../documents/allowance.ts'
import { problemResponses } from '../problem.ts'
import type { Service } from '../service.ts'

const tags = ['Verification']
const anyBody = { validatorCompiler: () => (value: unknown) => ({ value }) }
const object = Type.Object({}, { additionalProperties: true })
const personShape = Type.Optional(
  Type.Object(
    { email: Type.Optional(Type.String()), did: Type.Optional(Type.String()) },
    { description: 'Who the holder is known to be, from elsewhere' },
  ),
)
const matchBody = Type.Object({
  verifiablePresentation: object,
  requirement: object,
  options: Type.Optional(
    Type.Object({
      challenge: Type.Optional(Type.String({ description: 'What the holder was given to sign' })),
      domain: Type.Optional(Type.String()),
      person: personShape,
    }),
  ),
})
const stackBody = Type.Object({
  award: Type.Union([object, Type.String({ description: 'A JSON Web Token' })]),
  components: Type.Optional(Type.Array(Type.Union([object, Type.String()]))),
  pathways: Type.Optional(Type.Array(object)),
  person: personShape,
})
const answerShape = Type.Object(
  {
    verdict: Type.Enum(['valid', 'invalid', 'indeterminate']),
    reason: Type.String({ description: 'Stable, safe to branch on' }),
    summary: Type.String({ description: 'One sentence for a person' }),
  },
  { additionalProperties: true },
)

/** Stacks verified and requirements answered, for everybody. */
export const matchRoutes: FastifyPluginAsyncTypebox<{
  service: Service
  count: (verdict: string) => void
}> = async (app, { service, count }) => {
  const { config, trust } = service
  const rateLimit = config.VERIFY_RATE_LIMIT > 0 && {
    max: config.VERIFY_RATE_LIMIT,
    timeWindow: '1 minute',
  }
  // Of one request everything reads within one allowance, however much is in it.
  const given = () => ({
    readers: { ...service.readers, document: withAllowance(service.readers.document) },
    trust,
    now: Date.now(),
  })

  app.post(
    '/verify/stack',
    {
      ...anyBody,
      config: { rateLimit },
      bodyLimit: config.BODY_LIMIT,
      schema: {
        tags,
        operationId: 'verifyStack',
        summary: 'Verify an award with the credentials that it was made of',
        description:
          'Says of each part whether it came along and is genuine, or is only bound by its digest; whether the rule of the pathway holds; and what a component that ended since means by the policy of the pathway. A pathway that does not come along is read at its address.',
        body: stackBody,
        response: { 200: answerShape, ...problemResponses(400, 413, 415, 429) },
      },
    },
    async (request, reply) => {
      const body = objectAt(request.body, '')
      const { award, components = [], pathways = [], person } = body
      const known = parsePerson(person, '/person')
      const report = await verifyStack(
        {
          award: parseCredentialIn(award, '/award'),
          components: listAt(components, '/components').map((item, i) =>
            parseCredentialIn(item, `/components/${i}`),
          ),
          pathways: listAt(pathways, '/pathways'),
        },
        { ...given(), ...(known && { person: known }) },
      )
      count(report.verdict)
      reply.header('cache-control', 'no-store')
      return report as never
    },
  )

  app.post(
    '/verify/match',
    {
      ...anyBody,
      config: { rateLimit },
      bodyLimit: config.BODY_LIMIT,
      schema: {
        tags,
        operationId: 'matchRequirement',
        summary:
          'Which clauses of a requirement do the verified credentials of a presentation meet?',
        description:
          'Verifies the presentation and every credential in it. Only what is valid, and of who signed the presentation or of the person you know, counts.',
        body: matchBody,
        response: { 200: answerShape, ...problemResponses(400, 413, 415, 429) },
      },
    },
    async (request, reply) => {
      const body = objectAt(request.body, '')
      const requirement = parseRequirement(body['requirement'], '/requirement')
      const options = body['options'] === undefined ? {} : objectAt(body['options'], '/options')
      const person = parsePerson(options['person'], '/options/person')
      const report = await matchPresentation(body['verifiablePresentation'], requirement, {
        ...given(),
        challenge: textAt(options, 'challenge', '/options'),
        domain: textAt(options, 'domain', '/options'),
        ...(person && { person }),
      })
      count(report.verdict)
      reply.header('cache-control', 'no-store')
      return report as never
    },
  )
}

type Members = Readonly<Record<string, unknown>>

function parsePerson(value: unknown, pointer: string): KnownPerson | undefined {
  if (value === undefined) return undefined
  const person = objectAt(value, pointer)
  const [email, did] = [textAt(person, 'email', pointer), textAt(person, 'did', pointer)]
  if (email === undefined && did === undefined) throw malformed('an email or a did', pointer)
  return { ...(email !== undefined && { email }), ...(did !== undefined && { did }) }
}

function parseCredentialIn(value: unknown, pointer: string): string | never {
  if (typeof value === 'string' || isObject(value as never)) return value as never
  throw malformed('a credential', pointer)
}

function objectAt(value: unknown, pointer: string): Members {
  if (isObject(value as never)) return value as Members
  throw malformed('an object', pointer)
}

function listAt(value: unknown, pointer: string): readonly unknown[] {
  if (Array.isArray(value)) return value
  throw malformed('a list', pointer)
}

function textAt(object: Members, name: string, pointer: string): string | undefined {
  const value = object[name]
  if (value === undefined || (typeof value === 'string' && value !== '')) return value
  throw malformed('a text', `${pointer}/${name}`)
}

function malformed(expected: string, pointer: string): InvalidInputError {
  return new InvalidInputError('body_malformed', `expected ${expected}`, pointer)
}
