import { Ajv2020 } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { credentialAt } from '../../../core/batch.ts'
import type { Json, JsonObject } from '../../../core/canonical.ts'
import { checkDataModel, checkReceivedModel } from '../../../core/data-model/credential.ts'
import { maxProblems } from '../../../core/data-model/problem.ts'
import { filesIn, readJson, sharedVectors } from '../../shared-vectors.ts'
import { iJson } from '../arbitrary-json.ts'
import { cohort } from '../cohort.ts'
import { credential, examples, issuing, oldCredential, receiving, v2, without } from './sample.ts'

/** Every member that the models define, so that each can be spoiled. */
const full = (base: (members?: JsonObject) => JsonObject) =>
  base({
    id: 'urn:uuid:9c9a36f8-518f-4976-a934-6649502d0008',
    issuer: { id: 'did:web:uni.example' },
    credentialSubject: [{ id: 'did:example:1' }, { id: 'did:example:2' }],
    ...Object.fromEntries(
      ['credentialStatus', 'credentialSchema', 'evidence', 'refreshService', 'termsOfUse'].map(
        (name) => [name, [{ id: `urn:example:${name}`, type: `https://uni.example/#${name}` }]],
      ),
    ),
    proof: [{ type: 'DataIntegrityProof' }],
  })
const full20 = {
  ...full(credential),
  name: 'Diploma',
  description: [{ '@value': 'Diplom', '@language': 'de' }],
  validFrom: '2026-01-01T00:00:00Z',
  validUntil: '2027-01-01T00:00:00Z',
  relatedResource: [{ id: 'https://uni.example/logo', digestSRI: `sha256-${'A'.repeat(43)}` }],
}
const full11 = { ...full(oldCredential), expirationDate: '2030-01-01T00:00:00Z' }

describe('nothing is wrong with', () => {
  it.each<readonly [string, Json]>([
    ['the least credential of 2.0', credential()],
    ['the least credential of 1.1', oldCredential()],
    ['one of 2.0 with everything', full20],
    ['one of 1.1 with everything', full11],
    ['one that Rootmark issues', credentialAt(cohort(3), 1)],
    [
      'one that Rootmark issued, with an anchor proof',
      {
        ...credentialAt(cohort(3), 1),
        proof: [{ type: 'DataIntegrityProof', cryptosuite: 'merkle-anchor-2026' }],
      },
    ],
  ])('%s', async (_, document) => {
    expect(await issuing(document)).toEqual([])
    expect(await receiving(document)).toEqual([])
  })
})

describe('what is no credential at all', () => {
  it.each<readonly [string, unknown, string]>([
    ['null', null, 'not_a_credential'],
    ['nothing', undefined, 'not_json'],
    ['a text', 'eyJhbGciOiJFUzI1NiJ9.e30.x', 'not_a_credential'],
    ['a number', 7, 'not_a_credential'],
    ['true', true, 'not_a_credential'],
    ['an array', [credential()], 'not_a_credential'],
    ['a function', () => credential(), 'not_json'],
    ['a date', new Date(0), 'not_json'],
    ['an unsafe number', { ...credential(), size: 2 ** 60 }, 'number_unsafe'],
    ['half of a surrogate pair', { ...credential(), name: '\ud800' }, 'lone_surrogate'],
    ['a forbidden name', JSON.parse('{"__proto__":1}'), 'name_forbidden'],
  ])('%s', async (_, value, code) => {
    for (const problems of [await checkDataModel(value), await checkReceivedModel(value)]) {
      expect(problems.map((one) => one.code)).toEqual([code])
    }
  })

  it('is told so all at once, and not without end', async () => {
    const bad = {
      '@context': {},
      type: 7,
      id: 7,
      issuer: 7,
      credentialSubject: 7,
      validFrom: 7,
      proof: 7,
    }
    expect(await issuing(bad)).toEqual([
      'context_base_missing /@context',
      'type_missing /type',
      'url_malformed /id',
      'url_malformed /issuer',
      'object_expected /credentialSubject',
      'time_malformed /validFrom',
      'object_expected /proof',
    ])
    const many = credential({ evidence: Array.from({ length: 1_000 }, () => 7) })
    expect(await issuing(many)).toHaveLength(maxProblems)
    const named = credential({
      '@context': [v2, { '@vocab': 'https://x.example/#' }],
      ...Object.fromEntries(Array.from({ length: 100 }, (_, i) => [`n${i}`, { id: 'https:x' }])),
    })
    expect(await issuing(named)).toHaveLength(maxProblems)
  })

  it('is told so in few words, however long it is', async () => {
    const long = 'x'.repeat(500_000)
    for (const bad of [
      credential({ id: long, issuer: { id: long }, '@context': [v2, long] }),
      credential({ [long]: 1 }),
      credential({ name: { '@value': 'x', [long]: 1 } }),
      credential({ '@context': [v2, { [long]: 7 }] }),
    ]) {
      for (const { message, pointer } of await checkDataModel(bad)) {
        expect(message.length).toBeLessThan(600)
        expect(pointer.length).toBeLessThan(600)
      }
    }
  })
})

