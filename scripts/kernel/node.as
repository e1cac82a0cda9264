import { hashPairs } from './hash'

/** Nodes that one call works on at most: their levels fit a core's own cache, and memory never grows. */
export const SLICE: i32 = 4096

/** Where the caller puts nodes, digests or a message. All levels over a full slice fit, with a promoted node in each. */
export const buffer = memory.data((2 * SLICE + 16) * 32, 16)

/** Builds `height` levels over the `width` nodes at the buffer's start, one behind the other; an odd last node is promoted. */
export function levels(width: i32, height: i32): void {
  let from = buffer
  for (; height > 0; height--) {
    const to = from + (<usize>width << 5)
    const next = hashPairs(from, to, width)
    if (width & 1) memory.copy(next, to - 32, 32)
    from = to
    width = (width + 1) >> 1
  }
}

/** Whether the node at `a` stands behind that at `b` as a byte string. */
@inline
export function isBehind(a: usize, b: usize): bool {
  for (let i: usize = 0; i < 32; i += 8) {
    const x = load<u64>(a + i)
    const y = load<u64>(b + i)
    if (x != y) {
      // The lowest byte that differs is the first in memory.
      const shift = ctz(x ^ y) & 56
      return ((x >> shift) & 255) > ((y >> shift) & 255)
    }
  }
  return false
}
