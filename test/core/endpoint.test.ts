import { createServer, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { JsonObject } from '../../core/canonical.ts'
import type { Eip1193Provider } from '../../core/chain.ts'
import { endpointLabel, rpcProvider } from '../../core/rpc.ts'
import type { Readers } from '../../core/verify.ts'
import { iJson } from './arbitrary-json.ts'
import {
  accredit,
  anchoredFor,
  first,
  openWorld,
  readersOf,
  trusting,
  verdictOf,
  verify,
  type World,
} from './world.ts'

type Misbehave = (
  response: ServerResponse,
  call: { method: string; params: unknown[]; id: number },
) => void

let world: World
let document: JsonObject
let server: Server
let misbehave: Misbehave
let url: string
beforeAll(async () => {
  world = await openWorld()
  await accredit(world, world.accounts.ministry, { subject: world.accounts.issuer })
  document = first(await anchoredFor(world, world.accounts.issuer, 3))
  server = createServer((request, response) => {
    let body = ''
    request.on('data', (chunk) => {
      body += chunk
    })
    request.on('end', () => misbehave(response, JSON.parse(body)))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/secret-key`
})
afterAll(async () => {
  server.closeAllConnections()
  server.close()
  await world.close()
})

const trust = () =>
  trusting(world, { rootAccreditors: [{ account: world.accounts.ministry, name: 'M' }] })
const through = (provider: Eip1193Provider): Readers => ({
  ...readersOf(world),
  chain: () => ({ label: endpointLabel(url), provider }),
})
const overHttp = (to = url) => through(rpcProvider({ url: to, fetch, timeoutMs: 300 }))

async function answerAs(behaviour: Misbehave): Promise<string> {
  misbehave = behaviour
  return verdictOf(world, document, { readers: overHttp(), trust: trust() })
}

/** Answers as the world's node does. */
const honest: Misbehave = (response, { method, params, id }) => {
  world.provider.request({ method, params }).then(
    (result) => response.end(JSON.stringify({ jsonrpc: '2.0', id, result })),
    (error) =>
      response.end(
        JSON.stringify({ jsonrpc: '2.0', id, error: { code: -32000, message: String(error) } }),
      ),
  )
}

const always =
  (text: string, status = 200): Misbehave =>
  (response) => {
    response.statusCode = status
    response.end(text)
  }

describe('an endpoint over HTTP', () => {
  it('that is honest gives a valid verdict', async () => {
    expect(await answerAs(honest)).toBe('valid')
  })

  it('that is down makes the verdict indeterminate', async () => {
    const readers = overHttp('http://127.0.0.1:1/')
    expect(await verdictOf(world, document, { readers, trust: trust() })).toBe(
      'indeterminate: chain_unreachable',
    )
  })

  const malice: readonly (readonly [string, Misbehave])[] = [
    ['never answers', () => undefined],
    ['begins an answer and never ends it', (response) => void response.write('{"jsonrpc":"2.0",')],
    ['hangs up', (response) => void response.destroy()],
    [
      'hangs up in the middle',
      (response) => void response.write('{"jso', () => response.destroy()),
    ],
    ['answers nothing', always('')],
    ['answers an error page', always('<html>502 Bad Gateway</html>', 502)],
    ['answers HTML', always('<html>welcome</html>')],
    ['answers null', always('null')],
    ['answers a number', always('7')],
    ['answers an empty list', always('[]')],
    ['answers an empty object', always('{}')],
    ['answers neither result nor error', always('{"jsonrpc":"2.0","id":1,"error":null}')],
    ['answers a null result', always('{"jsonrpc":"2.0","id":1,"result":null}')],
    ['answers an empty result', always('{"jsonrpc":"2.0","id":1,"result":"0x"}')],
    [
      'answers that it is too busy',
      always('{"jsonrpc":"2.0","id":1,"error":{"code":-32005,"message":"limit exceeded"}}', 429),
    ],
    ['answers an error without shape', always('{"error":"no"}')],
    [
      'answers an error that cannot be made a text',
      always('{"error":{"code":{"toString":1},"message":{"toString":1}}}'),
    ],
    ['answers deep nesting', always('['.repeat(100_000))],
    [
      'answers without end',
      (response) => {
        const chunk = 'x'.repeat(65_536)
        const more = () =>
          void (!response.destroyed && response.write(chunk)
            ? setImmediate(more)
            : response.once('drain', more))
        more()
      },
    ],
    [
      'sends the reader elsewhere for ever',
      (response) => {
        response.statusCode = 307
        response.setHeader('location', '/again')
        response.end()
      },
    ],
  ]

  it.each(malice)('that %s makes the verdict indeterminate, soon', async (_, behaviour) => {
    const start = performance.now()
    expect(await answerAs(behaviour)).toMatch(
      /^indeterminate: chain_(?:unreachable|answer_malformed)$/,
    )
    expect(performance.now() - start).toBeLessThan(3000)
  })

  it('is named without the key that may stand in its path', () => {
    expect(endpointLabel(url)).toBe(new URL(url).origin)
    expect(endpointLabel('https://user:pass@node.example/v3/key?k=1')).toBe('https://node.example')
    expect(endpointLabel('nonsense')).toBe('endpoint')
  })
})

describe('an endpoint with one bad answer', () => {
  /** Forwards to the world's node; the answers of one kind of call are replaced. */
  function lying(
    isBad: (call: { method: string; params?: readonly unknown[] }) => boolean,
    answer: (good: unknown) => unknown,
  ) {
    return through({
      request: async (call) => {
        const good = await world.provider.request(call)
        return isBad(call) ? answer(good) : good
      },
    })
  }
  const isCallTo =
    (address: () => string) => (call: { method: string; params?: readonly unknown[] }) =>
      call.method === 'eth_call' &&
      (call.params?.[0] as { to?: string } | undefined)?.to === address() &&
      !['safe', 'finalized'].includes(String(call.params?.[1]))
  const kinds = [
    ['eth_chainId', (call: { method: string }) => call.method === 'eth_chainId'],
    ['eth_getBlockByNumber', (call: { method: string }) => call.method === 'eth_getBlockByNumber'],
    ['the registry', isCallTo(() => world.registry)],
    ['the accreditation registry', isCallTo(() => world.accreditationRegistry)],
  ] as const

  it.each(kinds)('for %s is indeterminate for any JSON', async (_, isBad) => {
    await fc.assert(
      fc.asyncProperty(iJson, async (answer) => {
        const verdict = await verdictOf(world, document, {
          readers: lying(isBad, () => answer),
          trust: trust(),
        })
        expect(verdict).toMatch(/^indeterminate: (?:chain_|registry_missing)/)
      }),
      { numRuns: 60 },
    )
  })

  it('for the registries is indeterminate for any bytes', async () => {
    const bytes = fc
      .uint8Array({ minLength: 1, maxLength: 400 })
      .map((one) => `0x${Buffer.from(one).toString('hex')}`)
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(
          bytes,
          fc.nat(12).map((words) => `0x${'00'.repeat(32 * (words + 1))}`),
        ),
        fc.constantFrom(kinds[2], kinds[3]),
        async (answer, [, isBad]) => {
          const verdict = await verdictOf(world, document, {
            readers: lying(isBad, () => answer),
            trust: trust(),
          })
          expect(verdict).toMatch(/^indeterminate: chain_/)
        },
      ),
      { numRuns: 150 },
    )
  })

  it.each([
    '0xfffffffffffff',
    '0x10000000000',
    '0xffffffffffffffffff',
    '-0x1',
    '0x',
    'latest',
    12,
    null,
  ])('for the time of a block is indeterminate and does not throw: %j', async (timestamp) => {
    const readers = lying(kinds[1][1], (good) => ({ ...(good as object), timestamp }))
    expect(await verdictOf(world, document, { readers, trust: trust() })).toBe(
      'indeterminate: chain_answer_malformed',
    )
  })

  it('for a word of the registry\u2019s answer is never valid unless it says the same', async () => {
    const put = (word: number, value: string) => (good: unknown) => {
      const hex = String(good)
      if (hex.length !== 2 + 6 * 64) return good
      return hex.slice(0, 2 + word * 64) + value.padStart(64, '0') + hex.slice(2 + (word + 1) * 64)
    }
    for (const [word, value] of [
      [0, '5'],
      [0, 'f'.repeat(64)],
      [1, '1'],
      [2, '1'.padEnd(14, '0')],
      [3, 'f'.repeat(64)],
      [4, '1'.padEnd(9, '0')],
      [5, 'f'.repeat(64)],
    ] as const) {
      const readers = lying(kinds[2][1], put(word, value))
      expect(await verdictOf(world, document, { readers, trust: trust() }), `${word}`).toBe(
        'indeterminate: chain_answer_malformed',
      )
    }
  })

  it('for the finality tags leaves the verdict and says "included"', async () => {
    const isTagged = (call: { params?: readonly unknown[] }) =>
      ['safe', 'finalized'].includes(String(call.params?.[1]))
    for (const answer of ['0x', null, { a: 1 }, '0x00']) {
      const report = await verify(world, document, {
        readers: lying(isTagged, () => answer),
        trust: trust(),
      })
      expect(report).toMatchObject({ verdict: 'valid', anchor: { finality: 'included' } })
    }
  })
})
