import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { afterAll, expect, it } from 'vitest'
import { sha256, useSha256 } from '../../core/hash.ts'
import { nativeSha256 } from '../../server/native-hash.ts'

const portable = (data: Uint8Array | string) =>
  new Uint8Array(createHash('sha256').update(data).digest())
afterAll(() => useSha256(nativeSha256))

it('is the same from WebAssembly and from the platform, of texts and of bytes', () => {
  const data = fc.oneof(fc.string({ unit: 'grapheme' }), fc.uint8Array({ maxLength: 300 }))
  const same = () =>
    fc.assert(
      fc.property(data, (some) => {
        expect(new Uint8Array(sha256(some))).toEqual(portable(some))
      }),
    )
  same()
  useSha256(nativeSha256)
  same()
})

it('is not taken from a platform that computes something else', () => {
  expect(() => useSha256(() => new Uint8Array(32))).toThrow(/computes SHA-256/)
  expect(() => useSha256((data) => portable(data).slice(0, 31))).toThrow(/computes SHA-256/)
})
