import { describe, expect, it } from 'vitest'
import type { Json, JsonObject } from '../../core/canonical.ts'
import { checkReceivedModel } from '../../core/data-model/credential.ts'
import { canonizeRdf } from '../../core/json-ld.ts'
import { parseTrust } from '../../core/trust.ts'
import { verifyCredential } from '../../core/verify.ts'
import { check, created, now, outcomesOf, sign, signerOf } from './signers.ts'

// Whoever hands a document over may replace the contexts in it: as long as the statements stay the same, a signature over RDF fits.
// Each of these copies showed a reader of JSON something that nobody had signed.

const v1 = 'https://www.w3.org/2018/credentials/v1'
const v2 = 'https://www.w3.org/ns/credentials/v2'
const dataIntegrity = 'https://w3id.org/security/data-integrity/v2'
const statusList = 'https://w3id.org/vc/status-list/2021/v1'
const cred = 'https://www.w3.org/2018/credentials#'
const security = 'https://w3id.org/security#'
const dateTime = 'http://www.w3.org/2001/XMLSchema#dateTime'
const listTerm = 'https://w3id.org/vc/status-list#'
const bitTerm = 'https://www.w3.org/ns/credentials/status#'

const contract = '0x00000000000000000000000000000000000000c1'
const reasonOf = async (document: JsonObject) => {
  const { verdict, reason } = await verifyCredential(document, {
    readers: {
      chain: () => undefined,
      document: (url) => Promise.reject(new Error(`${url} answers nothing`)),
    },
    trust: parseTrust({ version: 1 }, { registry: contract, accreditationRegistry: contract }),
    now,
  })
  return verdict === 'valid' ? 'valid' : `${verdict}: ${reason}`
}

async function old(more: JsonObject, ...contexts: readonly Json[]): Promise<JsonObject> {
  const signer = await signerOf(3)
  const document: JsonObject = {
    '@context': [v1, dataIntegrity, ...contexts],
    id: 'urn:uuid:6b29fc40-ca47-4067-8c5b-1f9d5e6f0d11',
    type: ['VerifiableCredential'],
    issuer: signer.did,
    issuanceDate: '2026-01-01T00:00:00Z',
    credentialSubject: { id: 'did:example:ada' },
    ...more,
  }
  return sign(document, signer)
}

/** The copy makes the same statements: a verifier that looks at the signature alone takes it. */
async function expectSameStatements(signed: JsonObject, copy: JsonObject): Promise<void> {
  const [one, other] = [signed, copy].map(({ proof: _, ...rest }) => canonizeRdf(rest))
  expect(await other).toBe(await one)
  expect(copy['proof']).toEqual(signed['proof'])
}

