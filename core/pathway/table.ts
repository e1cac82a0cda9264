import { invariant } from '../error.ts'
import type { Budget } from './budget.ts'
import type { Component } from './component.ts'
import { creditUnits } from './credits.ts'
import type { Counted } from './evaluate.ts'
import { type Fit, fitOf } from './fit.ts'
import type { Worth } from './problem.ts'
import type { Leaf, Rule } from './rule.ts'
import { heaviestFirst } from './search.ts'
import { describeAmount, listed } from './words.ts'

/**
 * Components by what they are: a group holds every credential for one achievement by one issuer, and counts once, by whichever of them
 * is worth most to the clause that it counts for.
 */
export interface Table {
  readonly groups: readonly (readonly Component[])[]
  /** By group, how much it brings to a clause; 0 where nothing in it fits. */
  readonly worthOf: (leaf: Leaf) => Worth
  readonly countedAt: (leaf: Leaf, group: number) => Counted
  /** What a shared clause counts, first what is in use, and what it lacks, in words. */
  readonly sharedBy: (
    leaf: Leaf,
    used: ReadonlySet<number>,
  ) => { readonly components: readonly Counted[]; readonly lacking: string }
  readonly asides: (
    counted: readonly string[],
  ) => readonly { readonly id: string; readonly name: string; readonly why: string }[]
}

type Context = Parameters<typeof fitOf>[2]

/** What comparing a component with a clause costs, in steps. */
const stepsOfFit = 20

/** Compares every component with every clause. Throws `OutOfSteps`. */
export function tableOf(
  rule: Rule,
  components: readonly Component[],
  context: Context,
  budget: Budget,
): Table {
  const { groups, repeated } = groupsOf(components)
  const leaves = leavesOf(rule)
  for (const leaf of leaves) {
    const skills = leaf.kind === 'skills' ? leaf.skills.length : 0
    budget.spend((stepsOfFit + skills) * components.length)
  }
  const rows = new Map(
    leaves.map((leaf) => [leaf, groups.map((group) => bestOf(leaf, group, context))]),
  )
  const cellsOf = (leaf: Leaf) => {
    const cells = rows.get(leaf)
    invariant(cells, 'a clause of the rule')
    return cells
  }
  const worths = new Map(
    leaves.map((leaf) => [
      leaf,
      // What a clause of skills has is a 1 for each skill that is shown, wherever it stands.
      leaf.kind === 'skills'
        ? leaf.skills.filter(({ url }) => showing(cellsOf(leaf), url).length > 0).map(() => 1)
        : cellsOf(leaf).map(({ worth }) => worth),
    ]),
  )
  const worthOf = (leaf: Leaf): Worth => worths.get(leaf) as Worth
  const countedAt = (leaf: Leaf, group: number): Counted => {
    const { best, fit, worth } = cellsOf(leaf)[group] as Cell
    invariant(best && fit?.fits, 'a component that fits the clause')
    const credits = leaf.kind === 'credits' ? { credits: worth / creditUnits } : {}
    return { id: best.id, name: best.name, ...credits, ...(fit.by && { by: fit.by }) }
  }

  return {
    groups,
    worthOf,
    countedAt,
    sharedBy(leaf, used) {
      if (leaf.kind === 'skills') return skillsBy(leaf, cellsOf(leaf), used)
      const worth = worthOf(leaf)
      const order = heaviestFirst(worth, [...groups.keys()])
      const sorted = [...order.filter((i) => used.has(i)), ...order.filter((i) => !used.has(i))]
      const taken: number[] = []
      let sum = 0
      for (const group of sorted) {
        if (sum >= leaf.needed) break
        taken.push(group)
        sum += worth[group] as number
      }
      const lack = leaf.needed - sum
      return {
        components: taken.map((group) => countedAt(leaf, group)),
        lacking: lack > 0 ? describeAmount(leaf, lack, ' more') : '',
      }
    },
    asides(counted) {
      const taken = new Set(counted)
      const byGroup = groups.flatMap((group, i) => {
        const kept = group.find(({ id }) => taken.has(id))
        return group
          .filter(({ id }) => !taken.has(id))
          .map(({ id, name }) => ({
            id,
            name,
            why: kept
              ? `it is the same achievement as ${kept.id}, which counts`
              : whyNot(leaves.map((leaf) => cellsOf(leaf)[i] as Cell)),
          }))
      })
      const why = 'it was given twice'
      return [...byGroup, ...repeated.map(({ id, name }) => ({ id, name, why }))]
    },
  }
}

interface Cell {
  readonly worth: number
  readonly best: Component | undefined
  readonly fit: Fit | undefined
  readonly fitting: readonly Component[]
  readonly whyNot: string
}

/** Groups that show a skill, and by which component. */
function showing(cells: readonly Cell[], url: string) {
  return cells.flatMap(({ fitting }, group) => {
    const component = fitting.find(({ skills }) => skills.includes(url))
    return component ? [{ group, component }] : []
  })
}

function skillsBy(
  { skills }: Extract<Leaf, { kind: 'skills' }>,
  cells: readonly Cell[],
  used: ReadonlySet<number>,
) {
  const taken = new Map<string, Counted>()
  const lacking: string[] = []
  for (const { url, name } of skills) {
    const able = showing(cells, url)
    const found =
      able.find(({ component }) => taken.has(component.id)) ??
      able.find(({ group }) => used.has(group)) ??
      able[0]
    if (found) {
      const { id, name: title } = found.component
      taken.set(id, { id, name: title })
    } else lacking.push(name)
  }
  const words = `a credential that shows ${listed(lacking)}`
  return { components: [...taken.values()], lacking: lacking.length === 0 ? '' : words }
}

/** The newest first, so that the answer is the same in whatever order components come. */
function groupsOf(components: readonly Component[]) {
  const sorted = components.toSorted(
    (a, b) => b.awardedAt - a.awardedAt || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0),
  )
  const seen = new Set<string>()
  const repeated: Component[] = []
  const groups = new Map<string, Component[]>()
  for (const component of sorted) {
    if (seen.has(component.id)) repeated.push(component)
    else groups.set(component.key, [...(groups.get(component.key) ?? []), component])
    seen.add(component.id)
  }
  const ordered = [...groups].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, group]) => group)
  return { groups: ordered, repeated }
}

function bestOf(leaf: Leaf, group: readonly Component[], context: Context): Cell {
  const fits = group.map((component) => ({ component, fit: fitOf(leaf.where, component, context) }))
  const able = fits.filter(({ fit }) => fit.fits)
  const worthOf = ({ credits }: Component) => (leaf.kind === 'credits' ? (credits.units ?? 0) : 1)
  const [best] = able.toSorted((a, b) => worthOf(b.component) - worthOf(a.component))
  const refused = fits.find(({ fit }) => !fit.fits)?.fit
  const worth = best ? worthOf(best.component) : 0
  return {
    worth,
    best: best?.component,
    fit: best?.fit,
    fitting: able.map(({ component }) => component),
    whyNot:
      best && worth === 0
        ? (best.component.credits.problem ?? 'it is worth no credits')
        : refused && !refused.fits
          ? refused.why
          : '',
  }
}

/** Why a component counts nowhere: what the clauses say, each reason once. */
function whyNot(cells: readonly Cell[]): string {
  if (cells.some(({ worth }) => worth > 0)) return 'nothing that it could count for needs it'
  return listed([...new Set(cells.map(({ whyNot: why }) => why))], '; ')
}

function leavesOf(rule: Rule): readonly Leaf[] {
  return rule.kind === 'all' || rule.kind === 'any' ? rule.rules.flatMap(leavesOf) : [rule]
}
