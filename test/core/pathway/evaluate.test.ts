import { describe, expect, it } from 'vitest'
import { pathwayBounds } from '../../../core/pathway/bounds.ts'
import { makeBudget } from '../../../core/pathway/budget.ts'
import type { Component } from '../../../core/pathway/component.ts'
import type { Equivalence } from '../../../core/pathway/equivalence.ts'
import { evaluate } from '../../../core/pathway/evaluate.ts'
import { refusalOf } from '../thrown.ts'
import { at, component, rule } from './make.ts'

const run = (value: unknown, list: readonly Component[], more: object = {}) =>
  evaluate({ rule: rule(value), equivalences: undefined }, list, { at, ...more })

/** Choices of three achievements each, out of so many. */
const triples = (count: number, of: number) =>
  Array.from({ length: count }, (_, i) => ({
    all: [0, 13, 26].map((step) => ({
      components: 1,
      where: { achievements: [`https://uni.example/${(i * 7 + step) % of}`] },
    })),
  }))
const pairs = (count: number) =>
  Array.from({ length: count }, () => ({ all: [{ components: 1 }, { components: 1 }] }))

const year = 365 * 86_400_000

describe('an evaluation', () => {
  it('says exactly what is missing', () => {
    const value = { credits: 10, where: { eqf: 6, name: 'data analysis' } }
    const list = [
      component('a', { credits: 5, eqf: 6 }),
      component('b', { credits: 3, eqf: 7 }),
      component('c', { credits: 5, eqf: 5 }),
    ]
    const { outcome, missing, asides } = run(value, list)
    expect(outcome).toBe('unmet')
    expect(missing).toEqual(['2 more ECTS at EQF level 6 or above in data analysis'])
    expect(asides).toEqual([
      { id: 'urn:uuid:c', name: 'c', why: 'it is at EQF level 5, and 6 is the least' },
    ])
  })

  it.each<readonly [string, unknown, readonly string[]]>([
    [
      'a count',
      { components: 2, where: { types: ['MicroCredential'] } },
      ['2 more credentials of type MicroCredential'],
    ],
    [
      'a choice',
      {
        any: 2,
        of: [
          { components: 1, label: 'Statistics' },
          { components: 1, label: 'R' },
        ],
      },
      ['2 more of: Statistics; R'],
    ],
    [
      'skills',
      { skills: [{ url: 'urn:s:1', name: 'cleaning data' }] },
      ['a credential that shows cleaning data'],
    ],
    [
      'what is nearest',
      { any: 1, of: [{ components: 3 }, { components: 2, label: 'electives' }] },
      ['3 more credentials'],
    ],
    [
      'a time',
      { credits: 2.5, where: { within: 'P1Y6M' } },
      ['2.5 more ECTS not older than 1 year and 6 months'],
    ],
  ])('tells %s in words', (_, value, expected) => {
    expect(run(value, []).missing).toEqual(expected)
  })

  it('adds fractions up exactly', () => {
    const list = Array.from({ length: 10 }, (_, i) => component(`${i}`, { credits: 0.1 }))
    expect(run({ credits: 1 }, list).outcome).toBe('met')
    expect(run({ credits: 1.0001 }, list).missing).toEqual(['0.0001 more ECTS'])
  })

  it('counts one achievement once, under however many ids it comes', () => {
    const list = [
      component('first', { achievement: 'urn:a', credits: 5 }),
      component('second', { achievement: 'urn:a', credits: 6, awardedAt: at - 9 }),
    ]
    const { missing, counted, asides } = run({ credits: 10 }, list)
    expect(missing).toEqual(['4 more ECTS'])
    expect(counted).toEqual(['urn:uuid:second'])
    expect(asides[0]?.why).toBe('it is the same achievement as urn:uuid:second, which counts')
    expect(run({ components: 2 }, list).outcome).toBe('unmet')
    expect(run({ components: 1 }, [list[0], list[0]] as Component[]).asides[0]?.why).toBe(
      'it was given twice',
    )
  })

  it('lets a total count what counts already, where it is shared', () => {
    const list = [component('a', { credits: 5 }), component('b', { credits: 5 })]
    const required = { components: 1, where: { achievements: ['https://uni.example/a'] } }
    const total = { credits: 10, shared: true }
    expect(run({ all: [required, total] }, list)).toMatchObject({
      outcome: 'met',
      counted: ['urn:uuid:a', 'urn:uuid:b'],
    })
    const { missing } = run({ all: [required, { credits: 10 }] }, list)
    expect(missing).toEqual(['5 more ECTS'])
  })

  it('gives a contested component to the clause that needs it', () => {
    const only = component('only', { achievement: 'urn:a', credits: 5 })
    const both = component('both', { achievement: 'urn:b', credits: 5 })
    const value = {
      all: [
        { components: 1, where: { achievements: ['urn:a', 'urn:b'] } },
        { credits: 5, where: { achievements: ['urn:a'] } },
      ],
    }
    const { outcome, clause } = run(value, [only, both])
    expect(outcome).toBe('met')
    expect(clause.rules.map(({ components }) => components[0]?.name)).toEqual(['both', 'only'])
  })

  it('looks at time, form and status', () => {
    const old = component('old', { awardedAt: at - 3 * year - 2 * 86_400_000 })
    const future = component('future', { awardedAt: at + 1 })
    const expired = component('expired', { endsAt: at - 1 })
    const plain = component('plain', { account: undefined })
    const blind = component('blind', { account: undefined, hasStatus: false })
    const list = [old, future, expired, plain, blind]
    const why = (where: object) =>
      Object.fromEntries(run({ components: 9, where }, list).asides.map((a) => [a.name, a.why]))
    expect(why({ within: 'P3Y' })).toEqual({
      old: 'it was awarded more than 3 years before',
      future: 'it begins after the award',
      expired: 'it had expired when the award was made',
      plain: 'it is signed and not anchored',
      blind: 'it is signed and not anchored',
    })
    expect(why({ plain: true })['plain']).toBeUndefined()
    expect(why({ plain: true })['blind']).toContain('it names no status')
    expect(why({ plain: true, withoutStatus: true })['blind']).toBeUndefined()
  })

  it('takes the word of those it believes for an equivalence, one step far, and says whose it was', () => {
    const by = { id: 'did:x:agency', name: 'Agency', account: undefined, accreditors: undefined }
    const steps: readonly Equivalence[] = [
      { id: 'urn:e:1', from: 'urn:b', to: 'urn:a', by },
      { id: 'urn:e:2', from: 'urn:c', to: 'urn:b', by },
      { id: 'urn:e:3', from: 'urn:d', to: 'urn:a', by: { ...by, id: 'did:x:stranger' } },
    ]
    const value = { components: 1, where: { achievements: ['urn:a'] } }
    const equivalences = { issuers: ['did:x:agency'] }
    const asked = (achievement: string, where: typeof equivalences | null = equivalences) =>
      evaluate(
        { rule: rule(value), equivalences: where ?? undefined },
        [component('x', { achievement })],
        {
          at,
          equivalences: steps,
        },
      )
    expect(asked('urn:b').clause.components).toEqual([
      { id: 'urn:uuid:x', name: 'x', by: steps[0] },
    ])
    expect(asked('urn:b', null).outcome).toBe('unmet')
    expect(asked('urn:c').outcome).toBe('unmet')
    expect(asked('urn:d').outcome).toBe('unmet')
  })

  it('gives up a search that would take too long, says so, and does so quickly', () => {
    // Partition: two sums over the same components, which fit only as a whole.
    const sizes = Array.from({ length: 34 }, (_, i) => 100 + ((i * 7919) % 997) / 10)
    const list = sizes.map((credits, i) => component(`${i}`, { credits }))
    const half = Math.floor((sizes.reduce((a, b) => a + b, 0) / 2) * 10) / 10
    const started = performance.now()
    const { outcome, missing } = run({ all: [{ credits: half }, { credits: half }] }, list)
    expect(['undecided', 'met']).toContain(outcome)
    expect(
      run(
        { all: Array.from({ length: 3 }, () => ({ credits: Math.floor((half * 20) / 3) / 10 })) },
        list,
      ).outcome,
    ).toBe('undecided')
    if (outcome === 'undecided') expect(missing.length).toBeGreaterThan(0)
    expect(performance.now() - started).toBeLessThan(20_000)
  })

  it.each<readonly [string, object, string]>([
    ['triples that overlap', { any: 20, of: triples(40, 50) }, 'undecided'],
    ['fewer of them', { any: 12, of: triples(40, 50) }, 'met'],
    ['pairs of anything, more than there are', { any: 120, of: pairs(160) }, 'undecided'],
    ['pairs of anything', { any: 80, of: pairs(160) }, 'met'],
    ['a hundred sums', { all: Array.from({ length: 100 }, () => ({ credits: 14 })) }, 'undecided'],
  ])('is not kept busy by %s', (_, value, expected) => {
    const list = Array.from({ length: 200 }, (_, i) =>
      component(`${i}`, { credits: 1 + ((i * 37) % 91) / 8 }),
    )
    const started = performance.now()
    expect(run(value, list).outcome).toBe(expected)
    expect(performance.now() - started).toBeLessThan(8_000)
  })

  it('says nothing either way where its budget is used up by others', () => {
    const budget = makeBudget(100)
    const list = [component('a', { credits: 5 }), component('b', { credits: 5 })]
    expect(run({ credits: 10 }, list, { budget }).outcome).toBe('met')
    const { outcome, clause } = run({ all: [{ credits: 5 }, { components: 1 }] }, list, { budget })
    expect([outcome, clause.outcome, clause.rules.length]).toEqual(['undecided', 'unmet', 2])
  })

  it('is quick at its bounds', () => {
    const list = Array.from({ length: pathwayBounds.components }, (_, i) =>
      component(`${i}`, { credits: 1 + (i % 5), eqf: 4 + (i % 4) }),
    )
    const of = Array.from({ length: pathwayBounds.clauses - 1 }, (_, i) => ({
      components: 1,
      where: { eqf: 1 + (i % 6) },
    }))
    const started = performance.now()
    expect(run({ any: 150, of }, list).outcome).toBe('met')
    expect(run({ all: of }, list).outcome).toBe('unmet')
    expect(run({ all: [...of.slice(0, 100), { credits: 200 }] }, list).outcome).toBe('met')
    expect(performance.now() - started).toBeLessThan(10_000)
    const more = [...list, component('more')]
    expect(refusalOf(() => run({ components: 1 }, more)).code).toBe('components_too_many')
  })
})
