import { Ajv2019 } from 'ajv/dist/2019.js'
import addFormats from 'ajv-formats'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { credentialAt } from '../../../core/batch.ts'
import type { Json, JsonObject } from '../../../core/canonical.ts'
import { checkDataModel } from '../../../core/data-model/credential.ts'
import { maxProblems } from '../../../core/data-model/problem.ts'
import { badgeKindOf, checkOpenBadge, checkReceivedBadge } from '../../../core/open-badges/badge.ts'
import { readJson, sharedVectors } from '../../shared-vectors.ts'
import { iJson } from '../arbitrary-json.ts'
import { cohort } from '../cohort.ts'
import { alignment, badge, endorsement, obContext, pointersIn, replaced } from './badge-sample.ts'

const v2 = 'https://www.w3.org/ns/credentials/v2'

function found(credential: unknown): readonly string[] {
  const problems = checkReceivedBadge(credential).map(({ code, pointer }) => `${code} ${pointer}`)
  const issuing = checkOpenBadge(credential).map(({ code, pointer }) => `${code} ${pointer}`)
  expect(issuing.slice(0, problems.length)).toEqual(problems)
  return problems
}

describe('an Open Badge', () => {
  it.each<readonly [string, JsonObject]>([
    ['with every class in it', badge()],
    ['of the other name', badge({ type: ['VerifiableCredential', 'AchievementCredential'] })],
    ['that is an endorsement', endorsement('https://uni.example')],
    ['whose issuer is a URL', badge({ issuer: 'https://harbour.example' })],
    ['with a type of its own', badge({}, {}, { achievementType: 'ext:Torch' })],
    ['with one of each instead of arrays', badge({}, {}, { alignment: alignment(), tag: 'steel' })],
    ['that Rootmark issues', credentialAt(cohort(3), 1)],
  ])('is one %s', async (_, credential) => {
    expect(checkOpenBadge(credential)).toEqual([])
    expect(checkReceivedBadge(credential)).toEqual([])
    expect(await checkDataModel(credential)).toEqual([])
  })

  it('of 1.1 has an issuance date', () => {
    const { validFrom: _, ...timeless } = badge({
      '@context': ['https://www.w3.org/2018/credentials/v1', obContext],
    })
    expect(found({ ...timeless, issuanceDate: '2026-05-01T00:00:00Z' })).toEqual([])
    expect(found(timeless)).toEqual(['badge_malformed /issuanceDate'])
  })

  it.each<readonly [string, string, Json | undefined, string]>([
    ['types that are no badge’s', '/type', ['VerifiableCredential'], 'not_an_open_badge /type'],
    ['no context of Open Badges', '/@context', [v2], 'badge_context_missing /@context'],
    [
      'a context of Open Badges 2',
      '/@context',
      [v2, 'https://w3id.org/openbadges/v2'],
      'badge_context_missing /@context',
    ],
    ['no id', '/id', undefined, 'url_malformed /id'],
    ['no start', '/validFrom', undefined, 'badge_malformed /validFrom'],
    ['an issuer of another type', '/issuer/type', ['Person'], 'badge_type_missing /issuer/type'],
    ['an issuer without id', '/issuer/id', undefined, 'badge_malformed /issuer/id'],
    ['an issuer that is a list', '/issuer', ['https://x.example'], 'badge_malformed /issuer'],
    [
      'a parent of another type',
      '/issuer/parentOrg/type',
      'Org',
      'badge_type_missing /issuer/parentOrg/type',
    ],
    [
      'an entry without its type',
      '/issuer/otherIdentifier/0/identifierType',
      'shoe size',
      'badge_malformed /issuer/otherIdentifier/0/identifierType',
    ],
    [
      'a latitude in words',
      '/issuer/address/geo/latitude',
      'north',
      'badge_malformed /issuer/address/geo/latitude',
    ],
    ['several subjects', '/credentialSubject', [{}], 'badge_malformed /credentialSubject'],
    [
      'a subject of another type',
      '/credentialSubject/type',
      ['Person'],
      'badge_type_missing /credentialSubject/type',
    ],
    [
      'an achievement that is a URL',
      '/credentialSubject/achievement',
      'https://x.example',
      'badge_malformed /credentialSubject/achievement',
    ],
    [
      'no achievement',
      '/credentialSubject/achievement',
      undefined,
      'badge_malformed /credentialSubject/achievement',
    ],
    [
      'an achievement without name',
      '/credentialSubject/achievement/name',
      undefined,
      'badge_malformed /credentialSubject/achievement/name',
    ],
    [
      'an achievement without criteria',
      '/credentialSubject/achievement/criteria',
      undefined,
      'badge_malformed /credentialSubject/achievement/criteria',
    ],
    [
      'criteria that are a list',
      '/credentialSubject/achievement/criteria',
      ['a'],
      'badge_malformed /credentialSubject/achievement/criteria',
    ],
    [
      'criteria at no URL',
      '/credentialSubject/achievement/criteria/id',
      'page',
      'badge_malformed /credentialSubject/achievement/criteria/id',
    ],
    [
      'a kind of achievement that is none',
      '/credentialSubject/achievement/achievementType',
      'Torch',
      'badge_malformed /credentialSubject/achievement/achievementType',
    ],
    [
      'a language that is none',
      '/credentialSubject/achievement/inLanguage',
      'English',
      'badge_malformed /credentialSubject/achievement/inLanguage',
    ],
    [
      'a tag that is a number',
      '/credentialSubject/achievement/tag/0',
      7,
      'badge_malformed /credentialSubject/achievement/tag',
    ],
    ['an image that is a URL', '/image', 'https://x.example/a.png', 'badge_malformed /image'],
    [
      'a result of another type',
      '/credentialSubject/result/0/type',
      ['Grade'],
      'badge_type_missing /credentialSubject/result/0/type',
    ],
    [
      'a result with an odd status',
      '/credentialSubject/result/0/status',
      'ext:Great',
      'badge_malformed /credentialSubject/result/0/status',
    ],
    [
      'credits in words',
      '/credentialSubject/creditsEarned',
      'many',
      'badge_malformed /credentialSubject/creditsEarned',
    ],
    [
      'a day without time',
      '/credentialSubject/activityStartDate',
      '2026-01-01',
      'badge_malformed /credentialSubject/activityStartDate',
    ],
    ['evidence of no type', '/evidence/0/type', undefined, 'badge_type_missing /evidence/0/type'],
    [
      'an alignment without name',
      '/credentialSubject/achievement/alignment/0/targetName',
      undefined,
      'badge_malformed /credentialSubject/achievement/alignment/0/targetName',
    ],
    [
      'an alignment with no URL',
      '/credentialSubject/achievement/alignment/0/targetUrl',
      'analyse data',
      'badge_malformed /credentialSubject/achievement/alignment/0/targetUrl',
    ],
    [
      'an alignment with script',
      '/credentialSubject/result/0/alignment/0/targetUrl',
      'javascript:alert(1)',
      'badge_malformed /credentialSubject/result/0/alignment/0/targetUrl',
    ],
    [
      'an alignment to an odd target',
      '/credentialSubject/achievement/alignment/0/targetType',
      'skill',
      'badge_malformed /credentialSubject/achievement/alignment/0/targetType',
    ],
    [
      'a description of results without type',
      '/credentialSubject/achievement/resultDescription/0/resultType',
      undefined,
      'badge_malformed /credentialSubject/achievement/resultDescription/0/resultType',
    ],
    [
      'a level without name',
      '/credentialSubject/achievement/resultDescription/0/rubricCriterionLevel/0/name',
      undefined,
      'badge_malformed /credentialSubject/achievement/resultDescription/0/rubricCriterionLevel/0/name',
    ],
    [
      'an identity that is not said to be hashed',
      '/credentialSubject/identifier/0/hashed',
      undefined,
      'badge_malformed /credentialSubject/identifier/0/hashed',
    ],
    [
      'a hash that is none',
      '/credentialSubject/identifier/0/hashed',
      true,
      'identity_malformed /credentialSubject/identifier/0/identityHash',
    ],
  ])('must not have %s', (_, pointer, value, problem) => {
    expect(found(replaced(badge(), pointer, value))).toEqual([problem])
  })

  it('names its recipient by an id, an identifier or both', () => {
    const nobody = replaced(badge(), '/credentialSubject/id', undefined)
    expect(found(nobody)).toEqual([])
    expect(found(replaced(nobody, '/credentialSubject/identifier', undefined))).toEqual([
      'recipient_missing /credentialSubject',
    ])
    expect(found(replaced(badge(), '/credentialSubject/identifier', undefined))).toEqual([])
  })

  it.each<readonly [string, string, Json | undefined, string]>([
    ['no name', '/name', undefined, 'badge_malformed /name'],
    [
      'no one it is about',
      '/credentialSubject/id',
      undefined,
      'badge_malformed /credentialSubject/id',
    ],
    [
      'a subject of another type',
      '/credentialSubject/type',
      'Profile',
      'badge_type_missing /credentialSubject/type',
    ],
    [
      'a comment that is none',
      '/credentialSubject/endorsementComment',
      7,
      'badge_malformed /credentialSubject/endorsementComment',
    ],
  ])('that is an endorsement must not have %s', (_, pointer, value, problem) => {
    expect(found(replaced(endorsement('https://uni.example'), pointer, value))).toEqual([problem])
  })

  it('is of a kind by its types', () => {
    expect(badgeKindOf(badge())).toBe('AchievementCredential')
    expect(badgeKindOf(endorsement('https://uni.example'))).toBe('EndorsementCredential')
    expect(badgeKindOf(badge({ type: 'OpenBadgeCredential' }))).toBe('AchievementCredential')
    for (const type of [null, 7, [], {}, ['VerifiableCredential'], [['OpenBadgeCredential']]]) {
      expect(badgeKindOf(badge({ type }))).toBe(undefined)
    }
  })
})

