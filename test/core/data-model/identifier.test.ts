import { describe, expect, it } from 'vitest'
import type { Json } from '../../../core/canonical.ts'
import { isAbsoluteUrl } from '../../../core/data-model/identifier.ts'
import { credential, issuing, receiving, without } from './sample.ts'

const urls = [
  'https://uni.example/credentials/1',
  'http://[2001:db8::1]:8080/a?b=c#d',
  'did:example:123',
  'did:web:uni.example%3A8443:issuers:a',
  'did:key:z6Mk#z6Mk',
  'did:example:a:b/path?query=1#fragment',
  'urn:uuid:9c9a36f8-518f-4976-a934-6649502d0008',
  'urn:isbn:0451450523',
  'mailto:registry@uni.example',
  'data:application/json;base64,e30=',
  'https://uni.example/Zo%C3%AB',
]
const others: readonly Json[] = [
  '',
  'credential-1',
  '/credentials/1',
  '//uni.example/1',
  '#1',
  'https ://not-a-url/1',
  'https://uni.example/a b',
  'https://uni.example/<1>',
  'https://uni.example/"1"',
  'https:uni.example',
  'https:///uni.example',
  'https://',
  'http://uni.example:99999/',
  'https://uni.example/%zz',
  'did:example',
  'did:Example:1',
  'did:example:',
  'did:example:a b',
  'did::1',
  'javascript:alert(1)',
  'vbscript:x',
  '_:b0',
  ':',
  'https://uni.example/1\n',
  ' https://uni.example/1',
  '1https://uni.example',
  null,
  true,
  7,
  [],
  {},
  ['https://uni.example/1'],
  ['https://uni.example/1', 'https://uni.example/2'],
  { id: 'https://uni.example/1' },
  { '@id': 'https://uni.example/1' },
]

describe('an absolute URL', () => {
  it.each(urls)('is %j', (url) => expect(isAbsoluteUrl(url)).toBe(true))

  it.each(others.filter((other) => typeof other === 'string'))('is not %j', (text) =>
    expect(isAbsoluteUrl(text)).toBe(false),
  )

  it('is told from other text in little time', () => {
    const start = performance.now()
    for (const text of [
      'did:a:'.repeat(50_000),
      `https://${'a.'.repeat(100_000)}`,
      '%'.repeat(300_000),
    ])
      isAbsoluteUrl(text)
    expect(performance.now() - start).toBeLessThan(1_000)
  })
})

describe('a single URL is wanted', () => {
  const places: readonly (readonly [string, string, (value: Json) => Json])[] = [
    ['as id', '/id', (id) => credential({ id })],
    ['as issuer.id', '/issuer/id', (id) => credential({ issuer: { id } })],
    [
      'as credentialSubject.id',
      '/credentialSubject/id',
      (id) => credential({ credentialSubject: { id } }),
    ],
    [
      'as id of the second subject',
      '/credentialSubject/1/id',
      (id) => credential({ credentialSubject: [{ id: 'did:example:1' }, { id }] }),
    ],
    [
      'as credentialStatus.id',
      '/credentialStatus/id',
      (id) => credential({ credentialStatus: { id, type: 'https://uni.example/#Status' } }),
    ],
    [
      'as credentialSchema.id',
      '/credentialSchema/id',
      (id) => credential({ credentialSchema: { id, type: 'https://uni.example/#Schema' } }),
    ],
    [
      'as evidence.id',
      '/evidence/0/id',
      (id) => credential({ evidence: [{ id, type: 'https://uni.example/#Evidence' }] }),
    ],
  ]

  it.each(places)('%s', async (_, pointer, make) => {
    for (const url of urls) {
      expect(await issuing(make(url)), url).toEqual([])
      expect(await receiving(make(url)), url).toEqual([])
    }
    for (const other of others) {
      expect(await issuing(make(other)), JSON.stringify(other)).toEqual([
        `url_malformed ${pointer}`,
      ])
      expect(await receiving(make(other)), JSON.stringify(other)).toEqual([
        `url_malformed ${pointer}`,
      ])
    }
  })

  it('as issuer, where it is no object', async () => {
    for (const other of others) {
      const isObject = typeof other === 'object' && other !== null && !Array.isArray(other)
      if (isObject) continue
      expect(await issuing(credential({ issuer: other }))).toEqual(['url_malformed /issuer'])
    }
    expect(await issuing(credential({ issuer: {} }))).toEqual(['url_malformed /issuer/id'])
    expect(await issuing(without(credential(), 'issuer'))).toEqual(['url_malformed /issuer'])
  })

  it('and in claims of what is issued, for whatever they name', async () => {
    const about = (id: Json) =>
      credential({
        '@context': [
          'https://www.w3.org/ns/credentials/v2',
          { knows: 'https://uni.example/#knows' },
        ],
        credentialSubject: { id: 'did:example:1', knows: { id, name: 'Grace' } },
      })
    expect(await issuing(about('did:example:2'))).toEqual([])
    expect(await issuing(about('_:b0'))).toEqual(['url_malformed /credentialSubject/knows/id'])
    expect(await receiving(about('_:b0'))).toEqual([])
    expect(await issuing(about('grace'))).toEqual(['json_ld_unsafe'])
    expect(await receiving(about('grace'))).toEqual(['json_ld_unsafe'])
    expect(await issuing(about('https:grace'))).toEqual([
      'url_malformed /credentialSubject/knows/id',
    ])
  })
})
