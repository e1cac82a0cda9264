import { readFile } from 'node:fs/promises'
import type { Batch } from '../core/batch.ts'
import { parseBatchFile } from '../core/batch-file.ts'
import { InvalidInputError } from '../core/error.ts'

const maxBytes = 500_000_000

/**
 * Reads a batch file by its path or from the service that keeps it, and recomputes its root; throws where the file says otherwise.
 *
 * A URL is asked with the API key in `apiKey`.
 */
export async function readBatch(source: string, apiKey: string | undefined): Promise<Batch> {
  return parseBatchFile(await readBatchText(source, apiKey))
}

export async function readBatchText(source: string, apiKey: string | undefined): Promise<string> {
  if (!/^https?:\/\//i.test(source)) return readFile(source, 'utf8')
  const { protocol, hostname } = new URL(source)
  if (protocol === 'http:' && !['127.0.0.1', 'localhost', '[::1]'].includes(hostname)) {
    throw new InvalidInputError(
      'url_insecure',
      `a batch holds personal data, and ${hostname} would send it in the clear: use https`,
    )
  }
  const response = await fetch(source, {
    headers: apiKey === undefined ? {} : { authorization: `Bearer ${apiKey}` },
    redirect: 'error',
    signal: AbortSignal.timeout(300_000),
  }).catch((thrown: unknown) => {
    throw new InvalidInputError(
      'service_unreachable',
      `${hostname} could not be asked for the batch: check the URL and whether the service runs (${String(thrown)})`,
    )
  })
  if (!response.ok) throw refusal(response.status)
  const length = Number(response.headers.get('content-length') ?? 0)
  if (length > maxBytes) {
    throw new InvalidInputError(
      'too_large',
      `the batch has ${length} bytes; at most ${maxBytes} are read`,
    )
  }
  return response.text()
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
