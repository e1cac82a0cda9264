import { InvalidInputError } from '../core/error.ts'

/** The body of an answer; stops reading, with `InvalidInputError` that says `why`, once it is larger than `limit` bytes. */
export async function readBounded(
  response: Response,
  limit: number,
  why = 'it is too large',
): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  let size = 0
  const reader = response.body?.getReader()
  while (reader) {
    const { done, value } = await reader.read()
    if (done) break
    size += value.length
    if (size > limit) {
      await reader.cancel()
      throw new InvalidInputError('too_large', why)
    }
    chunks.push(value)
  }
  return new Uint8Array(await new Blob(chunks as BlobPart[]).arrayBuffer())
}
