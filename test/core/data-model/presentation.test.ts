import { Ajv2020 } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Json, JsonObject } from '../../../core/canonical.ts'
import {
  checkPresentationModel,
  credentialsOf,
  maxPresented,
} from '../../../core/data-model/presentation.ts'
import { maxProblems } from '../../../core/data-model/problem.ts'
import { filesIn, readJson, sharedVectors } from '../../shared-vectors.ts'
import { iJson } from '../arbitrary-json.ts'
import { brief, credential, examples, issuerDid, oldCredential, v1, v2, without } from './sample.ts'

function presentation(members: JsonObject = {}): JsonObject {
  return { '@context': [v2], type: ['VerifiablePresentation'], ...members }
}

const found = async (value: unknown) => brief(await checkPresentationModel(value))

describe('a presentation', () => {
  it.each<readonly [string, JsonObject]>([
    ['the least', presentation()],
    ['one of 1.1', presentation({ '@context': [v1], verifiableCredential: [oldCredential()] })],
    ['with a credential of 1.1', presentation({ verifiableCredential: [oldCredential()] })],
    ['with one credential that is no array', presentation({ verifiableCredential: credential() })],
    ['with a holder', presentation({ holder: issuerDid })],
    ['with a holder that is an object', presentation({ holder: { id: issuerDid, name: 'Ada' } })],
    ['of one type alone', presentation({ type: 'VerifiablePresentation' })],
    [
      'of a type of its own',
      presentation({ type: ['VerifiablePresentation', 'Own'], '@context': [v2, examples] }),
    ],
    [
      'whose credentials have terms that it has not',
      presentation({
        verifiableCredential: [
          credential({ '@context': [v2, { size: 'https://u.x/#size' }], size: 43 }),
          credential({ '@context': [v2, { size: 'https://u.x/#largeness' }], size: 44 }),
        ],
      }),
    ],
    [
      'whose credential has a proof of a kind that nobody knows',
      presentation({ verifiableCredential: credential({ proof: { type: 'Unheard2040' } }) }),
    ],
  ])('may be %s', async (_, document) => {
    expect(await found(document)).toEqual([])
  })

  it.each<readonly [string, unknown, string]>([
    ['null', null, 'not_a_presentation'],
    ['a text', 'e.e.e', 'not_a_presentation'],
    ['an array', [presentation()], 'not_a_presentation'],
    ['a function', () => 0, 'not_json'],
    ['without contexts', without(presentation(), '@context'), 'context_base_missing /@context'],
    ['without type', without(presentation(), 'type'), 'type_missing /type'],
    ['a credential', credential(), 'type_missing /type'],
    ['with an id that is null', presentation({ id: null }), 'url_malformed /id'],
    ['with a holder that is null', presentation({ holder: null }), 'url_malformed /holder'],
    ['with a holder by name', presentation({ holder: { name: 'A' } }), 'url_malformed /holder/id'],
    [
      'with a text as credential',
      presentation({ verifiableCredential: 'e.e.e' }),
      'object_expected /verifiableCredential',
    ],
    [
      'with null among credentials',
      presentation({ verifiableCredential: [credential(), null] }),
      'object_expected /verifiableCredential/1',
    ],
    [
      'with no credentials in an array',
      presentation({ verifiableCredential: [] }),
      'object_expected /verifiableCredential',
    ],
    ['with a proof that is a text', presentation({ proof: 'z1' }), 'object_expected /proof'],
    [
      'with terms of use of no type',
      presentation({ termsOfUse: {} }),
      'type_missing /termsOfUse/type',
    ],
    ['with a term that nothing defines', presentation({ size: 43 }), 'json_ld_unsafe'],
  ])('must not be %s', async (_, value, problem) => {
    expect(await found(value)).toEqual([problem])
  })

  it('speaks of what is wrong in its credentials, at their place', async () => {
    const bad = [
      credential(),
      credential({ id: 7 }),
      oldCredential({ issuanceDate: 'today' }),
      credential({ shoeSize: 43 }),
      credential({ type: 'EnvelopedVerifiableCredential', id: 'data:application/vc+cose,e' }),
    ]
    const document = presentation({ verifiableCredential: bad.slice(0, 4) })
    expect(await found(document)).toEqual([
      'url_malformed /verifiableCredential/1/id',
      'time_malformed /verifiableCredential/2/issuanceDate',
      'json_ld_unsafe /verifiableCredential/3',
    ])
    expect(await found(presentation({ verifiableCredential: bad }))).toEqual([
      'envelope_unsupported /verifiableCredential/4',
    ])
  })

  it('holds no more credentials, and tells of no more problems, than it should', async () => {
    const many = (count: number, members: JsonObject = {}) =>
      presentation({
        verifiableCredential: Array.from({ length: count }, () => credential(members)),
      })
    expect(await found(many(maxPresented))).toEqual([])
    expect(await found(many(maxPresented + 1))).toEqual([
      'credentials_too_many /verifiableCredential',
    ])
    const bad = await found(many(maxPresented, { id: 7, issuer: 7 }))
    expect(bad).toHaveLength(maxProblems)
  })

  it('is answered, whatever JSON stands in it', async () => {
    const full = presentation({
      id: 'urn:uuid:9c9a36f8-518f-4976-a934-6649502d0008',
      holder: issuerDid,
      verifiableCredential: [credential()],
      termsOfUse: { type: 'https://uni.example/#Terms' },
      proof: { type: 'DataIntegrityProof' },
    })
    expect(await found(full)).toEqual([])
    await fc.assert(
      fc.asyncProperty(iJson, fc.constantFrom(...Object.keys(full)), async (value, name) => {
        const problems = await checkPresentationModel({ ...full, [name]: value })
        expect(problems.length).toBeLessThanOrEqual(maxProblems)
      }),
      { numRuns: 300 },
    )
  })
})

it('the credentials of a presentation have their place', () => {
  expect(credentialsOf(presentation())).toEqual([])
  expect(credentialsOf(presentation({ verifiableCredential: {} }))).toEqual([
    { credential: {}, pointer: '/verifiableCredential' },
  ])
  const places = credentialsOf(presentation({ verifiableCredential: [1, 2] as Json }))
  expect(places.map(({ pointer }) => pointer)).toEqual([
    '/verifiableCredential/0',
    '/verifiableCredential/1',
  ])
})

const schemas = sharedVectors('vcdm2-json-schema/schema')

describe.skipIf(!schemas)('beside the JSON Schema of presentations', () => {
  const ajv = new Ajv2020({ strict: false })
  addFormats.default(ajv as never)
  const load = (file: string) => readJson(schemas as URL, file) as JsonObject
  if (schemas) ajv.addSchema(load('verifiable-credential/verifiable-credential-schema.json'))
  const validate = schemas
    ? ajv.compile(load('verifiable-presentation/verifiable-presentation-schema.json'))
    : () => true
  const folder = schemas && new URL('verifiable-presentation/', schemas)
  const fixtures = filesIn(folder).filter((file) => file.startsWith('example-'))

  it.each(fixtures)('takes its fixture %s', async (file) => {
    const document = load(`verifiable-presentation/${file}`)
    expect(validate(document)).toBe(true)
    expect(await found(document)).toEqual([])
  })

  it('is never less strict than it, but for what a proof must hold', async () => {
    const plain = presentation({ verifiableCredential: [credential()], holder: issuerDid })
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...Object.keys(plain)), iJson, async (name, value) => {
        const document = { ...plain, [name]: value }
        if ((await found(document)).length > 0) return
        expect(validate(document), JSON.stringify(document)).toBe(true)
      }),
    )
  })
})
