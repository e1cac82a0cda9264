import { html, nothing, type TemplateResult } from 'lit'
import { requirementView } from '../requirement-view.ts'
import { presentationWords } from '../words/presentation.ts'
import { requirementWords } from '../words/requirement.ts'
import { credentialsView } from './credentials-view.ts'
import type { ShowEvidence } from './evidence.ts'
import { questionForm } from './forms.ts'
import { matchView } from './match-view.ts'
import type { Outcome } from './outcome.ts'
import { stacksView } from './stack-view.ts'
import { summaryView } from './summary-view.ts'

interface Parts {
  /** Credentials whose evidence is open. */
  readonly opened: ReadonlySet<number>
  readonly questionRefusal: string
  readonly show: ShowEvidence
  readonly onToggle: (at: number, isOpen: boolean) => void
  readonly onQuestion: (from: string | File) => void
}

/** What follows the verdict: what is asked for, what all of it shows, awards, and the credentials one by one. */
export function sectionsView(outcome: Outcome, parts: Parts): TemplateResult {
  const words = presentationWords()
  const { show, opened, onToggle } = parts
  return html`${section('question', words.question.title, questionView(outcome, parts))}
    ${section('summary', words.summary.title, summaryView(outcome, show))}
    ${outcome.stacks.length === 0 ? nothing : section('stacks', words.stacks.title, stacksView(outcome, show))}
    ${section('credentials', words.credentials.title, credentialsView(outcome, opened, onToggle))}`
}

function questionView(
  outcome: Outcome,
  { show, questionRefusal, onQuestion }: Parts,
): TemplateResult {
  const { question, requirement } = outcome.task
  const asked = question?.requirement ?? requirement
  return html`${matchView(outcome, show)}
    ${asked ? html`<details class="asked"><summary>${requirementWords().words.title}</summary>${requirementView(asked)}</details>` : nothing}
    ${questionForm(asked !== undefined, questionRefusal, { onFile: onQuestion, onText: onQuestion })}`
}

function section(id: string, title: string, content: TemplateResult): TemplateResult {
  return html`<section class="block" aria-labelledby=${id}>
    <h2 id=${id}>${title}</h2>
    ${content}
  </section>`
}
