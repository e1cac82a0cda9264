import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Component } from '../../../core/pathway/component.ts'
import { evaluate } from '../../../core/pathway/evaluate.ts'
import type { Leaf, Rule } from '../../../core/pathway/rule.ts'
import { at, component, rule } from './make.ts'

// A few achievements and skills, so that clauses compete for the same components.
const names = ['a', 'b', 'c', 'd', 'e'] as const
const skills = ['urn:s:1', 'urn:s:2', 'urn:s:3'] as const

const where = fc
  .record(
    {
      achievements: fc.uniqueArray(fc.constantFrom(...names.map((n) => `urn:a:${n}`)), {
        minLength: 1,
        maxLength: 3,
      }),
      eqf: fc.integer({ min: 4, max: 6 }),
      skills: fc.uniqueArray(fc.constantFrom(...skills), { minLength: 1, maxLength: 2 }),
    },
    { requiredKeys: [] },
  )
  .map((members) => members as object)

const leaf = fc.oneof(
  fc.record({
    components: fc.integer({ min: 1, max: 3 }),
    where,
    shared: fc.boolean(),
  }),
  fc.record({ components: fc.constant(1), where }),
  fc.record({
    credits: fc.integer({ min: 1, max: 8 }).map((n) => n / 2),
    where,
    shared: fc.boolean(),
  }),
  fc.record({ credits: fc.integer({ min: 1, max: 8 }), where }),
  fc.record({ skills: fc.uniqueArray(fc.constantFrom(...skills), { minLength: 1 }), where }),
)
const clause = fc.letrec<{ rule: unknown; node: unknown }>((tie) => ({
  rule: fc.oneof({ maxDepth: 3, withCrossShrink: true }, leaf, tie('node')),
  node: fc.oneof(
    fc.array(tie('rule'), { minLength: 1, maxLength: 4 }).map((all) => ({ all })),
    fc
      .tuple(fc.array(tie('rule'), { minLength: 1, maxLength: 4 }), fc.nat())
      .map(([of, n]) => ({ any: 1 + (n % of.length), of })),
  ),
})).rule

const components = fc
  .array(
    fc.record({
      name: fc.constantFrom(...names),
      eqf: fc.option(fc.integer({ min: 4, max: 6 }), { nil: undefined }),
      credits: fc.option(
        fc.integer({ min: 0, max: 6 }).map((n) => n / 2),
        { nil: undefined },
      ),
      skills: fc.subarray([...skills]),
      days: fc.nat({ max: 50 }),
    }),
    { maxLength: 6 },
  )
  .map((list) =>
    list.map(({ name, credits, days, ...rest }, i) =>
      component(`${i}`, {
        ...rest,
        achievement: `urn:a:${name}`,
        awardedAt: at - days * 86_400_000,
        ...(credits !== undefined && { credits }),
      }),
    ),
  )

/** Does it fit, by the words of the documentation and not by our code. */
function fits(leaf: Leaf, { achievement, eqf, skills: shown }: Component): boolean {
  const { where } = leaf
  return (
    (!where.achievements || where.achievements.includes(achievement as string)) &&
    (where.eqf === undefined || (eqf !== undefined && eqf >= where.eqf)) &&
    (!where.skills || where.skills.some((skill) => shown.includes(skill)))
  )
}

function leavesOf(of: Rule): readonly Leaf[] {
  return of.kind === 'all' || of.kind === 'any' ? of.rules.flatMap(leavesOf) : [of]
}

/** The oracle: every way to give each achievement to one clause or to none. */
function holdsByForce(of: Rule, list: readonly Component[]): boolean {
  const keys = [...new Set(list.map(({ key }) => key))]
  const leaves = leavesOf(of)
  const own = leaves.filter(({ shared }) => !shared)
  const worth = (one: Leaf, key: string) => {
    const able = list.filter((each) => each.key === key && fits(one, each))
    const each = able.map(({ credits }) => (one.kind === 'credits' ? (credits.units ?? 0) : 1))
    return Math.max(0, ...each)
  }
  const given = new Map<string, Leaf | undefined>()
  const leafHolds = (one: Leaf): boolean => {
    if (one.kind === 'skills') {
      return one.skills.every(({ url }) =>
        list.some((each) => fits(one, each) && each.skills.includes(url)),
      )
    }
    const counted = keys.filter((key) => one.shared || given.get(key) === one)
    return counted.reduce((sum, key) => sum + worth(one, key), 0) >= one.needed
  }
  const ruleHolds = (one: Rule): boolean => {
    if (one.kind === 'all') return one.rules.every(ruleHolds)
    if (one.kind === 'any') return one.rules.filter(ruleHolds).length >= one.needed
    return leafHolds(one)
  }
  const tryFrom = (i: number): boolean => {
    const key = keys[i]
    if (key === undefined) return ruleHolds(of)
    for (const target of [undefined, ...own.filter((one) => worth(one, key) > 0)]) {
      given.set(key, target)
      if (tryFrom(i + 1)) return true
    }
    return false
  }
  return tryFrom(0)
}

const runs = { numRuns: 3000 }

