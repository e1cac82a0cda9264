import { createServer, type IncomingMessage } from 'node:http'

/** A JSON-RPC endpoint of the test's making: `answer` gets each call and gives the body of the HTTP answer. */
export interface Endpoint {
  readonly url: string
  readonly calls: readonly string[]
  readonly close: () => Promise<void>
}

export async function openEndpoint(
  answer: (body: string, method: string) => Promise<string> | string,
): Promise<Endpoint> {
  const calls: string[] = []
  const server = createServer(async (request, response) => {
    const body = await textOf(request)
    const { method } = JSON.parse(body)
    calls.push(method)
    response.setHeader('content-type', 'application/json')
    response.end(await answer(body, method))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const port = typeof address === 'object' && address ? address.port : 0
  return {
    url: `http://127.0.0.1:${port}`,
    calls,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

/** Passes a call on to a real endpoint. */
export async function passOn(url: string, body: string): Promise<string> {
  const headers = { 'content-type': 'application/json' }
  return (await fetch(url, { method: 'POST', headers, body })).text()
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk)
  return Buffer.concat(chunks).toString('utf8')
}
