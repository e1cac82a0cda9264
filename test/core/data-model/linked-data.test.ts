import { describe, expect, it } from 'vitest'
import type { Json, JsonObject } from '../../../core/canonical.ts'
import { checkMeaning } from '../../../core/data-model/linked-data.ts'
import { canonizeRdf } from '../../../core/json-ld.ts'
import { brief, credential, examples, issuing, oldCredential, receiving, v1, v2 } from './sample.ts'

const vocabulary = 'https://www.w3.org/2018/credentials#'
const dateTime = 'http://www.w3.org/2001/XMLSchema#dateTime'

/** Refused, whoever looks. */
async function expectRefused(document: JsonObject, problems: readonly string[]) {
  expect(await issuing(document)).toEqual(problems)
  expect(await receiving(document)).toEqual(problems)
}

describe('terms', () => {
  it.each<readonly [string, JsonObject]>([
    ['that no context defines', { shoeSize: 43 }],
    [
      'that no context defines, in the subject',
      { credentialSubject: { id: 'did:example:1', x: 1 } },
    ],
    ['of 1.1 in a credential of 2.0', { issuanceDate: '2024-01-01T00:00:00Z' }],
    ['that stand for null', { '@context': [v2, { shoeSize: null }], shoeSize: 43 }],
    ['that a vocabulary of null undoes', { '@context': [v2, { '@vocab': null }], shoeSize: 43 }],
    ['of a vocabulary that is no URL', { '@context': [v2, { '@vocab': 'x' }], shoeSize: 43 }],
  ])('are refused %s', async (_, members) => {
    const found = await receiving(credential(members))
    expect(found).toEqual([expect.stringMatching(/^json_ld_(?:unsafe|malformed)$/)])
    expect(await issuing(credential(members))).toEqual(found)
  })

  it.each<readonly [string, JsonObject]>([
    ['of its own', { '@context': [v2, { shoeSize: 'https://uni.example/#size' }], shoeSize: 43 }],
    ['of a vocabulary of its own', { '@context': [v2, { '@vocab': 'https://u.x/#' }], shoe: 43 }],
    ['of the examples', { '@context': [v2, examples], shoeSize: 43 }],
    [
      'of a context within the subject',
      {
        credentialSubject: {
          '@context': { shoeSize: 'https://uni.example/#size' },
          id: 'did:example:1',
          shoeSize: 43,
        },
      },
    ],
    ['in the words of the base', { name: 'Diploma', description: 'A diploma' }],
  ])('are taken %s', async (_, members) => {
    expect(await issuing(credential(members))).toEqual([])
    expect(await receiving(credential(members))).toEqual([])
  })

  it.each<readonly [string, Json]>([
    ['VerifiableCredential', { VerifiableCredential: 'https://evil.example/#VC' }],
    ['id', { id: 'https://evil.example/#id' }],
    ['type', { type: 'https://evil.example/#type' }],
    ['name', { name: 'https://evil.example/#name' }],
    [
      'a term that the document itself protects',
      [{ '@protected': true, a: 'urn:a:1' }, { a: 'urn:a:2' }],
    ],
  ])('must not redefine %s, which is protected', async (_, context) => {
    const contexts = [v2, context].flat() as Json
    await expectRefused(credential({ '@context': contexts }), ['json_ld_malformed'])
  })

  it('must not redefine one from within', async () => {
    for (const context of [null, { name: 'https://evil.example/#name' }, [null]]) {
      await expectRefused(
        credential({
          credentialSubject: { '@context': context as Json, id: 'did:example:1', name: 'x' },
        }),
        ['json_ld_malformed'],
      )
    }
  })

  it('keep their meaning where a context gives a term of the credential another one before its type does', async () => {
    const late = {
      validUntil: 'https://evil.example/#until',
      issuer: 'https://evil.example/#issuer',
    }
    const document = credential({ '@context': [v2, late], validUntil: '2030-01-01T00:00:00Z' })
    expect(await receiving(document)).toEqual([])
    expect(await canonizeRdf(document)).toContain(`${vocabulary}validUntil`)
  })
})

