import { createServer, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { JsonObject } from '../../core/canonical.ts'
import type { Eip1193Provider } from '../../core/chain.ts'
import { endpointLabel, rpcProvider } from '../../core/rpc.ts'
import type { Readers } from '../../core/verify.ts'
import { accredit, anchoredFor, timeOf } from './transaction.ts'
import { first, readersOf, trusting, verdictOf } from './verifier.ts'
import { openWorld, type World } from './world.ts'

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

const endless: Misbehave = (response) => {
  const chunk = 'x'.repeat(65_536)
  const more = (): void => {
    if (response.destroyed) return
    if (response.write(chunk)) setImmediate(more)
    else response.once('drain', more)
  }
  more()
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
    ['answers without end', endless],
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

  it('that answers without end is left after four megabytes, long before its time is over', async () => {
    misbehave = endless
    const provider = rpcProvider({ url, fetch, timeoutMs: 60_000 })
    await expect(provider.request({ method: 'eth_chainId' })).rejects.toThrow(
      /more than 4194304 bytes/,
    )
  })

  it('is named without the key that may stand in its path', () => {
    expect(endpointLabel(url)).toBe(new URL(url).origin)
    expect(endpointLabel('https://user:pass@node.example/v3/key?k=1')).toBe('https://node.example')
    expect(endpointLabel('nonsense')).toBe('endpoint')
  })
})

describe('an endpoint that stands still', () => {
  it('is not believed where the policy asks for a fresh block, whatever it says of the credential', async () => {
    const batch = await anchoredFor(world, world.accounts.issuer, 2, { id: 'stale' })
    const trust = trusting(world, { maxHeadAge: 600 })
    const time = await timeOf(world)
    expect(await verdictOf(world, first(batch), { trust, now: (time + 600) * 1000 })).toBe('valid')
    const later = { trust, now: (time + 601) * 1000 }
    expect(await verdictOf(world, first(batch), later)).toBe('indeterminate: chain_stale')
    const altered = { ...first(batch), name: 'Another' }
    expect(await verdictOf(world, altered, later)).toBe('indeterminate: chain_stale')
  })
})
