import { html, nothing, type TemplateResult } from 'lit'
import { escoLabels } from '../console/skills.ts'
import { visible } from '../text.ts'
import { requirementWords } from '../words/requirement.ts'
import type { DraftSkill, Point } from './draft.ts'

const levels = ['1', '2', '3', '4', '5', '6', '7', '8']

/** What can be done with one point of the form. */
export interface PointParts {
  readonly point: Point
  /** From 0. */
  readonly at: number
  readonly problem: string
  readonly change: (changes: Partial<Point>) => void
  readonly remove: () => void
  /** Adds what stands in the fields of a skill. */
  readonly addKnown: () => void
  readonly addFree: () => void
  readonly takeCredential: (file: File) => void
  /** Links to credentials among the ids stand for their achievements. */
  readonly followLinks: () => void
}

export function pointView(parts: PointParts): TemplateResult {
  const words = requirementWords().clauses
  const { point, at, problem, remove } = parts
  const place = String(at + 1)
  return html`<li>
    <fieldset class="point" data-kind=${point.kind}>
      <legend>${words.title(place)}: ${words.kinds[point.kind]}</legend>
      ${point.kind === 'skills' ? skillFields(parts) : plainFields(parts)}
      <p class="mind" role="alert">${problem}</p>
      <button type="button" class="quiet drop" aria-label=${words.remove(place)} @click=${remove}>×</button>
    </fieldset>
  </li>`
}

function plainFields({ point, change, takeCredential, followLinks }: PointParts): TemplateResult {
  const words = requirementWords().clauses
  const { kind, amount, eqf, field, subject, years, label, ids } = point
  const isCredits = kind === 'credits'
  const typed = (name: keyof Point) => (event: Event) =>
    change({ [name]: (event.target as HTMLInputElement).value })
  const onFile = (event: Event) => {
    const input = event.target as HTMLInputElement
    const [file] = input.files ?? []
    if (file) takeCredential(file)
    input.value = ''
  }
  return html`
    ${
      kind === 'achievements'
        ? html`<label>${words.label} <input data-field="label" maxlength="200" .value=${label} @input=${typed('label')} /></label>
            <label>${words.ids} <textarea data-field="ids" rows="2" dir="ltr" spellcheck="false" .value=${ids} @input=${typed('ids')} @change=${followLinks}></textarea></label>
            <label class="file">${words.fromCredential} <input type="file" @change=${onFile} /></label>`
        : nothing
    }
    <div class="pair">
      <label>${isCredits ? words.amount : words.count}
        <input data-field="amount" type="number" min=${isCredits ? '0.5' : '1'} step=${isCredits ? 'any' : '1'} max=${isCredits ? '100000' : '200'} inputmode="decimal" .value=${amount} @input=${typed('amount')} /></label>
      ${
        kind === 'achievements'
          ? nothing
          : html`<label>${words.eqf}
                <select data-field="eqf" .value=${eqf} @change=${typed('eqf')}>
                  <option value="">${words.anyLevel}</option>
                  ${levels.map((level) => html`<option ?selected=${level === eqf}>${level}</option>`)}
                </select></label>
              <label>${words.field} <input data-field="field" maxlength="4" inputmode="numeric" .value=${field} @input=${typed('field')} /></label>
              <label>${words.subject} <input data-field="subject" maxlength="200" placeholder=${words.subjectExample} .value=${subject} @input=${typed('subject')} /></label>`
      }
      <label>${words.years} <input data-field="years" type="number" min="1" max="50" step="1" .value=${years} @input=${typed('years')} /></label>
      ${
        kind === 'components'
          ? html`<label>${words.label} <input data-field="label" maxlength="200" .value=${label} @input=${typed('label')} /></label>`
          : nothing
      }
    </div>`
}

function skillFields({ point, at, change, addKnown, addFree }: PointParts): TemplateResult {
  const words = requirementWords().clauses
  const { skills } = point
  const without = (url: string) => change({ skills: skills.filter((skill) => skill.url !== url) })
  return html`<p>${words.skills}</p>
    ${skills.length === 0 ? html`<p class="aside">${words.noSkill}</p>` : html`<ul class="skills">${skills.map((skill) => skillView(skill, without))}</ul>`}
    <div class="line">
      <label for="known-${at}">${words.search}</label>
      <input id="known-${at}" list="esco-${at}" autocomplete="off" @keydown=${onEnter(addKnown)} />
      <datalist id="esco-${at}">${escoLabels.map((label) => html`<option value=${label}></option>`)}</datalist>
      <button type="button" class="quiet" @click=${addKnown}>${words.searchAdd}</button>
    </div>
    <div class="line">
      <label for="free-name-${at}">${words.freeName}</label>
      <input id="free-name-${at}" maxlength="200" @keydown=${onEnter(addFree)} />
      <label for="free-url-${at}">${words.freeUrl}</label>
      <input id="free-url-${at}" maxlength="2048" dir="ltr" placeholder="https://" @keydown=${onEnter(addFree)} />
      <button type="button" class="quiet" @click=${addFree}>${words.freeAdd}</button>
    </div>`
}

function skillView({ name, url }: DraftSkill, drop: (url: string) => void): TemplateResult {
  const words = requirementWords().clauses
  return html`<li title=${url}>
    <bdi>${visible(name)}</bdi>
    <button type="button" class="drop" aria-label=${words.drop(visible(name))} @click=${() => drop(url)}>×</button>
  </li>`
}

function onEnter(add: () => void) {
  return (event: KeyboardEvent) => {
    if (event.key !== 'Enter') return
    event.preventDefault()
    add()
  }
}
