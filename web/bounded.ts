import { PageRefusal } from './refusal.ts'
import { site } from './words/site.ts'

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

export function tooLarge(size: number, limit: number): PageRefusal {
  return new PageRefusal(
    'too_large',
    site().refusals.tooLarge(
      size.toLocaleString(site().locale),
      limit.toLocaleString(site().locale),
    ),
  )
}
