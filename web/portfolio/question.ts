import { html, nothing, type TemplateResult } from 'lit'
import type { Progress } from '../../core/portfolio/progress.ts'
import type { Question } from '../../core/question.ts'
import { formatSeconds } from '../../core/time.ts'
import { momentOf } from '../moment.ts'
import { prose, shown } from '../text.ts'
import { portfolio as words } from '../words/portfolio.ts'
import { clausesView, missingView, wallView } from './progress-view.ts'
import { type Possession, reachedWith } from './reached.ts'

interface Answering {
  readonly hasKey: boolean
  readonly onAnswer: (progress: Progress) => void
  readonly onLeave: () => void
}

/** What somebody asks, and how far what is kept meets it; nothing of that is told to whoever asks. `possession` is absent while the portfolio is closed. */
export function questionView(
  { requirement, domain, until }: Question,
  possession?: Possession,
  answering?: Answering,
): TemplateResult {
  const { question } = words()
  const isOver = until !== undefined && until < Date.now()
  const progress = possession && reachedWith(possession, requirement)
  const { description } = requirement.document
  return html`<section class="question" aria-labelledby="question">
    <h2 id="question">${question.title}</h2>
    <p class="asked">${shown(requirement.name, 200)}</p>
    ${typeof description === 'string' ? prose(description) : nothing}
    <p>${question.asker} <strong>${shown(domain, 200)}</strong></p>
    <p class="aside">${question.askerHow}</p>
    ${until === undefined ? nothing : html`<p>${question.until(momentOf(formatSeconds(until / 1000)))}</p>`}
    ${isOver ? html`<p class="problem">${question.over}</p>` : nothing}
    ${
      possession && progress && answering
        ? html`${wallView(requirement, progress, possession.verified)}
            <p class="standing"><strong>${question.standing[progress.outcome]}</strong></p>
            ${missingView(progress)} ${clausesView(requirement.rule, progress.clause)}
            ${progress.unproved.length > 0 ? html`<p class="note">${question.unproved(progress.unproved.length)}</p>` : nothing}
            ${answering.hasKey ? nothing : html`<p class="note">${question.keyless}</p>`}
            <div class="buttons">
              <button type="button" ?disabled=${isOver || progress.places.length === 0} @click=${() => answering.onAnswer(progress)}>${question.answer}</button>
              <button type="button" class="quiet" @click=${answering.onLeave}>${question.leave}</button>
            </div>
            <p class="aside">${question.nothingYet}</p>`
        : html`<p>${question.openFirst}</p>`
    }
  </section>`
}
