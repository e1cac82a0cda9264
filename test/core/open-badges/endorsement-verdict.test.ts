import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Json, JsonObject } from '../../../core/canonical.ts'
import {
  type VerifyEndorsement,
  verifyEndorsements,
} from '../../../core/open-badges/endorsement-verdict.ts'
import { iJson } from '../arbitrary-json.ts'
import { check, sign, signerOf } from '../signers.ts'
import { badge, endorsement, profile } from './badge-sample.ts'

const endorser = await signerOf(7)
const stranger = await signerOf(8)
const college = 'did:web:harbour.example'

/** Signatures alone, by whose key they are; the whole of a verification is tested where it is put together. */
const verify: VerifyEndorsement = async (credential) => {
  const [result] = await check(credential)
  if (!result) return { verdict: 'invalid', reason: 'proof_missing', summary: 'no proof' }
  const { outcome, code, message, controller } = result
  if (outcome !== 'valid') return { verdict: outcome, reason: code, summary: message }
  const issuer = credential['issuer'] as JsonObject
  return controller === issuer['id']
    ? { verdict: 'valid', reason: 'valid', summary: 'genuine' }
    : { verdict: 'invalid', reason: 'issuer_key_mismatch', summary: 'another key' }
}

function endorse(about: string, members: JsonObject = {}, by = endorser) {
  return sign(endorsement(about, { issuer: profile(endorser.did), ...members }), by)
}

async function found(endorsements: Json) {
  const verdicts = await verifyEndorsements(badge({ endorsement: endorsements }), verify)
  return verdicts.map(({ verdict, reason, pointer }) => `${pointer} ${verdict} ${reason}`)
}

describe('an endorsement within a badge', () => {
  it('is verified, and told with who endorses what', async () => {
    const document = badge({ endorsement: [await endorse(college)] })
    expect(await verifyEndorsements(document, verify)).toEqual([
      {
        pointer: '/endorsement/0',
        about: 'issuer',
        endorser: { id: endorser.did, name: 'Harbour College' },
        comment: 'Good.',
        verdict: 'valid',
        reason: 'valid',
        summary: 'genuine',
      },
    ])
  })

  it('of somebody else is none of this badge, however genuine it is', async () => {
    expect(await found(await endorse('https://harvard.example'))).toEqual([
      '/endorsement invalid endorsement_misplaced',
    ])
  })

  it('is invalid for itself alone', async () => {
    const good = await endorse(college)
    const { proof: _, ...unsigned } = good
    const { validUntil: __, ...rest } = await endorse(college, {
      validUntil: '2026-05-02T00:00:00Z',
    })
    const hidden = {
      ...rest,
      'https://www.w3.org/2018/credentials#validUntil': {
        '@type': 'http://www.w3.org/2001/XMLSchema#dateTime',
        '@value': '2026-05-02T00:00:00Z',
      },
    }
    const cases: readonly (readonly [Json, string])[] = [
      [good, 'valid valid'],
      [{ ...good, name: 'The best' }, 'invalid signature_invalid'],
      [unsigned, 'invalid proof_missing'],
      [await endorse(college, {}, stranger), 'invalid issuer_key_mismatch'],
      [
        await endorse(college, { type: ['VerifiableCredential', 'OpenBadgeCredential'] }),
        'invalid not_an_endorsement',
      ],
      [
        await sign(badge({ issuer: profile(endorser.did) }), endorser),
        'invalid not_an_endorsement',
      ],
      [hidden, 'invalid term_disguised'],
      [
        { ...good, '@context': ['https://www.w3.org/ns/credentials/v2', 'https://x.example'] },
        'indeterminate context_unknown',
      ],
      ['e.e.e', 'invalid not_a_credential'],
      [null, 'invalid not_a_credential'],
      [{}, 'invalid context_base_missing'],
    ]
    const verdicts = await found(cases.map(([value]) => value))
    expect(verdicts).toEqual(cases.map(([, outcome], i) => `/endorsement/${i} ${outcome}`))
  })

  it('is answered, whatever JSON it is', async () => {
    await fc.assert(
      fc.asyncProperty(iJson, async (value) => {
        for (const { verdict } of await verifyEndorsements(badge({ endorsement: value }), verify)) {
          expect(verdict).toBe('invalid')
        }
      }),
    )
  })

  it('is asked for one after the other, and no more than a few', async () => {
    const good = await endorse(college)
    let running = 0
    let asked = 0
    const slow: VerifyEndorsement = async (credential) => {
      running += 1
      asked += 1
      expect(running).toBe(1)
      const verdict = await verify(credential)
      running -= 1
      return verdict
    }
    await verifyEndorsements(badge({ endorsement: Array.from({ length: 40 }, () => good) }), slow)
    expect(asked).toBe(12)
  })
})
