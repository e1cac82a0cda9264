import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Service } from './service.ts'
import { refuseOtherSites, tokenOf } from './session-cookie.ts'
import { findSession, type Session } from './sessions.ts'

declare module 'fastify' {
  interface FastifyInstance {
    /** The session of a request without a key: `'over'` where its cookie opens none any more, `undefined` where it has none. */
    readonly sessionOf: (request: FastifyRequest) => Promise<Session | 'over' | undefined>
  }
}

/** Lets every route that takes a key take a session in its place. */
export function takeSessions(app: FastifyInstance, { config, database }: Service): void {
  const { PUBLIC_BASE_URL, ADMIN_KEY } = config
  app.decorate('sessionOf', async (request: FastifyRequest) => {
    // A key that is sent speaks for itself, whatever the browser adds.
    if (request.headers.authorization !== undefined) return undefined
    const token = tokenOf(request, PUBLIC_BASE_URL)
    if (token === undefined) return undefined
    refuseOtherSites(request)
    return (await findSession(database.db, token, ADMIN_KEY)) ?? 'over'
  })
}
