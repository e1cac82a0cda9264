import type { Random } from './batch.ts'
import { concatBytes, utf8 } from './bytes.ts'
import { invariant } from './error.ts'
import { sha256 } from './hash.ts'

/**
 * A stream of bytes that follows from a secret seed of 32 bytes and a label, and from nothing else: drawn again, it is the same.
 *
 * Block i is SHA-256(seed ‖ length of the label, 1 byte ‖ label in UTF-8 ‖ i, 8 bytes big-endian), i from 0; what is drawn takes the
 * blocks' bytes in order, none twice. The length keeps labels apart of which one begins with the other. Whoever has the seed has every
 * secret drawn from it, so destroy it as soon as nothing is left to draw.
 */
export function drawFrom(seed: Uint8Array, label: string): Random {
  invariant(seed.length === 32, 'a seed has 32 bytes')
  const name = utf8(label)
  invariant(name.length < 256, 'a label has at most 255 bytes')
  const block = concatBytes(seed, Uint8Array.of(name.length), name, new Uint8Array(8))
  const counter = new DataView(block.buffer, block.length - 8)
  let blocks = 0n
  let left: Uint8Array = new Uint8Array()
  return (length) => {
    const drawn = new Uint8Array(length)
    for (let filled = 0; filled < length; ) {
      if (left.length === 0) {
        counter.setBigUint64(0, blocks++)
        left = sha256(block)
      }
      const part = left.subarray(0, length - filled)
      drawn.set(part, filled)
      filled += part.length
      left = left.subarray(part.length)
    }
    return drawn
  }
}
