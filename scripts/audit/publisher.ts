import { InvalidInputError, messageOf } from '../../core/error.ts'

/** What a service answered: the bytes, that it has none, or why it cannot be told. */
export type Answer =
  | { readonly kind: 'found'; readonly bytes: Uint8Array; readonly location: string }
  | { readonly kind: 'absent'; readonly why: string }
  | { readonly kind: 'unread'; readonly why: string }

/** What an answer may be. The service is the one that is audited, and not trusted. */
export interface Expected {
  readonly maxBytes: number
  /** As `Content-Type` names it, where it is named at all. */
  readonly type: RegExp
}

/** Reads what services publish. Never throws: what goes wrong is why nothing is known. */
export type ReadPublished = (url: string, expected: Expected) => Promise<Answer>

const maxWaitSeconds = 60
const tries = 3

/** The services of `--service`, several with commas between. Throws `InvalidInputError` for what is no web address. */
export function parseServices(text: string | undefined): readonly string[] {
  return (text ?? '').split(',').flatMap((part) => {
    const trimmed = part.trim()
    if (trimmed === '') return []
    const url = URL.parse(trimmed)
    if (url && ['https:', 'http:'].includes(url.protocol) && url.username === '') {
      return [`${url.origin}${url.pathname.replace(/\/+$/, '')}`]
    }
    throw new InvalidInputError(
      'url_malformed',
      `${trimmed.slice(0, 100)} is no address of a service: --service https://…`,
    )
  })
}

/**
 * A reader for one audit: `timeoutMs` for each answer, all of it; a service that was too slow three times is not asked again, so that one
 * that drips or streams for ever costs minutes and not days.
 */
export function createPublishedReader(timeoutMs = 60_000): ReadPublished {
  const late = new Map<string, number>()
  return async (url, expected) => {
    const { origin } = new URL(url)
    const unread = (why: string): Answer => ({ kind: 'unread', why: `${url} ${why}` })
    if ((late.get(origin) ?? 0) >= tries) {
      return unread(`was not asked: ${origin} was too slow ${tries} times`)
    }
    try {
      return await read(url, expected, timeoutMs)
    } catch (thrown) {
      if (thrown instanceof Error && thrown.name === 'TimeoutError') {
        late.set(origin, (late.get(origin) ?? 0) + 1)
        return unread(`was not read to its end in ${timeoutMs / 1000} seconds`)
      }
      const cause = thrown instanceof Error && thrown.cause ? thrown.cause : thrown
      return unread(`cannot be read: ${messageOf(cause).slice(0, 120)}`)
    }
  }
}

async function read(url: string, { maxBytes, type }: Expected, timeoutMs: number): Promise<Answer> {
  for (let attempt = 1; ; attempt++) {
    const response = await fetch(url, {
      headers: {
        accept: 'application/octet-stream, application/json',
        'cache-control': 'no-cache',
      },
      redirect: 'manual',
      signal: AbortSignal.timeout(timeoutMs),
    })
    const { status, headers } = response
    if (status === 429 && attempt < tries) {
      await response.body?.cancel()
      await pause(Number(headers.get('retry-after') ?? 5))
      continue
    }
    const refusal = refusalOf(response, maxBytes, type)
    if (refusal !== undefined) {
      await response.body?.cancel()
      const kind = [404, 409, 410].includes(status) ? 'absent' : 'unread'
      return { kind, why: `${url} ${refusal}` }
    }
    const location = headers.get('content-location') ?? ''
    return { kind: 'found', bytes: await readBody(response, maxBytes), location }
  }
}

/** Why an answer is not read, from its head alone. */
function refusalOf({ ok, status, headers }: Response, maxBytes: number, type: RegExp) {
  if (status >= 300 && status < 400) {
    const to = headers.get('location') ?? 'elsewhere'
    return `redirects to ${to.slice(0, 120)}, which is not followed: name that service if you mean it`
  }
  if (!ok) return `answers with HTTP ${status}`
  const stated = headers.get('content-type')
  if (stated !== null && !type.test(stated)) {
    return `answers with ${stated.slice(0, 80)}, which is not what lies there`
  }
  const length = Number(headers.get('content-length') ?? 0)
  return length > maxBytes ? `is ${length} bytes long, and ${maxBytes} are read at most` : undefined
}

async function readBody(response: Response, maxBytes: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of response.body ?? []) {
    size += chunk.length
    if (size > maxBytes) throw new Error(`it is longer than ${maxBytes} bytes`)
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

function pause(seconds: number): Promise<void> {
  const wait = Math.min(Number.isFinite(seconds) ? Math.max(seconds, 1) : 5, maxWaitSeconds)
  return new Promise((resolve) => setTimeout(resolve, wait * 1000))
}
