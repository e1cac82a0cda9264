import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { utf8 } from '../../core/bytes.ts'
import { parseRoster } from '../../core/roster.ts'
import { createRosterReader } from '../../core/roster-reader.ts'
import { createSeen, printWords, writePrint } from '../../core/seen.ts'
import { codeOf } from './thrown.ts'

/** Reads a text in pieces that end at the given bytes. */
function inPieces(text: string, format: 'csv' | 'ndjson', ends: readonly number[]) {
  const bytes = utf8(text)
  const reader = createRosterReader(format)
  const cuts = [...ends.map((end) => end % (bytes.length + 1)).sort((a, b) => a - b), bytes.length]
  const learners = cuts.flatMap((end, i) => reader.push(bytes.subarray(cuts[i - 1] ?? 0, end)))
  return { learners: [...learners, ...reader.end()], problems: reader.found().problems }
}

const cell = fc.oneof(
  fc.constantFrom('Ada', 'a, b', 'say "hi"', 'two\nlines', 'Ünï 👩🏽‍🎓', '', ' ', '\r\nx', '"'),
  fc.string({ unit: 'grapheme', maxLength: 12 }),
)
const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`

describe('a roster that comes in pieces', () => {
  it('is read as if it came at once, wherever CSV is cut', () => {
    const rows = fc.array(fc.tuple(cell, fc.nat(6), fc.boolean()), { minLength: 1, maxLength: 20 })
    fc.assert(
      fc.property(rows, fc.array(fc.nat(), { maxLength: 6 }), fc.boolean(), (drawn, ends, crlf) => {
        const lines = drawn.map(([name, who, isBare]) =>
          isBare ? `Bare,p${who}@x.org` : `${quoted(name)},p${who}@x.org`,
        )
        const text = ['name,email', ...lines].join(crlf ? '\r\n' : '\n')
        expect(inPieces(text, 'csv', ends)).toEqual(parseRoster(utf8(text), 'csv'))
      }),
      { numRuns: 400 },
    )
  })

  it('is read as if it came at once, wherever NDJSON is cut', () => {
    const rows = fc.array(fc.tuple(cell, fc.nat(6)), { minLength: 1, maxLength: 20 })
    fc.assert(
      fc.property(rows, fc.array(fc.nat(), { maxLength: 6 }), (drawn, ends) => {
        const lines = drawn.map(([name, who]) => JSON.stringify({ name, email: `p${who}@x.org` }))
        const text = `${lines.join('\n')}\n\n`
        expect(inPieces(text, 'ndjson', ends)).toEqual(parseRoster(utf8(text), 'ndjson'))
      }),
      { numRuns: 300 },
    )
  })

  it('tells the line of a bad row in whichever piece it comes', () => {
    const rows = Array.from({ length: 5000 }, (_, i) => `Name ${i},n${i}@x.org`)
    rows[4321] = 'No e-mail,'
    rows[4400] = '"two\nlines",twice@x.org'
    rows[4500] = 'Again,twice@x.org'
    const ends = Array.from({ length: 40 }, (_, i) => i * 2711)
    const { problems, learners } = inPieces(['name,email', ...rows].join('\n'), 'csv', ends)
    expect(problems.map(({ line, code }) => `${line} ${code}`)).toEqual([
      '4323 field_missing',
      '4402 control_character',
      '4503 learner_duplicate',
    ])
    expect(problems[2]?.message).toContain('line 4402')
    expect(learners).toHaveLength(4997)
  })

  it.each([
    ['csv', `name,email\nA,a@x.org\n${'x'.repeat(200_000)}`, 'line_too_long'],
    ['ndjson', 'x'.repeat(200_000), 'line_too_long'],
    ['csv', `name,email\n"${'a\n'.repeat(100_000)}`, 'csv_malformed'],
    ['csv', `name,email\n"${'a\n'.repeat(500_000)}`, 'csv_malformed'],
    ['ndjson', '\u00e9'.repeat(200_000), 'line_too_long'],
    ['csv', '\n'.repeat(100_000), 'roster_empty'],
    ['csv', 'name,email\n\n\n', 'roster_empty'],
    ['ndjson', ' \n'.repeat(100_000), 'roster_empty'],
  ] as const)('is refused before it fills the memory: %s %#', (format, text, code) => {
    expect(codeOf(() => inPieces(text, format, [10, 20_000, 90_000]))).toBe(code)
  })

  it('takes a byte order mark at its start alone, and line breaks of every kind', () => {
    const text = '\ufeffname,email\rA,a@x.org\r\n\rB,b@x.org\r"C\rD",c@x.org\r\ufeffE,e@x.org'
    for (const ends of [[], [5, 6, 12, 13, 30], Array.from({ length: 90 }, (_, i) => i)]) {
      const { learners, problems } = inPieces(text, 'csv', ends)
      expect(learners.map(({ name }) => name)).toEqual(['A', 'B', '\ufeffE'.trim()])
      expect(problems.map(({ line, code }) => `${line} ${code}`)).toEqual(['5 control_character'])
    }
  })

  it('says so where there are too many problems to tell, in whichever pieces they come', () => {
    const text = `name,email\n${'A,bad\n'.repeat(5000)}`
    const whole = parseRoster(utf8(text), 'csv')
    expect(whole.problems.at(-1)).toMatchObject({ code: 'problems_untold', line: 503 })
    for (const ends of [[100], [3000, 6000, 6003], [6011, 6012, 20_000]]) {
      expect(inPieces(text, 'csv', ends)).toEqual(whole)
    }
  })

  it('reads a line of JSON strictly, however plain it looks', () => {
    const lines = [
      '{"name":"A","name":"B","email":"a@x.org"}',
      '{"name":"\\ud800","email":"a@x.org"}',
      '{"name":"A","email":"a@x.org","__proto__":{}}',
      '{"name":"A","email":"a@x.org","credits":1e999}',
      '{"name":"A","email":"a@x.org","credits":12345678901234567890}',
      `{"name":${'['.repeat(20_000)}`,
      '{"name":"\\u0041da", "email":"ada@x.org"}',
    ]
    const { learners, problems } = inPieces(lines.join('\n'), 'ndjson', [])
    expect(learners).toEqual([{ name: 'Ada', email: 'ada@x.org' }])
    expect(problems.map(({ line }) => line)).toEqual([1, 2, 3, 4, 5, 6])
    expect(problems.map(({ code }) => code)).toEqual([
      'duplicate_name',
      'lone_surrogate',
      'name_forbidden',
      'number_unsafe',
      'number_unsafe',
      'too_deep',
    ])
  })

  it('knows the times that the batch must fit', () => {
    const reader = createRosterReader('csv')
    const rows = [
      'A,a@x.org,2026-01-01T00:00:00Z,',
      'B,b@x.org,2026-03-01T00:00:00Z,',
      'C,c@x.org,,2027-01-01T00:00:00Z',
      'D,d@x.org,,2026-12-01T00:00:00Z',
      'E,e@x.org,2030-01-01T00:00:00Z,2031-01-01T00:00:00Z',
    ]
    reader.push(utf8(['name,email,validFrom,validUntil', ...rows].join('\n')))
    reader.end()
    expect(reader.found()).toMatchObject({
      count: 5,
      times: {
        latestFrom: { time: Date.parse('2026-03-01'), line: 3 },
        earliestUntil: { time: Date.parse('2026-12-01'), line: 5 },
      },
    })
  })
})

describe('what was seen', () => {
  it('is told with its line, among hundreds of thousands that differ in a letter', () => {
    const { note } = createSeen()
    const print = new Uint32Array(printWords)
    const seen = (text: string, line: number) => {
      writePrint(print, 0, text)
      return note(print, 0, line)
    }
    const count = 300_000
    const learners = Array.from({ length: count }, (_, i) => `mailto:learner${i + 1}@example.edu`)
    expect(learners.findIndex((learner, i) => seen(learner, i + 1) !== undefined)).toBe(-1)
    expect(learners.findIndex((learner, i) => seen(learner, 1) !== i + 1)).toBe(-1)
    expect(seen('', 7)).toBe(undefined)
    expect(seen('', 8)).toBe(7)
  })
})
