import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** An HTTP server on loopback that answers as a test wants. */
export interface Endpoint {
  readonly url: string
  readonly close: () => Promise<void>
}

type Answer = (
  body: string,
  request: IncomingMessage,
  response: ServerResponse,
) => void | Promise<void>

export async function startEndpoint(answer: Answer): Promise<Endpoint> {
  const server = createServer(async (request, response) => {
    let body = ''
    for await (const chunk of request.setEncoding('utf8')) body += chunk
    await answer(body, request, response)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

/** A node that hides what it does not like: passes every call on, and lets `change` alter the answers. */
export function startProxy(
  target: string,
  change: (method: string, result: unknown) => unknown,
): Promise<Endpoint> {
  return startEndpoint(async (body, _request, response) => {
    const answered = await fetch(target, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
    })
    const document = (await answered.json()) as { result?: unknown }
    const { method } = JSON.parse(body) as { method: string }
    response.end(JSON.stringify({ ...document, result: change(method, document.result) }))
  })
}