describe('a badge that is issued', () => {
  const strict = (credential: JsonObject) =>
    checkOpenBadge(credential).map(({ code, pointer }) => `${code} ${pointer}`)

  it('has the context of Open Badges in second place, as its JSON Schema wants', () => {
    const late = badge({ '@context': [v2, { a: 'urn:a:b' }, obContext] })
    expect(strict(late)).toEqual(['badge_context_misplaced /@context/1'])
    expect(checkReceivedBadge(late)).toEqual([])
  })

  it.each<readonly [string, JsonObject]>([
    ['that ESCO does not have', { targetUrl: 'http://data.europa.eu/esco/skill/...' }],
    [
      'called of ESCO that is elsewhere',
      { targetUrl: 'https://uni.example/1', targetFramework: ' esco' },
    ],
    ['called of CASE that is elsewhere', { targetUrl: 'urn:case:1', targetFramework: 'CASE' }],
    ['that Credential Engine does not have', { targetUrl: 'https://credentialfinder.org/search' }],
  ])('names no skill %s', (_, members) => {
    const odd = badge({}, {}, { alignment: [alignment(), alignment(members)] })
    expect(strict(odd)).toEqual([
      'skill_unrecognised /credentialSubject/achievement/alignment/1/targetUrl',
    ])
    expect(checkReceivedBadge(odd)).toEqual([])
  })

  it('may name skills of any other framework', () => {
    const own = alignment({ targetUrl: 'urn:skills:1', targetFramework: 'Harbour skills' })
    expect(
      strict(badge({}, {}, { alignment: [own, alignment({ targetFramework: 'ESCO' })] })),
    ).toEqual([])
  })
})

