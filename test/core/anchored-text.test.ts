import fc from 'fast-check'
import { expect, test } from 'vitest'
import { anchoredTextOf } from '../../core/anchored-text.ts'
import { credentialAt } from '../../core/batch.ts'
import { nativeMultibase } from '../../server/native-hash.ts'
import { cohort } from './cohort.ts'

const account = { chainId: 11155111, address: '0x90F79bf6EB2c4f870365E785982E1f101E93b906' }
const registry = '0x10AC6D2AC5D23A27c5e56b11a8948318b77487E3'

test('a credential that is written as text is the one that gets its proof as an object', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 40 }), fc.boolean(), (size, isNative) => {
      const batch = cohort(size, { account, registry })
      const { target, tree } = batch
      const write = isNative
        ? anchoredTextOf(target, tree, nativeMultibase)
        : anchoredTextOf(target, tree)
      for (const [index, { credential, salt }] of batch.entries.entries()) {
        const text = write(JSON.stringify(credential), index, salt)
        expect(text).toBe(JSON.stringify(credentialAt(batch, index)))
      }
    }),
    { numRuns: 40 },
  )
})
