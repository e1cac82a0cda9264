import { InvalidInputError } from './error.ts'

/** A run of status words as the registry takes it: bit i of word w is status index `(firstWord + w) * 256 + i`. */
export interface StatusWords {
  readonly firstWord: bigint
  readonly words: readonly bigint[]
}

/** Words without a bit that a run may hold before a new one, which costs a transaction of its own, is begun. */
const maxGap = 64

/** Packs status indexes into runs of words, in order, for `revoke`, `suspend` and `reinstate`; duplicates count once. */
export function packStatusWords(statusIndexes: readonly number[]): readonly StatusWords[] {
  const masks = new Map<number, bigint>()
  for (const statusIndex of statusIndexes) {
    if (!Number.isSafeInteger(statusIndex) || statusIndex < 0) {
      throw new InvalidInputError('status_index_malformed', `${statusIndex} is not a status index`)
    }
    const word = Math.floor(statusIndex / 256)
    masks.set(word, (masks.get(word) ?? 0n) | (1n << BigInt(statusIndex % 256)))
  }
  const runs: { firstWord: bigint; words: bigint[] }[] = []
  let last = Number.NEGATIVE_INFINITY
  for (const word of [...masks.keys()].sort((a, b) => a - b)) {
    const run = runs.at(-1)
    if (!run || word - last > maxGap) {
      runs.push({ firstWord: BigInt(word), words: [masks.get(word) as bigint] })
    } else {
      for (let empty = last + 1; empty < word; empty++) run.words.push(0n)
      run.words.push(masks.get(word) as bigint)
    }
    last = word
  }
  return runs
}
