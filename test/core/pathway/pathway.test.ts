import { describe, expect, it } from 'vitest'
import { InvalidInputError } from '../../../core/error.ts'
import { pathwayBounds } from '../../../core/pathway/bounds.ts'
import { parsePathway, parsePathwayText, parseRequirement } from '../../../core/pathway/pathway.ts'
import { refusalOf } from '../thrown.ts'

const pathway = {
  format: 'rootmark-pathway-1',
  id: 'https://uni.example/pathways/data-analyst',
  name: 'Data Analyst',
  policy: 'award-suspended',
  achievement: { name: 'Data Analyst', description: 'Analyses data.', criteria: {} },
  every: { issuers: ['did:web:uni.example'] },
  rule: { credits: 10, where: { eqf: 6 } },
}

function refusal(rule: unknown, members: object = {}): string {
  const { code, pointer } = refusalOf(() => parsePathway({ ...pathway, rule, ...members }))
  return `${code} ${pointer}`
}

const nested = (depth: number): unknown =>
  depth === 1 ? { components: 1 } : { all: [nested(depth - 1)] }

describe('a pathway', () => {
  it('is read with what all of its clauses share', () => {
    const { rule, policy, digest } = parsePathway(pathway)
    expect(rule).toMatchObject({
      kind: 'credits',
      needed: 100_000,
      shared: false,
      where: { eqf: 6, issuers: ['did:web:uni.example'] },
    })
    expect(policy).toBe('award-suspended')
    expect(digest).toHaveLength(32)
  })

  it('has one digest, however its members are ordered, and another when anything changes', () => {
    const turned = Object.fromEntries(Object.entries(pathway).reverse())
    const { digest } = parsePathway(pathway)
    expect(parsePathway(turned).digest).toEqual(digest)
    expect(parsePathway({ ...pathway, name: 'Data analyst' }).digest).not.toEqual(digest)
  })

  it.each<readonly [string, unknown, string]>([
    ['no clause', {}, 'pathway_malformed /rule'],
    ['two kinds of clause', { credits: 1, components: 1 }, 'pathway_malformed /rule'],
    ['an unknown member', { components: 1, shard: true }, 'pathway_malformed /rule/shard'],
    ['credits in text', { credits: '10' }, 'pathway_malformed /rule/credits'],
    ['negative credits', { credits: -3 }, 'pathway_malformed /rule/credits'],
    ['no credits', { credits: 0 }, 'pathway_malformed /rule/credits'],
    ['too fine credits', { credits: 1.00001 }, 'pathway_malformed /rule/credits'],
    ['more of a choice than there is', { any: 2, of: [nested(1)] }, 'pathway_malformed /rule/any'],
    ['half a component', { components: 0.5 }, 'pathway_malformed /rule/components'],
    ['an empty list', { all: [] }, 'pathway_malformed /rule/all'],
    [
      'a level of text',
      { components: 1, where: { eqf: '6' } },
      'pathway_malformed /rule/where/eqf',
    ],
    ['level 9', { components: 1, where: { eqf: 9 } }, 'pathway_malformed /rule/where/eqf'],
    [
      'a word for a time',
      { components: 1, where: { within: '3 years' } },
      'duration_malformed /rule/where/within',
    ],
    [
      'an odd scope',
      { components: 1, where: { accredited: { scope: 'all' } } },
      'scope_malformed /rule/where/accredited/scope',
    ],
    ['a null', { all: [null] }, 'pathway_malformed /rule/all/0'],
    ['a text', 'all', 'pathway_malformed /rule'],
    [
      '10,000 clauses',
      { all: Array.from({ length: 10_000 }, () => ({ components: 1 })) },
      'pathway_too_large ',
    ],
    [
      '501 clauses',
      { all: Array.from({ length: 501 }, () => ({ components: 1 })) },
      'pathway_too_large /rule',
    ],
    ['depth 100', nested(100), 'pathway_too_large '],
    ['depth 13', nested(13), `pathway_too_large /rule${'/all/0'.repeat(12)}`],
    [
      '201 issuers',
      { components: 1, where: { issuers: Array.from({ length: 201 }, (_, i) => `did:x:${i}`) } },
      'pathway_too_large /rule/where/issuers',
    ],
  ])('is refused with %s', (_, rule, expected) => {
    expect(refusal(rule)).toBe(expected)
  })

  it('is refused where it does not say whose credentials count', () => {
    const rule = { all: [{ components: 1, where: { issuers: 'any' } }, { components: 1 }] }
    expect(refusal(rule, { every: {} })).toBe('issuers_unstated /rule/all/1')
  })

  it.each([
    [{ format: 'rootmark-pathway-2' }, '/format'],
    [{ id: 'no uri' }, '/id'],
    [{ policy: 'award-vanishes' }, '/policy'],
    [{ achievement: 'Data Analyst' }, '/achievement'],
    [{ rules: [] }, '/rules'],
    [{ equivalences: {} }, '/equivalences'],
    [{ equivalences: { eqf: 5, issuers: 'any' } }, '/equivalences/eqf'],
  ])('is refused with %j', (members, pointer) => {
    expect(refusal(pathway.rule, members)).toContain(` ${pointer}`)
  })

  it('is refused as text where it is no I-JSON, or too long', () => {
    const text = JSON.stringify(pathway)
    const codeOf = (bytes: string) => refusalOf(() => parsePathwayText(bytes)).code
    expect(codeOf(text.replace('"name"', '"id":"x","name"'))).toBe('duplicate_name')
    expect(codeOf(`${text}${' '.repeat(pathwayBounds.bytes)}`)).toBe('too_large')
    expect(codeOf(`${'['.repeat(100)}${']'.repeat(100)}`)).toBe('too_deep')
    expect(refusalOf(() => parsePathwayText('[1')) instanceof InvalidInputError).toBe(true)
  })
})

describe('a requirement', () => {
  it('is a rule with a name, and no pathway', () => {
    const requirement = {
      format: 'rootmark-requirement-1',
      name: 'Analyst, Harbour Ltd',
      rule: { components: 1, where: { issuers: 'any', eqf: 5 } },
    }
    expect(parseRequirement(requirement).rule.kind).toBe('components')
    const error = refusalOf(() => parseRequirement({ ...requirement, policy: 'x' }, '/requirement'))
    expect(error.pointer).toBe('/requirement/policy')
  })
})
