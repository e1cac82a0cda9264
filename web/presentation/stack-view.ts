import { html, nothing, type TemplateResult } from 'lit'
import type { Outcome as Mark } from '../../core/report.ts'
import type { PartState } from '../../core/stack-part.ts'
import { mark } from '../seal.ts'
import { coreText, shown, visible } from '../text.ts'
import { presentationWords } from '../words/presentation.ts'
import { evidenceLink, type ShowEvidence } from './evidence.ts'
import type { Outcome } from './outcome.ts'

const marks: Readonly<Record<PartState, Mark>> = {
  verified: 'valid',
  ended: 'invalid',
  bound: 'indeterminate',
  differs: 'invalid',
  invalid: 'invalid',
  indeterminate: 'indeterminate',
}

/** Awards with their parts, each verified with what came along. */
export function stacksView(outcome: Outcome, show: ShowEvidence): TemplateResult {
  const words = presentationWords().stacks
  return html`${outcome.stacks.map(({ at, parts, report }) => {
    const { verdict, summary, pathway } = report
    // Of what did not come along each line says so already.
    const notes = report.notes.filter((note) => !note.endsWith('is only bound by its digest.'))
    return html`<article class="stack ${verdict}">
      <h3>${evidenceLink(outcome, at, show)}</h3>
      ${pathway.name === undefined ? nothing : html`<p class="aside">${words.pathway(visible(pathway.name).slice(0, 200))}</p>`}
      <p class="outcome ${verdict}">${mark(verdict)} ${coreText(summary)}</p>
      <ul class="parts">
        ${report.parts.map((part) => {
          const came = parts.get(part.id)
          return html`<li class=${marks[part.state]}>
            ${mark(marks[part.state])}
            <div>
              ${came === undefined ? shown(part.id, 120) : evidenceLink(outcome, came, show)}
              <strong class="state">${words.states[part.state]}</strong>
              ${part.state === 'verified' ? nothing : coreText(part.message)}
            </div>
          </li>`
        })}
      </ul>
      ${notes.length === 0 ? nothing : html`<ul class="notes">${notes.slice(0, 20).map((note) => html`<li>${coreText(note)}</li>`)}</ul>`}
    </article>`
  })}`
}
