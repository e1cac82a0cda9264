import { InvalidInputError, messageOf } from '../../core/error.ts'

/** What a service answered: the bytes, that it has none, or why it cannot be told. */
export type Answer =
  | { readonly kind: 'found'; readonly bytes: Uint8Array; readonly location: string }
  | { readonly kind: 'absent'; readonly why: string }
  | { readonly kind: 'unread'; readonly why: string }

const timeoutMs = 60_000
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

/** Reads what a service publishes at a URL, `maxBytes` at most: the service is the one that is audited, and not trusted. */
export async function readPublished(url: string, maxBytes: number): Promise<Answer> {
  for (let attempt = 1; ; attempt++) {
    try {
      const response = await fetch(url, {
        headers: {
          accept: 'application/octet-stream, application/json',
          'cache-control': 'no-cache',
        },
        redirect: 'error',
        signal: AbortSignal.timeout(timeoutMs),
      })
      if (response.status === 429 && attempt < tries) {
        await response.body?.cancel()
        await pause(Number(response.headers.get('retry-after') ?? 5))
        continue
      }
      if (!response.ok) {
        await response.body?.cancel()
        const why = `${url} answers with HTTP ${response.status}`
        return { kind: [404, 409, 410].includes(response.status) ? 'absent' : 'unread', why }
      }
      const location = response.headers.get('content-location') ?? ''
      return { kind: 'found', bytes: await readBody(response, maxBytes), location }
    } catch (thrown) {
      const cause = thrown instanceof Error && thrown.cause ? thrown.cause : thrown
      return { kind: 'unread', why: `${url} cannot be read: ${messageOf(cause).slice(0, 120)}` }
    }
  }
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