/** Documents whose RDF, which is what a signature covers, is that of an honest one, and which show a verifier something else. */
const expired = { validFrom: '2020-01-01T00:00:00Z', validUntil: '2021-01-01T00:00:00Z' }
const status = { id: 'urn:uuid:1', type: 'https://uni.example/#Status' }
const id = 'urn:uuid:9c9a36f8-518f-4976-a934-6649502d0008'
const until = { '@id': `${vocabulary}validUntil`, '@type': dateTime }
const disguises: readonly (readonly [string, JsonObject, JsonObject, string])[] = [
  [
    'an expiry under another name',
    credential(expired),
    credential({
      ...expired,
      validUntil: undefined as never,
      note: '2021-01-01T00:00:00Z',
      '@context': [v2, { note: until }],
    }),
    'term_disguised /validUntil',
  ],
  [
    'an expiry under its full IRI',
    credential(expired),
    credential({
      validFrom: '2020-01-01T00:00:00Z',
      [`${vocabulary}validUntil`]: { '@type': dateTime, '@value': '2021-01-01T00:00:00Z' },
    }),
    'term_disguised /validUntil',
  ],
  [
    'an expiry by a prefix',
    credential(expired),
    credential({
      '@context': [v2, { c: vocabulary }],
      validFrom: '2020-01-01T00:00:00Z',
      'c:validUntil': { '@type': dateTime, '@value': '2021-01-01T00:00:00Z' },
    }),
    'term_disguised /validUntil',
  ],
  [
    'an expiry of 1.1 under another name',
    oldCredential({ expirationDate: '2024-03-01T00:00:00Z' }),
    oldCredential({
      '@context': [v1, { note: { '@id': `${vocabulary}expirationDate`, '@type': dateTime } }],
      note: '2024-03-01T00:00:00Z',
    }),
    'term_disguised /expirationDate',
  ],
  [
    'a status under another name',
    credential({ credentialStatus: status }),
    credential({
      '@context': [v2, { note: { '@id': `${vocabulary}credentialStatus` } }],
      note: status,
    }),
    'term_disguised /credentialStatus',
  ],
  [
    'the second of two statuses under another name',
    credential({ credentialStatus: [status, { ...status, id: 'urn:uuid:2' }] }),
    credential({
      '@context': [v2, { note: { '@id': `${vocabulary}credentialStatus` } }],
      credentialStatus: [status],
      note: { ...status, id: 'urn:uuid:2' },
    }),
    'term_disguised /credentialStatus',
  ],
  [
    'a status in a nest',
    credential({ credentialStatus: status }),
    credential({ '@nest': { credentialStatus: status } }),
    'term_disguised /credentialStatus',
  ],
  [
    'a status in a nest by another name',
    credential({ credentialStatus: status }),
    credential({ '@context': [v2, { more: '@nest' }], more: { credentialStatus: status } }),
    'term_disguised /credentialStatus',
  ],
  [
    'a status in an included node of the same id',
    credential({ id, credentialStatus: status }),
    credential({
      id,
      '@included': [{ id, type: 'VerifiableCredential', credentialStatus: status }],
    }),
    'term_disguised',
  ],
  [
    'a status in an included node by another name',
    credential({ id, credentialStatus: status }),
    credential({
      id,
      '@context': [v2, { more: '@included' }],
      more: { id, type: 'VerifiableCredential', credentialStatus: status },
    }),
    'term_disguised',
  ],
  [
    'a status that points back',
    credential({ id, credentialStatus: status }),
    credential({
      id,
      '@included': [{ ...status, '@reverse': { [`${vocabulary}credentialStatus`]: { id } } }],
    }),
    'keyword_unsupported',
  ],
  [
    'a status that points back by a term of its own',
    credential({ id, credentialStatus: status }),
    credential({
      id,
      '@context': [v2, { of: { '@reverse': `${vocabulary}credentialStatus` }, more: '@included' }],
      more: { ...status, of: { id } },
    }),
    'keyword_unsupported',
  ],
  [
    'the issuer behind a prefix',
    credential({ issuer: 'did:web:uni.example' }),
    credential({
      '@context': [v2, { u: { '@id': 'did:web:', '@prefix': true } }],
      issuer: 'u:uni.example',
    }),
    'term_disguised /issuer',
  ],
  [
    'the issuer behind a scheme that a context redefines',
    credential({ issuer: 'https://uni.example/web:uni', credentialSubject: { id: 'urn:x:ada' } }),
    credential({
      '@context': [v2, { did: { '@id': 'https://uni.example/', '@prefix': true } }],
      issuer: 'did:web:uni',
      credentialSubject: { id: 'urn:x:ada' },
    }),
    'term_disguised /issuer',
  ],
  [
    'the id behind a prefix',
    credential({ id }),
    credential({ '@context': [v2, { u: 'urn:uuid:' }], id: `u:${id.slice(9)}` }),
    'term_disguised',
  ],
  [
    'the id under another name',
    credential({ id }),
    credential({ '@context': [v2, { key: '@id' }], key: id }),
    'term_disguised',
  ],
  [
    'the id of the subject under another name',
    credential({ credentialSubject: { id: 'did:example:ada' } }),
    credential({
      '@context': [v2, { key: 'id' }],
      credentialSubject: { key: 'did:example:ada' },
    }),
    'term_disguised /credentialSubject',
  ],
  [
    'the id of one of two subjects under another name',
    credential({
      credentialSubject: [{ id: 'did:example:ada' }, { id: 'did:example:b', name: 'B' }],
    }),
    credential({
      '@context': [v2, { key: '@id' }],
      credentialSubject: [{ id: 'did:example:ada' }, { key: 'did:example:b', name: 'B' }],
    }),
    'term_disguised /credentialSubject/1',
  ],
]

