import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Json, JsonObject } from '../../core/canonical.ts'
import { isPinnedContext, loadContext } from '../../core/contexts.ts'
import { canonizeRdf, expandStrictly } from '../../core/json-ld.ts'
import { readJson, sharedVectors } from '../shared-vectors.ts'
import { iJson } from './arbitrary-json.ts'
import { badgeBy } from './signers.ts'

const badgeContexts = sharedVectors('ob30/contexts')
const examples = 'https://www.w3.org/ns/credentials/examples/v2'
const badge = badgeBy('did:key:z6MkrJVnaZkeFzdQyMZu1cgjg7k1pZZ6pvBQ7XJPt4swbTQ2')

const pinned = [
  'https://www.w3.org/2018/credentials/v1',
  'https://www.w3.org/ns/credentials/v2',
  'https://www.w3.org/ns/credentials/undefined-terms/v2',
  examples,
  'https://w3id.org/security/data-integrity/v1',
  'https://w3id.org/security/data-integrity/v2',
  'https://w3id.org/security/multikey/v1',
  'https://w3id.org/security/suites/ed25519-2020/v1',
  'https://www.w3.org/ns/did/v1',
  'https://www.w3.org/ns/credentials/status/v1',
  'https://purl.imsglobal.org/spec/ob/v3p0/context.json',
  'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.1.json',
  'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.2.json',
  'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json',
  'https://purl.imsglobal.org/spec/ob/v3p0/extensions.json',
]

const codeOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'taken',
    (thrown: { code?: string }) => thrown.code ?? String(thrown),
  )

describe('the contexts', () => {
  it.each(pinned)('%s is at hand', async (url) => {
    expect(isPinnedContext(url)).toBe(true)
    expect(await loadContext(url)).toHaveProperty('@context')
  })

  it.runIf(badgeContexts)('of Open Badges are the published ones', async () => {
    for (const name of ['context-3.0.1.json', 'context-3.0.2.json', 'context-3.0.3.json']) {
      const url = `https://purl.imsglobal.org/spec/ob/v3p0/${name}`
      expect(await loadContext(url)).toEqual(readJson(badgeContexts as URL, name))
    }
  })

  it('are no others, and none is fetched', async () => {
    for (const url of [
      'https://example.org/context/v1',
      'https://www.w3.org/ns/credentials/v2/',
      'http://www.w3.org/ns/credentials/v2',
      'https://www.w3.org/ns/credentials/V2',
      '',
      'toString',
      '__proto__',
    ]) {
      expect(isPinnedContext(url)).toBe(false)
      expect(await codeOf(loadContext(url))).toBe('context_unknown')
    }
  })

  it('that a document names and nobody knows are told apart from malformed ones', async () => {
    const withContext = (context: Json): JsonObject => ({ ...badge, '@context': context })
    const [v2] = badge['@context'] as readonly string[]
    const unknown = withContext([v2 as string, 'https://example.org/context/v1'])
    expect(await codeOf(canonizeRdf(unknown))).toBe('context_unknown')
    expect(await codeOf(expandStrictly(unknown))).toBe('context_unknown')
    const imported = withContext([v2 as string, { '@import': 'https://evil.example/c' }])
    expect(await codeOf(canonizeRdf(imported))).toBe('context_unknown')
    expect(await codeOf(canonizeRdf(withContext([v2 as string, 'relative/path'])))).not.toBe(
      'taken',
    )
    expect(await codeOf(canonizeRdf(withContext([v2 as string, { x: 7 }])))).toBe(
      'json_ld_malformed',
    )
  })
})

