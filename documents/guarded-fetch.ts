import type { IncomingMessage } from 'node:http'
import { request } from 'node:https'
import { isIP } from 'node:net'
import type { Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib'
import { credentialLimits } from '../core/i-json.ts'
import { isPublicAddress, lookupOf } from './public-address.ts'

/** What came from a URL, and for how many milliseconds its server says that it stays the same. */
export interface Fetched {
  readonly bytes: Uint8Array
  readonly freshMs: number
}

/** What a fetch is bounded by; `timeoutMs` is for all of it, redirects and body included. */
export interface Guard {
  readonly isPublic: (address: string) => boolean
  readonly timeoutMs: number
}

const maxRedirects = 3
const maxBytes = credentialLimits.bytes
const publicInternet: Guard = { isPublic: isPublicAddress, timeoutMs: 10_000 }

/** When a document whose server says nothing about it is asked for again: a moment, so that many credentials of an issuer share it. */
const silentFreshMs = 10_000
const maxFreshMs = 300_000

const decoders = new Map<string, () => Transform>([
  ['gzip', createGunzip],
  ['x-gzip', createGunzip],
  ['deflate', createInflate],
  ['br', createBrotliDecompress],
])

/**
 * Reads what lies at a URL that stands in a credential, which an attacker may have written.
 *
 * https only; public addresses only, checked on the addresses that are connected to; at most 3 redirects, each held to the same;
 * 10 seconds for everything; 1 MiB, also of what it is expanded to. Throws a sentence otherwise.
 */
export async function fetchGuarded(url: string, guard = publicInternet): Promise<Fetched> {
  const signal = AbortSignal.timeout(guard.timeoutMs)
  try {
    return await follow(url, guard, signal)
  } catch (thrown) {
    if (!signal.aborted) throw thrown
    throw new Error(`did not answer within ${guard.timeoutMs / 1000} seconds`, { cause: thrown })
  }
}

async function follow(url: string, guard: Guard, signal: AbortSignal): Promise<Fetched> {
  let target = url
  for (let redirects = 0; redirects <= maxRedirects; redirects++) {
    const response = await ask(checked(target, guard), guard, signal)
    const next = redirectOf(response, target)
    if (next === undefined) return read(response, signal)
    response.destroy()
    target = next
  }
  throw new Error(`was redirected more than ${maxRedirects} times`)
}

function checked(text: string, { isPublic }: Guard): URL {
  const url = URL.parse(text)
  if (!url) throw new Error('is no URL')
  if (url.protocol !== 'https:') throw new Error('only https is read')
  if (url.username !== '' || url.password !== '') throw new Error('no password is sent anywhere')
  const literal = url.hostname.replace(/^\[|\]$/g, '')
  // A literal address is connected to without a lookup.
  if (isIP(literal) !== 0 && !isPublic(literal)) {
    throw new Error(`${url.hostname} is not a public host`)
  }
  return url
}

function ask(url: URL, { isPublic }: Guard, signal: AbortSignal): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const call = request(url, {
      agent: false,
      lookup: lookupOf(isPublic),
      signal,
      headers: {
        accept: 'application/vc, application/did+json, application/ld+json, application/json',
        'accept-encoding': 'gzip, deflate, br',
        'user-agent': 'Rootmark',
      },
    })
    call.on('error', reject)
    call.on('response', (response) => {
      response.on('error', reject)
      resolve(response)
    })
    call.end()
  })
}

/** Where an answer sends us; `undefined` where it is what was asked for. RFC 9110 §15.4. */
function redirectOf({ statusCode, headers }: IncomingMessage, from: string): string | undefined {
  if (![301, 302, 303, 307, 308].includes(statusCode ?? 0)) return undefined
  const target = headers.location === undefined ? null : URL.parse(headers.location, from)
  if (!target) throw new Error('was redirected to nowhere')
  return target.href
}

async function read(response: IncomingMessage, signal: AbortSignal): Promise<Fetched> {
  const encoding = response.headers['content-encoding']?.toLowerCase() ?? 'identity'
  const decoder = decoders.get(encoding)
  if (response.statusCode !== 200 || (!decoder && encoding !== 'identity')) {
    response.destroy()
    throw new Error(
      response.statusCode === 200
        ? `came in the encoding ${encoding.slice(0, 40)}`
        : `answered with HTTP ${response.statusCode}`,
    )
  }
  const bytes = decoder
    ? await pipeline(response, bounded, decoder(), collect, { signal })
    : await pipeline(response, collect, { signal })
  return { bytes, freshMs: freshMs(response.headers['cache-control']) }
}

async function collect(source: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  for await (const chunk of bounded(source)) chunks.push(chunk)
  return Buffer.concat(chunks)
}

/** Passes on what an attacker sends until it is more than is read. */
async function* bounded(source: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let size = 0
  for await (const chunk of source) {
    size += chunk.length
    if (size > maxBytes) throw new Error(`is larger than ${maxBytes} bytes`)
    yield chunk
  }
}

/** RFC 9111 §5.2.2, with nothing believed for longer than minutes. */
function freshMs(cacheControl = ''): number {
  if (/\b(?:no-store|no-cache)\b/i.test(cacheControl)) return 0
  const seconds = /\bmax-age="?(\d{1,9})/i.exec(cacheControl)?.[1]
  return seconds === undefined ? silentFreshMs : Math.min(Number(seconds) * 1000, maxFreshMs)
}
