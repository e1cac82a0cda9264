import type { VerifiedCredential } from '../../core/competencies/claim.ts'
import { creditUnits } from '../../core/pathway/credits.ts'
import { type ClauseResult, creditsOfClause } from '../../core/pathway/evaluate.ts'
import type { Leaf, Rule } from '../../core/pathway/rule.ts'

/** One thing that a rule wants. Of `part` a share is there; `spare`: the rule holds without it. */
export interface Brick {
  readonly state: 'done' | 'missing' | 'part' | 'spare'
  readonly share: number
}

/** What one clause wants, side by side. */
export interface Course {
  readonly bricks: readonly Brick[]
}

/** Bricks of one clause, and courses of one wall, that are drawn: a rule may want hundreds. */
const mostBricks = 12
const mostCourses = 24

/** A rule as courses of bricks, in its order: each clause of an `all` at the top is one, any other rule is one by itself. */
export function bricksOf(
  rule: Rule,
  clause: ClauseResult,
  held: readonly VerifiedCredential[],
): readonly Course[] {
  const rules = rule.kind === 'all' ? rule.rules : [rule]
  const clauses = rule.kind === 'all' ? clause.rules : [clause]
  return rules.slice(0, mostCourses).map((one, i) => ({
    bricks: bricksIn(one, clauses[i] as ClauseResult, held).slice(0, mostBricks),
  }))
}

function bricksIn(
  rule: Rule,
  clause: ClauseResult,
  held: readonly VerifiedCredential[],
): readonly Brick[] {
  if (rule.kind === 'all' || rule.kind === 'any') {
    return rule.rules.flatMap((one, i) => bricksIn(one, clause.rules[i] as ClauseResult, held))
  }
  const isSpare = clause.outcome === 'spare'
  if (rule.kind === 'credits') {
    const share = (Number(creditsOfClause(clause)) * creditUnits) / rule.needed
    return [brick(Math.min(1, share), isSpare)]
  }
  const needed = rule.kind === 'skills' ? rule.skills.length : rule.needed
  const have = rule.kind === 'skills' ? skillsIn(rule, clause, held) : clause.components.length
  const all = Math.min(needed, mostBricks)
  return Array.from({ length: all }, (_, i) => brick(i < have ? 1 : 0, isSpare))
}

function brick(share: number, isSpare: boolean): Brick {
  if (share >= 1) return { state: 'done', share: 1 }
  if (isSpare) return { state: 'spare', share: 0 }
  return { state: share > 0 ? 'part' : 'missing', share }
}

/** How many of the skills are shown by what counts. */
function skillsIn(
  { skills }: Extract<Leaf, { kind: 'skills' }>,
  { components }: ClauseResult,
  held: readonly VerifiedCredential[],
): number {
  const ids = new Set(components.map(({ id }) => id))
  const shown = held.flatMap(({ report: { credential } }) =>
    credential && ids.has(credential.id) ? credential.skills.map(({ url }) => url) : [],
  )
  return skills.filter(({ url }) => shown.includes(url)).length
}
