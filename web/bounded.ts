import { InvalidInputError } from '../core/error.ts'
import { messages } from './messages.ts'

/** The body of an answer; stops reading, with `InvalidInputError`, once it is larger than `limit` bytes. */
export async function readBounded(response: Response, limit: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  let size = 0
  const reader = response.body?.getReader()
  while (reader) {
    const { done, value } = await reader.read()
    if (done) break
    size += value.length
    if (size > limit) {
      await reader.cancel()
      throw tooLarge(size, limit)
    }
    chunks.push(value)
  }
  return new Uint8Array(await new Blob(chunks as BlobPart[]).arrayBuffer())
}

export function tooLarge(size: number, limit: number): InvalidInputError {
  return new InvalidInputError(
    'too_large',
    messages.refusals.tooLarge(
      size.toLocaleString(messages.locale),
      limit.toLocaleString(messages.locale),
    ),
  )
}
