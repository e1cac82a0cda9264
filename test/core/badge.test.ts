import { DOMParser } from '@xmldom/xmldom'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { drawBadge } from '../../core/badge.ts'
import { bakeSvg, unbakeSvg } from '../../core/baked-svg.ts'
import { breakLines, plainText, widthOf } from '../../core/lettering.ts'

const words = { name: 'Data Literacy', issuer: 'Northfield University', kind: 'MicroCredential' }

/** Its texts from top to bottom; fails where it is not well-formed. */
function textsOf(badge: string): readonly string[] {
  const image = new DOMParser({
    onError: (_level, message) => {
      throw new Error(message)
    },
  }).parseFromString(badge, 'image/svg+xml')
  return [...image.getElementsByTagName('text')].map(({ textContent }) => textContent ?? '')
}

describe('a badge', () => {
  it('says what was achieved, of what kind, and who says so', () => {
    expect(textsOf(drawBadge(words))).toEqual([
      'MICRO CREDENTIAL',
      'Data Literacy',
      'Northfield University',
    ])
    expect(drawBadge(words)).toContain(
      '<title id="badge-title">Data Literacy, Northfield University</title>',
    )
  })

  it('goes without what is not known', () => {
    expect(textsOf(drawBadge({ name: '', issuer: '', kind: undefined }))).toEqual([
      'OPEN BADGE',
      'Credential',
    ])
    expect(textsOf(drawBadge({ ...words, kind: 'ext:Übung' }))[0]).toBe('ÜBUNG')
  })

  it('sets long names smaller and on more lines, and shortens the longest', () => {
    const sizes = [1, 3, 8, 20].map((count) => {
      const badge = drawBadge({ ...words, name: 'Grundlagen '.repeat(count).trim() })
      return Number(/font-size="(\d+)" font-weight="600" fill="#13231e"/.exec(badge)?.[1])
    })
    expect(sizes).toEqual([...sizes].sort((a, b) => b - a))
    expect(new Set(sizes).size).toBeGreaterThan(2)
    const texts = textsOf(drawBadge({ ...words, name: 'N'.repeat(10_000) }))
    expect(texts.length).toBeLessThanOrEqual(8)
    expect(texts.at(-2)).toMatch(/N…$/)
  })

  it('is well-formed, small and without any other element whatever the texts are', () => {
    const hostile = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 500 }),
      fc.string({ unit: 'grapheme', maxLength: 200 }),
      fc.constantFrom(
        '</text></svg><script>alert(1)</script>',
        '<![CDATA[',
        ']]>',
        '&a;',
        '"\'><image href="x" onload="1"/>',
        '\u202egnp.exe',
        'Z'.repeat(10_000),
        '\u0336'.repeat(1000),
        '\ud800',
        '\0\ufffe\uffff',
      ),
    )
    fc.assert(
      fc.property(
        hostile,
        hostile,
        fc.option(hostile, { nil: undefined }),
        (name, issuer, kind) => {
          const badge = drawBadge({ name, issuer, kind })
          expect(badge.length).toBeLessThan(20_000)
          textsOf(badge)
          const elements = [...badge.matchAll(/<([a-zA-Z]+)/g)].map(([, element]) => element)
          expect(new Set(elements)).toEqual(
            new Set(['svg', 'title', 'g', 'path', 'use', 'circle', 'text']),
          )
          expect(badge).not.toMatch(/[\u202a-\u202e\u2066-\u2069\0]/)
          expect(unbakeSvg(bakeSvg(badge, '{"a":1}'))).toBe('{"a":1}')
        },
      ),
      { numRuns: 200 },
    )
  })
})

describe('lettering', () => {
  it('loses what hides or turns text, and keeps what scripts need', () => {
    expect(plainText(' a\n\tb\u202ec\u0007\u200b ')).toBe('a bc')
    expect(plainText('نام‌خانوادگی 👩🏽‍🔬 Zoë')).toBe('نام‌خانوادگی 👩🏽‍🔬 Zoë')
    expect(plainText(`Z${'\u0336'.repeat(50)}`)).toBe(`Z${'\u0336'.repeat(4)}`)
  })

  it('breaks between words, and within one that is longer than a line', () => {
    expect(breakLines('aaaa bbbb cccc', 6, 5)).toEqual(['aaaa bbbb', 'cccc'])
    expect(breakLines('nnnnnnnnnn', 2.8, 9)).toEqual(['nnnnn', 'nnnnn'])
    expect(breakLines('山田山田', 2, 9)).toEqual(['山田', '山田'])
    expect(breakLines('👩🏽‍🔬👩🏽‍🔬', 1, 9)).toEqual(['👩🏽‍🔬', '👩🏽‍🔬'])
    expect(breakLines('', 5, 2)).toEqual([])
  })

  it('keeps within width and count, and says where more follows', () => {
    fc.assert(
      fc.property(
        fc.lorem({ maxCount: 30 }),
        fc.integer({ min: 4, max: 20 }),
        fc.integer({ min: 1, max: 5 }),
        (text, width, count) => {
          const lines = breakLines(text, width, count)
          expect(lines.length).toBeLessThanOrEqual(count)
          for (const line of lines) expect(widthOf(line)).toBeLessThanOrEqual(width)
          const isWhole = lines.join(' ').replaceAll(' ', '') === text.replaceAll(' ', '')
          expect(isWhole || lines.at(-1)?.endsWith('…')).toBe(true)
        },
      ),
    )
  })
})
