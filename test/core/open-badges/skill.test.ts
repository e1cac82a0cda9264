import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { credentialAt } from '../../../core/batch.ts'
import type { Json } from '../../../core/canonical.ts'
import { alignmentsOf, skillsOf } from '../../../core/open-badges/skill.ts'
import { iJson } from '../arbitrary-json.ts'
import { cohort } from '../cohort.ts'
import { alignment, badge, escoSkill, pointersIn, replaced } from './badge-sample.ts'

const skillsWith = (...alignments: readonly Json[]) =>
  skillsOf(badge({}, { result: [] }, { alignment: alignments }))

describe('the skills of a badge', () => {
  it('are those of its achievement and of its results, each once', () => {
    const own = alignment({ targetName: 'weld', targetUrl: 'https://harbour.example/weld' })
    const document = badge({}, { result: [{ type: ['Result'], alignment: [own, alignment()] }] })
    expect(skillsOf(document)).toEqual([
      {
        name: 'analyse data',
        url: escoSkill,
        framework: 'ESCO',
        code: escoSkill.split('/').at(-1),
      },
      { name: 'weld', url: 'https://harbour.example/weld', framework: undefined, code: undefined },
    ])
  })

  it('are the same however the issuer writes their URL', () => {
    const page = `https://esco.ec.europa.eu/en/classification/skill?uri=${encodeURIComponent(escoSkill)}`
    const spellings = [escoSkill, escoSkill.replace('http', 'https'), page]
    expect(skillsWith(...spellings.map((targetUrl) => alignment({ targetUrl })))).toHaveLength(1)
  })

  it('have the code that the issuer gives, or that of the framework', () => {
    expect(skillsWith(alignment({ targetCode: 'S2.7' }))[0]?.code).toBe('S2.7')
    expect(skillsWith(alignment({ targetCode: 7 }))[0]?.code).toBe(escoSkill.split('/').at(-1))
  })

  it('are not of ESCO, CTDL or CASE because somebody says so', () => {
    const at = (targetFramework: string) =>
      skillsWith(alignment({ targetFramework, targetUrl: 'https://evil.example/skill' }))[0]
    for (const name of ['ESCO', ' esco ', 'CASE', 'ctdl', 'Credential Engine']) {
      expect(at(name)?.framework).toBe(undefined)
    }
    expect(at('Harbour skills')?.framework).toBe('Harbour skills')
    const misnamed = skillsWith(alignment({ targetFramework: 'CASE' }))
    expect(misnamed[0]?.framework).toBe('ESCO')
  })

  it('are what Rootmark issues', () => {
    const [first, second] = skillsOf(credentialAt(cohort(1), 0))
    expect(first).toMatchObject({ framework: 'ESCO', code: 'S2.7', name: 'analyse data' })
    expect(second).toMatchObject({ framework: undefined, url: 'urn:case:1' })
  })

  it('are bounded, and read in little time', () => {
    const many = Array.from({ length: 10_000 }, (_, i) =>
      alignment({ targetUrl: `https://x.example/${i}` }),
    )
    const start = performance.now()
    expect(skillsWith(...many)).toHaveLength(5000)
    expect(performance.now() - start).toBeLessThan(2_000)
  })

  it('are none where there are none, and whatever JSON stands there', () => {
    for (const odd of [null, 7, 'x', {}, [[]], { targetUrl: 1, targetName: 'x' }]) {
      expect(skillsWith(odd as Json)).toEqual([])
    }
    fc.assert(
      fc.property(fc.constantFrom(...pointersIn(badge())), iJson, (pointer, value) => {
        expect(Array.isArray(skillsOf(replaced(badge(), pointer, value)))).toBe(true)
      }),
    )
  })
})

it('alignments are found wherever Open Badges has them, with their place', () => {
  const document = badge(
    {},
    { result: { type: ['Result'], alignment: alignment() } },
    {
      resultDescription: [
        { alignment: alignment(), rubricCriterionLevel: { alignment: [alignment(), null] } },
      ],
    },
  )
  expect([...alignmentsOf(document)].map(({ pointer }) => pointer)).toEqual([
    '/credentialSubject/achievement/alignment/0',
    '/credentialSubject/achievement/resultDescription/0/alignment',
    '/credentialSubject/achievement/resultDescription/0/rubricCriterionLevel/alignment/0',
    '/credentialSubject/achievement/resultDescription/0/rubricCriterionLevel/alignment/1',
    '/credentialSubject/result/alignment',
  ])
  expect(skillsOf(document)).toHaveLength(1)
})
