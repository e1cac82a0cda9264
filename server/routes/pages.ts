import { access } from 'node:fs/promises'
import { join } from 'node:path'
import fastifyStatic from '@fastify/static'
import type { FastifyPluginAsync, FastifyReply } from 'fastify'
import type { Service } from '../service.ts'

/** A credential that the page offers to try. */
export interface Example {
  readonly name: string
  readonly url: string
}

const webRoot = join(import.meta.dirname, '..', '..', 'web', 'dist')

/** The one page that others may show in a frame. */
function framed(reply: FastifyReply): FastifyReply {
  const policy = String(reply.getHeader('content-security-policy'))
  reply.header(
    'content-security-policy',
    policy.replace(/frame-ancestors [^;]*/, 'frame-ancestors *'),
  )
  return reply.removeHeader('x-frame-options')
}

/** A page that is signed in asks this service and nobody else. */
function alone(reply: FastifyReply): FastifyReply {
  const policy = String(reply.getHeader('content-security-policy'))
  return reply.header(
    'content-security-policy',
    policy.replace(/connect-src [^;]*/, "connect-src 'self'"),
  )
}

/** The page that checks a credential in the visitor's browser, and what it needs to know. */
export const pageRoutes: FastifyPluginAsync<{
  readonly service: Service
  readonly examples: () => Promise<readonly Example[]>
}> = async (app, { service, examples }) => {
  const { config, trustFile } = service
  const hide = { schema: { hide: true }, config: { rateLimit: false as const } }

  app.get('/config.json', hide, async (_request, reply) => {
    reply.header('cache-control', 'no-cache')
    return {
      trust: trustFile,
      contracts: {
        registry: config.REGISTRY_ADDRESS,
        accreditationRegistry: config.ACCREDITATION_REGISTRY_ADDRESS,
      },
      chains:
        config.PUBLIC_RPC_URL === undefined
          ? {}
          : { [config.CHAIN_ID]: { rpcUrl: config.PUBLIC_RPC_URL } },
      ...(config.MIGRATIONS_DIR !== undefined && { migrations: './migrations' }),
      demo: await examples(),
    }
  })

  const isBuilt = await access(join(webRoot, 'index.html')).then(
    () => true,
    () => false,
  )
  if (isBuilt) {
    await app.register(fastifyStatic, {
      root: webRoot,
      index: ['index.html'],
      preCompressed: true,
      setHeaders: (reply, path) => {
        // File names under assets/ and element/ carry a hash of their content, but for the one that sites name.
        const immutable = /\/(?:assets|element)\/(?!credential-check\.js(?:\.\w+)?$)/.test(path)
        reply.header(
          'cache-control',
          immutable ? 'public, max-age=31536000, immutable' : 'no-cache',
        )
        // Scripts of other sites' pages are asked for by those sites.
        if (path.includes('/element/')) reply.header('access-control-allow-origin', '*')
      },
    })
    app.get('/embed/:id', hide, (_request, reply) => framed(reply).sendFile('embed/index.html'))
    app.get('/console', hide, (_request, reply) => alone(reply).sendFile('console/index.html'))
    for (const name of ['portfolio', 'requirement', 'presentation']) {
      app.get(`/${name}`, hide, (_request, reply) => reply.sendFile(`${name}/index.html`))
    }
    app.get('/check', hide, (_request, reply) => reply.sendFile('index.html'))
    return
  }
  for (const path of ['/', '/check', '/console', '/portfolio', '/requirement', '/presentation']) {
    app.get(path, hide, async (_request, reply) => {
      reply.code(503).type('text/plain; charset=utf-8')
      return 'The page is not built yet: run "npx vite build web", or start the service with "npm start". The API works; /docs describes it.\n'
    })
  }
}
