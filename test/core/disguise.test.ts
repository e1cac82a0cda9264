import { describe, expect, it } from 'vitest'
import type { Json, JsonObject } from '../../core/canonical.ts'
import { hashData } from '../../core/data-integrity.ts'
import { canonizeRdf } from '../../core/json-ld.ts'
import { badgeBy, created, outcomesOf, sign, signerOf } from './signers.ts'

// Each of these copies makes the same statements as what was signed, so that the signature over RDF still fits; but the JSON that
// a verifier reads no longer shows a status entry or an expiry. All of them must be refused.

const cred = 'https://www.w3.org/2018/credentials#'
const status: JsonObject = {
  id: 'https://status.example/1#7',
  type: 'BitstringStatusListEntry',
  statusPurpose: 'revocation',
  statusListIndex: '7',
  statusListCredential: 'https://status.example/1',
}
const dateTime = 'http://www.w3.org/2001/XMLSchema#dateTime'

function without(document: JsonObject, ...names: readonly string[]): JsonObject {
  return Object.fromEntries(Object.entries(document).filter(([name]) => !names.includes(name)))
}

function withContext(document: JsonObject, context: JsonObject): JsonObject {
  return { ...document, '@context': [...(document['@context'] as readonly Json[]), context] }
}

/** The credential once more, with what was taken away from its first mention. */
function again(signed: JsonObject): JsonObject {
  const { id = '', type = '' } = signed
  return { id, type, credentialStatus: status }
}

/** Ways to say the same by other means, each given what was signed. */
const disguises: Readonly<Record<string, (signed: JsonObject) => JsonObject>> = {
  'the status under an alias': (signed) =>
    withContext(
      { ...without(signed, 'credentialStatus'), note: status },
      { note: { '@id': `${cred}credentialStatus`, '@type': '@id' } },
    ),
  'the status under its full IRI': (signed) => ({
    ...without(signed, 'credentialStatus'),
    [`${cred}credentialStatus`]: status,
  }),
  'the status under a compact IRI': (signed) =>
    withContext(
      { ...without(signed, 'credentialStatus'), 'c:credentialStatus': status },
      { c: cred },
    ),
  'the expiry under an alias': (signed) =>
    withContext(
      { ...without(signed, 'validUntil'), note: signed['validUntil'] as string },
      { note: { '@id': `${cred}validUntil`, '@type': dateTime } },
    ),
  'the expiry under its full IRI': (signed) => ({
    ...without(signed, 'validUntil'),
    [`${cred}validUntil`]: { '@value': signed['validUntil'] as string, type: dateTime },
  }),
  'both nested away': (signed) => ({
    ...without(signed, 'credentialStatus', 'validUntil'),
    '@nest': { credentialStatus: status, validUntil: signed['validUntil'] as string },
  }),
  'both nested away under an alias': (signed) =>
    withContext(
      {
        ...without(signed, 'credentialStatus', 'validUntil'),
        details: { credentialStatus: status, validUntil: signed['validUntil'] as string },
      },
      { details: '@nest' },
    ),
  'the status in a block that is included': (signed) => ({
    ...without(signed, 'credentialStatus'),
    '@included': [again(signed)],
  }),
  'the status in a block that an alias includes': (signed) =>
    withContext(
      {
        ...without(signed, 'credentialStatus'),
        annex: [again(signed)],
      },
      { annex: { '@id': '@included' } },
    ),
  'the status at another mention of the credential': (signed) => ({
    ...without(signed, 'credentialStatus'),
    evidence: {
      ...(signed['evidence'] as JsonObject),
      relatesTo: again(signed),
    },
  }),
  'the status of two as one': (signed) => ({
    ...signed,
    [`${cred}credentialStatus`]: {
      id: 'https://status.example/other',
      type: 'BitstringStatusListEntry',
    },
  }),
}

describe('the same statements in another shape', () => {
  const other = { id: 'https://status.example/other', type: 'BitstringStatusListEntry' }
  const plain = async (): Promise<JsonObject> => {
    const signer = await signerOf(3)
    const context = [
      ...(badgeBy(signer.did)['@context'] as readonly Json[]),
      { relatesTo: { '@id': 'https://example.org/relatesTo', '@type': '@id' } },
    ]
    const evidence: JsonObject = {
      id: 'https://evidence.example/1',
      type: ['Evidence'],
      relatesTo: badgeBy('')['id'] as string,
    }
    return badgeBy(signer.did, { '@context': context, credentialStatus: status, evidence })
  }

  it.each(Object.keys(disguises))('%s', async (name) => {
    const bare = await plain()
    const issued = name.includes('of two')
      ? { ...bare, credentialStatus: [status, other] as readonly JsonObject[] }
      : bare
    const signed = await sign(issued, await signerOf(3))
    expect(await outcomesOf(signed)).toEqual(['signature_valid'])
    const disguised = (disguises[name] as (typeof disguises)[string])(
      name.includes('of two') ? { ...signed, credentialStatus: status } : signed,
    )
    // The attack is real: what is signed stays the same.
    expect(await canonizeRdf(without(disguised, 'proof'))).toBe(await canonizeRdf(issued))
    expect(await outcomesOf(disguised)).toEqual([
      expect.stringMatching(/^invalid: (?:term_disguised|keyword_unsupported)$/),
    ])
  })

  it('is refused for ids that are given under another name, too', async () => {
    const signer = await signerOf(3)
    const subject = { ...(badgeBy('')['credentialSubject'] as JsonObject), id: 'did:example:ada' }
    const signed = await sign(badgeBy(signer.did, { credentialSubject: subject }), signer)
    const disguised = withContext(
      { ...signed, credentialSubject: { ...without(subject, 'id'), key: 'did:example:ada' } },
      { key: 'id' },
    )
    expect(await outcomesOf(disguised)).toEqual(['invalid: term_disguised'])
  })

  it('does not help where the JSON itself was signed', async () => {
    const signed = await sign(await plain(), await signerOf(3), { cryptosuite: 'eddsa-jcs-2022' })
    for (const disguise of Object.values(disguises)) {
      const [outcome] = await outcomesOf(disguise(signed))
      expect(outcome).toMatch(/^invalid/)
    }
  })

  it('is not what a second mention of the id is taken for, which says nothing of its own', async () => {
    const signer = await signerOf(3)
    const id = badgeBy('')['id'] as string
    const refreshService = { id, type: 'https://example.org/terms#Refresh' }
    const signed = await sign(badgeBy(signer.did, { refreshService }), signer)
    expect(await outcomesOf(signed)).toEqual(['signature_valid'])
  })

  it('is not what honest contexts are taken for', async () => {
    const bare = withContext(await plain(), {
      '@version': 1.1,
      ex: 'https://example.org/',
      id: '@id',
      hobby: { '@id': 'ex:hobby', '@container': '@set' },
      Guild: { '@id': 'ex:Guild', '@context': { rank: 'ex:rank' } },
    })
    const badge: JsonObject = {
      ...bare,
      name: { '@value': 'Schweißen', '@language': 'de' },
      hobby: ['brazing'],
      'ex:full': { type: 'Guild', rank: 'first' },
    }
    expect(await outcomesOf(await sign(badge, await signerOf(3)))).toEqual(['signature_valid'])
  })
})

