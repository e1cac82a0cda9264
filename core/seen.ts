/** Notes texts, and tells at which line one was noted before; `undefined` for a new one. Lines count from 1. */
export type Seen = (text: string, line: number) => number | undefined

/** A slot: three words of the text's hash, and its line, 0 where the slot is free. */
const slotWords = 4
const firstSlots = 1 << 10

/**
 * Remembers millions of texts in a few dozen bytes each, by 96 bits of their hash.
 *
 * The hash keeps texts apart that are different by chance, not those that somebody chose to collide: who does so has a roster of its own
 * refused. `seed` may be any number.
 */
export function createSeen(seed = 0): Seen {
  let slots = firstSlots
  let table = new Uint32Array(slots * slotWords)
  let taken = 0

  const place = (words: Uint32Array, among: Uint32Array, count: number): number => {
    for (let slot = (words[0] as number) & (count - 1); ; slot = (slot + 1) & (count - 1)) {
      const at = slot * slotWords
      if (among[at + 3] === 0) return at
      const isSame =
        among[at] === words[0] && among[at + 1] === words[1] && among[at + 2] === words[2]
      if (isSame) return at
    }
  }
  const grow = () => {
    const larger = new Uint32Array(table.length * 2)
    for (let at = 0; at < table.length; at += slotWords) {
      if (table[at + 3] === 0) continue
      const slot = table.subarray(at, at + slotWords)
      larger.set(slot, place(slot, larger, slots * 2))
    }
    table = larger
    slots *= 2
  }

  const words = new Uint32Array(3)
  return (text, line) => {
    if (taken * 2 >= slots) grow()
    hashInto(words, text, seed)
    const at = place(words, table, slots)
    const before = table[at + 3] as number
    if (before !== 0) return before
    table.set(words, at)
    table[at + 3] = line
    taken += 1
    return undefined
  }
}

/** Three 32-bit lanes over the UTF-16 units, each with multiplier and rotation of its own, mixed at the end. */
function hashInto(words: Uint32Array, text: string, seed: number): void {
  let a = 0x9e3779b9 ^ seed
  let b = 0x85ebca6b + seed
  let c = 0xc2b2ae35 ^ text.length
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i)
    a = Math.imul(((a << 13) | (a >>> 19)) ^ unit, 0x5bd1e995)
    b = Math.imul(((b << 7) | (b >>> 25)) ^ unit, 0x1b873593) + a
    c = Math.imul(((c << 17) | (c >>> 15)) ^ unit, 0x27d4eb2d) ^ b
  }
  words[0] = mix(a ^ (c >>> 11))
  words[1] = mix(b ^ a)
  words[2] = mix(c + b)
}

function mix(word: number): number {
  let mixed = word
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x7feb352d)
  mixed = Math.imul(mixed ^ (mixed >>> 15), 0x846ca68b)
  return mixed ^ (mixed >>> 16)
}
