import { describe, expect, it } from 'vitest'
import type { JsonObject } from '../../core/canonical.ts'
import { compareScope, scopeFactsOf } from '../../core/scope-coverage.ts'

const level = (code: string) => ({ targetUrl: `http://data.europa.eu/snb/eqf/${code}` })
const field = (code: string) => ({ targetUrl: `http://data.europa.eu/snb/isced-f/${code}` })
const coded = (targetFramework: string, targetCode: string) => ({
  targetUrl: 'https://catalogue.example/7',
  targetFramework,
  targetCode,
})
const badge = (achievement: unknown): JsonObject =>
  ({ credentialSubject: { achievement } }) as JsonObject
const aligned = (...alignment: object[]) => badge({ achievementType: 'MicroCredential', alignment })
const answer = (scope: string, document: JsonObject) =>
  compareScope(scope, scopeFactsOf(document)).coverage

describe('what a credential states', () => {
  it.each([
    [[level('5')], ['5'], []],
    [[{ targetUrl: 'https://data.europa.eu/snb/eqf/5' }], ['5'], []],
    [[coded('EQF', '6')], ['6'], []],
    [[coded('European Qualifications Framework (2017)', 'Level 7')], ['7'], []],
    [[coded('eqf', 'EQF 4')], ['4'], []],
    [[field('0613')], [], ['0613']],
    [[{ targetUrl: 'http://data.europa.eu/esco/isced-f/0610' }], [], ['061']],
    [[coded('ISCED-F 2013', '0613 Software development')], [], ['0613']],
    [[{ ...level('5'), ...coded('EQF', '7'), targetUrl: level('5').targetUrl }], ['5', '7'], []],
    [[coded('ESCO', '5')], [], []],
    [[coded('EQF', '55')], [], []],
    [[coded('ISCED-F', '2024')], [], []],
    [[coded('ISCED 2011', '05')], [], []],
    [[{ targetUrl: 'http://data.europa.eu/snb/eqf/5/../7' }], [], []],
    [[{ targetUrl: 'https://evil.example/?http://data.europa.eu/snb/eqf/5' }], [], []],
  ])('by %j is levels %j and fields %j', (alignments, eqf, isced) => {
    expect(scopeFactsOf(aligned(...alignments))).toMatchObject({ eqf, isced })
  })

  it.each([
    ['0613', ['0613']],
    ['0613 Software and applications development', ['0613']],
    ['ISCED-F 2013: 061', ['061']],
    ['Informatics', []],
    ['2024 cohort', []],
    ['0613x', []],
  ])('as field of study %j is the field %j', (fieldOfStudy, isced) => {
    expect(scopeFactsOf(badge({ fieldOfStudy })).isced).toEqual(isced)
  })

  it('is nothing, and not an error, where it is odd', () => {
    for (const odd of [
      {},
      { credentialSubject: 7 },
      badge(null),
      badge([null, 7, []]),
      badge({ achievementType: ['MicroCredential'], alignment: [null, 7, 'x', { targetUrl: 8 }] }),
      badge({ alignment: { 0: level('5') }, fieldOfStudy: { '@value': '0613' } }),
    ] as JsonObject[]) {
      expect(scopeFactsOf(odd)).toEqual({
        types: [],
        eqf: [],
        isced: [],
        unstated: ['types', 'eqf', 'isced'],
      })
    }
  })

  it('is of every achievement and every subject', () => {
    const two = {
      credentialSubject: [
        { achievement: { achievementType: 'Badge', fieldOfStudy: '0613' } },
        { achievement: [{ achievementType: 'Course', alignment: level('3') }] },
      ],
    } as unknown as JsonObject
    expect(scopeFactsOf(two)).toEqual({
      types: ['Badge', 'Course'],
      eqf: ['3'],
      isced: ['0613'],
      unstated: ['eqf', 'isced'],
    })
    expect(answer('types: Badge', two)).toBe('mismatch')
    expect(answer('types: Badge, Course', two)).toBe('covered')
    expect(answer('types: Badge, Course; eqf: 3', two)).toBe('unstated')
  })
})

describe('a credential and a scope', () => {
  const document = aligned(level('5'), field('0613'))

  it.each([
    ['', 'covered'],
    ['types: microcredential', 'covered'],
    ['eqf: 5-6', 'covered'],
    ['isced: 06', 'covered'],
    ['isced: 061, 01', 'covered'],
    ['types: MicroCredential, Badge; eqf: 5-6; isced: 0613, 0688', 'covered'],
    ['types: Badge', 'mismatch'],
    ['eqf: 6-7', 'mismatch'],
    ['isced: 0688', 'mismatch'],
    ['types: MicroCredential; eqf: 6', 'mismatch'],
  ])('compare: %j is %s', (scope, coverage) => {
    expect(answer(scope, document)).toBe(coverage)
  })

  it('say what was found and what is allowed', () => {
    expect(compareScope('types: Badge; eqf: 6-7, 2', scopeFactsOf(document)).why).toBe(
      'achievement type MicroCredential (allowed: Badge) and EQF level 5 (allowed: 2, 6-7)',
    )
  })

  it('cannot be compared where the scope is in words', () => {
    expect(compareScope('Short courses', scopeFactsOf(document))).toEqual({
      coverage: 'covered',
      why: '',
      inWords: true,
    })
  })

  it('leave open what the credential does not state, or states less precisely', () => {
    expect(answer('eqf: 5', aligned())).toBe('unstated')
    expect(answer('isced: 0613', aligned(field('06')))).toBe('unstated')
    expect(answer('isced: 0613', aligned(field('06'), field('0613')))).toBe('unstated')
    expect(answer('types: Badge', badge({}))).toBe('unstated')
  })

  it('differ where one is wrong, whatever else is not stated', () => {
    expect(answer('eqf: 6; isced: 06', aligned(level('5')))).toBe('mismatch')
    expect(answer('isced: 0613', aligned(field('01'), field('06')))).toBe('mismatch')
  })

  it('are compared quickly, also where thousands of things are stated', () => {
    const many = Array.from({ length: 20_000 }, (_, i) => ({ achievementType: `ext:${i}` }))
    const start = performance.now()
    expect(answer('types: Badge', badge(many))).toBe('mismatch')
    expect(
      answer('types: Badge', badge({ alignment: many.map((_, i) => coded('EQF', `${i}`)) })),
    ).toBe('unstated')
    expect(performance.now() - start).toBeLessThan(1000)
  })
})