describe('a proof', () => {
  it('cannot hide its own expiry under another name', async () => {
    const signer = await signerOf(3)
    const expiring = {
      ...signer,
      // Signs what the proof would be with an expiry that is long over.
      sign: async () => {
        const { '@context': context, proof: _, ...rest } = await sign(badgeBy(signer.did), signer)
        const options = { ...bare, expires: '2020-01-01T00:00:00Z' }
        const secured = { '@context': context as Json, ...rest } as JsonObject
        return signer.sign(await hashData(secured, options, 'eddsa-rdfc-2022', 'Ed25519'))
      },
    }
    const bare: JsonObject = {
      type: 'DataIntegrityProof',
      cryptosuite: 'eddsa-rdfc-2022',
      created,
      verificationMethod: signer.verificationMethod,
      proofPurpose: 'assertionMethod',
    }
    const signed = await sign(badgeBy(signer.did), expiring)
    const proof = signed['proof'] as JsonObject
    expect(await outcomesOf(signed)).toEqual(['invalid: signature_invalid'])
    const plain = { ...signed, proof: { ...proof, expires: '2020-01-01T00:00:00Z' } }
    expect(await outcomesOf(plain)).toEqual(['invalid: proof_expired'])
    const hidden = {
      ...signed,
      proof: {
        ...proof,
        'https://w3id.org/security#expiration': {
          '@value': '2020-01-01T00:00:00Z',
          '@type': dateTime,
        },
      },
    }
    expect(await outcomesOf(hidden)).toEqual(['indeterminate: proof_member_unknown'])
  })

  it('cannot say more than was signed', async () => {
    const signer = await signerOf(3)
    const signed = await sign(badgeBy(signer.did), signer)
    for (const more of [{ favourite: 'x' }, { 'https://x.example/': 'y' }, { 'urn:x': 'y' }]) {
      const proof = { ...(signed['proof'] as JsonObject), ...more } as JsonObject
      const [outcome] = await outcomesOf({ ...signed, proof })
      expect(outcome).toMatch(/^invalid: (?:signature_invalid|json_ld_unsafe)$/)
    }
  })

  it('cannot give words another meaning by a context of its own', async () => {
    const signer = await signerOf(3)
    for (const cryptosuite of ['eddsa-rdfc-2022', 'eddsa-jcs-2022'] as const) {
      const signed = await sign(badgeBy(signer.did), signer, { cryptosuite })
      const proof = signed['proof'] as JsonObject
      const contexts = badgeBy('')['@context'] as readonly Json[]
      for (const context of [
        [...contexts, { name: 'https://evil.example/name' }],
        contexts.toReversed(),
        [{ '@vocab': 'https://evil.example/' }],
      ]) {
        const [outcome] = await outcomesOf({ ...signed, proof: { ...proof, '@context': context } })
        // Over RDF a proof is read with the contexts of its document, so its own change nothing.
        expect(outcome).toBe(
          cryptosuite === 'eddsa-rdfc-2022' ? 'signature_valid' : 'invalid: proof_context_mismatch',
        )
      }
    }
  })

  it('over JSON lets contexts be appended, which give nothing another meaning', async () => {
    const signer = await signerOf(3)
    const signed = await sign(badgeBy(signer.did), signer, { cryptosuite: 'eddsa-jcs-2022' })
    const appended = withContext(signed, { hobby: 'https://example.org/hobby' })
    expect(await outcomesOf(appended)).toEqual(['signature_valid'])
    const redefined = withContext(signed, { name: 'https://evil.example/name' })
    expect(await outcomesOf(redefined)).toEqual(['invalid: json_ld_malformed'])
    const vocabulary = withContext(signed, { '@vocab': 'https://evil.example/' })
    expect(await outcomesOf({ ...vocabulary, hidden: 1 })).toEqual(['invalid: signature_invalid'])
  })
})
