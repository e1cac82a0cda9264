import { InvalidInputError } from '../error.ts'
import { pathwayBounds } from './bounds.ts'
import { type Budget, makeBudget, OutOfSteps } from './budget.ts'
import type { Component } from './component.ts'
import { formatCredits } from './credits.ts'
import type { Equivalence } from './equivalence.ts'
import { whyNotIssuer } from './fit.ts'
import type { Requirement } from './pathway.ts'
import { planFor } from './plan.ts'
import { openPart } from './problem.ts'
import type { Leaf, Rule } from './rule.ts'
import { type Assignment, search } from './search.ts'
import { type Table, tableOf } from './table.ts'
import { describeRule } from './words.ts'

/** A component that counts for a clause. */
export interface Counted {
  readonly id: string
  readonly name: string
  /** Where the clause counts credits, how many it brings. */
  readonly credits?: number
  /** The statement by which its achievement counts as one that the clause names. */
  readonly by?: Equivalence
}

/** How a clause came out. `spare`: it belongs to a choice that holds without it. */
export interface ClauseResult {
  /** Where the clause stands in the pathway or requirement. */
  readonly pointer: string
  readonly kind: Rule['kind']
  /** What it asks for, in words. */
  readonly asks: string
  readonly outcome: 'met' | 'unmet' | 'spare'
  readonly components: readonly Counted[]
  readonly rules: readonly ClauseResult[]
  /** What it still takes, in words. */
  readonly missing?: string
}

/** What became of a rule over the components at hand. */
export interface Evaluation {
  /** `undecided`: the exact search was given up within its bounds; nothing is said either way. */
  readonly outcome: 'met' | 'unmet' | 'undecided'
  readonly clause: ClauseResult
  /** Ids of the components that count, each once. */
  readonly counted: readonly string[]
  /** One way to complete the rule, in words: whoever gets all of it meets the rule. */
  readonly missing: readonly string[]
  /** Components that do not count, and why. */
  readonly asides: readonly { readonly id: string; readonly name: string; readonly why: string }[]
}

/** What a rule is evaluated with. `at` is when the award is made, in milliseconds since 1970. */
export interface EvaluateOptions {
  readonly at: number
  readonly equivalences?: readonly Equivalence[]
  /** What may be computed, where several rules are evaluated for one request; else each has its own. */
  readonly budget?: Budget
}

/**
 * Which components satisfy which clause of a rule, or what exactly is missing. The answer does not depend on the order of the components.
 *
 * No component counts twice but where a clause is `shared`. Throws `InvalidInputError` for more components than `pathwayBounds` has.
 */
export function evaluate(
  requirement: Pick<Requirement, 'rule' | 'equivalences'>,
  components: readonly Component[],
  { at, equivalences = [], budget = makeBudget(pathwayBounds.steps) }: EvaluateOptions,
): Evaluation {
  if (components.length > pathwayBounds.components) {
    throw new InvalidInputError(
      'components_too_many',
      `${components.length} components; at most ${pathwayBounds.components} are evaluated at once`,
    )
  }
  const { rule } = requirement
  const accepted = acceptedOf(requirement, equivalences)
  try {
    const table = tableOf(rule, components, { at, equivalences: accepted }, budget)
    return solve(rule, table, budget)
  } catch (thrown) {
    if (!(thrown instanceof OutOfSteps)) throw thrown
    return { outcome: 'undecided', clause: unseen(rule), counted: [], missing: [], asides: [] }
  }
}

/** The plan where it is complete; else the exact search, and the plan for what is missing. */
function solve(rule: Rule, table: Table, budget: Budget): Evaluation {
  const size = table.groups.length
  const worthOf = (leaf: Leaf) => table.worthOf(leaf)
  const plan = planFor(rule, worthOf, size, budget)
  const isPlanned = plan.missing.size === 0
  const found = isPlanned ? plan.assignment : exactly(rule, worthOf, size, budget)
  const outcome = found === 'undecided' ? 'undecided' : found ? 'met' : 'unmet'
  const assignment = typeof found === 'object' ? found : plan.assignment
  const missing = outcome === 'met' ? new Map<Rule, string>() : plan.missing
  const clause = resultOf(rule, { table, assignment, missing })
  const counted = [...new Set(idsIn(clause))]
  return {
    outcome,
    clause,
    counted,
    missing: sentencesIn(clause),
    asides: table.asides(counted),
  }
}

