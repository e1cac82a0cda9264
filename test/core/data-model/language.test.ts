import { describe, expect, it } from 'vitest'
import type { Json } from '../../../core/canonical.ts'
import { credential, issuerDid, issuing, oldCredential, receiving } from './sample.ts'

const places: readonly (readonly [string, (value: Json) => Json])[] = [
  ['/name', (name) => credential({ name })],
  ['/description', (description) => credential({ description })],
  ['/issuer/name', (name) => credential({ issuer: { id: issuerDid, name } })],
  ['/issuer/description', (description) => credential({ issuer: { id: issuerDid, description } })],
]

const good: readonly Json[] = [
  'Data literacy',
  '',
  { '@value': 'Datenkompetenz' },
  { '@value': 'Datenkompetenz', '@language': 'de-CH' },
  { '@value': 'محو الأمية', '@language': 'ar', '@direction': 'rtl' },
  { '@value': 'Data', '@direction': 'ltr' },
  [{ '@value': 'Dog', '@language': 'en' }],
  [
    { '@value': 'Dog', '@language': 'en' },
    { '@value': 'Chien', '@language': 'fr' },
  ],
]

const bad: readonly (readonly [Json, string])[] = [
  [null, 'text_malformed '],
  [7, 'text_malformed '],
  [true, 'text_malformed '],
  [[], 'text_malformed '],
  [['Dog'], 'text_malformed /0'],
  [[{ '@value': 'Dog' }, null], 'text_malformed /1'],
  [{}, 'language_malformed /@value'],
  [{ '@value': null }, 'language_malformed /@value'],
  [{ '@value': ['a'] }, 'language_malformed /@value'],
  [{ '@language': 'en' }, 'language_malformed /@value'],
  [{ '@value': 'a', '@language': 7 }, 'language_malformed /@language'],
  [{ '@value': 'a', '@language': '' }, 'language_malformed /@language'],
  [{ '@value': 'a', '@language': 'de_CH' }, 'language_malformed /@language'],
  [{ '@value': 'a', '@language': 'a very long language' }, 'language_malformed /@language'],
  [{ '@value': 'a', '@language': null }, 'language_malformed /@language'],
  [{ '@value': 'a', '@direction': 'up' }, 'language_malformed /@direction'],
  [{ '@value': 'a', '@direction': null }, 'language_malformed /@direction'],
  [{ '@value': 'a', '@type': 'https://x.example/#t' }, 'language_malformed /@type'],
  [{ '@value': 'a', '@index': 'x' }, 'language_malformed /@index'],
  [{ '@value': 'a', url: 'did:example:1' }, 'language_malformed /url'],
  [{ '@value': 'a', 'a/b~c': 1 }, 'language_malformed /a~1b~0c'],
  [{ value: 'a', lang: 'en' }, 'language_malformed /value'],
]

describe.each(places)('the text at %s', (pointer, make) => {
  it('is a text, a text with its language, or several of these', async () => {
    for (const value of good) {
      expect(await issuing(make(value)), JSON.stringify(value)).toEqual([])
      expect(await receiving(make(value)), JSON.stringify(value)).toEqual([])
    }
  })

  it.each(bad)('is not %j', async (value, problem) => {
    const [code, place = ''] = problem.split(' ')
    expect(await issuing(make(value))).toContain(`${code} ${pointer}${place}`)
    expect(await receiving(make(value))).toContain(`${code} ${pointer}${place}`)
  })
})

it('is what a context of the issuer says in 1.1, which has no such terms', async () => {
  expect(await issuing(oldCredential({ name: 'x' }))).toEqual(['json_ld_unsafe'])
  const named = oldCredential({
    '@context': ['https://www.w3.org/2018/credentials/v1', { name: 'https://schema.org/name' }],
    name: 'x',
  })
  expect(await issuing(named)).toEqual([])
})
