import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createLineCutter } from '../../core/byte-lines.ts'
import { utf8 } from '../../core/bytes.ts'
import { codeOf, refusalOf } from './thrown.ts'

function linesOf(bytes: Uint8Array, ends: readonly number[], most = 1000): readonly string[] {
  const cutter = createLineCutter(most)
  const cuts = [...ends.map((end) => end % (bytes.length + 1)).sort((a, b) => a - b), bytes.length]
  const lines = cuts.flatMap((end, i) => cutter.push(bytes.subarray(cuts[i - 1] ?? 0, end)))
  return [...lines, cutter.end()].map((line) => new TextDecoder().decode(line))
}

describe('bytes that are cut into lines', () => {
  it('give the same lines wherever they are cut into pieces', () => {
    const text = fc.string({ unit: fc.constantFrom('a', 'é', '👩🏽‍🎓', '\n', '\r') })
    fc.assert(
      fc.property(text, fc.array(fc.nat(), { maxLength: 8 }), (drawn, ends) => {
        expect(linesOf(utf8(drawn), ends)).toEqual(drawn.split('\n'))
      }),
      { numRuns: 300 },
    )
  })

  it('are refused with the number of a line that is too long, before it ends', () => {
    const cutter = createLineCutter(10)
    cutter.push(utf8('first\n0123456789\n'))
    cutter.push(utf8('01234'))
    expect(refusalOf(() => cutter.push(utf8('567890'))).message).toMatch(/^line 3 has more than 10/)
    expect(codeOf(() => createLineCutter(10).push(utf8('0123456789a\n')))).toBe('line_too_long')
    expect(linesOf(utf8('0123456789\n0123456789'), [3], 10)).toEqual(['0123456789', '0123456789'])
  })

  it('may come one by one without taking long', () => {
    const cutter = createLineCutter(1_000_000)
    const byte = utf8('x')
    for (let i = 0; i < 999_999; i++) cutter.push(byte)
    expect(cutter.end().length).toBe(999_999)
  })
})