describe('any JSON in any place of a badge', () => {
  const pointers = pointersIn(badge())

  it('is answered with problems', () => {
    fc.assert(
      fc.property(fc.constantFrom(...pointers), iJson, (pointer, value) => {
        const document = replaced(badge(), pointer, value)
        for (const check of [checkOpenBadge, checkReceivedBadge]) {
          expect(check(document).length).toBeLessThanOrEqual(maxProblems)
        }
        expect(found(value).length).toBeGreaterThan(0)
      }),
      { numRuns: 500 },
    )
  })

  it('has a bounded number of problems', () => {
    const many = Array.from({ length: 10_000 }, () => 7)
    expect(checkOpenBadge(badge({}, {}, { alignment: many }))).toHaveLength(maxProblems)
  })
})

const schemas = sharedVectors('ob30/schemas')

describe.skipIf(!schemas)('beside the JSON Schemas of Open Badges 3.0', () => {
  const validatorOf = (file: string) => {
    const ajv = new Ajv2019({ strict: false })
    addFormats.default(ajv as never)
    return schemas ? ajv.compile(readJson(schemas, file) as object) : () => true
  }
  const isBadge = validatorOf('ob_v3p0_achievementcredential_schema.json')
  const isEndorsement = validatorOf('ob_v3p0_endorsementcredential_schema.json')

  it('takes what they take', () => {
    expect(isBadge(badge())).toBe(true)
    expect(isEndorsement(endorsement('https://uni.example'))).toBe(true)
    expect(isBadge(endorsement('https://uni.example'))).toBe(false)
  })

  // The schema wants a text as type of four classes; Open Badges and JSON-LD know one or several.
  const pointers = pointersIn(badge()).filter((pointer) => !/\/type(?:\/|$)/.test(pointer))
  const values = fc.oneof(
    iJson,
    fc.constantFrom('ext:Own', 'https://x.example/1', 'en', 'Completed'),
  )

  it('is never less strict than they are, together with the data model', async () => {
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...pointers), values, async (pointer, value) => {
        const document = replaced(badge(), pointer, value)
        if (checkOpenBadge(document).length > 0) return
        if ((await checkDataModel(document)).length > 0) return
        expect(isBadge(document), `${pointer} ${JSON.stringify(value)}`).toBe(true)
      }),
      { numRuns: 2_000 },
    )
  })

  it('is never less strict about what must be there', async () => {
    for (const pointer of pointers) {
      const document = replaced(badge(), pointer, undefined)
      if (/\/\d+$/.test(pointer) || checkOpenBadge(document).length > 0) continue
      if ((await checkDataModel(document)).length > 0) continue
      expect(isBadge(document), pointer).toBe(true)
    }
  })
})
