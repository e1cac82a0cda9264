import { beforeAll, describe, expect, it } from 'vitest'
import type { JsonObject } from '../../core/canonical.ts'
import { contractAddresses } from '../../core/deployment.ts'
import type { Check, Report } from '../../core/report.ts'
import { parseTrust } from '../../core/trust.ts'
import { verifyCredential } from '../../core/verify.ts'
import { badgeBy, now, sign, signerOf } from './signers.ts'

const trust = parseTrust({ version: 1, chains: {} }, contractAddresses)
type Key = Awaited<ReturnType<typeof signerOf>>
let issuer: Key
let agency: Key
beforeAll(async () => {
  issuer = await signerOf(7)
  agency = await signerOf(8)
})

const endorsement = (subject: string, more: JsonObject = {}): JsonObject => ({
  '@context': badgeBy('did:example:x')['@context'] ?? [],
  id: 'urn:uuid:0d1f3c2a-9f1d-4c52-8a65-0d2b5ab0a0e1',
  type: ['VerifiableCredential', 'EndorsementCredential'],
  name: 'Endorsement',
  issuer: { id: agency.did, type: ['Profile'], name: 'Quality Agency' },
  validFrom: '2026-05-01T00:00:00Z',
  credentialSubject: {
    id: subject,
    type: ['EndorsementSubject'],
    endorsementComment: 'Audited in 2026.',
  },
  ...more,
})

/** The report about a badge whose issuer's profile carries these endorsements. */
async function reportOn(
  endorsements: readonly JsonObject[],
  onCheck?: (check: Check) => void,
): Promise<Report> {
  const profile = { id: issuer.did, type: ['Profile'], name: 'Harbour College' }
  const badge = badgeBy(issuer.did, { issuer: { ...profile, endorsement: endorsements } })
  const readers = {
    chain: () => undefined,
    document: async () => {
      throw new Error('nothing is to be had')
    },
  }
  const signed = await sign(badge, issuer)
  return verifyCredential(signed, { readers, trust, now, ...(onCheck && { onCheck }) })
}

describe('the report about a badge with an endorsement', () => {
  it('verifies it by itself, and tells whose it is and what about', async () => {
    const settled: string[] = []
    const genuine = await sign(endorsement(issuer.did), agency)
    const report = await reportOn([genuine], ({ name }) => settled.push(name))
    expect(report.verdict).toBe('valid')
    expect(report.endorsements).toEqual([
      {
        pointer: '/issuer/endorsement/0',
        about: 'issuer',
        endorser: { id: agency.did, name: 'Quality Agency' },
        comment: 'Audited in 2026.',
        verdict: 'valid',
        reason: 'valid',
        summary: 'This credential is genuine, unaltered and in force.',
      },
    ])
    // The checks that a door shows as they settle are those of the badge alone.
    expect(settled).toHaveLength(8)
  })

  it('lets none that is forged, over or about something else pass, and the badge stand', async () => {
    const report = await reportOn([
      await sign(endorsement(issuer.did), issuer),
      { ...(await sign(endorsement(issuer.did), agency)), name: 'Another' },
      await sign(endorsement(issuer.did, { validUntil: '2026-05-02T00:00:00Z' }), agency),
      await sign(endorsement('did:example:somebody'), agency),
      endorsement(issuer.did),
    ])
    expect(report.verdict).toBe('valid')
    expect(report.endorsements.map(({ verdict, reason }) => `${verdict} ${reason}`)).toEqual([
      'invalid issuer_key_mismatch',
      'invalid signature_invalid',
      'invalid expired',
      'invalid endorsement_misplaced',
      'invalid proof_missing',
    ])
  })

  it('is none where the document is no credential', async () => {
    const readers = { chain: () => undefined, document: async () => undefined }
    const options = { readers, trust, now }
    for (const document of [null, 7, [], {}, { endorsement: [endorsement(issuer.did)] }]) {
      expect((await verifyCredential(document, options)).endorsements).toEqual([])
    }
  })
})
