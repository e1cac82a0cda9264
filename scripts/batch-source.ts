import type { BatchSummary } from '../core/batch.ts'
import { createBatchFileReader } from '../core/batch-file-reader.ts'
import { createLineCutter } from '../core/byte-lines.ts'
import { InvalidInputError } from '../core/error.ts'
import { credentialLimits } from '../core/i-json.ts'
import type { Output, Progress } from './output.ts'
import { readPieces, unpacked } from './pieces.ts'

const patienceMs = 60_000

/**
 * Reads a batch file by its path or from the service that keeps it, also with gzip, and recomputes its root; throws where the file says
 * otherwise. A URL is asked with the API key in `apiKey`.
 */
export async function readBatch(
  source: string,
  apiKey: string | undefined,
  output?: Output,
): Promise<BatchSummary> {
  const reader = createBatchFileReader()
  let progress: Progress | undefined
  try {
    for await (const lines of readBatchLines(source, apiKey)) {
      for (const line of lines) reader.push(line)
      const header = reader.header()
      if (header) progress ??= output?.progress('Read', header.size)
      progress?.step(lines.length)
    }
    return reader.end()
  } finally {
    progress?.stop()
  }
}

/** The lines of a batch file, some at a time. Each is bounded, however long it is. */
export async function* readBatchLines(
  source: string,
  apiKey: string | undefined,
): AsyncGenerator<readonly Uint8Array[]> {
  const isWeb = /^https?:\/\//i.test(source)
  const pieces = isWeb ? unpacked(download(new URL(source), apiKey), source) : readPieces(source)
  const cutter = createLineCutter(credentialLimits.bytes)
  for await (const piece of pieces) yield cutter.push(piece)
  yield [cutter.end()]
}

/** The body of an answer. A service that falls silent is given up, one that has much to say is not. */
async function* download(url: URL, apiKey: string | undefined): AsyncGenerator<Uint8Array> {
  const { protocol, hostname } = url
  if (protocol === 'http:' && !['127.0.0.1', 'localhost', '[::1]'].includes(hostname)) {
    throw new InvalidInputError(
      'url_insecure',
      `a batch holds personal data, and ${hostname} would send it in the clear: use https`,
    )
  }
  const silence = new AbortController()
  const timer = setTimeout(() => silence.abort(new Error('no answer')), patienceMs)
  try {
    const response = await fetch(url, {
      headers: apiKey === undefined ? {} : { authorization: `Bearer ${apiKey}` },
      redirect: 'error',
      signal: silence.signal,
    })
    if (!response.ok) throw refusal(response.status)
    for await (const piece of response.body ?? []) {
      timer.refresh()
      yield piece
    }
  } catch (thrown) {
    if (thrown instanceof InvalidInputError) throw thrown
    throw new InvalidInputError(
      'service_unreachable',
      `${hostname} could not be asked for the batch: check the URL and whether the service runs (${String(thrown)})`,
    )
  } finally {
    clearTimeout(timer)
    silence.abort()
  }
}

function refusal(status: number): InvalidInputError {
  if (status === 401 || status === 403) {
    return new InvalidInputError(
      'api_key_refused',
      'the service refuses the API key: set ROOTMARK_API_KEY to a key of the issuer',
    )
  }
  return status === 404
    ? new InvalidInputError('batch_unknown', 'the service knows no such batch: check the URL')
    : new InvalidInputError(
        'service_failed',
        `the service answered with HTTP ${status}: try again later`,
      )
}
