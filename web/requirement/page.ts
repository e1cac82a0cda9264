import { css, html, LitElement, nothing, type TemplateResult, unsafeCSS } from 'lit'
import { toMultibase } from '../../core/bytes.ts'
import { InvalidInputError, messageOf } from '../../core/error.ts'
import { fragmentParts } from '../../core/packed-link.ts'
import { parseRequirement, type Requirement } from '../../core/pathway/pathway.ts'
import {
  type Question,
  questionDocument,
  questionFragment,
  questionName,
} from '../../core/question.ts'
import { type Asked, askedQuestions, forgetAsked, rememberAsked } from '../asked.ts'
import { escoSkill, freeSkill } from '../console/skills.ts'
import { headerView } from '../header.ts'
import { followLanguage } from '../language.ts'
import { pageAddress } from '../page-address.ts'
import { requirementView } from '../requirement-view.ts'
import { saveFile } from '../save.ts'
import base from '../styles/base.css?inline'
import checkStyles from '../styles/check.css?inline'
import styles from '../styles/requirement.css?inline'
import { coreText } from '../text.ts'
import { requirementWords } from '../words/requirement.ts'
import { achievementAt, achievementIn } from './achievement.ts'
import {
  type Draft,
  documentOf,
  draftOf,
  emptyDraft,
  emptyPoint,
  lackOf,
  type Point,
  type PointKind,
  pointKinds,
} from './draft.ts'
import { askedView, linkView, type MadeLink } from './link-view.ts'
import { openText } from './open.ts'
import { pointView } from './point-form.ts'

/** The page on which somebody says which credentials are asked for. Nothing of it is sent to anybody. */
export class RequirementPage extends LitElement {
  static override styles = [base, checkStyles, styles].map(
    (sheet) => css`
      ${unsafeCSS(sheet)}
    `,
  )
  static override properties = {
    draft: { state: true },
    beyond: { state: true },
    domain: { state: true },
    until: { state: true },
    made: { state: true },
    told: { state: true },
    notice: { state: true },
    problems: { state: true },
    linkProblem: { state: true },
    refusal: { state: true },
    asked: { state: true },
  }
  declare draft: Draft
  /** A requirement that the form cannot show. */
  declare beyond: Requirement | undefined
  declare domain: string
  declare until: string
  declare made: MadeLink | undefined
  declare told: string
  declare notice: string
  /** What is wrong with what was typed into a point, by its place. */
  declare problems: ReadonlyMap<number, string>
  declare linkProblem: string
  /** Why what was opened is no requirement; core's sentence. */
  declare refusal: string
  declare asked: readonly Asked[]
  #question: Question | undefined

  constructor() {
    super()
    this.draft = emptyDraft
    this.domain = location.origin
    this.until = ''
    this.told = ''
    this.notice = ''
    this.problems = new Map()
    this.linkProblem = ''
    this.refusal = ''
    this.asked = askedQuestions()
    followLanguage(this)
  }

  override connectedCallback(): void {
    super.connectedCallback()
    window.addEventListener('hashchange', this.#onAddress)
    this.#onAddress()
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    window.removeEventListener('hashchange', this.#onAddress)
  }

  override updated(): void {
    document.title = requirementWords().documentTitle
  }

  override render(): TemplateResult {
    const words = requirementWords()
    const { requirement, problem } = this.#read()
    return html`${headerView(html`<a href=${pageAddress('presentation')}>${words.check}</a>`)}
      <main>
        <div class="intro">
          <h1>${words.title}</h1>
          <p class="lead">${words.lead}</p>
          <p class="aside">${words.local}</p>
        </div>
        ${this.refusal === '' ? nothing : html`<div class="problem" role="alert"><p>${words.unreadable}</p><p>${coreText(this.refusal)}</p></div>`}
        <p class="told" role="status">${this.notice}</p>
        <div class="halves">
          <div>${this.beyond ? this.#beyondView() : this.#formView()}</div>
          <div class="side">
            <section aria-labelledby="words">
              <h2 id="words">${words.words.title}</h2>
              ${requirement ? requirementView(requirement) : html`<p class="aside">${words.words.waiting}</p><p class="mind" id="missing">${problem}</p>`}
            </section>
            <section aria-labelledby="link">
              <h2 id="link">${words.link.title}</h2>
              ${this.#linkView(requirement)}
            </section>
          </div>
        </div>
        ${this.#jsonView()}
        ${askedView(this.asked, { open: this.#onAsked, forget: this.#onForget })}
      </main>`
  }

  #formView(): TemplateResult {
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

  #beyondView(): TemplateResult {
    const words = requirementWords().json
    return html`<p class="note">${words.beyond}</p>
      <p><button type="button" class="quiet" @click=${this.#onDiscard}>${words.discard}</button></p>`
  }

  #linkView(requirement: Requirement | undefined): TemplateResult {
    const typed = (name: 'domain' | 'until') => (event: Event) => {
      this[name] = (event.target as HTMLInputElement).value
      this.#outdate()
    }
    return linkView({
      domain: this.domain,
      until: this.until,
      isReady: requirement !== undefined,
      problem: this.linkProblem,
      made: this.made,
      told: this.told,
      onDomain: typed('domain'),
      onUntil: typed('until'),
      onMake: (event) => {
        event.preventDefault()
        void this.#make()
      },
      onCopy: (link) => void this.#copy(link),
      onFile: () => this.#save('question', this.#question && questionDocument(this.#question)),
      onBare: () => this.#save('requirement', this.#question?.requirement.document),
    })
  }

