import { html, nothing, svg, type TemplateResult } from 'lit'
import type { VerifiedCredential } from '../../core/competencies/claim.ts'
import type { ClauseResult } from '../../core/pathway/evaluate.ts'
import type { Requirement } from '../../core/pathway/pathway.ts'
import type { Rule } from '../../core/pathway/rule.ts'
import type { Progress } from '../../core/portfolio/progress.ts'
import { mark } from '../seal.ts'
import { coreText, shown } from '../text.ts'
import { portfolio as words } from '../words/portfolio.ts'
import { bricksOf, type Course } from './bricks.ts'

/** A rule as a wall: a course of bricks for each of its clauses, laid where something counts, outlined where it is missing, and a stone on top. */
export function wallView(
  { rule }: Pick<Requirement, 'rule'>,
  { clause, outcome }: Progress,
  held: readonly VerifiedCredential[],
): TemplateResult {
  const courses = bricksOf(rule, clause, held)
  const height = 40 + courses.length * courseHeight
  const { done, all } = countOf(courses)
  const label = words().paths.picture(done, all)
  return html`<svg class="wall" viewBox=${`0 0 ${width} ${height}`} role="img" aria-label=${label}>
    ${stone(outcome === 'met')} ${courses.map((course, i) => courseView(course, 40 + i * courseHeight, i))}
  </svg>`
}

const width = 400
const courseHeight = 30
const gap = 4

function stone(isMet: boolean): TemplateResult {
  return svg`<path class=${isMet ? 'brick done' : 'brick missing'} d="M150 34 L164 6 H236 L250 34 Z" />
    ${isMet ? svg`<path class="sign" d="M190 21 L198 28 L211 13" />` : nothing}`
}

function courseView({ bricks }: Course, y: number, at: number): TemplateResult {
  // As bricks are laid: every second course is set off by a little.
  const [from, to] = at % 2 === 0 ? [0, width - 12] : [12, width]
  const each = (to - from + gap) / Math.max(1, bricks.length)
  return svg`${bricks.map(({ state, share }, i) => {
    const x = from + i * each
    const size = each - gap
    return svg`<rect class=${`brick ${state === 'part' ? 'missing' : state}`} x=${x.toFixed(1)} y=${y} width=${size.toFixed(1)} height=${courseHeight - gap} rx="2" />
      ${state === 'part' ? svg`<rect class="brick done" x=${x.toFixed(1)} y=${y} width=${(size * share).toFixed(1)} height=${courseHeight - gap} rx="2" />` : nothing}
      ${state === 'done' ? svg`<path class="sign" d=${`M${(x + size / 2 - 6).toFixed(1)} ${y + 13} l4 5 l8 -9`} />` : nothing}`
  })}`
}

function countOf(courses: readonly Course[]): { readonly done: number; readonly all: number } {
  const bricks = courses.flatMap((course) => course.bricks).filter(({ state }) => state !== 'spare')
  return { done: bricks.filter(({ state }) => state === 'done').length, all: bricks.length }
}

/** The clauses in words, each with what counts for it or what it still takes. */
export function clausesView(rule: Rule, clause: ClauseResult): TemplateResult {
  return html`<ul class="clauses">${clauseView(rule, clause)}</ul>`
}

function clauseView(rule: Rule, clause: ClauseResult): TemplateResult {
  const { outcome, asks, components, missing, rules } = clause
  const { outcomes, counts, missing: lacking } = words().paths
  const children = rule.kind === 'all' || rule.kind === 'any' ? rule.rules : []
  return html`<li class=${outcome}>
    ${mark(outcome === 'met' ? 'valid' : outcome === 'spare' ? 'skipped' : 'waiting')}
    <div>
      <p><span class="hidden">${outcomes[outcome]}: </span>${coreText(asks)}</p>
      ${
        components.length > 0
          ? html`<p class="aside">${counts} ${components.map(({ name }, i) => html`${i > 0 ? ', ' : ''}${shown(name, 120)}`)}</p>`
          : nothing
      }
      ${missing ? html`<p class="missing">${lacking} ${coreText(missing)}</p>` : nothing}
      ${
        rules.length > 0
          ? html`<ul class="clauses">${rules.map((one, i) => clauseView(children[i] as Rule, one))}</ul>`
          : nothing
      }
    </div>
  </li>`
}

/** What it still takes, in words. */
export function missingView({ outcome, missing }: Progress): TemplateResult | typeof nothing {
  if (outcome !== 'unmet' || missing.length === 0) return nothing
  return html`<p class="missing">${words().paths.missing}</p>
    <ul class="lacks">${missing.slice(0, 20).map((one) => html`<li>${coreText(one)}</li>`)}</ul>`
}
