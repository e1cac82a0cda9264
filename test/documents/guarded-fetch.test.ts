import type { IncomingMessage, ServerResponse } from 'node:http'
import { createServer, type Server } from 'node:https'
import type { AddressInfo } from 'node:net'
import { getCACertificates, setDefaultCACertificates } from 'node:tls'
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { fetchGuarded, type Guard } from '../../documents/guarded-fetch.ts'
import { isPublicAddress } from '../../documents/public-address.ts'
import { selfSigned } from '../server/certificate.ts'

// A real https server stands in for the internet. Only the word on addresses is ours: 127.0.0.1 passes for public, all else stays private.
const guard: Guard = { isPublic: (address: string) => address === '127.0.0.1', timeoutMs: 5000 }
const mebibyte = 1_048_576

let server: Server
let base: string
let port: number
let answer: (request: IncomingMessage, response: ServerResponse) => void
let asked: string[]
let connections: number

beforeAll(async () => {
  const { cert, key } = selfSigned()
  setDefaultCACertificates([...getCACertificates('default'), cert])
  server = createServer({ cert, key }, (request, response) => {
    asked.push(`${request.headers.host}${request.url}`)
    answer(request, response)
  })
  server.on('connection', () => {
    connections += 1
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  port = (server.address() as AddressInfo).port
  base = `https://127.0.0.1:${port}`
})
afterAll(() => {
  server.closeAllConnections()
  server.close()
})
beforeEach(() => {
  asked = []
  connections = 0
  answer = (_request, response) => response.end('{"id":"did:web:issuer.example"}')
})

async function textFrom(path = '/did.json', bounds = guard): Promise<string> {
  return Buffer.from((await fetchGuarded(`${base}${path}`, bounds)).bytes).toString()
}

function redirecting(target: (path: string) => string | undefined, status = 302) {
  answer = (request, response) => {
    const location = target(request.url ?? '')
    if (location === undefined) response.end('{"found":true}')
    else response.writeHead(status, { location }).end()
  }
}

describe('a document that a credential names', () => {
  it.each([
    ['http://example.org/did.json', 'only https is read'],
    ['file:///etc/passwd', 'only https is read'],
    ['ftp://example.org/did.json', 'only https is read'],
    ['data:application/json,{}', 'only https is read'],
    ['no url', 'is no URL'],
    ['', 'is no URL'],
    ['https://someone:secret@example.org/did.json', 'no password is sent'],
    ['https://127.0.0.1/did.json', 'not a public host'],
    ['https://2130706433/did.json', 'not a public host'],
    ['https://0x7f.1/did.json', 'not a public host'],
    ['https://017700000001/did.json', 'not a public host'],
    ['https://[::1]/did.json', 'not a public host'],
    ['https://[::ffff:169.254.169.254]/latest/meta-data', 'not a public host'],
    ['https://169.254.169.254/latest/meta-data', 'not a public host'],
    ['https://localhost/did.json', 'not a public host'],
  ])('is not read from %s', async (url, reason) => {
    await expect(fetchGuarded(url)).rejects.toThrow(reason)
  })

  it('is not read from this machine as anybody runs it', async () => {
    await expect(fetchGuarded(`${base}/did.json`)).rejects.toThrow('127.0.0.1 is not a public host')
    await expect(fetchGuarded(`https://localhost:${port}/did.json`)).rejects.toThrow('not a public')
    expect(connections).toBe(0)
    expect(isPublicAddress('127.0.0.1')).toBe(false)
  })

  it('is not read from a name that does not exist', async () => {
    await expect(fetchGuarded('https://nowhere.invalid/did.json')).rejects.toThrow()
  })

  it('is read from a public host, with no more said than is needed', async () => {
    let headers: unknown
    answer = (request, response) => {
      headers = request.headers
      response.end('{"found":true}')
    }
    expect(await textFrom()).toBe('{"found":true}')
    expect(Object.keys(headers as object).sort()).toEqual([
      'accept',
      'accept-encoding',
      'connection',
      'host',
      'user-agent',
    ])
  })

  it('is not read where a name leads to an address that is not public', async () => {
    const bounds = { ...guard, isPublic: () => false }
    await expect(fetchGuarded(`https://localhost:${port}/did.json`, bounds)).rejects.toThrow(
      'localhost is not a public host',
    )
    expect(connections).toBe(0)
  })

  it('is not read from a server whose certificate nobody vouches for', async () => {
    const stranger = createServer(selfSigned(), (_request, response) => response.end('{}'))
    await new Promise<void>((resolve) => stranger.listen(0, '127.0.0.1', resolve))
    const { port: other } = stranger.address() as AddressInfo
    await expect(fetchGuarded(`https://127.0.0.1:${other}/`, guard)).rejects.toThrow(/self-signed/)
    stranger.close()
  })

  it.each([204, 206, 304, 400, 401, 403, 404, 500, 503])(
    'is not read from HTTP %i',
    async (status) => {
      answer = (_request, response) => response.writeHead(status).end()
      await expect(textFrom()).rejects.toThrow(`answered with HTTP ${status}`)
    },
  )
})

describe('a redirect', () => {
  it.each([301, 302, 303, 307, 308])(
    'of HTTP %i is followed, also a relative one',
    async (status) => {
      redirecting((path) => (path === '/did.json' ? '/elsewhere?x=1' : undefined), status)
      expect(await textFrom()).toBe('{"found":true}')
      expect(asked.map((line) => line.replace(/^[^/]*/, ''))).toEqual([
        '/did.json',
        '/elsewhere?x=1',
      ])
    },
  )

  it('is followed three times and not a fourth time', async () => {
    const count = (path: string) => Number(path.slice(1))
    redirecting((path) => (count(path) < 3 ? `/${count(path) + 1}` : undefined))
    expect(await textFrom('/0')).toBe('{"found":true}')
    redirecting((path) => `/${count(path) + 1}`)
    asked = []
    await expect(textFrom('/0')).rejects.toThrow('was redirected more than 3 times')
    expect(asked).toHaveLength(4)
  })

  it.each([
    ['a private address', () => `https://127.0.0.2:${port}/private`, '127.0.0.2 is not a public'],
    ['a metadata service', () => 'https://169.254.169.254/latest', 'is not a public host'],
    ['IPv6 loopback', () => `https://[::1]:${port}/private`, 'is not a public host'],
    ['a number that is an address', () => 'https://2130706434/', '127.0.0.2 is not a public host'],
    ['plain http', () => `http://127.0.0.1:${port}/plain`, 'only https is read'],
    ['a file', () => 'file:///etc/passwd', 'only https is read'],
    ['somebody with a password', () => `https://a:b@127.0.0.1:${port}/`, 'no password is sent'],
    ['nowhere', () => 'https://', 'was redirected to nowhere'],
  ])('to %s is not followed', async (_, target, reason) => {
    redirecting((path) => (path === '/did.json' ? target() : undefined))
    await expect(textFrom()).rejects.toThrow(reason)
    expect(asked).toHaveLength(1)
    expect(connections).toBe(1)
  })

  it('to a name is held to the addresses of that name', async () => {
    const names: string[] = []
    const bounds = {
      ...guard,
      isPublic: (address: string) => names.push(address) === 1,
    }
    redirecting((path) => (path === '/did.json' ? `https://localhost:${port}/private` : undefined))
    await expect(textFrom('/did.json', bounds)).rejects.toThrow('localhost is not a public host')
    expect(connections).toBe(1)
  })

  it('without a target is refused', async () => {
    answer = (_request, response) => response.writeHead(302).end()
    await expect(textFrom()).rejects.toThrow('was redirected to nowhere')
  })
})

describe('a compressed document', () => {
  const text = JSON.stringify({ text: 'x'.repeat(10_000) })
  const sending = (encoding: string, body: Uint8Array) => {
    answer = (_request, response) => {
      response.writeHead(200, { 'content-encoding': encoding }).end(body)
    }
  }

  it.each([
    ['gzip', gzipSync(text)],
    ['x-gzip', gzipSync(text)],
    ['GZIP', gzipSync(text)],
    ['deflate', deflateSync(text)],
    ['br', brotliCompressSync(text)],
  ])('is expanded: %s', async (encoding, body) => {
    sending(encoding, body)
    expect(await textFrom()).toBe(text)
  })

  it.each([
    ['zstd', Buffer.from('{}')],
    ['gzip, gzip', gzipSync(gzipSync('{}'))],
    ['__proto__', Buffer.from('{}')],
  ])('is refused in an encoding that nobody asked for: %s', async (encoding, body) => {
    sending(encoding, body)
    await expect(textFrom()).rejects.toThrow('came in the encoding')
  })

  it.each([
    ['gzip', gzipSync(Buffer.alloc(512 * mebibyte))],
    ['br', brotliCompressSync(Buffer.alloc(64 * mebibyte))],
    ['deflate', deflateSync(Buffer.alloc(64 * mebibyte))],
  ])('that is a bomb of %s is left at 1 MiB', async (encoding, body) => {
    expect(body.length).toBeLessThan(mebibyte)
    sending(encoding, body)
    const before = process.memoryUsage().rss
    await expect(textFrom()).rejects.toThrow('is larger than 1048576 bytes')
    expect(process.memoryUsage().rss - before).toBeLessThan(100 * mebibyte)
  })

  it('that is none, or was cut off, is refused', async () => {
    sending('gzip', Buffer.from('{"plain":true}'))
    await expect(textFrom()).rejects.toThrow()
    sending('gzip', gzipSync(text).subarray(0, -5))
    await expect(textFrom()).rejects.toThrow()
  })
})

describe('the bounds', () => {
  it('end a body that never ends', async () => {
    let sent = 0
    answer = (_request, response) => {
      response.on('error', () => undefined)
      const more = () => {
        while (!response.destroyed && response.write(Buffer.alloc(65_536, 0x20))) sent += 65_536
      }
      response.on('drain', more)
      more()
    }
    await expect(textFrom()).rejects.toThrow('is larger than 1048576 bytes')
    expect(sent).toBeLessThan(64 * mebibyte)
  })

  it('take a body of exactly 1 MiB', async () => {
    answer = (_request, response) => response.end(Buffer.alloc(mebibyte, 0x20))
    expect(await textFrom()).toHaveLength(mebibyte)
  })

  it.each([
    ['says nothing', () => undefined],
    [
      'says no more after its headers',
      (response: ServerResponse) => response.writeHead(200).flushHeaders(),
    ],
    [
      'drips',
      (response: ServerResponse) => {
        const drip = setInterval(() => response.write(' '), 50)
        response.on('close', () => clearInterval(drip))
      },
    ],
  ])('end the wait for a server that %s', async (_, slowly) => {
    answer = (_request, response) => {
      slowly(response)
    }
    const started = performance.now()
    await expect(textFrom('/did.json', { ...guard, timeoutMs: 400 })).rejects.toThrow(
      'did not answer within 0.4 seconds',
    )
    expect(performance.now() - started).toBeLessThan(3000)
  })

  it('count redirects into the time', async () => {
    answer = (request, response) => {
      setTimeout(() => response.writeHead(302, { location: `${request.url}0` }).end(), 200)
    }
    await expect(textFrom('/did.json', { ...guard, timeoutMs: 500 })).rejects.toThrow(
      'did not answer within 0.5 seconds',
    )
  })

  it('are not stretched by a connection that is dropped', async () => {
    answer = (_request, response) => {
      response.writeHead(200, { 'content-length': '100' })
      response.write('{"half":')
      setTimeout(() => response.destroy(), 50)
    }
    await expect(textFrom()).rejects.toThrow()
  })
})

describe('how long a document stays fresh', () => {
  it.each([
    [undefined, 10_000],
    ['max-age=60', 60_000],
    ['public, max-age="120"', 120_000],
    ['max-age=0', 0],
    ['max-age=31536000, immutable', 300_000],
    ['no-store', 0],
    ['private, no-cache, max-age=60', 0],
    ['s-maxage=60', 10_000],
    ['max-age=-5', 10_000],
  ])('follows Cache-Control: %s', async (value, milliseconds) => {
    answer = (_request, response) => {
      if (value !== undefined) response.setHeader('cache-control', value)
      response.end('{}')
    }
    expect((await fetchGuarded(`${base}/`, guard)).freshMs).toBe(milliseconds)
  })
})
