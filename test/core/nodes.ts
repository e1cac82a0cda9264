import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Chain, Eip1193Provider } from '../../core/chain.ts'
import { rpcProvider } from '../../core/rpc.ts'

export interface Call {
  readonly method: string
  readonly params: readonly unknown[]
}

/** How a node treats a call; `truth` is what an honest one answers. */
export type Manner = (
  call: Call,
  truth: () => Promise<unknown>,
  response: ServerResponse,
) => Promise<unknown> | unknown

/** A JSON-RPC endpoint over HTTP whose manner a test changes, with the calls it got. */
export interface Node extends Chain {
  readonly url: string
  readonly calls: Call[]
  behave(manner: Manner): void
  close(): void
}

/** What the manner returns where it has dealt with the response itself. */
const dealtWith = Symbol('dealt with')

export const honest: Manner = (_, truth) => truth()
export const silent: Manner = () => dealtWith
export const hangsUp: Manner = (_call, _truth, response) => {
  response.destroy()
  return dealtWith
}
export const status =
  (code: number, text = '{"jsonrpc":"2.0","id":1,"error":{"code":-32005,"message":"limit"}}') =>
  (_call: Call, _truth: unknown, response: ServerResponse) => {
    response.statusCode = code
    response.end(text)
    return dealtWith
  }
export const garbage = status(200, '<html>welcome</html>')
/** Answers one method with something else, and all others honestly. */
export const lying =
  (method: string, lie: (truth: unknown) => unknown): Manner =>
  async (call, truth) =>
    call.method === method ? lie(await truth()) : truth()
export const onChain = (id: number) => lying('eth_chainId', () => `0x${id.toString(16)}`)

/** Is behind by some blocks: it knows nothing newer. */
export const behind =
  (provider: Eip1193Provider, blocks: number): Manner =>
  async ({ method, params }, truth) => {
    const ask = (name: string, ...given: unknown[]) =>
      provider.request({ method: name, params: given })
    const top = Number(await ask('eth_blockNumber')) - blocks
    const settle = (tag: unknown) =>
      /^0x/.test(String(tag)) ? String(tag) : `0x${top.toString(16)}`
    if (method === 'eth_getBlockByNumber') {
      const number = settle(params[0])
      return Number(number) > top ? null : ask(method, number, false)
    }
    if (method !== 'eth_call') return truth()
    if (Number(settle(params[1])) > top) throw new Error('header not found')
    return ask(method, params[0], settle(params[1]))
  }

/** A node over HTTP whose truth is the provider's. */
export async function startNode(provider: Eip1193Provider, timeoutMs = 800): Promise<Node> {
  let manner: Manner = honest
  const calls: Call[] = []
  const server = createServer(async (request, response) => {
    let body = ''
    for await (const chunk of request.setEncoding('utf8')) body += chunk
    const { id, ...call } = JSON.parse(body) as Call & { readonly id: number }
    calls.push(call)
    const reply = (member: object) =>
      response.end(JSON.stringify({ jsonrpc: '2.0', id, ...member }))
    try {
      const result = await manner(call, () => provider.request(call), response)
      if (result !== dealtWith) reply({ result })
    } catch (thrown) {
      const { message, code, data } = thrown as { message: string; code?: unknown; data?: unknown }
      reply({ error: { code: typeof code === 'number' ? code : -32000, message, data } })
    }
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    url,
    calls,
    label: url,
    provider: rpcProvider({ url, fetch, timeoutMs }),
    behave(next) {
      manner = next
      calls.length = 0
    },
    close() {
      server.closeAllConnections()
      server.close()
    },
  }
}
