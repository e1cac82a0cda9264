import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { canonicalize } from '../../core/canonical.ts'
import { parseJson } from '../../core/json.ts'
import { iJson } from './arbitrary-json.ts'
import { codeOf } from './thrown.ts'

const bytes = (text: string) => new TextEncoder().encode(text)

describe('parsing I-JSON', () => {
  it('gives the value that JSON.parse gives, from text and from bytes', () => {
    fc.assert(
      fc.property(iJson, fc.constantFrom(undefined, 1, '\t', '\r\n'), (value, space) => {
        const text = JSON.stringify(value, null, space?.toString().replace(/\d/, ' '))
        expect(parseJson(text)).toEqual(JSON.parse(text))
        expect(parseJson(bytes(text))).toEqual(JSON.parse(text))
        expect(canonicalize(parseJson(text))).toBe(canonicalize(value))
      }),
      { numRuns: 1000 },
    )
  })

  it('takes JSON white space around every token, and no other', () => {
    const spaced = ' \t\r\n[ \t\r\n1 \t\r\n, \t{ \n"a"\r : \n"b" } ] \r\n'
    expect(parseJson(spaced)).toEqual([1, { a: 'b' }])
    for (const other of ['\u00a0', '\u2028', '\f', '\v', '\u0000', '\u3000']) {
      expect(codeOf(() => parseJson(`[1${other}]`))).toBe('json_malformed')
    }
  })

  it('takes nothing that JSON.parse refuses, however valid text is mutated', () => {
    const splice = fc.record({
      at: fc.nat(),
      cut: fc.nat({ max: 3 }),
      put: fc.constantFrom(
        '',
        '"',
        '\\',
        ',',
        ':',
        '[',
        ']',
        '{',
        '}',
        '0',
        '-',
        '.',
        'e',
        'n',
        '\n',
        '\u0007',
        '\\u00',
        '+',
        "'",
        '/',
      ),
    })
    fc.assert(
      fc.property(iJson, fc.array(splice, { minLength: 1, maxLength: 3 }), (value, splices) => {
        const text = splices.reduce((from, { at, cut, put }) => {
          const place = at % (from.length + 1)
          return from.slice(0, place) + put + from.slice(place + cut)
        }, JSON.stringify(value))
        // Where core takes it, JSON.parse must take it too, for the same value.
        codeOf(() => expect(parseJson(text)).toEqual(JSON.parse(text.replace(/^\ufeff/, ''))))
      }),
      { numRuns: 5000 },
    )
  })

  it('survives arbitrary bytes: a value or a refusal, never another error', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 40 }), (input) => {
        codeOf(() => parseJson(input))
      }),
      { numRuns: 2000 },
    )
  })

  it.each(['', ' ', '\n\t', '\ufeff'])('says that %j is empty', (text) => {
    expect(codeOf(() => parseJson(text))).toBe('empty')
  })

  it.each([
    'nul',
    'truee',
    '01',
    '-',
    '1.',
    '.5',
    '+1',
    '1e',
    '0x1',
    'NaN',
    'Infinity',
    '[1,]',
    '[,1]',
    '{"a":1,}',
    '{a:1}',
    "{'a':1}",
    '{"a" 1}',
    '[1 2]',
    '"\n"',
    '"\\x"',
    '"\\u12g4"',
    '"\\',
    '{"a":"\\',
    '"abc',
    '[',
    '{',
    '{"a":',
    '1 1',
    '// c\n1',
    '[1]]',
    '\u00ef\u00bb\u00bf1',
  ])('refuses %j', (text) => {
    expect(codeOf(() => parseJson(text))).toBe('json_malformed')
  })
})
