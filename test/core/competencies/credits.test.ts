import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { JsonObject } from '../../../core/canonical.ts'
import { competenciesOf } from '../../../core/competencies/competencies.ts'
import { badge, credits, verified } from './badges.ts'

const now = Date.parse('2026-06-01T00:00:00Z')
const add = (...documents: readonly JsonObject[]) =>
  competenciesOf(
    documents.map((one) => verified(one)),
    { now },
  ).credits

const part = (name: string, value: number) => badge(name, credits(value))
const award = (name: string, value: number | undefined, ...names: readonly string[]) =>
  badge(name, { ...credits(value), parts: names.map((one) => `urn:x:${one}`) })

describe('credits', () => {
  it('are added up without the errors of binary fractions, and what is no number counts for nothing', () => {
    const tenths = Array.from({ length: 10 }, (_, i) => part(`course-${i}`, 0.1))
    expect(add(...tenths).total).toBe(1)
    const odd = ['5', -3, 1e9, 0.00001].map((value, i) => badge(`odd-${i}`, credits(value)))
    const { total, unstated } = add(part('a', 2.5), ...odd, badge('silent'))
    expect(total).toBe(2.5)
    expect(unstated.map(({ at }) => at)).toEqual([1, 2, 3, 4, 5])
    expect(unstated[0]?.why).toContain('"5"')
  })

  it('of one component under two ids count once, with the most that is stated', () => {
    const again = badge('a', { id: 'urn:x:copy', ...credits(3) })
    const { total, counted, uncounted } = add(part('a', 2), again)
    expect([total, counted]).toEqual([3, [{ at: 1, credits: 3, standsFor: [] }]])
    expect(uncounted).toEqual([{ at: 0, credits: 2, why: 'same_component', because: 1 }])
  })

  it('of an award stand for those of its parts', () => {
    const { total, counted, uncounted } = add(part('a', 2), award('x', 5, 'a', 'b'), part('b', 3))
    expect([total, counted]).toEqual([5, [{ at: 1, credits: 5, standsFor: [2, 0] }]])
    expect(uncounted).toEqual([
      { at: 0, credits: 2, why: 'part_of', because: 1 },
      { at: 2, credits: 3, why: 'part_of', because: 1 },
    ])
  })

  it('of the parts count where the award states fewer, or none', () => {
    const more = add(award('x', 4, 'a', 'b'), part('a', 2), part('b', 3))
    expect([more.total, more.uncounted]).toEqual([5, [{ at: 0, credits: 4, why: 'parts_counted' }]])
    const none = add(award('x', undefined, 'a', 'b'), part('a', 2), part('b', 3))
    expect([none.total, none.uncounted]).toEqual([5, []])
  })

  it('of awards within awards count once', () => {
    const all = [award('x', 9, 'y', 'c'), award('y', 5, 'a', 'b'), part('a', 2), part('c', 4)]
    expect(add(...all)).toMatchObject({ total: 9, counted: [{ at: 0 }] })
    const [, ...rest] = all
    expect(add(award('x', 8, 'y', 'c'), ...rest)).toMatchObject({ total: 9 })
  })

  it('of two awards that share a part are not both whole, whether it came along or not', () => {
    const all = [award('x', 6, 'a', 'b'), award('y', 5, 'b', 'c'), part('c', 2)]
    expect(add(...all)).toMatchObject({
      total: 8,
      uncounted: [{ at: 1, credits: 5, why: 'shares_parts' }],
    })
    expect(add(...all, part('b', 4)).total).toBe(8)
  })

  it('are the same where the award names the other id of a part', () => {
    const copy = badge('a', { id: 'urn:x:copy', ...credits(9) })
    expect(add(award('x', 10, 'a'), copy, part('a', 2))).toMatchObject({ total: 10 })
  })

  it('end where awards go round in a circle, or lie ten thousand deep', () => {
    expect(add(award('x', 3, 'y'), award('y', 5, 'x'))).toMatchObject({ total: 5 })
    const chain = Array.from({ length: 10_000 }, (_, i) => award(`x${i}`, 1, `x${i + 1}`))
    const { total, counted } = add(...chain)
    expect([total, counted.length, counted[0]?.standsFor.length]).toEqual([1, 1, 9999])
  })
})

describe('whatever awards bind', () => {
  const stated = fc.array(
    fc.record({
      credits: fc.integer({ min: 0, max: 9 }),
      // Beyond 5 are parts that did not come along.
      parts: fc.uniqueArray(fc.integer({ min: 0, max: 8 }), { maxLength: 3 }),
    }),
    { minLength: 1, maxLength: 6 },
  )
  const build = (all: readonly { readonly credits: number; readonly parts: readonly number[] }[]) =>
    all.map((one, i) => {
      const parts = one.parts.filter((other) => other > i)
      return award(`n${i}`, one.credits, ...parts.map((other) => `n${other}`))
    })
  const coverOf = (documents: readonly JsonObject[], i: number): ReadonlySet<number> => {
    const [, ...bound] = (documents[i]?.['relatedResource'] ?? []) as readonly JsonObject[]
    const below = bound.map(({ id }) => Number((id as string).slice('urn:x:n'.length)))
    return new Set([i, ...below.flatMap((other) => [...coverOf(documents, other)])])
  }
  const apart = (documents: readonly JsonObject[], chosen: readonly number[]) => {
    const covered = chosen.flatMap((i) => [...coverOf(documents, i)])
    return new Set(covered).size === covered.length
  }

  it('nothing is in the total twice, and each credential is accounted for', () => {
    fc.assert(
      fc.property(stated, (all) => {
        const documents = build(all)
        const { total, counted, uncounted } = add(...documents)
        expect(total).toBe(counted.reduce((sum, one) => sum + one.credits, 0))
        const places = [...counted, ...uncounted].map(({ at }) => at).toSorted()
        expect(places).toEqual(all.flatMap(({ credits }, i) => (credits > 0 ? [i] : [])))
        expect(
          apart(
            documents,
            counted.map(({ at }) => at),
          ),
        ).toBe(true)
      }),
    )
  })

  it('the total is the most that can be had where no two awards share a part', () => {
    fc.assert(
      fc.property(stated, (all) => {
        const taken = new Set<number>()
        const tree = all.map((one, i) => ({
          ...one,
          parts: one.parts.filter((other) => {
            const isFree = other > i && !taken.has(other)
            if (isFree) taken.add(other)
            return isFree
          }),
        }))
        const documents = build(tree)
        const subsets = Array.from({ length: 2 ** all.length }, (_, bits) =>
          all.flatMap((__, i) => ((bits >> i) & 1 ? [i] : [])),
        )
        const sums = subsets
          .filter((chosen) => apart(documents, chosen))
          .map((chosen) => chosen.reduce((sum, i) => sum + (all[i]?.credits ?? 0), 0))
        expect(add(...documents).total).toBe(Math.max(...sums))
      }),
    )
  })
})
