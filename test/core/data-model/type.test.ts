import { describe, expect, it } from 'vitest'
import type { Json } from '../../../core/canonical.ts'
import { credential, examples, issuing, receiving, v2, without } from './sample.ts'

const vc = 'VerifiableCredential'
const typed = (type: Json, ...contexts: readonly Json[]) =>
  credential({ type, '@context': [v2, ...contexts] })

describe('type', () => {
  it.each<readonly [string, Json]>([
    ['VerifiableCredential alone', typed([vc])],
    ['an absolute URL beside it', typed([vc, 'https://uni.example/#Diploma'])],
    ['in any order', typed(['https://uni.example/#A', vc, 'https://uni.example/#B'])],
    ['a term of a pinned context', typed([vc, 'AnythingAtAll'], examples)],
    ['a term of its own', typed([vc, 'Diploma'], { Diploma: 'https://uni.example/#Diploma' })],
    ['a term by a prefix', typed([vc, 'Diploma'], { u: 'https://uni.example/#', Diploma: 'u:D' })],
    ['a term by a vocabulary', typed([vc, 'Diploma'], { '@vocab': 'https://uni.example/#' })],
  ])('may be %s', async (_, document) => {
    expect(await issuing(document)).toEqual([])
    expect(await receiving(document)).toEqual([])
  })

  it.each<readonly [string, Json, string]>([
    ['null', typed(null), 'type_missing /type'],
    ['true', typed(true), 'type_missing /type'],
    ['a number', typed(4), 'type_missing /type'],
    ['an object', typed({ '0': vc }), 'type_missing /type'],
    ['empty', typed([]), 'type_missing /type'],
    ['another type alone', typed(['Diploma'], examples), 'type_missing /type'],
    ['the presentation’s', typed(['VerifiablePresentation']), 'type_missing /type'],
    ['an array in it', typed([vc, ['Diploma']]), 'type_malformed /type/1'],
    ['an object in it', typed([{}, vc]), 'type_malformed /type/0'],
    ['null in it', typed([vc, null]), 'type_malformed /type/1'],
    ['an empty text in it', typed([vc, '']), 'type_malformed /type/1'],
    ['a keyword in it', typed([vc, '@id']), 'type_malformed /type/1'],
    ['a term that nothing defines', typed([vc, 'Diploma']), 'json_ld_unsafe'],
    ['one that @vocab null undoes', typed([vc, 'Diploma'], { '@vocab': null }), 'json_ld_unsafe'],
    ['a URL with a space', typed([vc, 'https ://uni.example/#D']), 'json_ld_unsafe'],
    ['a term that is null', typed([vc, 'Diploma'], { Diploma: null }), 'json_ld_unsafe'],
  ])('must not be %s', async (_, document, problem) => {
    expect(await issuing(document)).toEqual([problem])
    expect(await receiving(document)).toEqual([problem])
  })

  it('is needed', async () => {
    expect(await issuing(without(credential(), 'type'))).toEqual(['type_missing /type'])
  })

  it('is an array in what is issued; what others issued may name one type', async () => {
    expect(await issuing(typed(vc))).toEqual(['type_malformed /type'])
    expect(await receiving(typed(vc))).toEqual([])
  })

  it('must stand for URLs in what is issued, not for something that only looks like one', async () => {
    const odd = typed([vc, 'Diploma'], { Diploma: 'did:example' })
    expect(await issuing(odd)).toEqual(['url_malformed /@context/1/Diploma'])
    expect(await issuing(typed([vc, 'https:diploma']))).toEqual(['url_malformed /type/1'])
  })

  it('tells of an envelope, which is not read here', async () => {
    const envelope = {
      '@context': v2,
      type: 'EnvelopedVerifiableCredential',
      id: 'data:application/vc+jwt,eyJ.eyJ.x',
    }
    expect(await issuing(envelope)).toEqual(['envelope_unsupported /type'])
    expect(await receiving({ ...envelope, '@context': [v2] })).toEqual([
      'envelope_unsupported /type',
    ])
    expect(await receiving(typed([vc, 'EnvelopedVerifiableCredential']))).toEqual([
      'envelope_unsupported /type',
    ])
  })
})
