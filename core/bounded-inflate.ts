import { concatBytes } from './bytes.ts'

/** What comes out of deflated bytes (RFC 1950), or `undefined` where that is more than `limit`: a small file can claim gigabytes. Throws where they are damaged. */
export async function inflateUpTo(
  bytes: Uint8Array,
  limit: number,
): Promise<Uint8Array | undefined> {
  const parts: Uint8Array[] = []
  let size = 0
  const source = new Blob([bytes as BlobPart]).stream()
  const reader = source.pipeThrough(new DecompressionStream('deflate')).getReader()
  for (;;) {
    const { done, value } = await reader.read()
    if (done) return concatBytes(...parts)
    size += value.length
    if (size > limit) {
      await reader.cancel().catch(() => undefined)
      return undefined
    }
    parts.push(value)
  }
}
