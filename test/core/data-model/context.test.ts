import { describe, expect, it } from 'vitest'
import type { Json } from '../../../core/canonical.ts'
import { versionOf } from '../../../core/data-model/context.ts'
import {
  credential,
  examples,
  issuing,
  oldCredential,
  receiving,
  v1,
  v2,
  without,
} from './sample.ts'

const own = { Diploma: 'https://uni.example/#Diploma' }

describe('@context', () => {
  it.each([
    ['the base alone', [v2]],
    ['the base of 1.1 alone', [v1]],
    ['a pinned context after it', [v2, examples]],
    ['an object after it', [v2, own]],
    ['both', [v2, examples, own, 'https://w3id.org/security/data-integrity/v2']],
    ['an empty object', [v2, {}]],
  ])('may be %s', async (_, context) => {
    const make = context[0] === v1 ? oldCredential : credential
    expect(await issuing(make({ '@context': context as Json }))).toEqual([])
    expect(await receiving(make({ '@context': context as Json }))).toEqual([])
  })

  it.each<readonly [string, Json, string]>([
    ['the base as a text', v2, 'context_base_missing /@context'],
    ['empty', [], 'context_base_missing /@context'],
    ['null', null, 'context_base_missing /@context'],
    ['a number', 4, 'context_base_missing /@context'],
    ['false', false, 'context_base_missing /@context'],
    ['an object', { foo: true }, 'context_base_missing /@context'],
    ['an object with the base', { '0': v2 }, 'context_base_missing /@context'],
    ['the base later', [examples, v2], 'context_base_missing /@context'],
    ['an object first', [own, v2], 'context_base_missing /@context'],
    ['the base in an array', [[v2]], 'context_base_missing /@context'],
    ['the base with a slash', [`${v2}/`], 'context_base_missing /@context'],
    ['the base over http', [v2.replace('https', 'http')], 'context_base_missing /@context'],
    ['a number after it', [v2, 123], 'context_malformed /@context/1'],
    ['null after it', [v2, null], 'context_malformed /@context/1'],
    ['an array after it', [v2, [examples]], 'context_malformed /@context/1'],
    ['no URL after it', [v2, own, 'https ://x/v1'], 'context_malformed /@context/2'],
    ['a relative URL after it', [v2, 'v1.json'], 'context_malformed /@context/1'],
    ['a context that nobody pinned', [v2, 'https://example.com'], 'context_unknown /@context/1'],
    ['one on loopback', [v2, 'http://127.0.0.1:8080/c.json'], 'context_unknown /@context/1'],
    ['one in a file', [v2, 'file:///etc/passwd'], 'context_unknown /@context/1'],
    [
      'one in a data URL',
      [v2, 'data:application/ld+json;base64,e30='],
      'context_unknown /@context/1',
    ],
  ])('must not be %s', async (_, context, problem) => {
    for (const found of [
      await issuing(credential({ '@context': context })),
      await receiving(credential({ '@context': context })),
    ]) {
      expect(found).toContain(problem)
    }
  })

  it('is needed', async () => {
    expect(await issuing(without(credential(), '@context'))).toEqual([
      'context_base_missing /@context',
    ])
  })

  it('names a context once in what is issued; what others issued may name it twice', async () => {
    const twice = credential({ '@context': [v2, examples, examples] })
    expect(await issuing(twice)).toEqual(['context_repeated /@context/2'])
    expect(await receiving(twice)).toEqual([])
  })

  it('makes no credential of both versions', async () => {
    for (const context of [
      [v2, v1],
      [v1, v2],
    ]) {
      const both = oldCredential({ '@context': context })
      expect(await issuing(both)).not.toEqual([])
      expect(await receiving(both)).not.toEqual([])
    }
  })

  it('tells the version by its first item alone', () => {
    expect(versionOf([v2, v1])).toBe('2.0')
    expect(versionOf([v1])).toBe('1.1')
    for (const other of [undefined, null, v2, { '0': v2 }, [], [[v2]], [examples]]) {
      expect(versionOf(other as Json)).toBe(undefined)
    }
  })
})

describe('a context that is an object must be processable', () => {
  it.each<readonly [string, Json]>([
    ['a term that stands for no URL', { Diploma: 'https ://uni.example/#Diploma' }],
    ['a term that stands for a number', { Diploma: 7 }],
    ['a term that stands for a list', { Diploma: ['https://uni.example/#Diploma'] }],
    ['a term that stands for itself', { Diploma: 'Diploma' }],
    ['terms that stand for one another', { a: 'b:x', b: 'a:x' }],
    ['a term in the form of a keyword', { '@diploma': 'https://uni.example/#Diploma' }],
    ['a keyword with another meaning', { '@type': 'https://uni.example/#type' }],
    ['another version of JSON-LD', { '@version': 2 }],
    ['a vocabulary that is no URL', { '@vocab': 7 }],
    ['a base that is no URL', { '@base': {} }],
    ['a language that is none', { '@language': 7 }],
    ['an import of a context that nobody pinned', { '@import': 'https://example.com/c' }],
  ])('not with %s', async (_, context) => {
    const [problem, ...others] = await issuing(credential({ '@context': [v2, context] }))
    expect(others).toEqual([])
    expect(problem).toMatch(/^(?:json_ld_malformed|json_ld_unsafe|context_unknown)\b/)
    expect(await receiving(credential({ '@context': [v2, context] }))).toEqual([problem])
  })
})
