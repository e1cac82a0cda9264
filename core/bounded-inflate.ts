import { concatBytes } from './bytes.ts'

/** What comes out of deflated bytes (RFC 1950), or `undefined` where that is more than `limit`: a small file can claim gigabytes. Throws where they are damaged. */
export function inflateUpTo(bytes: Uint8Array, limit: number): Promise<Uint8Array | undefined> {
  return unpackUpTo(new Blob([bytes as BlobPart]), 'deflate', limit)
}

/** The same for gzip (RFC 1952). */
export function gunzipUpTo(packed: Blob, limit: number): Promise<Uint8Array | undefined> {
  return unpackUpTo(packed, 'gzip', limit)
}

async function unpackUpTo(
  packed: Blob,
  format: CompressionFormat,
  limit: number,
): Promise<Uint8Array | undefined> {
  const parts: Uint8Array[] = []
  let size = 0
  const reader = packed.stream().pipeThrough(new DecompressionStream(format)).getReader()
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
