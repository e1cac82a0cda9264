import referenceCanonicalize from 'canonicalize'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { utf8 } from '../../core/bytes.ts'
import { canonicalize, type Json } from '../../core/canonical.ts'
import { canonicalForm } from '../../core/digest.ts'
import { filesIn, readJson, readText, sharedVectors } from '../shared-vectors.ts'
import { hostileText, iJson } from './arbitrary-json.ts'
import { refusalOf } from './thrown.ts'

const vectors = sharedVectors('rfc8785')

describe.skipIf(!vectors)('the vectors of RFC 8785', () => {
  for (const file of filesIn(vectors && new URL('input/', vectors))) {
    it(`give the canonical form of ${file}, byte for byte`, () => {
      const folder = vectors as URL
      const bytes = utf8(canonicalize(readJson(folder, `input/${file}`) as Json))
      const hex = readText(folder, `outhex/${file.replace('.json', '.txt')}`)
      expect(Buffer.from(bytes).toString('hex')).toBe(hex.replaceAll(/\s/g, ''))
    })
  }
})

describe('the canonical form', () => {
  it('is what the canonicalize package makes of any I-JSON', () => {
    fc.assert(
      fc.property(iJson, (value) => {
        expect(canonicalize(value)).toBe(referenceCanonicalize(value))
      }),
      { numRuns: 2000 },
    )
  })

  it('is a fixed point: parsing and printing it again changes nothing', () => {
    fc.assert(
      fc.property(iJson, (value) => {
        const once = canonicalize(value)
        expect(canonicalize(JSON.parse(once))).toBe(once)
      }),
    )
  })

  it('does not depend on the order in which members were written', () => {
    fc.assert(
      fc.property(fc.dictionary(hostileText, fc.integer(), { noNullPrototype: true }), (value) => {
        const turned = Object.fromEntries(Object.entries(value).reverse())
        expect(canonicalize(turned)).toBe(canonicalize(value))
      }),
    )
  })

  it('sorts member names by UTF-16 code units, not by code points or by locale', () => {
    const names = ['\u20ac', '\r', '\ufb33', '1', '\u{1f600}', '\u0080', '\u00f6', 'A', 'a', 'Z']
    const value = Object.fromEntries(names.map((name) => [name, 0]))
    expect(Object.keys(JSON.parse(canonicalize(value)))).toEqual([
      '1',
      '\r',
      'A',
      'Z',
      'a',
      '\u0080',
      '\u00f6',
      '\u20ac',
      '\u{1f600}',
      '\ufb33',
    ])
  })

  it('writes minus zero as 0 and numbers as ECMAScript does', () => {
    expect(canonicalize([-0, 1e21, 1e-7, 0.1 + 0.2, 5e-324, 100])).toBe(
      '[0,1e+21,1e-7,0.30000000000000004,5e-324,100]',
    )
  })

  it('keeps composed and decomposed letters apart: nothing is normalised', () => {
    expect(canonicalize('\u00e9')).not.toBe(canonicalize('e\u0301'))
  })
})

describe('what is not I-JSON', () => {
  it.each([Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY])(
    'is refused with its place: %s',
    (number) => {
      const refusal = refusalOf(() => canonicalize({ a: [0, { 'b/~': number }] }))
      expect(refusal).toMatchObject({ code: 'number_not_finite', pointer: '/a/1/b~1~0' })
    },
  )

  it.each(['\ud800', 'a\udc00', '\udc00\ud800', '\ud83d\ud83d\ude00'])(
    'is refused where text holds half a surrogate pair: %j',
    (text) => {
      expect(refusalOf(() => canonicalize({ a: text }))).toMatchObject({
        code: 'lone_surrogate',
        pointer: '/a',
      })
      expect(refusalOf(() => canonicalize({ [text]: 1 })).code).toBe('lone_surrogate')
    },
  )

  it.each([undefined, () => 1, Symbol('x'), 1n])('is refused whatever else it is: %s', (value) => {
    expect(refusalOf(() => canonicalize([value] as never))).toMatchObject({
      code: 'not_json',
      pointer: '/0',
    })
  })
})

describe('the canonical form of a credential', () => {
  it('leaves the top-level proof out and no other', () => {
    const credential = { b: { proof: 1 }, proof: [{ type: 'x' }], a: 2 }
    expect(Buffer.from(canonicalForm(credential)).toString()).toBe('{"a":2,"b":{"proof":1}}')
    expect(credential).toHaveProperty('proof')
  })
})
