import { InvalidInputError, invariant } from './error.ts'

/**
 * Refuses leaves of which two are the same (format rule 6.3); 32 bytes a leaf.
 *
 * One table of at least twice as many places as leaves, 8 to 16 bytes a leaf, in which a leaf stands where its words send it or behind;
 * whoever stands there already is compared whole.
 */
export function refuseDuplicates(leaves: Uint8Array): void {
  invariant(leaves.length % 32 === 0, 'a leaf has 32 bytes')
  const size = leaves.length / 32
  const words = wordsOf(leaves)
  const bits = Math.ceil(Math.log2(size + 1)) + 1
  const last = 2 ** bits - 1
  // Positions count from 1; 0 is a place that is free.
  const table = new Uint32Array(last + 1)
  for (let i = 0; i < size; i++) {
    let place = mixed(words, i) >>> (32 - bits)
    for (let held = table[place]; held; held = table[place]) {
      if (isSame(words, held - 1, i)) {
        const message = `leaves ${held - 1} and ${i} are the same`
        throw new InvalidInputError('leaf_duplicate', message, `/${i}`)
      }
      place = place === last ? 0 : place + 1
    }
    table[place] = i + 1
  }
}

/** A leaf lies at a multiple of 4 bytes or is copied there. */
function wordsOf(leaves: Uint8Array): Uint32Array {
  const aligned = leaves.byteOffset % 4 === 0 ? leaves : leaves.slice()
  return new Uint32Array(aligned.buffer, aligned.byteOffset, aligned.length / 4)
}

/** 32 bits of all words of a leaf: leaves that begin or end alike do not crowd one place. */
function mixed(words: Uint32Array, leaf: number): number {
  let hash = 0
  for (let at = leaf * 8, end = at + 8; at < end; at++) {
    hash = Math.imul((hash ^ (words[at] as number)) + 0x7f4a7c15, 0x9e3779b1)
    hash ^= hash >>> 15
  }
  return Math.imul(hash, 0x85ebca6b)
}

function isSame(words: Uint32Array, one: number, other: number): boolean {
  for (let word = 0; word < 8; word++) {
    if (words[one * 8 + word] !== words[other * 8 + word]) return false
  }
  return true
}