describe('safe mode', () => {
  const subject = badge['credentialSubject'] as JsonObject
  const cases: readonly (readonly [string, JsonObject])[] = [
    ['a term that nothing defines', { ...badge, undefinedTerm: 'x' }],
    ['such a term deep inside', { ...badge, credentialSubject: { ...subject, favourite: 'x' } }],
    ['a type that nothing defines', { ...badge, type: ['VerifiableCredential', 'MadeUp'] }],
    ['a relative id', { ...badge, id: 'badges/1' }],
    ['a relative id of the subject', { ...badge, credentialSubject: { ...subject, id: '../x' } }],
    ['no contexts', { ...badge, '@context': [] }],
  ]
  it.each(cases)('refuses %s', async (_, document) => {
    expect(await codeOf(canonizeRdf(document))).toBe('json_ld_unsafe')
    expect(await codeOf(expandStrictly(document))).toBe('json_ld_unsafe')
  })

  it.each([
    ['type', { type: 'https://evil.example/type' }],
    ['name', { name: null }],
    ['every word at once', null],
  ])('refuses a context that gives %s another meaning', async (_, context) => {
    const contexts = badge['@context'] as readonly Json[]
    const redefined = { ...badge, '@context': [...contexts, context] } as JsonObject
    expect(await codeOf(canonizeRdf(redefined))).toBe('json_ld_malformed')
    const inside = { ...badge, credentialSubject: { '@context': context, ...subject } }
    expect(await codeOf(canonizeRdf(inside as JsonObject))).toBe('json_ld_malformed')
  })

  it('refuses a blank node for a predicate', async () => {
    expect(await codeOf(canonizeRdf({ ...badge, '_:x': 'y' }))).toBe('json_ld_unsafe')
  })

  it('is not led astray where a context is outdone by that of the type', async () => {
    const contexts = badge['@context'] as readonly Json[]
    for (const name of ['issuer', 'validUntil', 'credentialSubject', 'credentialStatus']) {
      const astray = { ...badge, '@context': [...contexts, { [name]: 'https://evil.example/x' }] }
      expect(await canonizeRdf(astray)).toBe(await canonizeRdf(badge))
    }
  })

  it('takes what an inline context defines', async () => {
    const contexts = badge['@context'] as readonly Json[]
    const defined = {
      ...badge,
      '@context': [...contexts, { hobby: 'https://example.org/hobby' }],
      hobby: 'welding',
    } as JsonObject
    expect(await canonizeRdf(defined)).toContain('<https://example.org/hobby> "welding"')
  })

  it('keeps the direction of a text', async () => {
    const text = { '@value': 'مهارة', '@language': 'ar', '@direction': 'rtl' }
    expect(await canonizeRdf({ ...badge, name: text })).toContain(
      '"مهارة"^^<https://www.w3.org/ns/i18n#ar_rtl>',
    )
  })
})

describe('the canonical form', () => {
  it('does not depend on how members are ordered', async () => {
    const reversed = Object.fromEntries(Object.entries(badge).toReversed())
    expect(await canonizeRdf(reversed)).toBe(await canonizeRdf(badge))
  })

  it('of any JSON is refused or is text, and nothing else is thrown', async () => {
    const contexts = ['https://www.w3.org/ns/credentials/v2', examples]
    await fc.assert(
      fc.asyncProperty(iJson, async (value) => {
        const code = await codeOf(canonizeRdf({ '@context': contexts, odd: value }))
        expect(code).toMatch(/^(?:taken|json_ld_\w+|context_unknown)$/)
      }),
      { numRuns: 300 },
    )
  })
})

describe('a document that is made to keep a computer busy', () => {
  const within = (more: JsonObject, contexts: readonly Json[] = []): JsonObject => ({
    ...badge,
    '@context': ['https://www.w3.org/ns/credentials/v2', examples, ...contexts],
    credentialSubject: { id: 'urn:x:subject', ...more },
  })
  const many = <T>(count: number, make: (index: number) => T): readonly T[] =>
    Array.from({ length: count }, (_, index) => make(index))
  const terms = (count: number) =>
    Object.fromEntries(many(count, (i) => [`t${i}`, `https://x.example/${i}`]))
  const clique = many(40, (i) => ({ id: `_:b${i}`, knows: many(40, (j) => ({ id: `_:b${j}` })) }))

  const cases: readonly (readonly [string, JsonObject])[] = [
    ['blank nodes that all know one another', within({ knows: clique })],
    ['a long list', within({ tag: many(1_001, String) })],
    ['many values', within({ tag: many(20, (i) => ({ id: `urn:${i}`, x: many(600, String) })) })],
    ['many contexts', within({ x: many(65, () => ({ '@context': {}, y: 'z' })) })],
    ['many terms', within({}, [terms(1_001)])],
    [
      'terms for each of many objects',
      within({ x: many(200, (i) => ({ id: `urn:${i}`, type: 'T' })) }, [
        { T: { '@id': 'https://x.example/T', '@context': terms(600) } },
      ]),
    ],
  ]
  it.each(cases)('is refused at once: %s', async (_, document) => {
    const started = performance.now()
    expect(await codeOf(canonizeRdf(document))).toBe('json_ld_too_complex')
    expect(performance.now() - started).toBeLessThan(2_000)
  })

  it('is taken as long as it is within the bounds', async () => {
    const large = within({ tag: many(1_000, String), x: many(500, (i) => ({ id: `urn:y:${i}` })) })
    expect(await codeOf(canonizeRdf(large))).toBe('taken')
  })
})
