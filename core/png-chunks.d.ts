// The two packages bring no types of their own.

interface PngChunk {
  readonly name: string
  readonly data: Uint8Array
}

declare module 'png-chunks-extract' {
  /** Chunks of a PNG image up to IEND, their CRCs checked; throws where the bytes are no PNG. Believes the lengths it reads. */
  function extractChunks(png: Uint8Array): PngChunk[]
  export = extractChunks
}

declare module 'png-chunks-encode' {
  /** A PNG image of these chunks, with their CRCs. */
  function encodeChunks(chunks: readonly PngChunk[]): Uint8Array
  export = encodeChunks
}
