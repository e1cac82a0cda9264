import type { FastifyRequest } from 'fastify'
import { HttpProblem } from './problem.ts'
import { sessionSeconds } from './sessions.ts'

/** What a page of ours sends with every change, and no form of another site can. */
export const sessionHeader = 'rootmark-session'

/** As long as a token is; anything else is no cookie of ours. */
const tokenPattern = /^[A-Za-z0-9_-]{43}$/

/** With https the prefix keeps neighbours under the same domain from setting it (RFC 6265bis §4.1.3.2). */
export function cookieName(baseUrl: string): string {
  return isSecure(baseUrl) ? '__Host-rootmark' : 'rootmark'
}

/** The `Set-Cookie` of a session; without a token, its removal. A token needs no quoting. */
export function sessionCookie(baseUrl: string, token = ''): string {
  const seconds = token === '' ? 0 : sessionSeconds
  const secure = isSecure(baseUrl) ? '; Secure' : ''
  return `${cookieName(baseUrl)}=${token}; Max-Age=${seconds}; Path=/; HttpOnly${secure}; SameSite=Strict`
}

/** The token of a request's cookie. Untrusted; Node bounds the length of headers. */
export function tokenOf(request: FastifyRequest, baseUrl: string): string | undefined {
  const start = `${cookieName(baseUrl)}=`
  for (const pair of (request.headers.cookie ?? '').split(';')) {
    const cookie = pair.trim()
    if (!cookie.startsWith(start)) continue
    const token = cookie.slice(start.length)
    return tokenPattern.test(token) ? token : undefined
  }
  return undefined
}

/**
 * Refuses what another site may have had the browser send: it comes from this origin, and changes carry a header.
 *
 * Browsers say where a request comes from in Sec-Fetch-Site (Fetch Metadata §2.4), older ones in Origin; no page can alter either.
 */
export function refuseOtherSites(request: FastifyRequest): void {
  const { headers, method } = request
  const isReading = method === 'GET' || method === 'HEAD'
  const site = headers['sec-fetch-site']
  // Typed into the address bar, a link of our own is read as well.
  const isOurs =
    site === undefined
      ? isOwnOrigin(headers.origin, headers.host, isReading)
      : site === 'same-origin' || (isReading && site === 'none')
  if (isOurs && (isReading || headers[sessionHeader] !== undefined)) return
  throw new HttpProblem(
    403,
    'cross_site',
    `A session is used by this service’s own pages alone, which send the header ${sessionHeader} with every change; programs send a key as Authorization: Bearer <key>.`,
  )
}

function isOwnOrigin(
  origin: string | undefined,
  host: string | undefined,
  isReading: boolean,
): boolean {
  if (origin === undefined) return isReading
  return URL.canParse(origin) && new URL(origin).host === host
}

function isSecure(baseUrl: string): boolean {
  return baseUrl.startsWith('https:')
}
