import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { JsonObject } from '../../../core/canonical.ts'
import { checkReceivedModel } from '../../../core/data-model/credential.ts'
import { checkReceivedBadge } from '../../../core/open-badges/badge.ts'
import { endorsementsOf } from '../../../core/open-badges/endorsement.ts'
import { iJson } from '../arbitrary-json.ts'
import { outcomesOf, sign, signerOf } from '../signers.ts'
import { badge, endorsement, pointersIn, profile, replaced } from './badge-sample.ts'

const issuerId = 'did:web:harbour.example'
const achievementId = 'https://harbour.example/welding-2'
const brief = (document: JsonObject) =>
  endorsementsOf(document).endorsements.map(({ pointer, about }) => `${pointer} ${about}`)

describe('the endorsements of a badge', () => {
  it('are found wherever Open Badges has them, one or several', () => {
    const document = badge(
      {
        endorsement: endorsement(issuerId),
        issuer: profile(issuerId, { endorsement: [endorsement(issuerId)] }),
      },
      {},
      {
        endorsement: [endorsement(achievementId), endorsement('did:example:ada')],
        creator: profile('https://guild.example', {
          endorsement: [endorsement('https://guild.example')],
        }),
      },
    )
    expect(brief(document)).toEqual([
      '/endorsement issuer',
      '/issuer/endorsement/0 issuer',
      '/credentialSubject/achievement/endorsement/0 achievement',
      '/credentialSubject/achievement/endorsement/1 recipient',
      '/credentialSubject/achievement/creator/endorsement/0 creator',
    ])
    expect(endorsementsOf(document).unread).toBe(0)
  })

  it('are about the badge, or something in it, by its id', () => {
    const about = (id: string) => brief(badge({ endorsement: [endorsement(id)] }))
    expect(about('urn:uuid:6b29fc40-ca47-4067-8c5b-1f9d5e6f0d11')).toEqual([
      '/endorsement/0 credential',
    ])
    expect(about('https://harvard.example')).toEqual(['/endorsement/0 undefined'])
    const plain = badge({ issuer: issuerId, endorsement: [endorsement(issuerId)] })
    expect(brief(plain)).toEqual(['/endorsement/0 issuer'])
  })

  it('say nothing where they or the badge have no id', () => {
    const { id: _, ...nameless } = badge({
      endorsement: [endorsement(issuerId, { credentialSubject: {} })],
    })
    expect(brief(nameless)).toEqual(['/endorsement/0 undefined'])
    for (const odd of [
      null,
      7,
      'x',
      [],
      {},
      { credentialSubject: null },
      { credentialSubject: { id: null } },
    ]) {
      expect(brief({ ...nameless, endorsement: [odd] as never })).toEqual([
        '/endorsement/0 undefined',
      ])
    }
  })

  it('are bounded; those in JSON Web Tokens and beyond the bound are counted', () => {
    const many = Array.from({ length: 40 }, () => endorsement(issuerId))
    const document = badge(
      { endorsement: many, endorsementJwt: ['e.e.e', 'e.e.e'] },
      {},
      { endorsementJwt: 'e.e.e' },
    )
    const { endorsements, unread } = endorsementsOf(document)
    expect(endorsements).toHaveLength(12)
    expect(unread).toBe(28 + 3)
  })

  it('are found in any JSON', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('/endorsement', ...pointersIn(badge())),
        iJson,
        (pointer, value) => {
          const { endorsements, unread } = endorsementsOf(replaced(badge(), pointer, value))
          expect(endorsements.length).toBeLessThanOrEqual(12)
          expect(unread).toBeGreaterThanOrEqual(0)
        },
      ),
    )
  })

  it('are credentials of their own: each is checked and verified by itself', async () => {
    const endorser = await signerOf(7)
    const plain = endorsement(issuerId, { issuer: profile(endorser.did) })
    const signed = await sign(plain, endorser)
    const document = badge({ endorsement: [signed, { ...signed, name: 'In best standing' }] })
    const [good, bad] = endorsementsOf(document).endorsements
    for (const placed of [good, bad]) {
      expect(await checkReceivedModel(placed?.endorsement)).toEqual([])
      expect(checkReceivedBadge(placed?.endorsement)).toEqual([])
    }
    expect(await outcomesOf(good?.endorsement as JsonObject)).toEqual(['signature_valid'])
    expect(await outcomesOf(bad?.endorsement as JsonObject)).toEqual(['invalid: signature_invalid'])
  })

  it('are part of what the badge’s own signature covers', async () => {
    const issuer = await signerOf(2)
    const endorser = await signerOf(7)
    const about = await sign(endorsement(issuer.did, { issuer: profile(endorser.did) }), endorser)
    const signed = await sign(badge({ issuer: profile(issuer.did), endorsement: [about] }), issuer)
    expect(await checkReceivedModel(signed)).toEqual([])
    expect(await outcomesOf(signed)).toEqual(['signature_valid'])
    expect(await outcomesOf({ ...signed, endorsement: [] })).toEqual(['invalid: signature_invalid'])
  })
})
