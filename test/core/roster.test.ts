import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseRoster, type RosterFormat } from '../../core/roster.ts'
import { hostileText } from './arbitrary-json.ts'
import { codeOf } from './thrown.ts'

const parse = (text: string, format: RosterFormat) =>
  parseRoster(new TextEncoder().encode(text), format)
const placesOf = (text: string, format: RosterFormat) =>
  parse(text, format).problems.map(({ line, field, code }) => `${line} ${field} ${code}`)

describe('a JSON roster', () => {
  it('is read like CSV, with numbers and absent fields', () => {
    const rows = [
      { name: 'A', email: 'a@x.org', credits: 3, result: null },
      { name: 'B', did: 'did:web:b.example', credits: '1.5' },
    ]
    expect(parse(JSON.stringify(rows), 'json')).toEqual({
      learners: [
        { name: 'A', email: 'a@x.org', credits: 3 },
        { name: 'B', did: 'did:web:b.example', credits: 1.5 },
      ],
      problems: [],
    })
    expect(parse(`\ufeff${JSON.stringify(rows)}`, 'json').learners).toHaveLength(2)
  })

  it('reports every bad row by its number and field', () => {
    const rows = [
      null,
      'A',
      [],
      {},
      { name: 7, email: 'a@x.org' },
      { name: 'B', email: 'b@x.org', role: 'x' },
    ]
    expect(placesOf(JSON.stringify(rows), 'json')).toEqual([
      '1  row_malformed',
      '2  row_malformed',
      '3  row_malformed',
      '4 name field_missing',
      '4 email field_missing',
      '5 name field_malformed',
      '5 name field_missing',
      '6 role field_unknown',
    ])
  })

  it.each([
    ['{}', 'roster_malformed'],
    ['"x"', 'roster_malformed'],
    ['[]', 'roster_empty'],
    ['', 'empty'],
    ['[{"name":"A","name":"B","email":"a@x.org"}]', 'duplicate_name'],
    ['[{"name":"\\ud800","email":"a@x.org"}]', 'lone_surrogate'],
    ['[{"__proto__":{"name":"A"},"email":"a@x.org"}]', 'name_forbidden'],
    ['['.repeat(10_000), 'too_deep'],
  ])('is refused as a whole: %s', (text, code) => {
    expect(codeOf(() => parse(text, 'json'))).toBe(code)
  })
})

describe('an NDJSON roster', () => {
  it('reports every bad line and reads the others', () => {
    const text =
      '\ufeff{"name":"A","email":"a@x.org"}\r\n\n{"name":"B"\n{"name":"C","email":"c@x.org","name":"D"}\n{"name":"E","email":"e@x.org"}\n[1]\n'
    expect(parse(text, 'ndjson').learners.map(({ name }) => name)).toEqual(['A', 'E'])
    expect(placesOf(text, 'ndjson')).toEqual([
      '3  json_malformed',
      '4  duplicate_name',
      '6  row_malformed',
    ])
    expect(codeOf(() => parse('\n\n', 'ndjson'))).toBe('roster_empty')
  })
})

describe('any roster', () => {
  const cell = fc.oneof(
    hostileText,
    fc.constantFrom('A', 'a@x.org', 'did:x:1', '2', '"', ',', '\n', '=1'),
    fc.nat(9).map((n) => `n${n}@x.org`),
  )
  const row = fc.record({ name: cell, email: cell }, { requiredKeys: [] })

  it('loses no row: each is a learner or has a problem with its line', () => {
    const quote = (text = '') => `"${text.replaceAll('"', '""')}"`
    fc.assert(
      fc.property(fc.array(row, { minLength: 1, maxLength: 12 }), (rows) => {
        const texts: readonly (readonly [string, RosterFormat])[] = [
          [JSON.stringify(rows), 'json'],
          [rows.map((one) => JSON.stringify(one)).join('\n'), 'ndjson'],
          [
            `name,email\n${rows.map(({ name, email }) => `${quote(name)},${quote(email)}`).join('\n')}`,
            'csv',
          ],
        ]
        for (const [text, format] of texts) {
          const { learners, problems } = parse(text, format)
          expect(learners.length + new Set(problems.map(({ line }) => line)).size).toBe(rows.length)
        }
      }),
      { numRuns: 500 },
    )
  })

  it('says so where there are too many problems to tell', () => {
    const { problems } = parse(`name,email\n${'A,bad\n'.repeat(5000)}`, 'csv')
    expect(problems.length).toBeLessThan(1100)
    expect(problems.at(-1)).toMatchObject({ code: 'problems_untold', line: 503 })
  })

  it.each(['csv', 'json', 'ndjson'] as const)(
    'is bounded in time where one line has 50 MB: %s',
    (format) => {
      const heap = process.memoryUsage().heapUsed
      const start = performance.now()
      const long = 'A'.repeat(50_000_000)
      const text =
        format === 'csv'
          ? `name,email\n"${long}",a@x.org`
          : `[{"name":"${long}","email":"a@x.org"}]`
      const code = codeOf(() =>
        expect(parse(text, format).problems[0]?.code).toBe('field_too_long'),
      )
      expect(code).toBe(format === 'json' ? undefined : 'line_too_long')
      expect(performance.now() - start).toBeLessThan(5000)
      expect(process.memoryUsage().heapUsed - heap).toBeLessThan(600_000_000)
    },
  )

  it('is bounded in time where quotation marks never close over 5 MB of lines', () => {
    const start = performance.now()
    expect(codeOf(() => parse(`name,email\n"${'A,a@x.org\n'.repeat(500_000)}`, 'csv'))).toBe(
      'csv_malformed',
    )
    expect(performance.now() - start).toBeLessThan(5000)
  })
})
