import type { Budget } from './budget.ts'
import { type Open, shortfall, type Worth } from './problem.ts'
import type { Leaf, Rule } from './rule.ts'
import {
  type Assignment,
  type Chosen,
  enough,
  fillSeats,
  heaviestFirst,
  isSeated,
  nothingChosen,
  withClause,
} from './search.ts'
import { describeAmount, describeRule, listed } from './words.ts'

/** One way to complete a rule: what counts for it already, and what it still takes. */
export interface Plan {
  readonly assignment: Assignment
  /** Clauses that the plan goes for; of a choice, those that lack least. */
  readonly clauses: ReadonlySet<Leaf>
  /** In words; none where nothing is missing, so that the rule holds. */
  readonly missing: ReadonlyMap<Rule, string>
}

/**
 * Goes for the clauses that lack least, and fills them as far as the components reach. Whoever gets what it says is missing meets the rule.
 * Where it finds nothing missing the rule holds; where it does, another way may still be found by the exact search.
 */
export function planFor(
  rule: Rule,
  worthOf: (leaf: Leaf) => Worth,
  size: number,
  budget: Budget,
): Plan {
  const clauses = new Set<Leaf>()
  const shared: Leaf[] = []
  let chosen: Chosen = nothingChosen
  const choose = (next: Rule): void => {
    if (next.kind === 'all') for (const child of next.rules) choose(child)
    else if (next.kind === 'any') {
      const open = openChoice(next, worthOf)
      if (open) {
        chosen = withClause(chosen, open)
        for (const child of open.children) if (child.kind === 'leaf') clauses.add(child.leaf)
      } else for (const child of nearest(next, worthOf)) choose(child)
    } else {
      clauses.add(next)
      if (next.shared) shared.push(next)
      else chosen = withClause(chosen, { kind: 'leaf', leaf: next, worth: worthOf(next) })
    }
  }
  choose(rule)

  const missing = new Map<Rule, string>()
  const all = Array.from({ length: size }, (_, i) => i)
  const [first] = chosen.sums
  const order =
    first && chosen.sums.length === 1
      ? all.toSorted((a, b) => (first.worth[a] as number) - (first.worth[b] as number))
      : all
  const { taken, used, empty } = fillSeats(chosen, order, budget)
  for (const { clause, missing: seats } of empty) {
    if (clause.kind === 'leaf') missing.set(clause.leaf, wordsOf(clause.leaf, seats))
    else missing.set(clause.rule, choiceWords(clause.rule, seats, taken))
  }
  const assignment = new Map<Leaf, readonly number[]>(taken)
  for (const sum of chosen.sums) {
    const free = all.filter((component) => !used.has(component))
    const counted = enough(sum, free) ?? heaviestFirst(sum.worth, free)
    const got = counted.reduce((total, i) => total + (sum.worth[i] as number), 0)
    const needed = sum.leaf.kind === 'skills' ? 0 : sum.leaf.needed
    if (got < needed) missing.set(sum.leaf, wordsOf(sum.leaf, needed - got))
    for (const component of counted) used.add(component)
    assignment.set(sum.leaf, counted)
  }
  for (const leaf of shared) {
    const lack = shortfall(leaf, worthOf(leaf))
    if (lack > 0 && leaf.kind !== 'skills') missing.set(leaf, wordsOf(leaf, lack))
    if (lack > 0 && leaf.kind === 'skills') missing.set(leaf, '')
  }
  return { assignment, clauses, missing }
}

function wordsOf(leaf: Leaf, amount: number): string {
  return leaf.kind === 'skills' ? '' : describeAmount(leaf, amount, ' more')
}

function choiceWords(rule: Rule, seats: number, taken: Assignment): string {
  const open = rule.kind === 'any' ? rule.rules.filter((child) => !taken.has(child as Leaf)) : []
  return `${seats} more of: ${listed(open.map(describeRule), '; ')}`
}

/** A choice between clauses of one component each, whose seats decide it. */
function openChoice(rule: Extract<Rule, { kind: 'any' }>, worthOf: (leaf: Leaf) => Worth) {
  const children = rule.rules.flatMap((child): readonly Open[] =>
    child.kind === 'components' && !child.shared
      ? [{ kind: 'leaf', leaf: child, worth: worthOf(child) }]
      : [],
  )
  const open: Open = { kind: 'any', needed: rule.needed, children, rule }
  return children.length === rule.rules.length && isSeated(open) ? open : undefined
}

/** The clauses of a choice that lack least, each by itself; of equals the first. */
function nearest(
  rule: Extract<Rule, { kind: 'any' }>,
  worthOf: (leaf: Leaf) => Worth,
): readonly Rule[] {
  const lacks = rule.rules.map((child) => lackOf(child, worthOf))
  const order = rule.rules
    .map((_, i) => i)
    .toSorted((a, b) => (lacks[a] as number) - (lacks[b] as number) || a - b)
  const taken = new Set(order.slice(0, rule.needed))
  return rule.rules.filter((_, i) => taken.has(i))
}

/** How much of a rule is missing, from 0 for nothing; every clause weighs the same. */
function lackOf(rule: Rule, worthOf: (leaf: Leaf) => Worth): number {
  if (rule.kind === 'all') {
    return rule.rules.reduce((sum, child) => sum + lackOf(child, worthOf), 0)
  }
  if (rule.kind === 'any') {
    const lacks = rule.rules.map((child) => lackOf(child, worthOf)).toSorted((a, b) => a - b)
    return lacks.slice(0, rule.needed).reduce((sum, lack) => sum + lack, 0)
  }
  const needed = rule.kind === 'skills' ? rule.skills.length : rule.needed
  return shortfall(rule, worthOf(rule)) / needed
}
