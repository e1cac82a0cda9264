import { describe, expect, it } from 'vitest'
import { assertJson, credentialLimits } from '../../core/i-json.ts'
import { parseJson } from '../../core/json.ts'
import { codeOf, refusalOf } from './thrown.ts'

const bytes = (text: string) => new TextEncoder().encode(text)

describe('what JSON.parse would repair', () => {
  it.each([
    ['{"a":1,"a":1}', '/a'],
    ['{"a":1,"\\u0061":2}', '/a'],
    ['{"x":{"a~/":[{"k":1,"\\u006b":1}]}}', '/x/a~0~1/0/k'],
    ['[[[{"\u00e9":0,"\\u00e9":0}]]]', '/0/0/0/\u00e9'],
    ['{"":1,"":2}', '/'],
    ['{"toString":1,"toString":2}', '/toString'],
  ])('is refused where a name stands twice: %s', (text, pointer) => {
    expect(refusalOf(() => parseJson(text))).toMatchObject({ code: 'duplicate_name', pointer })
  })

  it('is told apart: composed and decomposed names are two names', () => {
    expect(parseJson('{"\u00e9":1,"e\u0301":2}')).toEqual({ '\u00e9': 1, 'e\u0301': 2 })
  })

  it.each(['"\\ud800"', '"\\udc00\\ud800"', '{"\\ud83d":1}', '["\ud800"]'])(
    'is refused where text holds half a surrogate pair: %j',
    (text) => {
      expect(codeOf(() => parseJson(text))).toBe('lone_surrogate')
    },
  )

  it.each([
    '1e400',
    '-1e400',
    '9007199254740993',
    '9007199254740992',
    '-9007199254740992',
    '1e16',
    '1e-400',
    '-0.01e-999',
    `0.${'0'.repeat(400)}1`,
  ])('is refused where a double does not hold the number: %s', (number) => {
    const text = `{"n":[${number}]}`
    expect(refusalOf(() => parseJson(text))).toMatchObject({
      code: 'number_unsafe',
      pointer: '/n/0',
    })
  })

  it('is not refused at the edge: ±(2^53 - 1), minus zero, the smallest double, written zeros', () => {
    expect(parseJson('[9007199254740991,-9007199254740991,-0,5e-324,0.0,0e-999]')).toEqual([
      Number.MAX_SAFE_INTEGER,
      -Number.MAX_SAFE_INTEGER,
      -0,
      5e-324,
      0,
      0,
    ])
  })

  it.each([
    [[0x22, 0xff, 0x22]],
    [[0x22, 0xc0, 0xaf, 0x22]],
    [[0x22, 0xed, 0xa0, 0x80, 0x22]],
    [[0x22, 0xf4, 0x90, 0x80, 0x80, 0x22]],
    [[0x22, 0xe2, 0x82, 0x22]],
    [[0xff, 0xfe, 0x31, 0x00]],
  ])('is refused where bytes are not UTF-8: %j', (input) => {
    expect(codeOf(() => parseJson(Uint8Array.from(input)))).toBe('utf8_invalid')
  })

  it.each(['__proto__', 'constructor', 'prototype', '\\u005f_proto__'])(
    'is refused where a member name reaches a prototype: %s',
    (name) => {
      expect(codeOf(() => parseJson(`[{"a":{"${name}":{"isAdmin":true}}}]`))).toBe('name_forbidden')
      expect(Object.hasOwn(Object.prototype, 'isAdmin')).toBe(false)
    },
  )
})

describe('a byte order mark', () => {
  it('is passed over once, in text as in bytes', () => {
    expect(parseJson('\ufeff{"a":1}')).toEqual({ a: 1 })
    expect(parseJson(bytes('\ufeff{"a":1}'))).toEqual({ a: 1 })
    expect(codeOf(() => parseJson('\ufeff\ufeff1'))).toBe('json_malformed')
    expect(codeOf(() => parseJson(bytes('\ufeff\ufeff1')))).toBe('json_malformed')
  })
})

describe('a refusal', () => {
  it('names the place of what is wrong, escaped as RFC 6901 wants', () => {
    expect(refusalOf(() => parseJson('{"a/b":[1,{"~":nul}]}')).pointer).toBe('/a~1b/1/~0')
    expect(refusalOf(() => parseJson('[1,\n2,\n{"a":\ntru}]')).message).toMatch(
      /^line 4: expected a JSON value/,
    )
    expect(refusalOf(() => parseJson('[1,\n"abc\\')).message).toMatch(/^line 2: .*found the end/)
  })

  it('is the same for a value that was parsed by somebody else', () => {
    const parsed = { a: [{ b: 2 ** 53 }] }
    expect(refusalOf(() => assertJson(parsed))).toMatchObject({
      code: 'number_unsafe',
      pointer: '/a/0/b',
    })
    expect(codeOf(() => assertJson({ a: undefined }))).toBe('not_json')
    expect(codeOf(() => assertJson(new Array(2)))).toBe('not_json')
    expect(codeOf(() => assertJson({ a: new Date(0) }))).toBe('not_json')
    expect(codeOf(() => assertJson(JSON.parse('{"__proto__":{}}')))).toBe('name_forbidden')
    const ring: unknown[] = []
    ring.push(ring)
    expect(codeOf(() => assertJson(ring))).toBe('too_deep')
    expect(credentialLimits.depth).toBe(32)
  })
})
