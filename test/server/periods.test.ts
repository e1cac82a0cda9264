import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { periodsBetween } from '../../server/periods.ts'

const at = (text: string) => Date.parse(text)
const shown = (first: string, last: string) =>
  periodsBetween(at(first), at(last)).map(({ from }) => new Date(from).toISOString().slice(0, 16))

describe('the periods of a log', () => {
  it('are hours where it has just begun, and go back from the last', () => {
    const hours = shown('2026-11-23T17:10:00Z', '2026-11-23T17:35:00Z')
    expect(hours).toHaveLength(12)
    expect([hours[0], hours.at(-1)]).toEqual(['2026-11-23T06:00', '2026-11-23T17:00'])
  })

  it('are days, weeks from Monday, months, quarters or years as it gets longer', () => {
    expect(shown('2026-01-05T12:00:00Z', '2026-02-03T00:00:00Z')[0]).toBe('2026-01-05T00:00')
    const weeks = shown('2026-01-07T00:00:00Z', '2026-10-01T00:00:00Z')
    expect(weeks.every((week) => new Date(`${week}Z`).getUTCDay() === 1)).toBe(true)
    expect(shown('2024-02-29T00:00:00Z', '2026-11-23T00:00:00Z').slice(0, 2)).toEqual([
      '2024-02-01T00:00',
      '2024-03-01T00:00',
    ])
    expect(shown('2018-05-01T00:00:00Z', '2026-11-23T00:00:00Z')[0]).toBe('2018-04-01T00:00')
    expect(shown('1990-05-01T00:00:00Z', '2026-11-23T00:00:00Z')[0]).toBe('1990-01-01T00:00')
  })

  it('cover all of it, one after the other, twelve to forty-eight of them', () => {
    const times = fc.integer({ min: 0, max: at('5000-01-01T00:00:00Z') })
    const lengths = fc.integer({ min: 0, max: 47 }).map((power) => 2 ** power - 1)
    fc.assert(
      fc.property(times, lengths, (first, length) => {
        const last = first + Math.min(length, 4_000 * 365 * 86_400_000)
        const periods = periodsBetween(first, last)
        expect(periods.length).toBeGreaterThanOrEqual(12)
        expect(periods.length).toBeLessThanOrEqual(48)
        expect(periods[0]?.from).toBeLessThanOrEqual(first)
        expect(periods.at(-1)?.from).toBeLessThanOrEqual(last)
        expect(periods.at(-1)?.until).toBeGreaterThan(last)
        for (const [i, { until }] of periods.slice(0, -1).entries())
          expect(periods[i + 1]?.from).toBe(until)
      }),
    )
  })
})
