import fc from 'fast-check'
import { expect, test } from 'vitest'
import { toHex } from '../../core/bytes.ts'
import { makeCredential } from '../../core/credential.ts'
import { digestOf } from '../../core/digest.ts'
import { createMaker, drawnLength, hashesBy, uuidText } from '../../core/making.ts'
import { nativeHashes, nativeSha256 } from '../../server/native-hash.ts'

const terms = {
  batchId: '7f5cbf53-2f4e-4e0e-9a57-000000000001',
  achievement: {
    id: 'urn:uuid:6b0a2f3c-7a14-4f61-8f3b-000000000001',
    name: 'Größe — 数据 🎓',
    description: 'Cleans, explores and models.',
    criteria: { narrative: 'Passes.' },
  },
  issuer: { name: 'Universität', url: 'https://example.edu' },
  account: { chainId: 31337, address: '0x90F79bf6EB2c4f870365E785982E1f101E93b906' },
  registry: '0x10AC6D2AC5D23A27c5e56b11a8948318b77487E3',
  baseUrl: 'https://credentials.example.edu',
  validFrom: '2026-06-01T12:00:00Z',
  validUntil: undefined,
}

test('the platform’s hashes give the digest of the credential itself, whatever a learner is called', () => {
  const text = fc.string({ unit: 'binary', minLength: 1, maxLength: 400 })
  const name = fc.oneof(text, fc.constantFrom('Ünï 👩🏽‍🎓', '\u2028"\\', 'x'.repeat(70_000)))
  const learner = fc.record({ name, email: text }, { requiredKeys: ['name'] })
  const drawn = fc.uint8Array({ minLength: drawnLength, maxLength: drawnLength })
  const native = createMaker(terms, nativeHashes)
  const plain = createMaker(terms, hashesBy(nativeSha256))
  fc.assert(
    fc.property(learner, drawn, fc.nat(), (given, bytes, statusIndex) => {
      if (!given.name.isWellFormed() || given.email?.isWellFormed() === false) return
      const digests = new Uint8Array(96)
      const made = native(given, statusIndex, bytes, digests, 32)
      plain(given, statusIndex, bytes, digests, 64)
      const credential = makeCredential(terms, given, {
        id: `urn:uuid:${uuidText(made.id)}`,
        statusIndex,
        identitySalt: bytes.subarray(16, 32),
      })
      const expected = toHex(digestOf(credential, bytes.slice(32)))
      expect(toHex(digests.subarray(0, 32))).toBe(toHex(new Uint8Array(32)))
      expect(toHex(digests.subarray(32, 64))).toBe(expected)
      expect(toHex(digests.subarray(64))).toBe(expected)
    }),
    { numRuns: 500 },
  )
})
