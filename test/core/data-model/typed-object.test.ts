import { describe, expect, it } from 'vitest'
import type { Json, JsonObject } from '../../../core/canonical.ts'
import { credential, issuing, oldCredential, receiving, without } from './sample.ts'

const type = 'https://uni.example/#Some'
const id = 'https://uni.example/some/1'
const typed = ['credentialStatus', 'credentialSchema', 'evidence', 'refreshService', 'termsOfUse']
const identified: Readonly<Record<string, readonly string[]>> = {
  '2.0': ['credentialSchema'],
  '1.1': ['credentialSchema', 'credentialStatus', 'refreshService'],
}
const versions = [
  ['2.0', credential],
  ['1.1', oldCredential],
] as const

/** Both of them find the same. */
async function found(document: JsonObject) {
  const problems = await issuing(document)
  expect(await receiving(document)).toEqual(problems)
  return problems
}

describe.each(versions)('in version %s', (version, make) => {
  describe.each(typed)('%s', (property) => {
    const needsId = identified[version]?.includes(property)

    it('is one object with a type, or several', async () => {
      expect(await found(make({ [property]: { id, type } }))).toEqual([])
      expect(await found(make({ [property]: { id, type: [type] } }))).toEqual([])
      expect(await found(make({ [property]: [{ id, type }] }))).toEqual([])
      const several = [
        { id, type },
        { id: `${id}2`, type: [type, `${type}2`] },
      ]
      expect(await found(make({ [property]: several }))).toEqual([])
    })

    it(needsId ? 'must have an id' : 'may go without id', async () => {
      expect(await found(make({ [property]: { type } }))).toEqual(
        needsId ? [`url_malformed /${property}/id`] : [],
      )
    })

    it.each<readonly [string, Json, string]>([
      ['null', null, 'object_expected '],
      ['a text', id, 'object_expected '],
      ['a number', 7, 'object_expected '],
      ['an empty array', [], 'object_expected '],
      ['an array with a text', [{ id, type }, id], 'object_expected /1'],
      ['an array within an array', [[{ id, type }]], 'object_expected /0'],
      ['without type', { id }, 'type_missing /type'],
      ['with a null type', { id, type: null }, 'type_missing /type'],
      ['with a number for a type', { id, type: 2 }, 'type_missing /type'],
      ['with an empty type', { id, type: '' }, 'type_missing /type'],
      ['with no types', { id, type: [] }, 'type_missing /type'],
      ['with a type in an object', { id, type: { type } }, 'type_missing /type'],
      [
        'with a type that is an array in types',
        { id, type: [type, [type]] },
        'type_malformed /type/1',
      ],
      ['with several ids', { id: [id, id], type }, 'url_malformed /id'],
      ['with an id that is no URL', { id: 'https ://x/4', type }, 'url_malformed /id'],
    ])('is not %s', async (_, value, problem) => {
      const [code, place] = problem.split(' ')
      expect(await found(make({ [property]: value }))).toEqual([`${code} /${property}${place}`])
    })

    it('is not of a type that nothing defines', async () => {
      expect(await found(make({ [property]: { id, type: 'Some' } }))).toEqual(['json_ld_unsafe'])
    })
  })

  describe('credentialSubject', () => {
    it('is one object that says something, or several', async () => {
      for (const subject of [
        { id: 'did:example:1' },
        { type },
        [{ id: 'did:example:1' }, { id: 'did:example:2' }],
      ]) {
        expect(await found(make({ credentialSubject: subject }))).toEqual([])
      }
    })

    it.each<readonly [string, Json, string]>([
      ['null', null, 'object_expected '],
      ['true', true, 'object_expected '],
      ['a number', 4, 'object_expected '],
      ['a text', 'did:example:1', 'object_expected '],
      ['an empty array', [], 'object_expected '],
      ['an empty object', {}, 'subject_empty '],
      ['empty in second place', [{ id: 'did:example:1' }, {}], 'subject_empty /1'],
      ['null in second place', [{ id: 'did:example:1' }, null], 'object_expected /1'],
      ['with several ids', { id: ['did:example:1', 'did:example:2'] }, 'url_malformed /id'],
      ['with an id that is null', { id: null }, 'url_malformed /id'],
    ])('is not %s', async (_, subject, problem) => {
      const [code, place] = problem.split(' ')
      expect(await found(make({ credentialSubject: subject }))).toEqual([
        `${code} /credentialSubject${place}`,
      ])
    })

    it('is needed', async () => {
      expect(await found(without(make(), 'credentialSubject'))).toEqual([
        'subject_missing /credentialSubject',
      ])
    })
  })

  describe('proof', () => {
    it.each<readonly [string, Json, readonly string[]]>([
      ['one', { type: 'DataIntegrityProof' }, []],
      ['several', [{ type: 'DataIntegrityProof' }, { type: 'Ed25519Signature2020' }], []],
      ['null', null, ['object_expected /proof']],
      ['a text', 'z123', ['object_expected /proof']],
      ['an empty array', [], ['object_expected /proof']],
      ['an empty object', {}, ['proof_malformed /proof/type']],
      ['without type', [{ type: 'x' }, { created: 1 }], ['proof_malformed /proof/1/type']],
      ['with several types', { type: ['a', 'b'] }, ['proof_malformed /proof/type']],
    ])('may not be anything: %s', async (_, proof, problems) => {
      expect(await found(make({ proof }))).toEqual(problems)
    })
  })
})
