import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  formatScope,
  parseScope,
  readScope,
  resemblesScope,
} from '../../core/accreditation-scope.ts'
import { namesOf } from '../../core/open-badges/badge-names.ts'
import { codeOf } from './thrown.ts'

describe('a scope', () => {
  it.each([
    ['', {}],
    ['  ', {}],
    ['types: MicroCredential', { types: ['MicroCredential'] }],
    ['types: badge, ext:Kurs', { types: ['Badge', 'ext:Kurs'] }],
    ['eqf: 5', { eqf: [5] }],
    ['EQF: 5–6 , 8;', { eqf: [5, 6, 8] }],
    ['eqf: 8, 5-6, 6', { eqf: [5, 6, 8] }],
    ['isced: 0613, 06', { isced: ['06', '0613'] }],
    ['isced: 0610, 0600, 1000, 0000', { isced: ['00', '06', '061', '10'] }],
    [
      'isced:0613;types:Badge ;eqf:1-8',
      { isced: ['0613'], types: ['Badge'], eqf: [1, 2, 3, 4, 5, 6, 7, 8] },
    ],
  ])('is read: %j', (text, scope) => {
    expect(parseScope(text)).toEqual(scope)
  })

  it.each([
    'Micro-credentials at levels 5 to 7 of the European Qualifications Framework',
    'https://agency.example/scopes/7',
    'types:',
    'types: ,',
    'types: Micro-credential',
    'types: everything about bread',
    'eqf: 0',
    'eqf: 9',
    'eqf: 6-5',
    'eqf: 5-6-7',
    'eqf: five',
    'isced: 6',
    'isced: 06130',
    'isced: 1100',
    'isced: ٠٦',
    'eqf: 5; eqf: 6',
    'eqf: 5; country: DE',
    'efq: 5',
    'eqf: 5;; isced: 06',
    ';',
    'types: Badge\u202e',
    `types: ${'ext:a, '.repeat(100)}ext:b`,
  ])('in words, or with a slip of the pen, is none that is compared: %j', (text) => {
    expect(codeOf(() => parseScope(text))).toBe('scope_malformed')
    expect(readScope(text)).toBe(undefined)
  })

  it('that was meant to be one is told from words', () => {
    for (const text of ['eqf: 9', 'Types : x', 'isced', 'all; eqf: 5 and more'])
      expect(resemblesScope(text)).toBe(true)
    for (const text of ['https://x.example', 'Everything', 'all types: of bread', ''])
      expect(resemblesScope(text)).toBe(false)
  })

  it('is written in one way, which is read as the same scope', () => {
    const some = <T>(item: fc.Arbitrary<T>) =>
      fc.option(fc.uniqueArray(item, { minLength: 1, maxLength: 6 }), { nil: undefined })
    const scope = fc.record({
      types: some(fc.constantFrom(...namesOf.achievementType)),
      eqf: some(fc.integer({ min: 1, max: 8 })),
      isced: some(fc.constantFrom('00', '01', '011', '0613', '0688', '10', '1041', '061')),
    })
    fc.assert(
      fc.property(scope, (parts) => {
        const sorted = Object.fromEntries(
          Object.entries(parts).flatMap(([name, items]) =>
            items ? [[name, items.toSorted()]] : [],
          ),
        )
        expect(parseScope(formatScope(sorted))).toEqual(sorted)
      }),
    )
  })

  it('of any text is read or refused, in an instant', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => void readScope(text)))
    const start = performance.now()
    for (const part of ['types: ', ';', 'a:', '5-', ' ', '0'])
      expect(readScope(part.repeat(200_000))).toBe(undefined)
    expect(performance.now() - start).toBeLessThan(500)
  })
})
