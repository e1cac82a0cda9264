/** Notes prints of texts, and tells at which line the same was noted before; `undefined` for a new one. Lines count from 1. */
export interface Seen {
  /** The print starts at `prints[at]`. */
  readonly note: (prints: Uint32Array, at: number, line: number) => number | undefined
  /** Gives the memory back; nothing can be noted after. */
  readonly forget: () => void
}

/** Words of a text's print: 96 bits of a hash. */
export const printWords = 3
/** A slot: a print, and its line, 0 where the slot is free. */
const slotWords = printWords + 1
const tableCount = 64
const firstSlots = 1 << 5

/**
 * Remembers millions of texts in a few dozen bytes each, by their prints.
 *
 * A print keeps texts apart that are different by chance, not those that somebody chose to collide: who does so has a roster of its own
 * refused. There are many small tables, so that one that grows needs little room beside the others.
 */
export function createSeen(): Seen {
  const tables = Array.from({ length: tableCount }, () => ({
    words: new Uint32Array(firstSlots * slotWords),
    taken: 0,
  }))
  return {
    note(prints, from, line) {
      const table = tables[(prints[from + 2] as number) >>> 26] as (typeof tables)[number]
      if (table.taken * slotWords * 4 >= table.words.length * 3) table.words = grown(table.words)
      const { words } = table
      const at = placeOf(words, prints, from)
      const before = words[at + printWords] as number
      if (before !== 0) return before
      for (let i = 0; i < printWords; i++) words[at + i] = prints[from + i] as number
      words[at + printWords] = line
      table.taken += 1
      return undefined
    },
    forget() {
      for (const { words } of tables) free(words)
    },
  }
}

/** Where a print stands, or is to stand. */
function placeOf(words: Uint32Array, prints: Uint32Array, from: number): number {
  const last = words.length - slotWords
  for (let at = ((prints[from] as number) * slotWords) & last; ; at = (at + slotWords) & last) {
    if (words[at + printWords] === 0) return at
    const isSame =
      words[at] === prints[from] &&
      words[at + 1] === prints[from + 1] &&
      words[at + 2] === prints[from + 2]
    if (isSame) return at
  }
}

/** A copy of twice the size; what it was made of is gone. */
function grown(words: Uint32Array<ArrayBuffer>): Uint32Array<ArrayBuffer> {
  const larger = new Uint32Array(words.length * 2)
  for (let at = 0; at < words.length; at += slotWords) {
    if (words[at + printWords] === 0) continue
    larger.set(words.subarray(at, at + slotWords), placeOf(larger, words, at))
  }
  free(words)
  return larger
}

/** At once: the garbage collector would let hundreds of megabytes wait. A browser that cannot do so leaves it to that. */
function free({ buffer }: Uint32Array<ArrayBuffer>): void {
  if ('transfer' in buffer) buffer.transfer(0)
}

/** Writes the print of a text: three 32-bit lanes over its UTF-16 units, each with multiplier and rotation of its own, mixed at the end. */
export function writePrint(prints: Uint32Array, at: number, text: string): void {
  let a = 0x9e3779b9
  let b = 0x85ebca6b
  let c = 0xc2b2ae35 ^ text.length
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i)
    a = Math.imul(((a << 13) | (a >>> 19)) ^ unit, 0x5bd1e995)
    b = Math.imul(((b << 7) | (b >>> 25)) ^ unit, 0x1b873593) + a
    c = Math.imul(((c << 17) | (c >>> 15)) ^ unit, 0x27d4eb2d) ^ b
  }
  prints[at] = mix(a ^ (c >>> 11))
  prints[at + 1] = mix(b ^ a)
  prints[at + 2] = mix(c + b)
}

function mix(word: number): number {
  let mixed = word
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x7feb352d)
  mixed = Math.imul(mixed ^ (mixed >>> 15), 0x846ca68b)
  return mixed ^ (mixed >>> 16)
}
