import { describe, expect, it } from 'vitest'
import { formatSeconds, parseTimestamp } from '../../core/time.ts'
import { codeOf } from './thrown.ts'

describe('a timestamp', () => {
  it.each([
    ['2026-06-30T00:00:00Z', 1_782_777_600_000],
    ['2026-06-30T05:30:00+05:30', 1_782_777_600_000],
    ['2026-06-29T14:00:00-10:00', 1_782_777_600_000],
    ['2026-06-30T00:00:00.001Z', 1_782_777_600_001],
    ['2026-06-30T00:00:00.000999999Z', 1_782_777_600_000],
    ['2024-02-29T23:59:59Z', 1_709_251_199_000],
    ['1969-12-31T23:59:59Z', -1000],
    ['9999-12-31T23:59:59Z', 253_402_300_799_000],
  ])('is read with its zone: %s', (text, milliseconds) => {
    expect(parseTimestamp(text, '')).toBe(milliseconds)
  })

  it.each([
    '',
    '2026',
    '2026-06-30',
    '2026-06-30T00:00:00',
    '2026-06-30 00:00:00Z',
    '2026-06-30T00:00Z',
    '2026-06-30t00:00:00z',
    '2026-6-30T00:00:00Z',
    '2025-02-29T00:00:00Z',
    '2026-04-31T00:00:00Z',
    '2026-13-01T00:00:00Z',
    '2026-00-01T00:00:00Z',
    '2026-06-00T00:00:00Z',
    '2026-06-30T24:00:00Z',
    '2026-06-30T23:60:00Z',
    '2026-06-30T23:59:60Z',
    '2026-06-30T00:00:00+15:00',
    '2026-06-30T00:00:00.Z',
    '2026-06-30T00:00:00Z\n',
    ' 2026-06-30T00:00:00Z',
    '+12026-06-30T00:00:00Z',
    '２026-06-30T00:00:00Z',
    'now',
    '1782777600',
    1782777600,
    null,
    undefined,
    {},
    [],
    ['2026-06-30T00:00:00Z'],
    new Date(0),
  ])('is refused with its place: %j', (text) => {
    expect(codeOf(() => parseTimestamp(text, '/validFrom'))).toBe('time_malformed')
  })
})

describe('seconds', () => {
  it('are written in UTC, up to the last time that a registry can hold', () => {
    expect(formatSeconds(0)).toBe('1970-01-01T00:00:00Z')
    expect(formatSeconds(1_782_777_600.9)).toBe('2026-06-30T00:00:00Z')
    expect(formatSeconds(2 ** 40 - 1)).toMatch(/^\+036812-/)
  })
})
