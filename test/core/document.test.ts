import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Batch, credentialAt } from '../../core/batch.ts'
import type { Json, JsonObject } from '../../core/canonical.ts'
import { verifyCredential } from '../../core/verify.ts'
import { iJson } from './arbitrary-json.ts'
import { anchoredFor } from './transaction.ts'
import { readersOf, trusting, verdictOf, verify } from './verifier.ts'
import { openWorld, type World } from './world.ts'

let world: World
let batch: Batch
let document: JsonObject
beforeAll(async () => {
  world = await openWorld()
  batch = await anchoredFor(world, world.accounts.issuer, 11, {
    validUntil: '2031-01-01T00:00:00Z',
  })
  document = credentialAt(batch, 6)
})
afterAll(() => world.close())

describe('any JSON at all', () => {
  const options = () => ({ readers: readersOf(world), trust: trusting(world), now: 0 })

  it('gets a report of eight checks and is never valid', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(iJson, fc.jsonValue() as fc.Arbitrary<Json>, fc.anything()),
        async (value) => {
          expect((await verify(world, value)).verdict).toBe('invalid')
        },
      ),
      { numRuns: 500 },
    )
  })

  it('is never valid in the shape of a credential, whatever its members hold', async () => {
    const odd = fc.oneof(
      iJson,
      fc.constantFrom(
        { toString: 1 },
        [{ valueOf: null }],
        { type: { toString: 1 } },
        [[]],
        '',
        'did:web:x',
      ),
    )
    const shaped = fc.record(
      {
        issuer: fc.oneof(odd, fc.constantFrom('did:web:x.example', 'urn:x')),
        credentialSubject: fc.oneof(
          odd,
          fc.record(
            { achievement: odd, result: odd, identifier: odd, name: odd },
            { requiredKeys: [] },
          ),
        ),
        credentialStatus: fc.oneof(
          odd,
          fc.record(
            {
              id: odd,
              type: fc.oneof(odd, fc.constant('X')),
              statusListIndex: odd,
              statusPurpose: odd,
            },
            { requiredKeys: ['type'] },
          ),
        ),
        proof: fc.oneof(
          odd,
          fc.record({ type: odd, cryptosuite: odd, proofValue: odd }, { requiredKeys: [] }),
        ),
        name: odd,
        validUntil: fc.oneof(odd, fc.constant('2031-01-01T00:00:00Z')),
      },
      { requiredKeys: ['issuer', 'credentialSubject'] },
    )
    await fc.assert(
      fc.asyncProperty(shaped, async (members) => {
        const value = {
          '@context': document['@context'],
          type: ['VerifiableCredential'],
          ...members,
        }
        expect((await verifyCredential(value, options())).verdict).not.toBe('valid')
      }),
      { numRuns: 1500 },
    )
  })

  it('is not thrown off by a status index or a proof type that cannot be made a text', async () => {
    const status = { id: 'x', type: 'X', statusListIndex: { toString: 1 } }
    expect(await verdictOf(world, { ...document, credentialStatus: status })).toBe(
      'invalid: proof_mismatch',
    )
    expect(await verdictOf(world, { ...document, proof: { type: { toString: 1 } } })).toBe(
      'invalid: anchor_missing',
    )
  })
})