describe('any JSON in any place', () => {
  const places = (document: JsonObject): readonly (readonly [string, (value: Json) => Json])[] =>
    Object.entries(document).flatMap(([name, member]) => [
      [name, (value: Json) => ({ ...document, [name]: value })] as const,
      [`in ${name}`, (value: Json) => ({ ...document, [name]: [member, value].flat() })] as const,
      [
        `within ${name}`,
        (value: Json) => ({ ...document, [name]: { ...(member as object), more: value } }),
      ] as const,
    ])

  it.each([
    ...places(full20),
    ...places({ ...full11, '@context': ['https://www.w3.org/2018/credentials/v1'] }),
  ])('is answered with problems: %s', async (_, spoil) => {
    await fc.assert(
      fc.asyncProperty(iJson, async (value) => {
        for (const check of [checkDataModel, checkReceivedModel]) {
          const problems = await check(spoil(value))
          expect(problems.length).toBeLessThanOrEqual(maxProblems)
          for (const { code, message, pointer } of problems) {
            expect(code).toMatch(/^[a-z_]+$/)
            expect(message).not.toBe('')
            expect(pointer).toMatch(/^(?:\/|$)/)
          }
        }
      }),
      { numRuns: 30 },
    )
  })

  it('is answered with problems: the whole of it', async () => {
    await fc.assert(
      fc.asyncProperty(iJson, async (value) => {
        expect(await checkDataModel(value)).not.toEqual([])
        expect(await checkReceivedModel(value)).not.toEqual([])
      }),
    )
  })

  it('leaves the document as it was', async () => {
    const before = structuredClone(full20)
    await checkDataModel(full20)
    expect(full20).toEqual(before)
  })
})

describe('time for a mebibyte of malice', () => {
  const subject = (value: Json) =>
    credential({ '@context': [v2, examples], credentialSubject: { x: value } })
  it.each<readonly [string, () => Json]>([
    [
      'as many ids as are read',
      () => subject(Array.from({ length: 990 }, (_, i) => ({ id: `urn:x:${i}` }))),
    ],
    [
      'as many subjects as are read',
      () =>
        credential({
          credentialSubject: Array.from({ length: 990 }, (_, i) => ({ id: `urn:x:${i}` })),
        }),
    ],
    [
      'as many terms as are read',
      () =>
        credential({
          '@context': [
            v2,
            Object.fromEntries(Array.from({ length: 990 }, (_, i) => [`t${i}`, 'urn:a:b'])),
          ],
        }),
    ],
    ['many claims', () => subject(Array.from({ length: 40_000 }, (_, i) => i))],
    ['many ids', () => subject(Array.from({ length: 20_000 }, (_, i) => ({ id: `urn:x:${i}` })))],
    [
      'many types',
      () =>
        credential({
          type: [
            'VerifiableCredential',
            ...Array.from({ length: 40_000 }, (_, i) => `https://x.example/#${i}`),
          ],
        }),
    ],
    [
      'many subjects',
      () =>
        credential({
          credentialSubject: Array.from({ length: 20_000 }, (_, i) => ({ id: `urn:x:${i}` })),
        }),
    ],
    ['a deep claim', () => subject(JSON.parse(`${'{"x":'.repeat(28)}1${'}'.repeat(28)}`))],
    [
      'many contexts',
      () =>
        credential({
          '@context': [v2, ...Array.from({ length: 10_000 }, () => ({ a: 'urn:a:b' }))],
        }),
    ],
    [
      'a context in every claim',
      () => subject(Array.from({ length: 5_000 }, () => ({ '@context': { a: 'urn:a:b' }, a: 1 }))),
    ],
    [
      'many terms',
      () =>
        credential({
          '@context': [
            v2,
            Object.fromEntries(Array.from({ length: 40_000 }, (_, i) => [`t${i}`, 'urn:a:b'])),
          ],
        }),
    ],
    [
      'many resources',
      () =>
        credential({
          relatedResource: Array.from({ length: 10_000 }, (_, i) => ({
            id: `urn:x:${i}`,
            digestSRI: 'sha256-AAAA',
          })),
        }),
    ],
  ])('is bounded for %s', async (name, make) => {
    const document = make()
    const start = performance.now()
    const problems = await checkDataModel(document)
    if (name.endsWith('as are read')) expect(problems).toEqual([])
    expect(performance.now() - start).toBeLessThan(5_000)
  })
})

const schemas = sharedVectors('vcdm2-json-schema/schema/verifiable-credential')
const signed = sharedVectors('vc-di-eddsa')

describe.skipIf(!schemas)('beside the JSON Schema of Verifiable Credentials 2.0', () => {
  const ajv = new Ajv2020({ strict: false })
  addFormats.default(ajv as never)
  const validate = schemas
    ? ajv.compile(readJson(schemas, 'verifiable-credential-schema.json') as object)
    : () => true
  const fixtures = filesIn(schemas).filter((file) => file.startsWith('example-'))

  it.each(fixtures)('takes its fixture %s', async (file) => {
    const document = readJson(schemas as URL, file) as JsonObject
    expect(validate(document)).toBe(true)
    expect(await receiving(document)).toEqual([])
  })

  it('is never less strict than it, but for what a proof must hold', async () => {
    const plain = without(full20, 'proof')
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...Object.keys(plain)), iJson, async (name, value) => {
        const document = { ...plain, [name]: value }
        if ((await checkReceivedModel(document)).length > 0) return
        expect(validate(document), JSON.stringify(document)).toBe(true)
      }),
    )
  })
})

describe.skipIf(!signed)('credentials that the specification of EdDSA cryptosuites signed', () => {
  it.each([
    'unsigned',
    'Ed25519Signature2020/signedEdSig',
    'eddsa-jcs-2022/signedJCS',
    'eddsa-rdfc-2022/signedDataInt',
  ])('are well-formed: %s', async (file) => {
    expect(await receiving(readJson(signed as URL, `${file}.json`) as JsonObject)).toEqual([])
  })

  it('are not where they name a context that nobody pinned', async () => {
    const employment = readJson(signed as URL, 'employmentAuth.json') as JsonObject
    expect(await receiving(employment)).toEqual(['context_unknown /@context/1'])
  })
})
