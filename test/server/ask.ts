import type { FastifyInstance, InjectOptions } from 'fastify'

export interface Answer {
  readonly status: number
  readonly headers: Readonly<Record<string, string | string[] | number | undefined>>
  readonly text: string
  readonly bytes: Uint8Array
  /** The parsed JSON, as tests poke in it. */
  // biome-ignore lint/suspicious/noExplicitAny: an answer may be anything, and the assertions say what it should be
  readonly body: any
}

export interface Question {
  readonly key?: string
  readonly json?: unknown
  /** Sent as it is, as JSON unless `type` says otherwise. */
  readonly raw?: string | Uint8Array
  readonly type?: string
  readonly form?: FormData
  readonly headers?: Readonly<Record<string, string>>
}

/** Asks the app as a client does: `ask('POST /verify', { json })`. */
export type Ask = (line: string, question?: Question) => Promise<Answer>

export function asker(app: FastifyInstance): Ask {
  return async (line, question = {}) => {
    const [method, url] = line.split(' ')
    const { payload, type } = await bodyOf(question)
    const response = await app.inject({
      method: method as NonNullable<InjectOptions['method']>,
      url: url as string,
      headers: {
        ...(question.key !== undefined && { authorization: `Bearer ${question.key}` }),
        ...(type !== undefined && { 'content-type': type }),
        ...question.headers,
      },
      ...(payload !== undefined && { payload }),
    })
    const text = response.payload
    const isPlain = response.headers['content-encoding'] === undefined
    const isJson = isPlain && /json|application\/vc/.test(String(response.headers['content-type']))
    return {
      status: response.statusCode,
      headers: response.headers,
      text,
      bytes: response.rawPayload,
      body:
        isJson && text !== '' && !String(response.headers['content-type']).includes('ndjson')
          ? JSON.parse(text)
          : undefined,
    }
  }
}

async function bodyOf({ json, raw, type, form }: Question) {
  if (form) {
    const encoded = new Response(form)
    return {
      payload: Buffer.from(await encoded.arrayBuffer()),
      type: encoded.headers.get('content-type') ?? '',
    }
  }
  if (raw !== undefined) {
    const payload = typeof raw === 'string' ? raw : Buffer.from(raw)
    return { payload, type: type ?? 'application/json' }
  }
  if (json !== undefined) return { payload: JSON.stringify(json), type: 'application/json' }
  return { payload: undefined, type: undefined }
}
