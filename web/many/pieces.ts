/** The bytes of a file in small pieces: what is made of one at a time is bounded. */
export async function* piecesOf(file: Blob): AsyncGenerator<Uint8Array> {
  const size = 16_384
  const reader = file.stream().getReader()
  for (;;) {
    const { done, value } = await reader.read()
    if (done) return
    for (let at = 0; at < value.length; at += size) yield value.subarray(at, at + size)
  }
}