/** A rule that nothing was found out about. */
function unseen(rule: Rule): ClauseResult {
  const rules = rule.kind === 'all' || rule.kind === 'any' ? rule.rules.map(unseen) : []
  const { pointer, kind } = rule
  return { pointer, kind, asks: describeRule(rule), outcome: 'unmet', components: [], rules }
}

/** Only statements of those whom the rule believes. */
function acceptedOf(
  { equivalences: where }: Pick<Requirement, 'equivalences'>,
  equivalences: readonly Equivalence[],
): readonly Equivalence[] {
  if (where === undefined) return []
  return equivalences
    .filter(({ by }) => {
      const { id, name, account, accreditors } = by
      return whyNotIssuer(where, { issuer: { id, name }, account, accreditors }) === undefined
    })
    .toSorted((a, b) => (a.id < b.id ? -1 : 1))
}

function exactly(
  rule: Rule,
  worthOf: (leaf: Leaf) => readonly number[],
  size: number,
  budget: Budget,
): Assignment | 'undecided' | undefined {
  const open = openPart(rule, worthOf)
  if (typeof open === 'boolean') return open ? new Map() : undefined
  try {
    return search(open, size, budget)
  } catch (thrown) {
    if (thrown instanceof OutOfSteps) return 'undecided'
    throw thrown
  }
}

interface Solution {
  readonly table: Table
  readonly assignment: Assignment
  readonly missing: ReadonlyMap<Rule, string>
}

function resultOf(rule: Rule, solution: Solution): ClauseResult {
  const { table, assignment, missing } = solution
  const said = missing.get(rule)
  const base = { pointer: rule.pointer, kind: rule.kind, asks: describeRule(rule) }
  if (rule.kind === 'all' || rule.kind === 'any') {
    const rules = rule.rules.map((child) => resultOf(child, solution))
    const met = rules.filter(({ outcome }) => outcome === 'met').length
    const isMet = met >= (rule.kind === 'all' ? rules.length : rule.needed)
    const kept = isMet && rule.kind === 'any' ? spared(rules, rule.needed) : rules
    return {
      ...base,
      outcome: isMet ? 'met' : 'unmet',
      components: [],
      rules: kept,
      ...(said && { missing: said }),
    }
  }
  if (rule.shared) {
    const used = new Set([...assignment.values()].flat())
    const { components, lacking } = table.sharedBy(rule, used)
    return {
      ...base,
      outcome: lacking === '' ? 'met' : 'unmet',
      components,
      rules: [],
      ...(lacking !== '' && missing.has(rule) && { missing: lacking }),
    }
  }
  const groups = assignment.get(rule) ?? []
  const total = groups.reduce((sum, group) => sum + (table.worthOf(rule)[group] as number), 0)
  return {
    ...base,
    outcome: total >= rule.needed ? 'met' : 'unmet',
    components: groups.map((group) => table.countedAt(rule, group)),
    rules: [],
    ...(said && { missing: said }),
  }
}

/** A choice counts as many clauses as it needs, the first that hold; what else would hold uses no component. */
function spared(rules: readonly ClauseResult[], needed: number): readonly ClauseResult[] {
  let left = needed
  return rules.map((rule) => {
    if (rule.outcome === 'met' && left > 0) {
      left -= 1
      return rule
    }
    return asSpare(rule)
  })
}

function asSpare(rule: ClauseResult): ClauseResult {
  const { missing: _, ...rest } = rule
  return { ...rest, outcome: 'spare', components: [], rules: rule.rules.map(asSpare) }
}

function idsIn({ components, rules }: ClauseResult): readonly string[] {
  return [...components.map(({ id }) => id), ...rules.flatMap(idsIn)]
}

function sentencesIn({ missing, rules }: ClauseResult): readonly string[] {
  return [...(missing ? [missing] : []), ...rules.flatMap(sentencesIn)]
}

/** Credits that count for a clause, as people write them. */
export function creditsOfClause({ components }: ClauseResult): string {
  const units = components.reduce((sum, { credits = 0 }) => sum + Math.round(credits * 10_000), 0)
  return formatCredits(units)
}
