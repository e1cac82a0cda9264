import {
  css,
  html,
  LitElement,
  nothing,
  type PropertyValues,
  type TemplateResult,
  unsafeCSS,
} from 'lit'
import { escoSkill, freeSkill } from '../console/skills.ts'
import { followLanguage } from '../language.ts'
import base from '../styles/base.css?inline'
import styles from '../styles/requirement.css?inline'
import { requirementWords } from '../words/requirement.ts'
import { achievementAt, achievementIn } from './achievement.ts'
import {
  type Draft,
  emptyDraft,
  emptyPoint,
  type Point,
  type PointKind,
  pointKinds,
} from './draft.ts'
import { pointView } from './point-form.ts'

/** The form of a requirement; tells each change in a `draft` event. */
export class RequirementForm extends LitElement {
  static override styles = [base, styles].map(
    (sheet) => css`
      ${unsafeCSS(sheet)}
    `,
  )
  static override properties = { draft: { attribute: false }, problems: { state: true } }
  declare draft: Draft
  /** What is wrong with what was typed into a point, by its place. */
  declare problems: ReadonlyMap<number, string>
  #told: Draft | undefined

  constructor() {
    super()
    this.draft = emptyDraft
    this.problems = new Map()
    followLanguage(this)
  }

  /** What was wrong with another draft is not wrong with this one. */
  override willUpdate(changed: PropertyValues): void {
    if (changed.has('draft') && this.draft !== this.#told) this.problems = new Map()
  }

  override render(): TemplateResult {
    const words = requirementWords()
    const { draft } = this
    const { who, years, plain, holds, shared, points } = draft
    const typed = (name: keyof Draft) => (event: Event) =>
      this.#change({ [name]: (event.target as HTMLInputElement).value })
    const ticked = (name: keyof Draft) => (event: Event) =>
      this.#change({ [name]: (event.target as HTMLInputElement).checked })
    return html`<form class="draft" @submit=${(event: Event) => event.preventDefault()}>
      <label>${words.name} <input id="name" maxlength="400" placeholder=${words.nameExample} .value=${draft.name} @input=${typed('name')} /></label>
      <label>${words.description} <textarea id="description" rows="2" maxlength="10000" .value=${draft.description} @input=${typed('description')}></textarea></label>
      <fieldset>
        <legend>${words.holds.title}</legend>
        ${points.length === 0 ? html`<p class="aside">${words.clauses.none}</p>` : html`<ol class="points">${points.map((point, at) => this.#pointView(point, at))}</ol>`}
        <p class="row adds"><span id="add">${words.clauses.add}:</span>
          ${pointKinds.map((kind) => html`<button type="button" class="quiet" aria-describedby="add" @click=${() => this.#add(kind)}>${words.clauses.kinds[kind]}</button>`)}
        </p>
        ${
          points.length < 2
            ? nothing
            : html`<label>${words.holds.question}
                <select id="holds" @change=${typed('holds')}>
                  <option value="" ?selected=${holds === ''}>${words.holds.all}</option>
                  ${points.slice(1).map((_, i) => html`<option value=${i + 1} ?selected=${holds === String(i + 1)}>${words.holds.some(String(i + 1), String(points.length))}</option>`)}
                </select></label>`
        }
        <label class="tick"><input type="checkbox" .checked=${shared} @change=${ticked('shared')} /> <span>${words.holds.shared}</span></label>
      </fieldset>
      <fieldset>
        <legend>${words.who.title}</legend>
        ${(['accredited', 'issuers', 'any'] as const).map(
          (one) =>
            html`<label class="tick"><input type="radio" name="who" value=${one} .checked=${who === one} @change=${() => this.#change({ who: one })} /> <span>${words.who[one]}</span></label>`,
        )}
        ${who === 'issuers' ? html`<label>${words.who.ids} <textarea id="issuers" rows="2" dir="ltr" spellcheck="false" .value=${draft.issuers} @input=${typed('issuers')}></textarea></label>` : nothing}
        <label class="years">${words.who.years}
          <select id="years" @change=${typed('years')}>
            <option value="" ?selected=${years === ''}>${words.who.noLimit}</option>
            ${yearsOffered(years).map((one) => html`<option value=${one} ?selected=${one === years}>${one} ${words.who.ago}</option>`)}
          </select></label>
        <label class="tick"><input type="checkbox" .checked=${plain} @change=${ticked('plain')} /> <span>${words.who.plain}</span></label>
      </fieldset>
    </form>`
  }

  #pointView(point: Point, at: number): TemplateResult {
    return pointView({
      point,
      at,
      problem: this.problems.get(at) ?? '',
      change: (changes) => this.#changePoint(at, changes),
      remove: () => this.#remove(at),
      addKnown: () => this.#addSkill(at, 'known'),
      addFree: () => this.#addSkill(at, 'free'),
      takeCredential: (file) => void this.#takeCredential(at, file),
      followLinks: () => void this.#followLinks(at),
    })
  }

  #change(changes: Partial<Draft>): void {
    this.draft = { ...this.draft, ...changes }
    this.#told = this.draft
    this.dispatchEvent(new CustomEvent('draft', { detail: this.draft }))
  }

  #changePoint(at: number, changes: Partial<Point>): void {
    const points = this.draft.points.map((one, i) => (i === at ? { ...one, ...changes } : one))
    this.#tellPoint(at, '')
    this.#change({ points })
  }

  #tellPoint(at: number, problem: string): void {
    this.problems = new Map([...this.problems, [at, problem]])
  }

  async #add(kind: PointKind): Promise<void> {
    this.#change({ points: [...this.draft.points, emptyPoint(kind)] })
    await this.updateComplete
    this.renderRoot
      .querySelector<HTMLElement>('.points > li:last-child :is(input, textarea)')
      ?.focus()
  }

  async #remove(at: number): Promise<void> {
    const points = this.draft.points.filter((_, i) => i !== at)
    const isTooMany = Number(this.draft.holds) >= points.length
    this.problems = new Map()
    this.#change({ points, ...(isTooMany && { holds: '' }) })
    await this.updateComplete
    this.renderRoot.querySelector<HTMLElement>('.adds button')?.focus()
  }

  #addSkill(at: number, from: 'known' | 'free'): void {
    const words = requirementWords().clauses
    const fields = (from === 'known' ? ['known'] : ['free-name', 'free-url']).map(
      (id) => this.renderRoot.querySelector(`#${id}-${at}`) as HTMLInputElement,
    )
    const [first = '', second = ''] = fields.map(({ value }) => value)
    const found = from === 'known' ? escoSkill(first) : freeSkill(first, second)
    if (!found) {
      this.#tellPoint(at, from === 'known' ? words.searchUnknown : words.freeBad)
      return
    }
    const skill = { url: found.targetUrl, name: found.targetName }
    const others = this.draft.points[at]?.skills.filter(({ url }) => url !== skill.url) ?? []
    this.#changePoint(at, { skills: [...others, skill] })
    for (const field of fields) field.value = ''
    fields[0]?.focus()
  }

  async #takeCredential(at: number, file: File): Promise<void> {
    const found = await achievementIn(file)
    const point = this.draft.points[at]
    if (!point) return
    if (!found) {
      this.#tellPoint(at, requirementWords().clauses.noAchievement)
      return
    }
    const ids = [...new Set([...point.ids.split('\n').filter((id) => id.trim() !== ''), found.id])]
    this.#changePoint(at, { ids: ids.join('\n'), label: point.label || found.name })
  }

  async #followLinks(at: number): Promise<void> {
    const { ids = '' } = this.draft.points[at] ?? {}
    const lines = ids.split('\n', 50)
    const found = await Promise.all(lines.map((line) => achievementAt(line.trim())))
    const point = this.draft.points[at]
    // Whoever has typed on meanwhile is not interrupted.
    if (!point || point.ids !== ids || found.every((one) => !one)) return
    const taken = lines.map((line, i) => found[i]?.id ?? line)
    const label = point.label || (found.find((one) => one)?.name ?? '')
    this.#changePoint(at, { ids: [...new Set(taken)].join('\n'), label })
  }
}

const offered = ['1', '2', '3', '5', '10']

function yearsOffered(chosen: string): readonly string[] {
  return chosen === '' || offered.includes(chosen) ? offered : [...offered, chosen]
}

customElements.define('requirement-form', RequirementForm)
