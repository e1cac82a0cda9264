import { createHash } from 'node:crypto'
import { encode } from 'base58-universal'
import { describe, expect, it } from 'vitest'
import { toMultibase } from '../../../core/bytes.ts'
import type { Json } from '../../../core/canonical.ts'
import { isPinnedContext } from '../../../core/contexts.ts'
import { hashNames, knownResources } from '../../../core/data-model/known-resource.ts'
import { credential, issuing, receiving, v2 } from './sample.ts'

/** What vc-data-model 2.0 appendix B.1 states, in hex. */
const published = '59955ced6697d61e03f2b2556febe5308ab16842846f5b586d7f1f7adec92734'
const sha256 = Buffer.from(published, 'hex')
const multihash = Buffer.concat([Buffer.from([0x12, 32]), sha256])
const sha384 = 'sha384-l/HrjlBCNWyAX91hr6LFV2Y3heB5Tcr6IeE4/Tje8YyzYBM8IhqjHWiWpr8+ZbYU'
const multibase = 'uEiBZlVztZpfWHgPyslVv6-UwirFoQoRvW1htfx963sknNA'

const other = createHash('sha384').update('something else').digest()
const elsewhere = 'https://uni.example/logo.svg'

async function found(resource: Json) {
  const problems = await issuing(credential({ relatedResource: resource }))
  expect(await receiving(credential({ relatedResource: resource }))).toEqual(problems)
  return problems.map((problem) => problem.replace('/relatedResource', '').trim())
}

describe('relatedResource', () => {
  it.each<readonly [string, Json]>([
    ['with an SRI digest', { id: v2, digestSRI: sha384 }],
    ['with SHA-256', { id: v2, digestSRI: `sha256-${sha256.toString('base64')}` }],
    [
      'with the other base64',
      { id: v2, digestSRI: sha384.replaceAll('/', '_').replaceAll('+', '-') },
    ],
    ['with options', { id: v2, digestSRI: `${sha384}?ct=application/ld+json` }],
    [
      'with several digests, one of them right',
      { id: v2, digestSRI: `sha384-${other.toString('base64')} ${sha384}` },
    ],
    ['with a multihash in base64url', { id: v2, digestMultibase: multibase }],
    ['with a multihash in base58', { id: v2, digestMultibase: `z${encode(multihash)}` }],
    ['with a bare digest', { id: v2, digestMultibase: toMultibase(sha256) }],
    ['with both', { id: v2, digestSRI: sha384, digestMultibase: multibase }],
    ['with a media type', { id: v2, digestSRI: sha384, mediaType: 'application/ld+json' }],
    ['in an array', [{ id: v2, digestSRI: sha384 }]],
    [
      'several',
      [
        { id: v2, digestSRI: sha384 },
        { id: elsewhere, digestMultibase: multibase },
      ],
    ],
    [
      'of which the bytes are not known',
      { id: elsewhere, digestSRI: `sha384-${other.toString('base64')}` },
    ],
  ])('may be one %s', async (_, resource) => {
    expect(await found(resource)).toEqual([])
  })

  it.each<readonly [string, Json, string]>([
    ['a text', v2, 'object_expected'],
    ['a text in an array', [v2], 'object_expected /0'],
    ['null', null, 'object_expected'],
    ['an empty array', [], 'object_expected'],
    ['without id', { digestSRI: sha384 }, 'url_malformed /id'],
    ['with a number as id', { id: 7, digestSRI: sha384 }, 'url_malformed /id'],
    ['with an id that is no URL', { id: 'v2', digestSRI: sha384 }, 'url_malformed /id'],
    ['without digest', { id: v2 }, 'digest_missing'],
    ['with a digest that is null', { id: v2, digestSRI: null }, 'digest_malformed /digestSRI'],
    [
      'with a digest that is a list',
      { id: v2, digestSRI: [sha384] },
      'digest_malformed /digestSRI',
    ],
    ['with an empty digest', { id: v2, digestSRI: '' }, 'digest_malformed /digestSRI'],
    [
      'with a digest by MD5',
      { id: v2, digestSRI: 'md5-1B2M2Y8AsgTpgAmY7PhCfg==' },
      'digest_malformed /digestSRI',
    ],
    [
      'with a digest that is too short',
      { id: v2, digestSRI: 'sha384-AAAA' },
      'digest_malformed /digestSRI',
    ],
    [
      'with a multibase that is none',
      { id: v2, digestMultibase: 'xyz' },
      'multibase_malformed /digestMultibase',
    ],
    [
      'with a multibase number',
      { id: v2, digestMultibase: 7 },
      'digest_malformed /digestMultibase',
    ],
    [
      'with a multibase of 3 bytes',
      { id: v2, digestMultibase: 'uAAAA' },
      'digest_malformed /digestMultibase',
    ],
    [
      'with an endless multibase',
      { id: v2, digestMultibase: `z${'1'.repeat(100_000)}` },
      'multibase_malformed /digestMultibase',
    ],
    [
      'with the SRI digest of something else',
      { id: v2, digestSRI: `sha384-${other.toString('base64')}` },
      'digest_mismatch /digestSRI',
    ],
    [
      'with the multihash of something else',
      { id: v2, digestMultibase: toMultibase(createHash('sha256').update('x').digest()) },
      'digest_mismatch /digestMultibase',
    ],
    [
      'with one right digest and one wrong',
      { id: v2, digestSRI: sha384, digestMultibase: toMultibase(other) },
      'digest_mismatch /digestMultibase',
    ],
    [
      'that a weaker hash would let pass',
      {
        id: v2,
        digestSRI: `sha256-${sha256.toString('base64')} sha384-${other.toString('base64')}`,
      },
      'digest_mismatch /digestSRI',
    ],
    [
      'listed twice',
      [
        { id: v2, digestSRI: sha384 },
        { id: v2, digestMultibase: multibase },
      ],
      'resource_repeated /1/id',
    ],
    [
      'with a media type that is none',
      { id: v2, digestSRI: sha384, mediaType: 'ld' },
      'media_type_malformed /mediaType',
    ],
  ])('is not %s', async (_, resource, problem) => {
    expect(await found(resource)).toEqual([problem])
  })
})

describe('digests that are known', () => {
  it('are of pinned contexts, and as long as their hash makes them', () => {
    for (const [url, digests] of knownResources) {
      expect(isPinnedContext(url), url).toBe(true)
      for (const name of hashNames) {
        const bytes = Buffer.from(digests[name], 'base64')
        expect(bytes.length * 8).toBe(Number(name.slice(3)))
        expect(bytes.toString('base64')).toBe(digests[name])
      }
    }
  })

  it('are those that the specifications state', () => {
    const stated = new Map([
      [
        'https://www.w3.org/2018/credentials/v1',
        'ab4ddd9a531758807a79a5b450510d61ae8d147eab966cc9a200c07095b0cdcc',
      ],
      [v2, published],
      [
        'https://w3id.org/security/data-integrity/v2',
        '67f21e6e33a6c14e5ccfd2fc7865f7474fb71a04af7e94136cb399dfac8ae8f4',
      ],
      [
        'https://w3id.org/security/multikey/v1',
        'ba2c182de2d92f7e47184bcca8fcf0beaee6d3986c527bf664c195bbc7c58597',
      ],
    ])
    for (const [url, hex] of stated) {
      expect(Buffer.from(knownResources.get(url)?.sha256 ?? '', 'base64').toString('hex')).toBe(hex)
    }
  })
})