describe('a disguise that leaves the statements as they are', () => {
  it.each(disguises)('is refused: %s', async (_, honest, disguised, problem) => {
    const plain = JSON.parse(JSON.stringify(disguised)) as JsonObject
    expect(await receiving(honest)).toEqual([])
    expect(await issuing(honest)).toEqual([])
    expect(await canonizeRdf(plain), 'a signature of one fits the other').toBe(
      await canonizeRdf(honest),
    )
    expect(await receiving(plain)).toContain(problem)
    expect(await issuing(plain)).toContain(problem)
  })

  it('is not seen in two issuers of an honest document: that is another refusal', async () => {
    const two = credential({
      '@context': [v2, { by: { '@id': `${vocabulary}issuer`, '@type': '@id' } }],
      by: 'did:example:mallory',
    })
    await expectRefused(two, ['term_disguised /issuer'])
  })

  it('is not looked for in the proof, but a second one is refused', async () => {
    const proof = { type: 'Unheard2040', proofValue: 'z1' }
    expect(await receiving(credential({ proof }))).toEqual([])
    const second = { '@graph': [{ '@type': ['https://uni.example/#Proof'] }] }
    await expectRefused(credential({ proof, 'https://w3id.org/security#proof': second }), [
      'term_disguised /proof',
    ])
  })
})

describe('a document is about one thing', () => {
  it.each<readonly [string, JsonObject, string]>([
    ['two', { '@graph': [credential(), credential()] }, 'json_ld_malformed'],
    ['nothing', {}, 'json_ld_unsafe'],
    ['only names', { id: 'urn:uuid:1' }, 'json_ld_unsafe'],
  ])('not about %s', async (_, members, code) => {
    expect(brief(await checkMeaning({ '@context': [v2], ...members }))).toEqual([code])
  })

  it('and has no graph of others beside what it says', async () => {
    await expectRefused(credential({ '@graph': [{ id: 'urn:uuid:1', name: 'x' }] }), [
      'keyword_unsupported',
    ])
  })
})
