import { html, nothing, type TemplateResult } from 'lit'
import { type Check, type CheckName, checkNames, type Reading } from '../core/report.ts'
import { webLink } from './link.ts'
import { mark } from './seal.ts'
import { coreText, visible } from './text.ts'
import { report } from './words/report.ts'

/** The eight questions in reading order, each with its outcome once it is there. */
export function checksView(checks: readonly Check[]): TemplateResult {
  return html`<section class="checks" aria-labelledby="checks">
    <h2 id="checks">${report().checks.title}</h2>
    <ol>
      ${checkNames.map((name, i) => checkView(name, checks[i]))}
    </ol>
  </section>`
}

function checkView(name: CheckName, check: Check | undefined): TemplateResult {
  const { names, outcomes, waiting } = report().checks
  const [title, question] = names[name]
  const outcome = check?.outcome ?? 'waiting'
  return html`<li class="check ${outcome}" data-check=${name}>
    ${mark(outcome)}
    <div>
      <h3>
        <span class="title">${title}</span>
        <span class="question">${question}</span>
        <span class="outcome">${check ? outcomes[check.outcome] : waiting}</span>
      </h3>
      ${check ? html`<p>${coreText(check.message)}</p>` : nothing}
      ${check?.successor ? html`<p>${webLink(report().checks.successor, check.successor.url)}</p>` : nothing}
      ${check && check.read.length > 0 ? html`<ul class="read">${check.read.map(readingView)}</ul>` : nothing}
    </div>
  </li>`
}

function readingView({ what, from }: Reading): TemplateResult {
  const { checks } = report()
  return html`<li>${checks.read}: <bdi lang="en" dir="ltr">${visible(what)}</bdi> <em>${checks.from} <bdi>${visible(from)}</bdi></em></li>`
}
