import { InvalidInputError } from './error.ts'

/** A run of status words as the registry takes it: bit i of word w is status index `(firstWord + w) * 256 + i`. */
export interface StatusWords {
  readonly firstWord: bigint
  readonly words: readonly bigint[]
}

/** What one transaction may hold. */
export interface StatusLimits {
  /** Gas that one transaction may cost. */
  readonly gas: number
  /** Whether the registry has a bit of this kind in a word already, which makes it cheap to change. Unknown words count as fresh. */
  readonly isUsed?: (word: number) => boolean
}

/** The most gas of one transaction, whatever the block could hold. EIP-7825. */
export const maxTransactionGas = 16_777_216

/** Endpoints take transactions of 128 KiB; the rest of one is far below 3 kB. */
const maxWords = 4_000

/** Gas of a status call, as receipts on Osaka have it; a test compares them. */
const gasOf = {
  /** A transaction by itself, sent by an operator. */
  transaction: 30_500,
  /** A word that only stands between two others: call data, a turn of the loop, and its place in the log. */
  empty: 528,
  fresh: 22_730,
  used: 5_640,
  /** Each byte of call data that is not zero. */
  byte: 12,
} as const

/**
 * Packs status indexes into runs of words, in order, one for each transaction of `revoke`, `suspend` or `reinstate`; duplicates count once.
 *
 * No other cut into runs within `limits` costs less gas altogether. Takes time in proportion to the indexes.
 */
export function packStatusWords(
  statusIndexes: Iterable<number>,
  limits: StatusLimits = { gas: maxTransactionGas },
): readonly StatusWords[] {
  return packWords(statusMasks(statusIndexes), limits)
}

/** The words that have a bit for any of the indexes. Throws `InvalidInputError` for what is no status index. */
export function statusMasks(statusIndexes: Iterable<number>): ReadonlyMap<number, bigint> {
  const parts = new Map<number, Uint32Array>()
  for (const statusIndex of statusIndexes) {
    if (!Number.isSafeInteger(statusIndex) || statusIndex < 0) {
      throw new InvalidInputError('status_index_malformed', `${statusIndex} is not a status index`)
    }
    const word = Math.floor(statusIndex / 256)
    let mask = parts.get(word)
    if (!mask) {
      mask = new Uint32Array(8)
      parts.set(word, mask)
    }
    const bit = statusIndex % 256
    mask[bit >> 5] = (mask[bit >> 5] as number) | (1 << (bit & 31))
  }
  return new Map(Array.from(parts, ([word, mask]) => [word, joined(mask)] as const))
}

/** The same for words that are at hand, by their number. */
export function packWords(
  masks: ReadonlyMap<number, bigint>,
  { gas, isUsed = () => false }: StatusLimits = { gas: maxTransactionGas },
): readonly StatusWords[] {
  const numbers = [...masks.keys()].sort((a, b) => a - b)
  const wordAt = (i: number) => numbers[i] as number
  const costs = numbers.map((word) => wordGas(masks.get(word) as bigint, isUsed(word)))
  // What the first i words cost in one run: a run from i to j costs upTo[j + 1] - before[i] and its transaction.
  const upTo = [0]
  const before: number[] = []
  for (const [i, cost] of costs.entries()) {
    const gap = i === 0 ? 0 : wordAt(i) - wordAt(i - 1) - 1
    before.push((upTo[i] as number) + gap * gasOf.empty)
    upTo.push((before[i] as number) + cost)
  }
  const starts = cheapestStarts(upTo, before, (first, last) => {
    const run = gasOf.transaction + (upTo[last + 1] as number) - (before[first] as number)
    return run <= gas && wordAt(last) - wordAt(first) < maxWords
  })
  return starts.map((start, i) => {
    const [first, last] = [wordAt(start), wordAt((starts[i + 1] ?? numbers.length) - 1)]
    const words = Array.from({ length: last - first + 1 }, (_, w) => masks.get(first + w) ?? 0n)
    return { firstWord: BigInt(first), words }
  })
}

/** About what the call of a run costs; a word that only loses a bit costs less, because some of it is paid back. */
export function statusCallGas(
  { firstWord, words }: StatusWords,
  isUsed: (word: number) => boolean = () => false,
): number {
  const first = Number(firstWord)
  return words.reduce<number>(
    (sum, mask, w) => sum + (mask === 0n ? gasOf.empty : wordGas(mask, isUsed(first + w))),
    gasOf.transaction,
  )
}

/** A run in two, without words at their ends that have no bit; one that has a single word stays whole. */
export function halvesOf({ firstWord, words }: StatusWords): readonly StatusWords[] {
  const middle = Math.ceil(words.length / 2)
  const halves = [
    { firstWord, words: words.slice(0, middle) },
    { firstWord: firstWord + BigInt(middle), words: words.slice(middle) },
  ]
  return halves.flatMap((half) => {
    const first = half.words.findIndex((word) => word !== 0n)
    const last = half.words.findLastIndex((word) => word !== 0n)
    if (first < 0) return []
    return [{ firstWord: half.firstWord + BigInt(first), words: half.words.slice(first, last + 1) }]
  })
}

/**
 * Where the runs begin that cost least together, among those that fit; a word alone always does.
 *
 * The best end of the words up to each one is known when the next is looked at, and of the starts that still fit only those are kept that
 * may yet be the best: each comes and goes once.
 */
function cheapestStarts(
  upTo: readonly number[],
  before: readonly number[],
  fits: (first: number, last: number) => boolean,
): readonly number[] {
  const best = [0]
  const startOf: number[] = []
  const queue: number[] = []
  let head = 0
  const priceOf = (start: number) => (best[start] as number) - (before[start] as number)
  for (let last = 0; last < before.length; last++) {
    while (queue.length > head && priceOf(queue.at(-1) as number) > priceOf(last)) queue.pop()
    queue.push(last)
    while (queue[head] !== last && !fits(queue[head] as number, last)) head++
    const start = queue[head] as number
    startOf.push(start)
    best.push(priceOf(start) + (upTo[last + 1] as number) + gasOf.transaction)
  }
  const starts: number[] = []
  for (let end = startOf.length; end > 0; end = starts.at(-1) as number) {
    starts.push(startOf[end - 1] as number)
  }
  return starts.reverse()
}

function wordGas(mask: bigint, isUsed: boolean): number {
  let bytes = 0
  for (let rest = mask; rest > 0n; rest >>= 8n) if ((rest & 255n) !== 0n) bytes++
  return (isUsed ? gasOf.used : gasOf.fresh) + bytes * gasOf.byte
}

function joined(mask: Uint32Array): bigint {
  return mask.reduceRight((sum, part) => (sum << 32n) | BigInt(part), 0n)
}