describe('the rule language', () => {
  it('answers as trying everything does', () => {
    let met = 0
    fc.assert(
      fc.property(clause, components, (value, list) => {
        const parsed = rule(value)
        fc.pre(leavesOf(parsed).length <= 8)
        const { outcome } = evaluate({ rule: parsed, equivalences: undefined }, list, { at })
        if (outcome === 'met') met += 1
        expect(outcome).toBe(holdsByForce(parsed, list) ? 'met' : 'unmet')
      }),
      runs,
    )
    expect(met).toBeGreaterThan(runs.numRuns / 10)
  })

  it('shows how it holds: what it counts is enough, fits, and counts once', () => {
    fc.assert(
      fc.property(clause, components, (value, list) => {
        const parsed = rule(value)
        const result = evaluate({ rule: parsed, equivalences: undefined }, list, { at })
        const byPointer = new Map(leavesOf(parsed).map((one) => [one.pointer, one]))
        const used: string[] = []
        const visit = (clauses: readonly (typeof result.clause)[]): void => {
          for (const { pointer, outcome, components: counted, rules } of clauses) {
            visit(rules)
            const one = byPointer.get(pointer)
            if (!one) continue
            const own = counted.map(({ id }) => list.find((each) => each.id === id) as Component)
            expect(own.every((each) => fits(one, each))).toBe(true)
            if (!one.shared) used.push(...own.map(({ key }) => key))
            if (outcome !== 'met' || one.kind === 'skills') continue
            const sum = own.reduce(
              (total, { credits }) => total + (one.kind === 'credits' ? (credits.units ?? 0) : 1),
              0,
            )
            expect(sum).toBeGreaterThanOrEqual(one.needed)
          }
        }
        visit([result.clause])
        expect(new Set(used).size).toBe(used.length)
        expect(result.clause.outcome === 'met').toBe(result.outcome === 'met')
        expect(result.missing.length === 0).toBe(result.outcome === 'met')
        // What counts is enough by itself.
        const enough = list.filter(({ id }) => result.counted.includes(id))
        const again = evaluate({ rule: parsed, equivalences: undefined }, enough, { at })
        if (result.outcome === 'met') expect(again.outcome).toBe('met')
        // Nothing is left without a word: it counts, or it is said why not.
        const told = [...result.counted, ...result.asides.map(({ id }) => id)]
        expect(told.toSorted()).toEqual(list.map(({ id }) => id).toSorted())
        for (const { why } of result.asides) expect(why).not.toBe('')
      }),
      { numRuns: 1500 },
    )
  })

  it('does not care in which order components come, and more of them never hurt', () => {
    fc.assert(
      fc.property(clause, components, fc.nat(), (value, list, seed) => {
        const requirement = { rule: rule(value), equivalences: undefined }
        const result = evaluate(requirement, list, { at })
        const turned = list.map((_, i) => list[(i + seed) % list.length] as Component).reverse()
        expect(evaluate(requirement, turned, { at })).toEqual(result)
        if (result.outcome !== 'met') return
        const more = component('more', { achievement: 'urn:a:a', credits: 1, eqf: 4 })
        expect(evaluate(requirement, [...list, more], { at }).outcome).toBe('met')
      }),
      { numRuns: 800 },
    )
  })

  it('says what is missing: whoever gets that meets the rule', () => {
    fc.assert(
      fc.property(clause, components, (value, list) => {
        const requirement = { rule: rule(value), equivalences: undefined }
        const { clause: result, outcome } = evaluate(requirement, list, { at })
        fc.pre(outcome === 'unmet')
        const byPointer = new Map(leavesOf(requirement.rule).map((one) => [one.pointer, one]))
        const told: Leaf[] = []
        const visit = ({ missing, rules, pointer }: typeof result): void => {
          const one = byPointer.get(pointer)
          if (missing && one) told.push(one)
          if (missing && !one) {
            told.push(...rules.map((each) => byPointer.get(each.pointer) as Leaf))
          }
          rules.forEach(visit)
        }
        visit(result)
        const got = told.flatMap((one, i) => filling(one, `${i}`))
        const again = evaluate(requirement, [...list, ...got], { at })
        expect(again.outcome, JSON.stringify(again.missing)).toBe('met')
      }),
      { numRuns: 1000 },
    )
  })
})

/** New components that fill a clause by themselves, each of an issuer of its own, so that none is one that was there. */
function filling(one: Leaf, name: string): readonly Component[] {
  const { achievements = ['urn:a:new'], eqf, skills: wanted = [] } = one.where
  const make = (i: number, more: Parameters<typeof component>[1]) =>
    component(`new-${name}-${i}`, {
      achievement: achievements[0] as string,
      key: `new ${name} ${i}`,
      ...(eqf !== undefined && { eqf }),
      skills: wanted,
      ...more,
    })
  if (one.kind === 'components') return Array.from({ length: one.needed }, (_, i) => make(i, {}))
  if (one.kind === 'credits') return [make(0, { credits: one.needed / 10_000 })]
  return one.skills.map(({ url }, i) => make(i, { skills: [...wanted, url] }))
}
