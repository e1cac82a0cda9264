import { html, nothing, type TemplateResult } from 'lit'
import type { Asked } from '../asked.ts'
import { moment } from '../moment.ts'
import { visible } from '../text.ts'
import { requirementWords } from '../words/requirement.ts'

/** The link that was made, for applicants and for whoever asks. */
export interface MadeLink {
  readonly applicants: string
  readonly own: string
}

export interface LinkParts {
  readonly domain: string
  readonly until: string
  readonly isReady: boolean
  readonly problem: string
  readonly made: MadeLink | undefined
  readonly told: string
  readonly onDomain: (event: Event) => void
  readonly onUntil: (event: Event) => void
  readonly onMake: (event: Event) => void
  readonly onCopy: (link: string) => void
  readonly onFile: () => void
  readonly onBare: () => void
}

export function linkView(parts: LinkParts): TemplateResult {
  const words = requirementWords().link
  const { made } = parts
  return html`<form novalidate @submit=${parts.onMake}>
      <label>${words.domain}
        <input id="domain" dir="ltr" maxlength="2048" spellcheck="false" autocapitalize="off" .value=${parts.domain} @input=${parts.onDomain} /></label>
      <label>${words.until} <input id="until" type="date" .value=${parts.until} @input=${parts.onUntil} /></label>
      <p class="mind" role="alert">${parts.problem}</p>
      <p><button type="submit" ?disabled=${!parts.isReady}>${words.make}</button></p>
    </form>
    <p class="told" role="status">${parts.told}</p>
    ${
      made
        ? html`<div class="made">
            ${copyField('applicants', words.made, made.applicants, parts)}
            ${copyField('own', words.own, made.own, parts)}
            <p class="aside">${words.note}</p>
            <p class="row">
              <button type="button" class="quiet" @click=${parts.onFile}>${words.file}</button>
              <button type="button" class="quiet" @click=${parts.onBare}>${words.bare}</button>
            </p>
          </div>`
        : nothing
    }`
}

function copyField(
  id: string,
  label: string,
  link: string,
  { onCopy }: Pick<LinkParts, 'onCopy'>,
): TemplateResult {
  const words = requirementWords().link
  return html`<div class="copy">
    <label for=${id}>${label}</label>
    <input id=${id} readonly dir="ltr" .value=${link} @focus=${(event: Event) => (event.target as HTMLInputElement).select()} />
    <button type="button" aria-label="${words.copy}: ${label}" @click=${() => onCopy(link)}>${words.copy}</button>
  </div>`
}

/** What was asked in this browser before. */
export function askedView(
  asked: readonly Asked[],
  { open, forget }: { readonly open: (one: Asked) => void; readonly forget: (one: Asked) => void },
): TemplateResult | typeof nothing {
  const words = requirementWords().asked
  if (asked.length === 0) return nothing
  return html`<section aria-labelledby="asked">
    <h2 id="asked">${words.title}</h2>
    <ul class="asked">
      ${asked.map(
        (one) =>
          html`<li>
            <span><bdi>${visible(one.name).slice(0, 200)}</bdi> <small>${moment(one.madeAt)}</small></span>
            <span class="row">
              <button type="button" class="quiet" @click=${() => open(one)}>${words.open}</button>
              <button type="button" class="quiet" aria-label=${words.forgetNamed(visible(one.name).slice(0, 60))} @click=${() => forget(one)}>${words.forget}</button>
            </span>
          </li>`,
      )}
    </ul>
  </section>`
}
