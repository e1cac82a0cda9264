import { html, nothing, type TemplateResult } from 'lit'
import { type ClauseResult, type Counted, creditsOfClause } from '../../core/pathway/evaluate.ts'
import { mark } from '../seal.ts'
import { coreText, shown, visible } from '../text.ts'
import { presentationWords } from '../words/presentation.ts'
import { evidenceLink, type ShowEvidence } from './evidence.ts'
import type { Outcome } from './outcome.ts'

/** Clauses that are shown in all; a rule may hold five hundred. */
const mostClauses = 120

/** Which points of what was asked for are met, by which credentials, and what is missing. */
export function matchView(outcome: Outcome, show: ShowEvidence): TemplateResult | typeof nothing {
  const { match } = outcome
  if (!match) return nothing
  const words = presentationWords().question
  const isVoid = match.presentation.verdict !== 'valid'
  const marked = { met: 'valid', unmet: 'invalid', undecided: 'indeterminate' } as const
  // What could not be checked, or is nobody's yet, may meet it after all.
  const isOpen = match.outcome === 'unmet' && match.verdict === 'indeterminate'
  const state = isOpen ? 'open' : match.outcome
  const look = isOpen ? 'indeterminate' : marked[match.outcome]
  const top = match.clause.rules.length > 0 ? match.clause.rules : [match.clause]
  const budget = { left: mostClauses, isOpen }
  return html`<p class="name">${shown(match.requirement)}</p>
    ${
      isVoid
        ? html`<p class="outcome invalid">${mark('invalid')} ${words.void}</p>`
        : html`<p class="outcome ${look}">${mark(look)} <strong>${words.outcome[state]}</strong></p>`
    }
    ${top.length > 1 ? html`<p class="aside">${asked(match.clause)}</p>` : nothing}
    <ul class="clauses">${top.map((clause) => clauseView(clause, outcome, show, budget))}</ul>
    ${
      match.missing.length === 0 || match.reason === 'holder_unproved'
        ? nothing
        : html`<h3>${words.missing}</h3>
            <ul class="missing">${match.missing.slice(0, 40).map((one) => html`<li>${coreText(one)}</li>`)}</ul>`
    }`
}

function clauseView(
  clause: ClauseResult,
  outcome: Outcome,
  show: ShowEvidence,
  budget: { left: number; readonly isOpen: boolean },
): TemplateResult | typeof nothing {
  if (budget.left-- <= 0) return nothing
  const words = presentationWords().question
  const { components, rules, kind } = clause
  const unmet = budget.isOpen ? 'indeterminate' : 'invalid'
  const look = { met: 'valid', unmet, spare: 'skipped' } as const
  const said = budget.isOpen && clause.outcome === 'unmet' ? 'open' : clause.outcome
  const credits = kind === 'credits' && components.length > 0 ? creditsOfClause(clause) : ''
  return html`<li class="clause ${look[clause.outcome]}">
    ${mark(look[clause.outcome])}
    <div>
      <p><strong class="state">${words.clause[said]}</strong> ${asked(clause)}</p>
      ${
        components.length === 0
          ? nothing
          : html`<p class="by">
              ${credits === '' ? nothing : html`<span>${words.credits(credits)}:</span>`}
              ${components.slice(0, 30).map((one) => countedView(one, outcome, show))}
            </p>`
      }
      ${rules.length === 0 ? nothing : html`<ul class="clauses">${rules.map((rule) => clauseView(rule, outcome, show, budget))}</ul>`}
    </div>
  </li>`
}

/** What a clause asks; of one that joins others only how, as they stand below it. */
function asked({ asks, kind }: ClauseResult): TemplateResult | string {
  const { all, some } = presentationWords().question
  const [, count = ''] = /^(\d+) of: /.exec(asks) ?? []
  if (kind === 'all' && asks.startsWith('all of: ')) return all
  return kind === 'any' && count !== '' ? some(count) : coreText(visible(asks))
}

function countedView({ id, by }: Counted, outcome: Outcome, show: ShowEvidence): TemplateResult {
  const at = outcome.presented.credentials.findIndex(({ component }) => component?.id === id)
  return html`${evidenceLink(outcome, at, show)}${by ? html` <small>${presentationWords().question.by(visible(by.by.name ?? by.by.id).slice(0, 200))}</small>` : nothing}`
}
