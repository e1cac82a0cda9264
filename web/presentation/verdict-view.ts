import { html, nothing, type TemplateResult } from 'lit'
import type { Look } from '../look.ts'
import { moment } from '../moment.ts'
import { seal } from '../seal.ts'
import { coreText, shown, visible } from '../text.ts'
import { presentationWords } from '../words/presentation.ts'
import { report as reportWords } from '../words/report.ts'
import type { Outcome } from './outcome.ts'
import { audienceOf, type Whole, type WholeReason } from './whole.ts'

const looks: Readonly<Partial<Record<WholeReason, Look>>> = {
  altered: 'altered',
  ended: 'expired',
}

export function headlineOf({ reason, count, all }: Whole): string {
  return presentationWords().whole[reason].headline(count, all)
}

/** The verdict on all of it, and on whose terms it was handed over. */
export function wholeView(
  outcome: Outcome,
  whole: Whole,
  { onConfirm, onSave, onPdf }: Record<'onConfirm' | 'onSave' | 'onPdf', () => void>,
): TemplateResult {
  const { verdict, reason, detail } = whole
  const words = presentationWords()
  const isTrial =
    verdict === 'valid' &&
    outcome.presented.credentials.some(({ report }) => report?.anchor?.testNetwork)
  const look = looks[reason] ?? (isTrial ? 'trial' : verdict)
  return html`<section class="verdict ${look === verdict ? verdict : `${verdict} ${look}`}" aria-labelledby="whole">
    ${seal(look)}
    <div class="answer">
      <h2 id="whole" tabindex="-1">
        <span class="word">${reportWords().verdicts[verdict]}</span>
        ${isTrial ? html`<span class="label">${reportWords().notes.testLabel}</span>` : nothing}
        <span class="headline">${headlineOf(whole)}</span>
      </h2>
      <p class="subject">${words.whole.title}: ${words.whole.about(whole.all)}</p>
      ${detail === '' ? nothing : html`<p class="reason">${coreText(capital(detail))}</p>`}
      <div class="next"><h3>${reportWords().next}</h3><p>${words.whole[reason].next}</p></div>
      ${reason === 'unconfirmed' ? confirmView(outcome, onConfirm) : nothing}
      ${factsView(outcome)}
      <p class="actions">
        <button type="button" class="quiet" @click=${() => window.print()}>${words.actions.print}</button>
        <button type="button" class="quiet" @click=${onSave}>${words.actions.save}</button>
        <button type="button" class="quiet" @click=${onPdf}>${words.actions.pdf}</button>
      </p>
    </div>
  </section>`
}

function confirmView(outcome: Outcome, onConfirm: () => void): TemplateResult {
  const { confirm } = presentationWords()
  const audience = audienceOf(outcome)
  return html`<div class="confirm">
    <p>
      ${audience === undefined ? nothing : confirm.audience(visible(audience).slice(0, 200))}
      ${outcome.task.question ? confirm.question : nothing}
    </p>
    <button type="button" @click=${onConfirm}>${confirm.yes}</button>
  </div>`
}

/** What the presentation says of itself. Untrusted; what the holder signed is named as theirs. */
function factsView(outcome: Outcome): TemplateResult {
  const { facts } = presentationWords()
  const { task, presented, terms, signedFor } = outcome
  const { presentation, person } = presented
  const audience = audienceOf(outcome)
  const isSigned = presentation.verdict === 'valid' && !presentation.unsigned
  const { question, source } = task
  const fact = (term: string, content: unknown) =>
    html`<div><dt>${term}</dt><dd>${content}</dd></div>`
  return html`<dl class="facts">
    ${isSigned && person.did !== undefined ? fact(facts.holder, html`<code>${visible(person.did).slice(0, 300)}</code>`) : fact(facts.holder, facts.unsigned)}
    ${terms.purpose === undefined ? nothing : fact(facts.purpose, shown(terms.purpose))}
    ${fact(facts.audience, audience === undefined ? facts.anyone : shown(audience, 300))}
    ${fact(facts.until, terms.until === undefined ? facts.noEnd : moment(new Date(terms.until).toISOString()))}
    ${signedFor.created === undefined ? nothing : fact(facts.created, moment(signedFor.created))}
    ${
      question && source
        ? fact(
            facts.question,
            html`${shown(question.requirement.name, 200)} <small class="aside">${facts.sources[source]}</small>
              ${question.until !== undefined && question.until < Date.parse(signedFor.created ?? '') ? html`<small class="aside">${facts.over(new Date(question.until).toISOString().slice(0, 10))}</small>` : nothing}`,
          )
        : nothing
    }
    ${fact(reportWords().evidence.checkedAt, moment(new Date(outcome.checkedAt).toISOString()))}
  </dl>`
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
