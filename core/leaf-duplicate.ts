import { toHex } from './bytes.ts'
import { InvalidInputError, invariant } from './error.ts'

/**
 * Refuses leaves of which two are the same (format rule 6.3); 32 bytes a leaf.
 *
 * Only leaves whose hashes meet are compared, of a million a few thousand. Takes 12 bytes a leaf, while it lasts, and a tenth of the tree's time.
 */
export function refuseDuplicates(leaves: Uint8Array): void {
  invariant(leaves.length % 32 === 0, 'a leaf has 32 bytes')
  const words = wordsOf(leaves)
  const hashes = hashesOf(words)
  const first = new Map<number, number>()
  const further = new Map<string, number>()
  for (const leaf of meetingTwice(hashes)) {
    const hash = hashes[leaf] as number
    const other = first.get(hash)
    if (other === undefined) {
      first.set(hash, leaf)
      continue
    }
    // Leaves that differ, and meet in all 32 bits of the hash, are told apart by all they are.
    const text = toHex(leaves.subarray(leaf * 32, leaf * 32 + 32))
    const twin = isSame(words, other, leaf) ? other : further.get(text)
    if (twin !== undefined) {
      const message = `leaves ${twin} and ${leaf} are the same`
      throw new InvalidInputError('leaf_duplicate', message, `/${leaf}`)
    }
    further.set(text, leaf)
  }
}

/** Positions of hashes that meet others by their lower bits, and those that do so once more by their upper ones. */
function meetingTwice(hashes: Uint32Array): Uint32Array {
  const once = meeting(hashes)
  const turned = once.map((at) => ((hashes[at] as number) >>> 16) | ((hashes[at] as number) << 16))
  return meeting(turned).map((at) => once[at] as number)
}

/** Positions of the hashes that share one of 16 to 32 places a hash with another, in order. */
function meeting(hashes: Uint32Array): Uint32Array {
  const last = 2 ** Math.max(5, Math.ceil(Math.log2(hashes.length * 16))) - 1
  const taken = new Uint32Array((last + 1) / 32)
  const shared = new Uint32Array((last + 1) / 32)
  for (let i = 0; i < hashes.length; i++) {
    const place = (hashes[i] as number) & last
    const bit = 1 << (place & 31)
    const held = taken[place >>> 5] as number
    if (held & bit) shared[place >>> 5] = (shared[place >>> 5] as number) | bit
    taken[place >>> 5] = held | bit
  }
  const positions = new Uint32Array(hashes.length)
  let count = 0
  for (let i = 0; i < hashes.length; i++) {
    const place = (hashes[i] as number) & last
    if ((shared[place >>> 5] as number) & (1 << (place & 31))) positions[count++] = i
  }
  return positions.slice(0, count)
}

/** Words as the machine reads them; leaves that do not lie at a multiple of 4 bytes are copied. */
function wordsOf(leaves: Uint8Array): Uint32Array {
  const aligned = leaves.byteOffset % 4 === 0 ? leaves : leaves.slice()
  return new Uint32Array(aligned.buffer, aligned.byteOffset, aligned.length / 4)
}

function hashesOf(words: Uint32Array): Uint32Array {
  const hashes = new Uint32Array(words.length / 8)
  for (let leaf = 0; leaf < hashes.length; leaf++) hashes[leaf] = hashAt(words, leaf * 8)
  return hashes
}

/** 32 bits of all words of a leaf, so that leaves that begin or end alike do not crowd one place. */
function hashAt(words: Uint32Array, at: number): number {
  const sum =
    Math.imul(words[at] as number, 0x9e3779b1) +
    Math.imul(words[at + 1] as number, 0x85ebca6b) +
    Math.imul(words[at + 2] as number, 0xc2b2ae35) +
    Math.imul(words[at + 3] as number, 0x27d4eb2f) +
    Math.imul(words[at + 4] as number, 0x165667b1) +
    Math.imul(words[at + 5] as number, 0xd3a2646d) +
    Math.imul(words[at + 6] as number, 0xfd7046c5) +
    Math.imul(words[at + 7] as number, 0xb55a4f09)
  const mixed = Math.imul(sum ^ (sum >>> 16), 0x45d9f3b)
  return mixed ^ (mixed >>> 16)
}

function isSame(words: Uint32Array, one: number, other: number): boolean {
  for (let word = 0; word < 8; word++) {
    if (words[one * 8 + word] !== words[other * 8 + word]) return false
  }
  return true
}
