import { createHash } from 'node:crypto'
import canonicalize from 'canonicalize'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { toHex } from '../../core/bytes.ts'
import type { JsonObject } from '../../core/canonical.ts'
import { digestOf } from '../../core/digest.ts'
import { hostileText, iJson } from './arbitrary-json.ts'

const salts = fc.uint8Array({ minLength: 32, maxLength: 32 })
const documents = fc.dictionary(hostileText, iJson, { noNullPrototype: true })

const sha256 = (...parts: readonly (Uint8Array | string)[]) => {
  const hash = createHash('sha256')
  for (const part of parts) hash.update(part)
  return hash.digest()
}

describe('the digest', () => {
  it('is SHA-256 of the salt and the SHA-256 of the canonical form without proof: format rule 3.1', () => {
    fc.assert(
      fc.property(documents, salts, iJson, ({ proof: _, ...document }, salt, proof) => {
        const form = canonicalize(document) ?? ''
        const expected = `0x${sha256(salt, sha256(form)).toString('hex')}`
        expect(toHex(digestOf(document as JsonObject, salt))).toBe(expected)
        expect(toHex(digestOf({ ...document, proof } as JsonObject, salt))).toBe(expected)
      }),
    )
  })

  it('is another one for another salt or another document', () => {
    const salt = new Uint8Array(32)
    const digest = toHex(digestOf({ a: 1 }, salt))
    expect(toHex(digestOf({ a: 2 }, salt))).not.toBe(digest)
    expect(toHex(digestOf({ a: 1 }, new Uint8Array(32).fill(1)))).not.toBe(digest)
  })

  it.each([0, 16, 31, 33, 64])('is not made with a salt of %i bytes', (length) => {
    expect(() => digestOf({}, new Uint8Array(length))).toThrow('a salt has 32 bytes')
  })
})
