import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { assertJson, credentialLimits } from '../../core/i-json.ts'
import { parseJson } from '../../core/json.ts'
import { parseStrictly } from '../../core/strict-json.ts'
import { iJson } from './arbitrary-json.ts'

/** What comes of a text: the value with the order of its members, or the refusal with its place. */
function outcomeOf(parse: () => unknown): string {
  try {
    return `value ${JSON.stringify(parse(), (_, value) => (Object.is(value, -0) ? '-0' : value))}`
  } catch (thrown) {
    const { code, message, pointer } = thrown as Record<string, unknown>
    return JSON.stringify({ code, message, pointer })
  }
}

const limits = { ...credentialLimits, depth: 4, values: 40 }
const both = (text: string) => [
  outcomeOf(() => parseJson(text, limits)),
  outcomeOf(() => parseStrictly(text, limits)),
]

describe('the fast way through JSON', () => {
  it('answers as the strict parser does, however a text is cut, doubled and mixed', () => {
    const piece = fc.constantFrom(
      ...['{', '}', '[', ']', ',', ':', '"', '\\', ' ', '\n', 'null', 'true', '-', 'e', 'E-', '.'],
      ...['"a":1', '"a":"b:c"', '"\\u0061":2', '"__proto__":1', '"\\ud83d"', '"\\\\"', '"\\":"'],
      ...['0', '-0', '1e-400', '1E-7', '1e400', '9007199254740993', `0.${'0'.repeat(400)}1`, '{}'],
    )
    const mixed = fc.array(piece, { maxLength: 12 }).map((pieces) => pieces.join(''))
    const spliced = fc
      .tuple(iJson, fc.constantFrom(undefined, 1), fc.nat(), fc.nat({ max: 4 }), mixed)
      .map(([value, space, at, cut, put]) => {
        const text = JSON.stringify(value, null, space)
        const from = at % (text.length + 1)
        return text.slice(0, from) + put + text.slice(from + cut)
      })
    fc.assert(
      fc.property(fc.oneof(mixed, spliced), (text) => {
        // A byte order mark is passed over before either parser has a turn.
        fc.pre(text.trim() !== '' && !text.startsWith('\uFEFF'))
        const [fast, strict] = both(text)
        expect(fast).toBe(strict)
      }),
      { numRuns: 4000 },
    )
  })

  it.each([
    '{"a":1,"a":1}',
    '{"a":{"b":1,"\\u0062":1}}',
    '{"a:b":1,"a:b":2,"c":":"}',
    '[1e-400]',
    `[0.${'0'.repeat(400)}1]`,
    '[-1e-400, 0]',
    `[0.${'0'.repeat(180)}1e-99,0.${'0'.repeat(199)}1e-99]`,
    '["\\ud800"]',
    '{"\\udc00":1}',
    '{"__proto__":{"a":1}}',
    '{"constructor":1}',
    '[9007199254740992]',
    '[[[[[1]]]]]',
    `[${'1,'.repeat(40)}1]`,
    '{"10":1,"9":2,"a":3}',
    '\u00a0[1]',
  ])('answers as the strict parser does for %s', (text) => {
    const [fast, strict] = both(text)
    expect(fast).toBe(strict)
  })

  it('refuses text that nests without end, and stays in its bounds', () => {
    const deep = '['.repeat(500_000)
    for (const text of [deep, deep + ']'.repeat(500_000)]) {
      expect(outcomeOf(() => parseJson(text))).toContain('too_deep')
    }
  })

  it('asserts what is parsed as the parser does, with the same places', () => {
    fc.assert(
      fc.property(iJson, (value) => {
        const asserted = outcomeOf(() => assertJson(value, limits))
        const [parsed] = both(JSON.stringify(value))
        expect(asserted.startsWith('value')).toBe(parsed?.startsWith('value'))
        if (!asserted.startsWith('value')) expect(asserted).toBe(parsed)
      }),
      { numRuns: 2000 },
    )
  })
})
