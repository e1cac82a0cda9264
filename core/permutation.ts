import type { Random } from './batch.ts'

/** A random order of 0 … length - 1, every one equally likely (Fisher and Yates, with rejection). */
export function permutation(length: number, random: Random): Uint32Array {
  const order = Uint32Array.from({ length }, (_, i) => i)
  const draw = drawer(random)
  for (let i = length - 1; i > 0; i--) {
    const j = draw(i + 1)
    const drawn = order[j] as number
    order[j] = order[i] as number
    order[i] = drawn
  }
  return order
}

/** Whole numbers below a limit, every one equally likely. Random bytes are taken by the kilobyte. */
function drawer(random: Random): (limit: number) => number {
  let words = new DataView<ArrayBufferLike>(new ArrayBuffer(0))
  let at = 0
  return (limit) => {
    const ceiling = 2 ** 32 - (2 ** 32 % limit)
    for (;;) {
      if (at === words.byteLength) {
        const { buffer, byteOffset, byteLength } = random(1024)
        words = new DataView(buffer, byteOffset, byteLength)
        at = 0
      }
      const drawn = words.getUint32(at)
      at += 4
      if (drawn < ceiling) return drawn % limit
    }
  }
}
