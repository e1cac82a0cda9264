import { html, nothing, type TemplateResult } from 'lit'
import type { Requirement } from '../core/pathway/pathway.ts'
import { describeRule } from '../core/pathway/words.ts'
import { coreText, prose, shown } from './text.ts'
import { requirementWords } from './words/requirement.ts'

/** Points that are listed; a rule may hold five hundred. */
const mostPoints = 60

/** A requirement in words. Every text in it is untrusted; what a point asks is core's sentence, which is English. */
export function requirementView({ name, rule, document }: Requirement): TemplateResult {
  const { words } = requirementWords()
  const { description } = document
  const rules = rule.kind === 'all' || rule.kind === 'any' ? rule.rules : [rule]
  return html`<div class="words">
    <p class="name">${shown(name)}</p>
    ${typeof description === 'string' ? prose(description) : nothing}
    <p>${rule.kind === 'any' ? words.some(String(rule.needed)) : words.all}</p>
    <ul>
      ${rules.slice(0, mostPoints).map((one) => html`<li>${coreText(capital(describeRule(one)))}</li>`)}
      ${rules.length > mostPoints ? html`<li>…</li>` : nothing}
    </ul>
  </div>`
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
