import { css, html, LitElement, nothing, type TemplateResult, unsafeCSS } from 'lit'
import '../endpoint.ts'
import '../report.ts'
import { credentialsOf } from '../../core/data-model/presentation.ts'
import { InvalidInputError, messageOf } from '../../core/error.ts'
import type { KnownPerson } from '../../core/same-holder.ts'
import { headerView } from '../header.ts'
import { followLanguage } from '../language.ts'
import { pageAddress } from '../page-address.ts'
import { openText } from '../requirement/open.ts'
import { saveFile } from '../save.ts'
import { loadSettings, type Settings } from '../settings.ts'
import base from '../styles/base.css?inline'
import checkStyles from '../styles/check.css?inline'
import styles from '../styles/presentation.css?inline'
import reportStyles from '../styles/report.css?inline'
import verdictStyles from '../styles/verdict.css?inline'
import { coreText } from '../text.ts'
import { presentationWords } from '../words/presentation.ts'
import { intakeView, personView } from './forms.ts'
import { openPresentation } from './open.ts'
import { checkPresentation, type Outcome, type Task } from './outcome.ts'
import { questionFor } from './question-for.ts'
import { sectionsView } from './sections.ts'
import { headlineOf, wholeView } from './verdict-view.ts'
import { wantsPerson, wholeOf } from './whole.ts'

/** The page that checks what somebody presents: each credential, all of them together, and what they meet. */
export class PresentationPage extends LitElement {
  static override styles = [base, checkStyles, verdictStyles, reportStyles, styles].map(
    (sheet) => css`
      ${unsafeCSS(sheet)}
    `,
  )
  static override properties = {
    settings: { state: true },
    task: { state: true },
    outcome: { state: true },
    verified: { state: true },
    refusal: { state: true },
    questionRefusal: { state: true },
    opened: { state: true },
    told: { state: true },
  }
  declare settings: Settings | undefined
  declare task: Task | undefined
  declare outcome: Outcome | undefined
  /** Credentials that are checked so far, while a check runs. */
  declare verified: number | undefined
  /** Why what was handed in is no presentation; core's sentence. */
  declare refusal: string
  declare questionRefusal: string
  /** Credentials whose evidence is open. */
  declare opened: ReadonlySet<number>
  declare told: string
  #loading: Promise<Settings> | undefined
  #running: AbortController | undefined

  constructor() {
    super()
    this.refusal = ''
    this.questionRefusal = ''
    this.opened = new Set()
    this.told = ''
    followLanguage(this)
  }

