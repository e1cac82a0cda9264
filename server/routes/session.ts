import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import Type from 'typebox'
import { sessionOver } from '../auth.ts'
import { didOf } from '../issuer-did.ts'
import { findIssuerById } from '../issuers.ts'
import { findKey, keysEqual } from '../keys.ts'
import { HttpProblem, problemResponses } from '../problem.ts'
import type { Service } from '../service.ts'
import { refuseOtherSites, sessionCookie, sessionHeader, tokenOf } from '../session-cookie.ts'
import { closeSession, openSession, type Session, type SessionKey } from '../sessions.ts'
import { hex, issuerShape } from '../shapes.ts'

const tags = ['Sessions']
const security = [{ session: [] }]

const newSessionBody = Type.Object(
  { key: Type.String({ minLength: 1, maxLength: 1024, description: 'An API key, or ADMIN_KEY' }) },
  { additionalProperties: false },
)
const { slug, did, profile, account } = issuerShape.properties
const sessionShape = Type.Object({
  kind: Type.Enum(['issuer', 'admin']),
  endsAt: Type.String({ format: 'date-time' }),
  issuer: Type.Optional(Type.Object({ slug, did, profile, account })),
  chain: Type.Object({
    chainId: Type.Integer(),
    registry: hex(20, 'The registry that batches are anchored in'),
    managed: Type.Boolean({ description: 'Whether this service has an operator key' }),
  }),
})
const header = {
  description: `A browser's own pages send \`${sessionHeader}: 1\` with every change; other sites cannot.`,
}

/** Signing in with a key, for the console: a cookie that no script can read stands in its place. */
export const sessionRoutes: FastifyPluginAsyncTypebox<{ service: Service }> = async (
  app,
  { service },
) => {
  const { config, chain, sender } = service
  const { db } = service.database
  const { PUBLIC_BASE_URL, ADMIN_KEY } = config

  app.post(
    '/session',
    {
      bodyLimit: 4096,
      schema: {
        tags,
        operationId: 'signIn',
        summary: 'Sign in with a key: the answer sets a session cookie',
        ...header,
        body: newSessionBody,
        response: { 201: sessionShape, ...problemResponses(400, 401, 403, 415) },
      },
    },
    async (request, reply) => {
      refuseOtherSites(request)
      const key = await sessionKey(request.body.key.trim())
      if (!key) {
        throw new HttpProblem(401, 'key_invalid', 'The API key is not valid, or was deleted.')
      }
      // Whoever signs in anew leaves nothing open behind.
      const before = tokenOf(request, PUBLIC_BASE_URL)
      if (before !== undefined) await closeSession(db, before)
      const { token, endsAt } = await openSession(db, key)
      reply.header('set-cookie', sessionCookie(PUBLIC_BASE_URL, token)).code(201)
      reply.header('cache-control', 'no-store')
      const of =
        'issuerId' in key
          ? ({ kind: 'issuer', issuerId: key.issuerId } as const)
          : ({ kind: 'admin' } as const)
      return describe({ of, endsAt })
    },
  )

  app.get(
    '/session',
    {
      schema: {
        tags,
        security,
        operationId: 'getSession',
        summary: 'Who is signed in, and until when',
        response: { 200: sessionShape, ...problemResponses(401, 403) },
      },
    },
    async (request, reply) => {
      const session = await app.sessionOf(request)
      reply.header('cache-control', 'no-store')
      if (session === undefined || session === 'over') throw sessionOver()
      return describe(session)
    },
  )

  app.delete(
    '/session',
    {
      schema: {
        tags,
        security,
        operationId: 'signOut',
        summary: 'Sign out: the session is over at once, whoever has a copy of its cookie',
        ...header,
        response: { 204: { type: 'null', description: 'It is over' }, ...problemResponses(403) },
      },
    },
    async (request, reply) => {
      refuseOtherSites(request)
      const token = tokenOf(request, PUBLIC_BASE_URL)
      if (token !== undefined) await closeSession(db, token)
      return reply.header('set-cookie', sessionCookie(PUBLIC_BASE_URL)).code(204).send(null)
    },
  )

  /** What an untrusted key opens, if anything. */
  async function sessionKey(
    key: string,
  ): Promise<(SessionKey & { readonly issuerId?: string }) | undefined> {
    if (ADMIN_KEY !== undefined && keysEqual(key, ADMIN_KEY)) return { adminKey: ADMIN_KEY }
    return findKey(db, key)
  }

  async function describe({ of, endsAt }: Session) {
    const issuer = of.kind === 'issuer' ? await findIssuerById(db, of.issuerId) : undefined
    return {
      kind: of.kind,
      endsAt: endsAt.toISOString(),
      ...(issuer && {
        issuer: {
          slug: issuer.slug,
          did: didOf(issuer, chain.chainId),
          profile: issuer.profile,
          account: issuer.account,
        },
      }),
      chain: { chainId: chain.chainId, registry: chain.registry, managed: sender !== undefined },
    }
  }
}
