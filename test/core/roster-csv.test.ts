import { describe, expect, it } from 'vitest'
import { parseRoster, refuseProblems } from '../../core/roster.ts'
import { codeOf, refusalOf } from './thrown.ts'

const bytes = (text: string) => new TextEncoder().encode(text)
const csv = (text: string) => parseRoster(bytes(text), 'csv')
const placesOf = (text: string) =>
  csv(text).problems.map(({ line, field, code }) => `${line} ${field} ${code}`)

describe('a CSV roster', () => {
  it('is read with its byte order mark, CRLF, quotation marks and blanks', () => {
    const roster = csv(
      '\ufeffname,email,did,result,credits,validFrom,validUntil\r\n' +
        '"O\'Brien, Seán ""Jr"""  ,SEAN@Example.org,did:key:z6Mk,A,2.5,2026-01-01T00:00:00Z,2027-01-01T00:00:00Z\r\n'.replace(
          '"  ,',
          '",',
        ) +
        ' Zoë ,zoe@example.org,,,,,\r\n\r\n',
    )
    expect(roster.problems).toEqual([])
    expect(roster.learners).toEqual([
      {
        name: 'O\'Brien, Seán "Jr"',
        email: 'sean@example.org',
        did: 'did:key:z6Mk',
        result: 'A',
        credits: 2.5,
        validFrom: '2026-01-01T00:00:00Z',
        validUntil: '2027-01-01T00:00:00Z',
      },
      { name: 'Zoë', email: 'zoe@example.org' },
    ])
  })

  it.each(['\n', '\r\n', '\r'])('is read with line ends %j, and tells lines rightly', (end) => {
    const text = ['name,email', 'A,a@x.org', '', 'B,bad', 'C,c@x.org', ''].join(end)
    expect(csv(text).learners.map(({ name }) => name)).toEqual(['A', 'C'])
    expect(placesOf(text)).toEqual(['4 email email_malformed'])
  })

  it('is read where line ends are mixed: no row swallows the next', () => {
    const text = 'name,email\r\nA,a@x.org\nB,b@x.org\r\nC,c@x.org\rD,d@x.org'
    expect(csv(text).learners.map(({ name }) => name)).toEqual(['A', 'B', 'C', 'D'])
  })

  it('tells the line on which a row begins, also after line breaks within quotation marks', () => {
    for (const end of ['\n', '\r\n']) {
      const text = ['name,email', '"A', 'B', 'C",a@x.org', '', 'D,bad', ',e@x.org'].join(end)
      expect(placesOf(text)).toEqual([
        '2 name control_character',
        '6 email email_malformed',
        '7 name field_missing',
      ])
    }
  })

  it('reports rows that are too short, too long or blank but for commas', () => {
    expect(placesOf('name,email\nA\nB,b@x.org,extra\n  \n,,\n,\nC,c@x.org')).toEqual([
      '2  fields_miscounted',
      '3  fields_miscounted',
      '4  fields_miscounted',
      '5  fields_miscounted',
      '6 name field_missing',
      '6 email field_missing',
    ])
  })

  it('reports a learner that stands twice, by e-mail in any case or by DID', () => {
    const text =
      'name,email,did\nA,a@x.org,\nB,A@X.ORG,\nC,c@x.org,did:x:1\nD,d@x.org,did:x:1\nE,bad,did:x:2\nF,,did:x:2'
    const { problems, learners } = csv(text)
    expect(problems.map(({ line, field }) => [line, field])).toEqual([
      [3, 'email'],
      [5, 'did'],
      [6, 'email'],
      [7, 'did'],
    ])
    expect(problems[0]?.message).toContain('line 2')
    expect(learners.map(({ name }) => name)).toEqual(['A', 'C'])
    expect(refusalOf(() => refuseProblems({ learners, problems })).message).toMatch(
      /^line 3, email: .*\(and 3 more\)$/,
    )
  })

  it('names the first line of a learner that stands three times', () => {
    const { problems } = csv('name,email\nA,a@x.org\nB,a@x.org\nC,a@x.org')
    expect(problems.map(({ message }) => /line \d/.exec(message)?.[0])).toEqual([
      'line 2',
      'line 2',
    ])
  })

  it.each([
    ['', 'roster_empty'],
    ['\ufeff', 'roster_empty'],
    ['\r\n\r\n', 'roster_empty'],
    ['name,email', 'roster_empty'],
    ['name,email\r\n\r\n', 'roster_empty'],
    ['name,email,email\nA,a@x.org,b@x.org', 'column_duplicate'],
    ['name,e-mail\nA,a@x.org', 'column_unknown'],
    ['Name,email\nA,a@x.org', 'column_unknown'],
    ['name;email\nA;a@x.org', 'column_unknown'],
    ['name,email,\nA,a@x.org,', 'column_unknown'],
    ['name,email,__proto__\nA,a@x.org,x', 'column_unknown'],
    ['email\na@x.org', 'column_missing'],
    ['name\nA', 'column_missing'],
    ['name,email\n"A,a@x.org\nB,b@x.org', 'csv_malformed'],
    ['name,email\nA "B" C,a@x.org', 'csv_malformed'],
    ['name,email\n"A"B,a@x.org', 'csv_malformed'],
  ])('is refused as a whole: %j', (text, code) => {
    const refusal = refusalOf(() => csv(text))
    expect(refusal.code).toBe(code)
    expect(refusal.message.length).toBeGreaterThan(10)
  })

  it('names the line of a bad quotation mark', () => {
    expect(refusalOf(() => csv('name,email\nA,a@x.org\nB "C",b@x.org')).message).toContain('line 3')
  })

  it.each([
    '=HYPERLINK("x")',
    '+1',
    '-1',
    '@SUM(A1)',
    '<script>alert(1)</script>',
    "'; DROP TABLE x; --",
  ])('takes a cell that looks like a formula or code as text: %s', (cell) => {
    const quoted = `"${cell.replaceAll('"', '""')}"`
    expect(csv(`name,email\n${quoted},a@x.org`).learners[0]?.name).toBe(cell)
  })
})

describe('bytes that are not UTF-8', () => {
  it.each(['csv', 'json', 'ndjson'] as const)('are refused in a roster: %s', (format) => {
    for (const bad of [[0xff], [0xc3, 0x28], [0xed, 0xa0, 0x80]]) {
      const roster = Uint8Array.from([...bytes('name,email\n'), ...bad, ...bytes(',a@x.org')])
      expect(codeOf(() => parseRoster(roster, format))).toBe('utf8_invalid')
    }
  })
})
