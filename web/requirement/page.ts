import { css, html, LitElement, nothing, type TemplateResult, unsafeCSS } from 'lit'
import { InvalidInputError, messageOf } from '../../core/error.ts'
import { fragmentParts } from '../../core/packed-link.ts'
import type { Requirement } from '../../core/pathway/pathway.ts'
import { type Question, questionDocument, questionName } from '../../core/question.ts'
import { type Asked, askedQuestions, forgetAsked } from '../asked.ts'
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
import './form.ts'
import { ask, linksOf, type MadeQuestion } from './ask.ts'
import { type Draft, documentOf, draftOf, emptyDraft } from './draft.ts'
import { jsonView } from './json-view.ts'
import { askedView, linkView, type MadeLink } from './link-view.ts'
import { openText } from './open.ts'
import { readDraft } from './read.ts'

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
          <div>${this.beyond ? this.#beyondView() : html`<requirement-form .draft=${this.draft} @draft=${this.#onDraft}></requirement-form>`}</div>
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
        ${jsonView(this.beyond?.document ?? documentOf(this.draft), this.beyond !== undefined, (from) => void this.#open(from))}
        ${askedView(this.asked, { open: this.#onAsked, forget: this.#onForget })}
      </main>`
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

  #read(): ReturnType<typeof readDraft> {
    return this.beyond ? { requirement: this.beyond } : readDraft(this.draft)
  }

  #onDraft = (event: CustomEvent<Draft>) => {
    this.draft = event.detail
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

  async #make(): Promise<void> {
    const words = requirementWords().link
    const { requirement } = this.#read()
    if (!requirement) return
    const domain = this.domain.trim()
    if (!/^[\x21-\x7e]+$/.test(domain)) {
      this.linkProblem = words.domainBad
      return
    }
    const until = this.until === '' ? undefined : Date.parse(`${this.until}T23:59:59Z`)
    try {
      const made = await ask(requirement, { domain, until })
      this.asked = askedQuestions()
      this.#show(made)
      history.replaceState(null, '', `#${made.fragment}`)
    } catch (thrown) {
      this.linkProblem = messageOf(thrown)
    }
  }

  #show(made: MadeQuestion): void {
    this.#question = made.question
    this.made = linksOf(made)
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

  #onAsked = (one: Asked) => {
    void this.#open(`#${questionName}=${one.packed}`)
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
      this.beyond = draft ? undefined : requirement
      this.draft = draft ?? emptyDraft
      this.domain = question?.domain ?? this.domain
      this.until =
        question?.until === undefined ? '' : new Date(question.until).toISOString().slice(0, 10)
      if (question && fragment !== undefined) this.#show({ question, fragment })
      this.notice = requirementWords().opened
    } catch (thrown) {
      if (!(thrown instanceof InvalidInputError)) throw thrown
      const { pointer, message } = thrown
      this.refusal = pointer === '' ? message : `${pointer}: ${message}`
    }
  }
}

customElements.define('requirement-page', RequirementPage)
