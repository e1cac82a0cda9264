import { describe, expect, test } from 'vitest'
import { growth, median, spread } from '../../bench/statistics.ts'

describe('statistics', () => {
  test('the median is the middle, or between the two in the middle', () => {
    expect(median([9, 1, 5])).toBe(5)
    expect(median([9, 1, 5, 7])).toBe(6)
    expect(median([3])).toBe(3)
    expect(() => median([])).toThrow('a median of no numbers')
  })

  test('the median leaves its numbers as they are', () => {
    const numbers = [3, 1, 2]
    median(numbers)
    expect(numbers).toEqual([3, 1, 2])
  })

  test('the spread is the distance of the extremes in medians', () => {
    expect(spread([8, 10, 12])).toBeCloseTo(0.4)
    expect(spread([10, 10])).toBe(0)
  })

  test('growth is the exponent of the size', () => {
    const points = (exponent: number) =>
      [1e3, 1e4, 1e5, 1e6].map((size) => ({ size, cost: 7 * size ** exponent }))
    for (const exponent of [0.5, 1, 1.05, 2]) {
      expect(growth(points(exponent))).toBeCloseTo(exponent, 10)
    }
    expect(() => growth([{ size: 1, cost: 1 }])).toThrow('two sizes')
  })
})
