import { describe, expect, it } from 'vitest'
import { parseLearners, parseRoster, type RosterFormat } from '../../core/roster.ts'

const parse = (text: string, format: RosterFormat) =>
  parseRoster(new TextEncoder().encode(text), format)
const placesOf = (text: string, format: RosterFormat) =>
  parse(text, format).problems.map(({ line, field, code }) => `${line} ${field} ${code}`)

describe('a learner', () => {
  const problemOf = (row: object) => {
    const { problems } = parseLearners([{ name: 'A', email: 'a@x.org', ...row }])
    return problems.map(({ field, code }) => `${field} ${code}`).join()
  }

  it('is composed and checked for every character that a plain text may not hold', () => {
    for (let unit = 0; unit < 0x400; unit++) {
      const name = `A${String.fromCharCode(unit)}B`
      const { learners, problems } = parseLearners([{ name, email: 'a@x.org' }])
      const isControl = /\p{Cc}/u.test(name)
      expect(problems.map(({ code }) => code)).toEqual(isControl ? ['control_character'] : [])
      if (!isControl) expect(learners[0]?.name).toBe(name.normalize('NFC'))
    }
  })

  it.each([
    ['name', 'مريم بنت علي'],
    ['name', '👩🏽‍🔬'],
    ['name', 'X Æ A-12'],
    ['name', 'A'.repeat(400)],
    ['email', 'ü.ä+x@exämple.de'],
    ['email', 'x@sub.sub.example'],
    ['did', 'did:key:z6MkhaXg'],
    ['did', 'did:web:x.example%3A8443:a:b'],
    ['credits', 0],
    ['credits', '007.25'],
    ['credits', ' '],
    ['validUntil', '2028-02-29T00:00:00.5+05:30'],
  ])('may have %s %j', (field, value) => {
    expect(problemOf({ [field]: value })).toBe('')
  })

  it.each([
    ['name', 'A'.repeat(401), 'name field_too_long'],
    ['name', 'A\u0000', 'name control_character'],
    ['name', 'A\tB', 'name control_character'],
    ['name', 'A\u0085B', 'name control_character'],
    ['name', '\ud83d', 'name lone_surrogate'],
    ['name', ' \u00a0 ', 'name field_missing'],
    ['email', 'a@b', 'email email_malformed'],
    ['email', 'a b@x.org', 'email email_malformed'],
    ['email', 'a@x.org,b@x.org', 'email email_malformed'],
    ['email', '<a@x.org>', 'email email_malformed'],
    ['email', `${'a'.repeat(250)}@x.org`, 'email field_too_long'],
    ['did', 'did:', 'did did_malformed'],
    ['did', 'did:KEY:x', 'did did_malformed'],
    ['did', 'did:key:a b', 'did did_malformed'],
    ['did', 'did:key:a#b', 'did did_malformed'],
    ['credits', -1, 'credits credits_malformed'],
    ['credits', '1,5', 'credits credits_malformed'],
    ['credits', '1e3', 'credits credits_malformed'],
    ['credits', 'NaN', 'credits credits_malformed'],
    ['credits', 100_001, 'credits credits_malformed'],
    ['credits', [1], 'credits credits_malformed'],
    ['validFrom', '2026-01-01', 'validFrom time_malformed'],
    ['validFrom', '2026-02-30T00:00:00Z', 'validFrom time_malformed'],
    ['validUntil', '2026-01-01T00:00:00', 'validUntil time_malformed'],
    ['toString', 'x', 'toString field_unknown'],
  ])('may not have %s %j', (field, value, problem) => {
    expect(problemOf({ [field]: value })).toBe(problem)
  })

  it('may not end before it begins, nor at the same moment in another zone', () => {
    const times = (validFrom: string, validUntil: string) => problemOf({ validFrom, validUntil })
    expect(times('2026-01-01T00:00:00Z', '2026-01-01T00:00:01Z')).toBe('')
    expect(times('2026-01-01T01:00:00+01:00', '2026-01-01T00:00:00Z')).toBe(
      'validUntil times_out_of_order',
    )
    expect(times('2026-01-02T00:00:00Z', '2026-01-01T00:00:00Z')).toBe(
      'validUntil times_out_of_order',
    )
  })

  it('has a name in composed form, so that the same name is the same text', () => {
    expect(parseLearners([{ name: 'e\u0301', email: 'a@x.org' }]).learners[0]?.name).toBe('\u00e9')
  })
})

describe('a name of combining marks', () => {
  it('is refused before it is composed, which would take time that grows with its square', () => {
    const name = `a${'\u0301\u0323'.repeat(1_000_000)}`
    const start = performance.now()
    expect(placesOf(JSON.stringify([{ name, email: 'a@x.org' }]), 'json')).toEqual([
      '1 name field_too_long',
    ])
    expect(performance.now() - start).toBeLessThan(2000)
  })
})
