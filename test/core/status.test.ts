import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { packStatusWords } from '../../core/status.ts'
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

  it('begin and end each run with a word that has a bit, as the registry wants, and keep runs apart', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(200_000), { minLength: 1, maxLength: 30 }), (indexes) => {
        const runs = packStatusWords(indexes)
        for (const [i, { firstWord, words }] of runs.entries()) {
          expect(words[0]).not.toBe(0n)
          expect(words.at(-1)).not.toBe(0n)
          expect(words.every((word) => word < 2n ** 256n)).toBe(true)
          const before = runs[i - 1]
          if (before)
            expect(firstWord - before.firstWord).toBeGreaterThan(BigInt(before.words.length) + 62n)
        }
      }),
    )
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
