import fc from 'fast-check'
import type { Json } from '../../core/canonical.ts'

/** Text that trips careless code: astral planes, combining marks, controls, right-to-left marks, JSON's own characters. */
export const hostileText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 12 }),
  fc.string({ unit: 'grapheme', maxLength: 12 }),
  fc.constantFrom('', '\u0000', '\u007f', '\u2028', '\u202e', '\ufeff', '\uffff', '𐀀', 'é', 'é'),
  fc.constantFrom('toString', 'valueOf', 'hasOwnProperty', 'length', '0', '-1', '/', '~', '~1'),
)

/** Numbers that a double holds and that are within ±(2^53 - 1). */
export const safeNumber = fc.oneof(
  fc.maxSafeInteger(),
  fc.double({
    noNaN: true,
    noDefaultInfinity: true,
    min: -Number.MAX_SAFE_INTEGER,
    max: Number.MAX_SAFE_INTEGER,
  }),
  fc.constantFrom(0, -0, 5e-324, 1e-7, 1e21 / 1e6, 0.1 + 0.2, Number.MAX_SAFE_INTEGER),
)

/** Any I-JSON value whose member names core takes. */
export const iJson: fc.Arbitrary<Json> = fc.letrec<{ value: Json }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 5, depthSize: 'small' },
    fc.constantFrom(null, true, false),
    safeNumber,
    hostileText,
    fc.array(tie('value'), { maxLength: 5 }),
    fc.dictionary(
      hostileText.filter((name) => !['__proto__', 'constructor', 'prototype'].includes(name)),
      tie('value'),
      { maxKeys: 5, noNullPrototype: true },
    ),
  ),
})).value
