import { InvalidInputError } from './error.ts'

/** 256 status indexes of a batch at once: bit i of `mask` is status index `word * 256 + i`. */
export interface Mark {
  readonly word: bigint
  readonly mask: bigint
}

/** Packs status indexes into as few marks as they need, in order; duplicates count once. */
export function packMarks(statusIndexes: readonly number[]): readonly Mark[] {
  const masks = new Map<number, bigint>()
  for (const statusIndex of statusIndexes) {
    if (!Number.isSafeInteger(statusIndex) || statusIndex < 0) {
      throw new InvalidInputError('status_index_malformed', `${statusIndex} is not a status index`)
    }
    const word = Math.floor(statusIndex / 256)
    masks.set(word, (masks.get(word) ?? 0n) | (1n << BigInt(statusIndex % 256)))
  }
  return [...masks.entries()]
    .sort(([a], [b]) => a - b)
    .map(([word, mask]) => ({ word: BigInt(word), mask }))
}