  override connectedCallback(): void {
    super.connectedCallback()
    // Its settings lie beside the pages, one folder up.
    this.#loading = loadSettings(new URL('../', location.href).href)
    void this.#loading.then((settings) => {
      this.settings = settings
    })
    window.addEventListener('hashchange', this.#onAddress)
    window.addEventListener('beforeprint', this.#onPrint)
    this.#onAddress()
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    window.removeEventListener('hashchange', this.#onAddress)
    window.removeEventListener('beforeprint', this.#onPrint)
    this.#running?.abort()
  }

  override updated(): void {
    document.title = presentationWords().documentTitle
  }

  override render(): TemplateResult {
    const words = presentationWords()
    const { outcome, task } = this
    const isAnswered = task !== undefined
    return html`${headerView(html`<a href=${pageAddress('requirement')}>${words.ask}</a> <a href=${pageAddress('check')}>${words.single}</a>`)}
      <main class=${isAnswered ? 'answered' : ''}>
        <div class="intro">
          <h1>${words.title}</h1>
          ${isAnswered ? nothing : html`<p class="lead">${words.lead}</p>`}
        </div>
        ${this.settings?.problem ? html`<p class="problem" role="alert">${this.settings.problem}</p>` : nothing}
        ${intakeView(isAnswered, { onFile: (file) => void this.#open(file), onText: (text) => void this.#open(text) })}
        ${this.refusal === '' ? nothing : html`<div class="problem" role="alert"><p>${words.intake.unreadable}</p><p>${coreText(this.refusal)}</p></div>`}
        <p class="spoken" role="status" aria-live="polite">${this.#spoken()}</p>
        ${this.verified === undefined ? nothing : html`<p class="progress">${this.#progress()}</p>`}
        ${outcome ? this.#outcomeView(outcome) : nothing}
        <chain-endpoint
          .settings=${this.settings}
          .chainId=${outcome?.presented.credentials.find(({ report }) => report?.anchor)?.report?.anchor?.chainId}
          .wanted=${this.settings?.problem !== undefined}
          @endpoint=${() => this.#check(this.task)}
        ></chain-endpoint>
      </main>`
  }

  #outcomeView(outcome: Outcome): TemplateResult {
    const whole = wholeOf(outcome)
    return html`${wholeView(outcome, whole, { onConfirm: this.#onConfirm, onSave: this.#onSave, onPdf: this.#onPdf })}
      <p class="told" role="status">${this.told}</p>
      ${wantsPerson(outcome, whole) ? personView(outcome.presented.person.email ?? '', this.#onPerson) : nothing}
      ${sectionsView(outcome, {
        opened: this.opened,
        questionRefusal: this.questionRefusal,
        show: this.#show,
        onToggle: this.#onToggle,
        onQuestion: (from) => void this.#openQuestion(from),
      })}`
  }

  #progress(): string {
    const all = this.task ? credentialsOf(this.task.presentation).length : 0
    return presentationWords().progress(Math.min(this.verified ?? 0, all), all)
  }

  #spoken(): string {
    if (this.verified !== undefined) return this.#progress()
    return this.outcome ? presentationWords().spoken(headlineOf(wholeOf(this.outcome))) : ''
  }

  /** Untrusted: a link, a file or text. What came along with it as its question is the applicant's word. */
  async #open(from: string | File): Promise<void> {
    this.refusal = ''
    this.questionRefusal = ''
    try {
      const { presentation, question: packed } = await openPresentation(from)
      const answered = await questionFor(presentation, packed).catch((thrown) => {
        this.questionRefusal = told(thrown)
        return { question: undefined, source: undefined }
      })
      this.opened = new Set()
      const shared = { requirement: undefined, person: undefined, isConfirmed: false }
      this.#check({ presentation, ...answered, ...shared })
    } catch (thrown) {
      this.refusal = told(thrown)
    }
  }

  async #openQuestion(from: string | File): Promise<void> {
    const { task } = this
    this.questionRefusal = ''
    if (!task) return
    try {
      const { question, requirement } = await openText(from)
      this.#check(
        question
          ? { ...task, question, source: 'opened', requirement: undefined }
          : { ...task, question: undefined, source: undefined, requirement },
      )
    } catch (thrown) {
      this.questionRefusal = told(thrown)
    }
  }

  /** A newer check ends the one before it. */
  async #check(task: Task | undefined): Promise<void> {
    if (!task) return
    this.#running?.abort()
    const running = new AbortController()
    this.#running = running
    this.task = task
    this.outcome = undefined
    this.told = ''
    this.verified = 0
    const settings = await this.#loading
    if (!settings || running.signal.aborted) return
    try {
      const outcome = await checkPresentation(task, {
        settings,
        signal: running.signal,
        now: Date.now(),
        onCredential: (verified) => {
          if (!running.signal.aborted) this.verified = verified
        },
      })
      if (running.signal.aborted) return
      this.outcome = outcome
    } catch (thrown) {
      if (running.signal.aborted) return
      if (!(thrown instanceof InvalidInputError)) reportError(thrown)
      this.refusal = told(thrown)
    }
    this.verified = undefined
    await this.updateComplete
    this.renderRoot.querySelector<HTMLElement>('#whole')?.focus()
  }

  #onAddress = () => {
    if (/[#&]p=/.test(location.hash)) void this.#open(location.href)
  }

  #onPerson = (email: string) => {
    const person: KnownPerson | undefined = email === '' ? undefined : { email }
    if (this.task) void this.#check({ ...this.task, person })
  }

  #onConfirm = () => {
    if (this.task) void this.#check({ ...this.task, isConfirmed: true })
  }

  /** Opens the evidence of one credential, and moves reading and keyboard there. */
  #show = (at: number) => {
    this.opened = new Set([...this.opened, at])
    void this.updateComplete.then(() => {
      const summary = this.renderRoot.querySelector<HTMLElement>(`#credential-${at} > summary`)
      summary?.scrollIntoView({ block: 'start' })
      summary?.focus()
    })
  }

  #onToggle = (at: number, isOpen: boolean) => {
    if (this.opened.has(at) === isOpen) return
    const others = [...this.opened].filter((one) => one !== at)
    this.opened = new Set(isOpen ? [...others, at] : others)
  }

  #onSave = () => {
    const { task } = this
    if (task) saveFile('presentation.json', 'application/json', JSON.stringify(task.presentation))
  }

  #onPdf = async () => {
    const { task } = this
    if (!task) return
    try {
      const { presentationPdf } = await import('./pdf.ts')
      saveFile('presentation.pdf', 'application/pdf', await presentationPdf(task.presentation))
    } catch {
      this.told = presentationWords().pdfFailed
    }
  }

  /** On paper every credential stands with its verdict; the eight checks of each are left to the page. */
  #onPrint = () => {
    this.opened = new Set()
  }
}

function told(thrown: unknown): string {
  if (!(thrown instanceof InvalidInputError)) return messageOf(thrown)
  const { pointer, message } = thrown
  return pointer === '' ? message : `${message} (${pointer.slice(0, 200)})`
}

customElements.define('presentation-page', PresentationPage)
