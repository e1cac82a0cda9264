import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Kysely } from 'kysely'
import { prefersHtml } from './accept.ts'
import { findIssuer } from './issuers.ts'
import type { Tables } from './tables.ts'

const file = join(import.meta.dirname, '..', 'web', 'dist', 'issuers', 'index.html')

/** Answers a browser that asks for an issuer with the page that shows its log; whoever brings a key is left to the API. */
export function issuerPage(db: Kysely<Tables>) {
  // Untrusted: anything may stand in the path. What can be no slug is not looked for.
  const exists = async (slug: string) =>
    /^[a-z0-9][a-z0-9-]{0,62}$/.test(slug) && (await findIssuer(db, slug)) !== undefined
  const page = readFile(file, 'utf8').catch(() => undefined)
  return async (request: FastifyRequest, reply: FastifyReply): Promise<unknown> => {
    reply.header('vary', 'Accept')
    const { accept, authorization } = request.headers
    if (authorization !== undefined || !prefersHtml(accept)) return
    const html = await page
    if (html === undefined) {
      return reply
        .code(503)
        .type('text/plain; charset=utf-8')
        .send(
          'The page is not built yet: run "npx vite build web". The API works; /docs describes it.\n',
        )
    }
    const { issuer = '' } = request.params as { readonly issuer?: string }
    return reply
      .code((await exists(issuer)) ? 200 : 404)
      .header('cache-control', 'no-cache')
      .type('text/html; charset=utf-8')
      .send(html)
  }
}
