import { createCipheriv } from 'node:crypto'
import { drawFrom } from '../core/draw.ts'
import { drawnLength } from '../core/making.ts'

/** Secret enough for a measurement. */
export const seed = new Uint8Array(32).fill(9)

/** What is drawn for `count` credentials of a batch, as the service draws it: the same for all sides, so that they come to the same root. */
export function drawnBytes(count: number): Uint8Array {
  const key = drawFrom(seed, 'credentials')(32)
  const cipher = createCipheriv('aes-256-ctr', key, new Uint8Array(16))
  return cipher.update(new Uint8Array(count * drawnLength))
}