  #jsonView(): TemplateResult {
    const words = requirementWords().json
    const text = JSON.stringify(this.beyond?.document ?? documentOf(this.draft), null, 2)
    return html`<details class="json" ?open=${this.beyond !== undefined}>
      <summary>${words.title}</summary>
      <p class="aside">${words.note}</p>
      <label for="json">${words.text}</label>
      <textarea id="json" rows="14" dir="ltr" spellcheck="false" .value=${text}></textarea>
      <p class="row">
        <button type="button" class="quiet" @click=${this.#onJson}>${words.use}</button>
        <label class="file">${words.open} <input type="file" accept=".json,application/json" @change=${this.#onFile} /></label>
      </p>
    </details>`
  }

  /** The requirement as it stands, or what it lacks. */
  #read(): { readonly requirement?: Requirement; readonly problem?: unknown } {
    if (this.beyond) return { requirement: this.beyond }
    const { missing } = requirementWords()
    const lack = lackOf(this.draft)
    if (lack) {
      const said = missing[lack.what]
      return { problem: typeof said === 'string' ? said : said(String(lack.place)) }
    }
    try {
      return { requirement: parseRequirement(documentOf(this.draft)) }
    } catch (thrown) {
      const { pointer } = thrown as InvalidInputError
      return {
        problem: html`${missing.core} ${coreText(`${pointer}: ${messageOf(thrown)}`)}`,
      }
    }
  }

  #change(changes: Partial<Draft>): void {
    this.draft = { ...this.draft, ...changes }
    this.#outdate()
  }

  /** A link asks what it was made for, and nothing that was typed since. */
  #outdate(): void {
    this.made = undefined
    this.#question = undefined
    this.told = ''
    this.notice = ''
    this.linkProblem = ''
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

  async #make(): Promise<void> {
    const words = requirementWords().link
    const { requirement } = this.#read()
    if (!requirement) return
    const domain = this.domain.trim()
    if (!/^[\x21-\x7e]+$/.test(domain)) {
      this.linkProblem = words.domainBad
      return
    }
    const end = this.until === '' ? undefined : Date.parse(`${this.until}T23:59:59Z`)
    const challenge = toMultibase(crypto.getRandomValues(new Uint8Array(16)))
    const question = { requirement, challenge, domain, until: end }
    try {
      const fragment = await questionFragment(question)
      this.#keep(question, fragment)
    } catch (thrown) {
      this.linkProblem = messageOf(thrown)
    }
  }

  #keep(question: Question, fragment: string): void {
    const { challenge, domain, requirement } = question
    rememberAsked({
      challenge,
      domain,
      name: requirement.name,
      madeAt: new Date().toISOString(),
      packed: fragment.slice(questionName.length + 1),
    })
    this.asked = askedQuestions()
    this.#show(question, fragment)
    history.replaceState(null, '', `#${fragment}`)
  }

  #show(question: Question, fragment: string): void {
    this.#question = question
    this.made = {
      applicants: `${pageAddress('portfolio')}#${fragment}`,
      own: `${pageAddress('requirement')}#${fragment}`,
    }
  }

  async #copy(link: string): Promise<void> {
    await navigator.clipboard.writeText(link)
    this.told = requirementWords().link.copied
  }

  #save(name: string, content: unknown): void {
    if (content === undefined) return
    saveFile(`${name}.json`, 'application/json', `${JSON.stringify(content, null, 2)}\n`)
  }

  #onAddress = () => {
    if (fragmentParts(location.hash).has(questionName)) void this.#open(location.href)
  }

  #onJson = () => {
    const field = this.renderRoot.querySelector<HTMLTextAreaElement>('#json')
    void this.#open(field?.value ?? '')
  }

  #onFile = async (event: Event) => {
    const input = event.target as HTMLInputElement
    const [file] = input.files ?? []
    if (file) await this.#open(file)
    input.value = ''
  }

  #onAsked = (one: Asked) => {
    location.hash = `${questionName}=${one.packed}`
    window.scrollTo(0, 0)
  }

  #onForget = (one: Asked) => {
    forgetAsked(one.challenge)
    this.asked = askedQuestions()
  }

  #onDiscard = () => {
    this.beyond = undefined
    this.draft = emptyDraft
    this.#outdate()
  }

  /** Untrusted: a link, a file or text. */
  async #open(from: string | File): Promise<void> {
    this.refusal = ''
    try {
      const { requirement, question, fragment } = await openText(from)
      const draft = draftOf(requirement.document)
      this.#outdate()
      this.problems = new Map()
      this.beyond = draft ? undefined : requirement
      this.draft = draft ?? emptyDraft
      this.domain = question?.domain ?? this.domain
      this.until =
        question?.until === undefined ? '' : new Date(question.until).toISOString().slice(0, 10)
      if (question && fragment !== undefined) this.#show(question, fragment)
      this.notice = requirementWords().opened
    } catch (thrown) {
      if (!(thrown instanceof InvalidInputError)) throw thrown
      const { pointer, message } = thrown
      this.refusal = pointer === '' ? message : `${pointer}: ${message}`
    }
  }
}

const offered = ['1', '2', '3', '5', '10']

function yearsOffered(chosen: string): readonly string[] {
  return chosen === '' || offered.includes(chosen) ? offered : [...offered, chosen]
}

customElements.define('requirement-page', RequirementPage)
