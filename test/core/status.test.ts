import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  halvesOf,
  maxTransactionGas,
  packStatusWords,
  type StatusLimits,
  statusCallGas,
} from '../../core/status.ts'
import { codeOf } from './thrown.ts'

/** The status indexes that runs of words stand for. */
function unpack(runs: ReturnType<typeof packStatusWords>): readonly number[] {
  return runs.flatMap(({ firstWord, words }) =>
    words.flatMap((word, w) =>
      Array.from({ length: 256 }, (_, i) => i)
        .filter((i) => (word >> BigInt(i)) & 1n)
        .map((i) => (Number(firstWord) + w) * 256 + i),
    ),
  )
}

function priceOf(runs: ReturnType<typeof packStatusWords>, { isUsed }: StatusLimits): number {
  return runs.reduce((sum, run) => sum + statusCallGas(run, isUsed), 0)
}

/** The least that any cut costs, found by trying them all. */
function leastPrice(indexes: readonly number[], limits: StatusLimits): number {
  const sorted = [...new Set(indexes)].sort((a, b) => a - b)
  const prices = Array.from({ length: 2 ** (sorted.length - 1) }, (_, cuts) => {
    const runs: number[][] = []
    for (const [i, index] of sorted.entries()) {
      if (i === 0 || (cuts >> (i - 1)) & 1) runs.push([])
      runs.at(-1)?.push(index)
    }
    const each = runs.map((run) => {
      const first = Math.floor((run[0] as number) / 256)
      const words = Array<bigint>(Math.floor((run.at(-1) as number) / 256) - first + 1).fill(0n)
      for (const index of run) words[Math.floor(index / 256) - first] = 1n << 5n
      const whole = priceOf([{ firstWord: BigInt(first), words }], limits)
      return run.length > 1 && whole > limits.gas ? Number.POSITIVE_INFINITY : whole
    })
    return each.reduce((sum, price) => sum + price, 0)
  })
  return Math.min(...prices)
}

describe('status words', () => {
  it('stand for the indexes that were packed, once each and in order', () => {
    const index = fc.oneof(fc.nat(600), fc.nat(100_000), fc.nat(2 ** 31))
    fc.assert(
      fc.property(fc.array(index, { maxLength: 40 }), (indexes) => {
        const expected = [...new Set(indexes)].sort((a, b) => a - b)
        expect(unpack(packStatusWords(indexes))).toEqual(expected)
      }),
    )
  })

  it('begin and end each run with a word that has a bit, as the registry wants', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(200_000), { minLength: 1, maxLength: 30 }), (indexes) => {
        for (const { words } of packStatusWords(indexes)) {
          expect(words[0]).not.toBe(0n)
          expect(words.at(-1)).not.toBe(0n)
          expect(words.every((word) => word < 2n ** 256n)).toBe(true)
        }
      }),
    )
  })

  it('are cut where that costs least altogether, within the gas of a transaction', () => {
    const gas = fc.integer({ min: 54_000, max: 250_000 })
    const word = fc.oneof(fc.nat(12), fc.nat(150), fc.nat(3_000))
    fc.assert(
      fc.property(
        fc.array(word, { minLength: 1, maxLength: 7 }),
        gas,
        fc.nat(150),
        (all, cap, u) => {
          const limits = { gas: cap, isUsed: (at: number) => at > u }
          const indexes = all.map((at) => at * 256 + 5)
          const runs = packStatusWords(indexes, limits)
          for (const run of runs) {
            if (run.words.length > 1) expect(priceOf([run], limits)).toBeLessThanOrEqual(cap)
          }
          expect(priceOf(runs, limits)).toBe(leastPrice(indexes, limits))
        },
      ),
    )
  })

  it('fill transactions: 10,000 of a million go into the fewest that hold them', () => {
    const indexes = Array.from({ length: 10_000 }, (_, i) => (i * 7_368_787) % 1_000_000)
    const runs = packStatusWords(indexes)
    expect(unpack(runs)).toHaveLength(10_000)
    expect(runs).toHaveLength(Math.ceil(priceOf(runs, { gas: 0 }) / maxTransactionGas))
    expect(packStatusWords(indexes.toReversed())).toEqual(runs)
  })

  it('stay below what endpoints take as call data, also where gas would allow more', () => {
    const every = Array.from({ length: 10_000 }, (_, word) => word * 256)
    const runs = packStatusWords(every, { gas: 1e9 })
    expect(unpack(runs)).toEqual(every)
    for (const { words } of runs) expect(words.length * 32).toBeLessThan(131_072 - 1_000)
  })

  it('take a word that costs more than a transaction may by itself', () => {
    expect(packStatusWords([1, 300, 600], { gas: 1 })).toHaveLength(3)
  })

  it('are halved without losing a bit, down to single words', () => {
    const halved = (run: ReturnType<typeof packStatusWords>[number]): readonly (typeof run)[] => {
      const halves = halvesOf(run)
      return halves.length < 2 ? halves : halves.flatMap(halved)
    }
    fc.assert(
      fc.property(fc.array(fc.nat(20_000), { minLength: 1, maxLength: 40 }), (indexes) => {
        const runs = packStatusWords(indexes).flatMap(halved)
        expect(unpack(runs)).toEqual(unpack(packStatusWords(indexes)))
        expect(new Set(runs.map(({ firstWord }) => firstWord)).size).toBe(runs.length)
        for (const { words } of runs) expect(words.length).toBe(1)
      }),
    )
  })

  it('are packed in time for a batch that ends as a whole', () => {
    const started = performance.now()
    expect(packStatusWords(Array(1_000_000).keys())).toHaveLength(6)
    expect(performance.now() - started).toBeLessThan(3_000)
  })

  it('are none for no index, and the highest bit of a word for 255', () => {
    expect(packStatusWords([])).toEqual([])
    expect(packStatusWords([255])).toEqual([{ firstWord: 0n, words: [1n << 255n] }])
    expect(packStatusWords([256])).toEqual([{ firstWord: 1n, words: [1n] }])
  })

  it.each([-1, 1.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53])(
    'are refused for %s',
    (index) => {
      expect(codeOf(() => packStatusWords([index]))).toBe('status_index_malformed')
    },
  )
})
