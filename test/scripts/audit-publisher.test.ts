import type { ServerResponse } from 'node:http'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createPublishedReader } from '../../scripts/audit/publisher.ts'
import { type Endpoint, startEndpoint } from './endpoint.ts'

/** Made beforehand: to pack it takes longer than the reader waits. */
const bomb = gzipSync(Buffer.alloc(50_000_000))
const maxBytes = 1_000_000
const expected = { maxBytes, type: /^application\/octet-stream\b/ }
const timeoutMs = 300

/** What a service may do to an auditor, by path. */
const doings: Readonly<Record<string, (response: ServerResponse) => unknown>> = {
  '/stream': (response) => {
    const chunk = Buffer.alloc(65_536)
    const more = () => {
      while (!response.destroyed && response.write(chunk)) sent += chunk.length
      if (!response.destroyed) response.once('drain', more)
    }
    more()
  },
  '/gigabyte': (response) => {
    response.writeHead(200, { 'content-length': String(2 ** 30) })
    const chunk = Buffer.alloc(65_536)
    while (response.write(chunk)) sent += chunk.length
  },
  '/bomb': (response) => {
    response.writeHead(200, { 'content-encoding': 'gzip' }).end(bomb)
  },
  '/drip': (response) => {
    const timer = setInterval(() => response.write('x'), 20)
    response.once('close', () => clearInterval(timer))
  },
  '/silence': () => {},
  '/page': (response) => response.writeHead(200, { 'content-type': 'text/html' }).end('<p>Sign in'),
  '/moved': (response) => response.writeHead(301, { location: 'http://10.0.0.1/x' }).end(),
  '/loop': (response) => response.writeHead(307, { location: '/loop' }).end(),
  '/broken': (response) => {
    response.writeHead(200, { 'content-length': '100' })
    response.write('half')
    setTimeout(() => response.destroy(), 20)
  },
  '/error': (response) => response.writeHead(500).end(),
  '/gone': (response) => response.writeHead(410).end(),
  '/good': (response) =>
    response.writeHead(200, { 'content-type': 'application/octet-stream' }).end(Buffer.alloc(64)),
}
let sent = 0

describe('what a service publishes', () => {
  let service: Endpoint
  beforeAll(async () => {
    service = await startEndpoint((_body, request, response) => {
      doings[request.url ?? '']?.(response)
    })
  })
  afterAll(() => service?.close())
  const read = (path: string) => createPublishedReader(timeoutMs)(`${service.url}${path}`, expected)

  it('is read where it is in order', async () => {
    expect(await read('/good')).toMatchObject({ kind: 'found', bytes: { length: 64 } })
  })

  it.each([
    ['/stream', 'unread', `longer than ${maxBytes} bytes`],
    ['/gigabyte', 'unread', `is ${2 ** 30} bytes long`],
    ['/bomb', 'unread', `longer than ${maxBytes} bytes`],
    ['/drip', 'unread', 'not read to its end in 0.3 seconds'],
    ['/silence', 'unread', 'not read to its end in 0.3 seconds'],
    ['/page', 'unread', 'answers with text/html'],
    ['/moved', 'unread', 'redirects to http://10.0.0.1/x'],
    ['/loop', 'unread', 'redirects to /loop'],
    ['/broken', 'unread', 'cannot be read'],
    ['/error', 'unread', 'HTTP 500'],
    ['/gone', 'absent', 'HTTP 410'],
  ])('is bounded and told by name: %s', async (path, kind, why) => {
    const begun = Date.now()
    const answer = await read(path)
    expect(answer).toMatchObject({ kind, why: expect.stringContaining(why) })
    expect(Date.now() - begun).toBeLessThan(3000)
    // Beyond the bound there is what sockets hold.
    expect(sent).toBeLessThan(30 * maxBytes)
  })

  it('is given up where it is too slow three times, for that service alone', async () => {
    const readOn = createPublishedReader(50)
    for (let i = 0; i < 3; i++) await readOn(`${service.url}/drip`, expected)
    const begun = Date.now()
    const answer = await readOn(`${service.url}/good`, expected)
    expect(answer).toMatchObject({
      kind: 'unread',
      why: expect.stringContaining('too slow 3 times'),
    })
    expect(Date.now() - begun).toBeLessThan(50)
    const other = await startEndpoint((_body, _request, response) => void response.end('leaves'))
    expect(await readOn(`${other.url}/good`, expected)).toMatchObject({ kind: 'found' })
    await other.close()
  })
})
