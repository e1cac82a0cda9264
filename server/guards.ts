import type { IncomingMessage, ServerResponse } from 'node:http'
import type { FastifyInstance } from 'fastify'
import helmet from 'helmet'
import type { ServiceConfig } from './service.ts'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** `data` for a route that answers no page and is asked so often that each header counts; else `page`. */
    readonly answers?: 'data' | 'page'
    /** What every answer of the route carries; settled here. */
    readonly guard?: Headers
  }
}

type Headers = Readonly<Record<string, string>>

/** What any web page may ask; nothing here needs a key. Paths, and the patterns of their routes. */
const publicPaths = new RegExp(
  `^/(?:${[
    'verify(?:/(?:bulk|stack|match))?|pathways(?:/[^/]+)?|config\\.json|openapi\\.json|credentials/[^/]+(?:/proof|/receipt(?:\\.html)?|/badge\\.(?:svg|png)|/credential\\.pdf)?|presentations/verify',
    'c/[^/]+|issuers/[^/]+/(?:log|did\\.json)|\\.well-known/did\\.json|1\\.0/identifiers/[^/]+',
    'batches/[^/]+/(?:leaves|proofs/[^/]+|tiles/.+)|leaves/[^/]+/[^/]+',
    'migrations/[^/]+/[^/]+|(?:batches/[^/]+/)?status/[^/]+(?:/[^/]+)?',
  ].join('|')})$`,
)

const forEverybody: Headers = { 'access-control-allow-origin': '*' }
/** Fetch standard §3.3: what a page may send here without any credentials of ours. */
const preflight: Headers = {
  ...forEverybody,
  'access-control-allow-methods': 'GET, HEAD, POST',
  'access-control-allow-headers': 'Accept, Content-Type',
  'access-control-max-age': '600',
}

/**
 * Gives every answer the headers that keep browsers from doing more with it than they should, and lets other sites ask what is public.
 *
 * All are settled when a route is made: a request only takes them along.
 */
export function guardAnswers(app: FastifyInstance, config: ServiceConfig): void {
  const page = pageHeaders(config)
  const data = dataHeaders(config)
  app.addHook('onRoute', (route) => {
    const own = route.config?.answers === 'data' ? data : page
    const guard = publicPaths.test(route.url) ? { ...own, ...forEverybody } : own
    route.config = { ...route.config, guard }
  })
  app.addHook('onRequest', (request, reply, done) => {
    // What nobody serves has no route of its own.
    reply.headers(request.routeOptions.config?.guard ?? page)
    done()
  })
  app.options('*', { schema: { hide: true } }, (request, reply) => {
    const [path = ''] = request.url.split('?')
    if (!publicPaths.test(path)) return reply.callNotFound()
    return reply.code(204).headers(preflight).send()
  })
}

/** Of an answer that is no page: short, as it is asked most. */
function dataHeaders({ PUBLIC_BASE_URL }: ServiceConfig): Headers {
  return {
    'content-security-policy': "default-src 'none';frame-ancestors 'none'",
    'cross-origin-resource-policy': 'cross-origin',
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
    ...(PUBLIC_BASE_URL.startsWith('https:') && {
      'strict-transport-security': 'max-age=31536000; includeSubDomains',
    }),
  }
}

function pageHeaders({ PUBLIC_BASE_URL, PUBLIC_RPC_URL }: ServiceConfig): Headers {
  const endpoint = PUBLIC_RPC_URL ? [new URL(PUBLIC_RPC_URL).origin] : []
  return headersBy(
    helmet({
      contentSecurityPolicy: {
        directives: {
          defaultSrc: ["'self'"],
          // The page hashes in WebAssembly, and a visitor may choose an endpoint, also a node of their own.
          scriptSrc: ["'self'", "'wasm-unsafe-eval'"],
          connectSrc: ["'self'", 'https:', 'http://127.0.0.1:*', 'http://localhost:*', ...endpoint],
          styleSrc: ["'self'"],
          fontSrc: ["'self'"],
          imgSrc: ["'self'", 'data:'],
          baseUri: ["'none'"],
          formAction: ["'none'"],
          frameAncestors: ["'none'"],
          upgradeInsecureRequests: null,
        },
      },
      strictTransportSecurity: PUBLIC_BASE_URL.startsWith('https:'),
      crossOriginResourcePolicy: { policy: 'cross-origin' },
    }),
  )
}

type Middleware = (request: IncomingMessage, response: ServerResponse, next: () => void) => void

/** The headers that a middleware sets on every answer alike, whatever is asked. */
function headersBy(middleware: Middleware): Headers {
  const headers: Record<string, string> = {}
  const response = {
    setHeader: (name: string, value: string) => {
      headers[name.toLowerCase()] = value
    },
    removeHeader: () => undefined,
  }
  middleware({} as IncomingMessage, response as unknown as ServerResponse, () => undefined)
  return headers
}
