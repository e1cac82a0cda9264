/** Chance that is the same for the same seed and name. */
export interface Dice {
  /** A whole number; both ends are included. */
  readonly whole: (from: number, to: number) => number
  /** Whether something of this probability happens. */
  readonly chance: (probability: number) => boolean
  /** One of a list; throws for an empty one. */
  readonly pick: <T>(list: readonly T[]) => T
}

/** Dice of one actor: each has its own, so that what one does never changes what another rolls. */
export function diceOf(seed: number, name: string): Dice {
  let state = scramble(`${seed} ${name}`)
  // mulberry32: 32 bits of state, even enough to choose faults by.
  const next = () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
  const whole = (from: number, to: number) => from + Math.floor(next() * (to - from + 1))
  return {
    whole,
    chance: (probability) => next() < probability,
    pick<T>(list: readonly T[]): T {
      if (list.length === 0) throw new Error('nothing to pick from')
      return list[whole(0, list.length - 1)] as T
    },
  }
}

/** FNV-1a. */
function scramble(text: string): number {
  let hash = 0x811c9dc5
  for (const character of text) hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193)
  return hash | 0
}
