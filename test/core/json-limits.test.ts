import { describe, expect, it } from 'vitest'
import { assertJson, credentialLimits } from '../../core/i-json.ts'
import { parseJson } from '../../core/json.ts'
import { codeOf, refusalOf } from './thrown.ts'

const mebibyte = 1_048_576

/** Milliseconds that a call takes; generous bounds, since the machine is shared. */
function millisecondsOf(call: () => unknown): number {
  const start = performance.now()
  call()
  return performance.now() - start
}

describe('limits of untrusted JSON', () => {
  it('reads a mebibyte and not one byte more, in text as in bytes', () => {
    const full = `"${'a'.repeat(mebibyte - 2)}"`
    const accented = `"${'é'.repeat(mebibyte / 2 - 1)}"`
    for (const text of [full, accented]) {
      expect(new TextEncoder().encode(text)).toHaveLength(mebibyte)
      for (const [input, more] of [
        [text, `${text} `],
        [new TextEncoder().encode(text), new TextEncoder().encode(`${text} `)],
      ] as const) {
        expect(codeOf(() => parseJson(input))).toBe(undefined)
        expect(codeOf(() => parseJson(more))).toBe('too_large')
      }
    }
  })

  it('reads 32 levels and not one more, the same for text and for values', () => {
    const nested = (depth: number) => `${'['.repeat(depth)}1${']'.repeat(depth)}`
    expect(codeOf(() => parseJson(nested(32)))).toBe(undefined)
    expect(codeOf(() => parseJson(nested(33)))).toBe('too_deep')
    expect(codeOf(() => assertJson(JSON.parse(nested(32))))).toBe(undefined)
    expect(codeOf(() => assertJson(JSON.parse(nested(33))))).toBe('too_deep')
  })

  it('reads 50,000 values and not one more, the same for text and for values', () => {
    const list = (count: number) => `[${Array.from({ length: count }, () => 0).join(',')}]`
    const { values } = credentialLimits
    expect(codeOf(() => parseJson(list(values - 1)))).toBe(undefined)
    expect(codeOf(() => parseJson(list(values)))).toBe('too_many_values')
    expect(codeOf(() => assertJson(JSON.parse(list(values - 1))))).toBe(undefined)
    expect(codeOf(() => assertJson(JSON.parse(list(values))))).toBe('too_many_values')
  })

  it.each(['[', '{"a":', '[{"a":'])(
    'refuses 10,000 levels of %s at once, without filling the stack',
    (open) => {
      const text = open.repeat(10_000)
      expect(
        millisecondsOf(() => expect(codeOf(() => parseJson(text))).toBe('too_deep')),
      ).toBeLessThan(500)
      expect(codeOf(() => parseJson(open.repeat(100_000)))).toBe('too_deep')
    },
  )

  it('refuses a value that somebody else parsed 10,000 levels deep', () => {
    const value: unknown = JSON.parse('['.repeat(10_000) + ']'.repeat(10_000))
    expect(codeOf(() => assertJson(value))).toBe('too_deep')
  })
})

describe('time for a mebibyte of malice', () => {
  const fill = (unit: string, length = mebibyte - 2) =>
    unit.repeat(Math.floor(length / unit.length))
  const traps: readonly (readonly [string, string])[] = [
    ['one string of escapes', `"${fill('\\n')}"`],
    ['one string of surrogate escapes', `"${fill('\\ud83d\\ude00')}"`],
    ['one string that never ends', `"${fill('a')}`],
    ['escapes that never end', `"${fill('\\\\')}\\`],
    ['one long number', `[${fill('1')}]`],
    ['one long fraction', `[0.${fill('1', mebibyte - 6)}]`],
    ['white space', fill(' ')],
    ['line breaks before an error', `${fill('\n')}x`],
    ['many names', `{${Array.from({ length: 45_000 }, (_, i) => `"n${i}":0`).join(',')}}`],
    [
      'many names that differ late',
      `{${Array.from({ length: 20_000 }, (_, i) => `"${'n'.repeat(40)}${i}":0`).join(',')}}`,
    ],
    ['a long name above many values', `{"${'n'.repeat(900_000)}":[${fill('0,', 80_000)}0]}`],
    [
      'long names above one another',
      `${Array.from({ length: 30 }, () => `{"${'~'.repeat(30_000)}":`).join('')}[${fill('0,', 60_000)}x`,
    ],
    ['minus signs', `[${fill('-')}]`],
    [
      'names of array indexes',
      `{${Array.from({ length: 45_000 }, (_, i) => `"${i * 99_991}":0`).join(',')}}`,
    ],
  ]

  it.each(traps)('is bounded for %s', (_, text) => {
    expect(text.length).toBeLessThanOrEqual(mebibyte)
    expect(millisecondsOf(() => codeOf(() => parseJson(text)))).toBeLessThan(5000)
  })

  it('keeps a refusal short, whatever was found', () => {
    const refusal = refusalOf(() => parseJson(`[${'1'.repeat(100_000)}]`))
    expect(refusal.message.length).toBeLessThan(300)
  })
})
