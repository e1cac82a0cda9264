import { createCipheriv } from 'node:crypto'
import { drawnLength } from '../core/making.ts'

/** What is drawn for `count` credentials of a batch: the same for both sides, so that both come to the same root. */
export function drawnBytes(count: number): Uint8Array {
  const cipher = createCipheriv('aes-256-ctr', new Uint8Array(32).fill(1), new Uint8Array(16))
  return cipher.update(new Uint8Array(count * drawnLength))
}

/** Secret enough for a measurement. */
export const seed = new Uint8Array(32).fill(9)