describe('contexts that are exchanged in a signed document', () => {
  it('do not bring an expired credential of 1.1 back as one of 2.0', async () => {
    const signed = await old({ expirationDate: '2026-02-01T00:00:00Z' })
    expect(await reasonOf(signed)).toBe('invalid: expired')
    const dates = { '@type': dateTime }
    const copy: JsonObject = {
      ...signed,
      '@context': [
        v2,
        {
          issuanceDate: { '@id': `${cred}issuanceDate`, ...dates },
          expirationDate: { '@id': `${cred}expirationDate`, ...dates },
        },
      ],
    }
    await expectSameStatements(signed, copy)
    expect(await reasonOf(copy)).toBe('invalid: expired')
  })

  it('do not give another holder or issuer name', async () => {
    const names = (name: string, more: JsonObject = {}) => ({
      credentialSubject: { id: 'did:example:ada', name, ...more },
    })
    const signed = await old(names('Ada Ito'), { name: 'https://schema.org/name' })
    expect(await reasonOf(signed)).toBe('valid')
    const disguises: readonly (readonly [JsonObject, string])[] = [
      [{ name: '@index', note: 'https://schema.org/name' }, 'invalid: term_disguised'],
      [{ name: { '@id': '@index' }, note: 'https://schema.org/name' }, 'invalid: term_disguised'],
    ]
    for (const [context, reason] of disguises) {
      const copy: JsonObject = {
        ...signed,
        ...names('Mallory', { note: 'Ada Ito' }),
        '@context': [v1, dataIntegrity, context],
      }
      await expectSameStatements(signed, copy)
      expect(await reasonOf(copy)).toBe(reason)
      expect(await checkReceivedModel(copy)).toEqual([
        expect.objectContaining({ code: 'term_disguised', pointer: '/@context/2/name' }),
      ])
    }
  })

  it('do not exchange the name for another text that was signed', async () => {
    const subject = { id: 'did:example:ada', name: 'Ada Ito', boss: 'Grace Lin' }
    const signed = await old(
      { credentialSubject: subject },
      { name: 'https://schema.org/name', boss: 'https://uni.example/#boss' },
    )
    expect(await reasonOf(signed)).toBe('valid')
    const copy: JsonObject = {
      ...signed,
      '@context': [
        v1,
        dataIntegrity,
        { boss: 'https://schema.org/name', name: 'https://uni.example/#boss' },
      ],
      credentialSubject: { ...subject, name: 'Grace Lin', boss: 'Ada Ito' },
    }
    await expectSameStatements(signed, copy)
    expect(await reasonOf(copy)).toBe('indeterminate: term_redefined')
  })

  const listed: JsonObject = {
    id: 'https://status.example/1#7',
    type: 'StatusList2021Entry',
    statusPurpose: 'revocation',
    statusListIndex: '7',
    statusListCredential: 'https://status.example/1',
  }

  it.each<readonly [string, JsonObject, JsonObject]>([
    [
      'another index',
      { statusListIndex: '@index', place: `${listTerm}statusListIndex` },
      { statusListIndex: '9', place: '7' },
    ],
    [
      'another list',
      {
        statusListCredential: '@index',
        list: { '@id': `${listTerm}statusListCredential`, '@type': '@id' },
      },
      { statusListCredential: 'https://status.example/old', list: 'https://status.example/1' },
    ],
    [
      'a list at an address that a prefix shortens',
      { https: { '@id': 'https://status.', '@prefix': true } },
      { statusListCredential: 'https:example/1' },
    ],
  ])('do not lead to %s', async (_, context, entry) => {
    const signed = await old({ credentialStatus: listed }, statusList)
    expect(await outcomesOf(signed)).toEqual(['signature_valid'])
    const copy: JsonObject = {
      ...signed,
      '@context': [
        v1,
        dataIntegrity,
        {
          StatusList2021Entry: `${listTerm}StatusList2021Entry`,
          statusPurpose: `${listTerm}statusPurpose`,
          statusListIndex: `${listTerm}statusListIndex`,
          statusListCredential: { '@id': `${listTerm}statusListCredential`, '@type': '@id' },
          ...context,
        },
      ],
      credentialStatus: { ...listed, ...entry },
    }
    await expectSameStatements(signed, copy)
    const [outcome] = await outcomesOf(copy)
    expect(outcome).toMatch(/^(?:invalid: term_disguised|indeterminate: term_redefined)$/)
  })

  it('do not hide how many bits a status has', async () => {
    const signer = await signerOf(3)
    const entry = {
      ...listed,
      type: 'BitstringStatusListEntry',
      statusSize: 2,
      statusMessage: [{ status: '0x0', message: 'fine' }],
    }
    const { statusSize, ...rest } = entry
    const document: JsonObject = {
      '@context': [v2],
      type: ['VerifiableCredential'],
      issuer: signer.did,
      credentialSubject: { id: 'did:example:ada' },
      credentialStatus: entry as JsonObject,
    }
    const signed = await sign(document, signer)
    expect(await outcomesOf(signed)).toEqual(['signature_valid'])
    const copy: JsonObject = {
      ...signed,
      credentialStatus: {
        ...rest,
        [`${bitTerm}statusSize`]: {
          '@value': statusSize,
          '@type': 'https://www.w3.org/2001/XMLSchema#integer',
        },
      } as JsonObject,
    }
    expect(await canonizeRdf({ ...copy, proof: [] })).toBe(
      await canonizeRdf({ ...signed, proof: [] }),
    )
    expect(await outcomesOf(copy)).toEqual(['invalid: term_disguised'])
  })

  it('do not make an overheard presentation answer another challenge', async () => {
    const signer = await signerOf(3)
    const bare: JsonObject = {
      '@context': [v1, dataIntegrity],
      type: ['VerifiablePresentation'],
      holder: signer.did,
    }
    const signed = await sign(bare, signer, { proofPurpose: 'authentication', challenge: 'one' })
    const expected = (challenge: string) =>
      ({ expected: { proofPurpose: 'authentication', challenge } }) as const
    expect((await check(signed, expected('one')))[0]?.code).toBe('signature_valid')
    expect((await check(signed, expected('two')))[0]?.code).toBe('challenge_mismatch')
    const terms: JsonObject = {
      DataIntegrityProof: `${security}DataIntegrityProof`,
      cryptosuite: { '@id': `${security}cryptosuite`, '@type': `${security}cryptosuiteString` },
      created: { '@id': 'http://purl.org/dc/terms/created', '@type': dateTime },
      verificationMethod: { '@id': `${security}verificationMethod`, '@type': '@id' },
      proofPurpose: { '@id': `${security}proofPurpose`, '@type': '@vocab' },
      authentication: `${security}authenticationMethod`,
      nonce: `${security}challenge`,
    }
    for (const challenge of ['@index', `${security}nonce`] as const) {
      const copy: JsonObject = {
        ...signed,
        '@context': [v1, { ...terms, challenge }],
        proof: { ...(signed['proof'] as JsonObject), challenge: 'two', nonce: 'one' },
      }
      const [result] = await check(copy, expected('two'))
      expect(result?.outcome).not.toBe('valid')
      // The first of them fits the signature; the second changes what the proof says.
      expect(result?.code).toMatch(
        challenge === '@index' ? /^term_(?:redefined|disguised)$/ : /^signature_invalid$/,
      )
    }
  })

  it('are looked at wherever they stand, and within terms', async () => {
    const rank = { '@id': 'https://uni.example/#rank', '@context': { title: '@nest' } }
    for (const [context, place] of [
      [{ rank }, '/@context/2/rank/@context/title'],
      [[{ rank: { '@id': '@included' } }], '/@context/2/0/rank'],
      [{ rank: { '@reverse': 'https://uni.example/#rank' } }, '/@context/2/rank'],
    ] as const) {
      const found = await checkReceivedModel({
        '@context': [v1, dataIntegrity, context] as Json,
        type: ['VerifiableCredential'],
        issuer: 'did:example:uni',
        issuanceDate: created,
        credentialSubject: { id: 'did:example:ada' },
      })
      const pointers = found.map(({ code, pointer }) => `${code} ${pointer}`)
      if (!Array.isArray(context)) expect(pointers).toContain(`term_disguised ${place}`)
      else expect(found[0]?.code).toMatch(/^(?:term_disguised|context_malformed)$/)
    }
    const within = await old({
      credentialSubject: { '@context': { title: '@index' }, id: 'did:example:ada', title: 'PhD' },
    })
    expect(await reasonOf(within)).toBe('invalid: term_disguised')
  })

  it.each<readonly [string, JsonObject, string]>([
    ['nested', { '@nest': { name: 'Ada Ito' } }, 'invalid: keyword_unsupported'],
    ['under a full IRI', { 'https://schema.org/name': 'Ada Ito' }, 'invalid: term_disguised'],
    ['under a short IRI', { 'schema:name': 'Ada Ito' }, 'invalid: term_disguised'],
  ])('do not hide a name: %s', async (_, members, reason) => {
    const terms = { schema: 'https://schema.org/', name: 'schema:name' }
    const signed = await old(
      { credentialSubject: { id: 'did:example:ada', name: 'Ada Ito' } },
      terms,
    )
    expect(await reasonOf(signed)).toBe('valid')
    const copy: JsonObject = { ...signed, credentialSubject: { id: 'did:example:ada', ...members } }
    await expectSameStatements(signed, copy)
    expect(await reasonOf(copy)).toBe(reason)
  })

  it('may add words and say again what is known', async () => {
    const signed = await old(
      {
        credentialSubject: { id: 'did:example:ada', name: 'Ada Ito', achievement: 'x', rank: 'a' },
      },
      {
        id: '@id',
        type: '@type',
        schema: 'https://schema.org/',
        name: 'schema:name',
        achievement: 'https://purl.imsglobal.org/spec/vc/ob/vocab.html#achievement-0',
        rank: {
          '@id': 'https://uni.example/#rank',
          '@context': { description: 'schema:description' },
        },
        criteria: 'https://purl.imsglobal.org/spec/vc/ob/vocab.html#Criteria',
      },
    )
    expect(await reasonOf(signed)).toBe('valid')
  })
})
