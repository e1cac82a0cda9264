import { readdir, readFile } from 'node:fs/promises'
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { extname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'vite'
import { templateFolder } from '../template.ts'

/** What the page needs to be allowed, and nothing else. */
export const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "style-src 'self'",
  "img-src 'self'",
  "connect-src 'self' https: http://127.0.0.1:* http://localhost:*",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ')

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.json': 'application/json',
}

/** The built page behind a server of its own, as the service serves it. */
export interface Site {
  readonly url: string
  readonly folder: string
  /** Bodies by path, such as `/config.json`; a function answers by itself. */
  readonly bodies: Map<string, string | ((response: ServerResponse) => void)>
  readonly close: () => Promise<void>
}

/** Serves `web/` on loopback, built as it stands. Nobody writes into the folder. */
export async function startSite(): Promise<Site> {
  const folder = await templateFolder('web', ['web', 'core'], buildPages)
  const bodies: Site['bodies'] = new Map()
  const names = await readdir(folder, { recursive: true })
  const compressed = new Set(
    names.filter((name) => name.endsWith('.gz')).map((name) => `/${name.slice(0, -3)}`),
  )
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost')
    const isFrame = pathname.startsWith('/embed/')
    response.setHeader(
      'content-security-policy',
      isFrame
        ? contentSecurityPolicy.replace("frame-ancestors 'none'", 'frame-ancestors *')
        : contentSecurityPolicy,
    )
    // What other sites may ask for, as the service has it.
    if (/^\/(?:element|credentials)\/|^\/config\.json$/.test(pathname)) {
      response.setHeader('access-control-allow-origin', '*')
    }
    response.setHeader('x-content-type-options', 'nosniff')
    const body = bodies.get(pathname)
    if (typeof body === 'function') return body(response)
    if (body !== undefined) return send(response, types['.json'], body)
    const isCheck = pathname === '/' || pathname === '/check'
    const isPage = /^\/(?:requirement|presentation|portfolio)$/.test(pathname)
    const own = isPage ? `${pathname}/index.html` : pathname
    const path = isFrame ? '/embed/index.html' : isCheck ? '/index.html' : own
    const isCompressed = compressed.has(path)
    if (isCompressed) response.setHeader('content-encoding', 'gzip')
    readFile(join(folder, isCompressed ? `${path}.gz` : path)).then(
      (file) => send(response, types[extname(path)], file),
      () => send(response.writeHead(404), undefined, 'not found'),
    )
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const close = async () => {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  }
  return { url: `http://127.0.0.1:${port}`, folder, bodies, close }
}

/** As visitors get it: the test runner names another environment, for which libraries bring more code along. */
async function buildPages(outDir: string): Promise<void> {
  const { NODE_ENV } = process.env
  process.env['NODE_ENV'] = 'production'
  await build({
    configFile: fileURLToPath(new URL('../../web/vite.config.ts', import.meta.url)),
    logLevel: 'error',
    build: { outDir, emptyOutDir: true },
  })
  if (NODE_ENV === undefined) delete process.env['NODE_ENV']
  else process.env['NODE_ENV'] = NODE_ENV
}

function send(response: ServerResponse, type: string | undefined, body: string | Buffer): void {
  if (!response.headersSent && type) response.setHeader('content-type', type)
  response.end(body)
}
