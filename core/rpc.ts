import type { Eip1193Provider } from './chain.ts'
import { messageOf } from './error.ts'

/** What `rpcProvider` needs of `fetch`. */
export type Fetch = (
  url: string,
  init: {
    readonly method: 'POST'
    readonly headers: Readonly<Record<string, string>>
    readonly body: string
    readonly signal: AbortSignal
  },
) => Promise<{ readonly status: number; readonly body: ReadableStream<Uint8Array> | null }>

/** The endpoint answered that the call failed; `code` and `data` are the node's (EIP-1474). */
export class RpcError extends Error {
  override readonly name = 'RpcError'
  readonly code: number
  readonly data: unknown

  constructor(code: number, message: string, data: unknown) {
    super(message)
    this.code = code
    this.data = data
  }
}

/**
 * An EIP-1193 provider over one JSON-RPC endpoint.
 *
 * Every call ends within `timeoutMs`; throws `RpcError` for an error that the node states and `Error` for anything else.
 */
export function rpcProvider(options: {
  readonly url: string
  readonly fetch: Fetch
  readonly timeoutMs: number
}): Eip1193Provider {
  let id = 0
  return {
    async request({ method, params = [] }) {
      id += 1
      const response = await options.fetch(options.url, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ jsonrpc: '2.0', id, method, params }),
        signal: AbortSignal.timeout(options.timeoutMs),
      })
      const text = await readText(response.body, method)
      return parseAnswer(text, method, response.status)
    },
  }
}

/** The origin of an endpoint's URL: enough for a person, without a key that may stand in its path or query. */
export function endpointLabel(url: string): string {
  return URL.canParse(url) ? new URL(url).origin : 'endpoint'
}

/** The URLs of a setting that may hold several, between commas or spaces; one that is named twice is one endpoint. */
export function endpointUrls(text: string): readonly string[] {
  return [...new Set(text.split(/[\s,]+/).filter((url) => url !== ''))]
}

/** An endpoint's answer is read to this many bytes; none that is asked for here comes near. */
const maxAnswer = 4_194_304

async function readText(body: ReadableStream<Uint8Array> | null, method: string): Promise<string> {
  const reader = body?.getReader()
  const decoder = new TextDecoder()
  let text = ''
  for (;;) {
    const chunk = await reader?.read()
    if (!chunk || chunk.done) return text + decoder.decode()
    text += decoder.decode(chunk.value, { stream: true })
    if (text.length > maxAnswer) {
      await reader?.cancel()
      throw new Error(`${method} was answered with more than ${maxAnswer} bytes`)
    }
  }
}

function parseAnswer(text: string, method: string, status: number): unknown {
  let answer: unknown
  try {
    answer = JSON.parse(text)
  } catch (thrown) {
    throw new Error(`${method} was answered with HTTP ${status} and no JSON: ${messageOf(thrown)}`)
  }
  if (typeof answer === 'object' && answer !== null) {
    if ('error' in answer && answer.error) throw rpcError(answer.error)
    if ('result' in answer) return answer.result
  }
  throw new Error(`${method} was answered with HTTP ${status} and neither result nor error`)
}

function rpcError(error: unknown): RpcError {
  const { code, message, data } = error as { code?: unknown; message?: unknown; data?: unknown }
  return new RpcError(Number(code ?? 0), String(message ?? 'unknown error'), data)
}
