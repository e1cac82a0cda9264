import { css, html, LitElement, nothing, type TemplateResult, unsafeCSS } from 'lit'
import './gate.ts'
import { InvalidInputError, messageOf } from '../../core/error.ts'
import { requireCrypto } from '../../core/multikey.ts'
import { openQuestion, type Question } from '../../core/question.ts'
import { backdrop } from '../brand.ts'
import { headerView } from '../header.ts'
import { followLanguage } from '../language.ts'
import { loadSettings, type Settings } from '../settings.ts'
import base from '../styles/base.css?inline'
import frame from '../styles/check.css?inline'
import styles from '../styles/portfolio.css?inline'
import { portfolio as words } from '../words/portfolio.ts'
import { takeErrand } from './address.ts'
import { serviceUrl } from './offers.ts'
import { questionView } from './question.ts'
import type { Opened } from './safe.ts'
import { troubleView } from './trouble.ts'
import { eraseVault, readVault, type Stored } from './vault.ts'

/** A portfolio that nobody has touched for so long is closed. */
const idleMs = 15 * 60_000

/** The page where a holder keeps credentials, sees what they add up to, and hands them over. Nothing of it leaves the browser by itself. */
export class PortfolioPage extends LitElement {
  static override styles = [base, frame, styles].map(
    (sheet) => css`
      ${unsafeCSS(sheet)}
    `,
  )
  static override properties = {
    stored: { state: true },
    opened: { state: true },
    settings: { state: true },
    question: { state: true },
    link: { state: true },
    trouble: { state: true },
    told: { state: true },
    isReady: { state: true },
  }
  declare stored: Stored | undefined
  declare opened: Opened | undefined
  declare settings: Settings | undefined
  declare question: Question | undefined
  declare link: string | undefined
  declare trouble: InvalidInputError | undefined
  declare told: string
  /** It is known what this browser keeps. */
  declare isReady: boolean
  #idle: ReturnType<typeof setTimeout> | undefined

  constructor() {
    super()
    this.told = ''
    this.isReady = false
    followLanguage(this)
  }

  override connectedCallback(): void {
    super.connectedCallback()
    window.addEventListener('hashchange', this.#onAddress)
    for (const name of ['pointerdown', 'keydown']) window.addEventListener(name, this.#onUse)
    void loadSettings(serviceUrl().href).then((settings) => {
      this.settings = settings
    })
    void this.#load()
    void this.#onAddress()
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    window.removeEventListener('hashchange', this.#onAddress)
    for (const name of ['pointerdown', 'keydown']) window.removeEventListener(name, this.#onUse)
    this.#lock()
  }

  override updated(): void {
    document.title = words().documentTitle
  }

  override render(): TemplateResult {
    const page = words()
    return html`${headerView(html`<a href=${new URL('check', serviceUrl()).pathname}>${page.checkPage}</a>`)}
      <main class=${this.opened ? 'answered' : ''}>
        ${this.opened ? nothing : backdrop}
        <div class="intro">
          <h1 tabindex="-1">${page.title}</h1>
          ${this.opened ? nothing : html`<p class="lead">${page.lead}</p>`}
        </div>
        ${this.settings?.problem ? html`<p class="problem" role="alert">${this.settings.problem}</p>` : nothing}
        <div role="alert">${this.trouble ? troubleView(this.trouble) : nothing}</div>
        <p class="told" role="status">${this.told}</p>
        ${this.opened ? this.#openView(this.opened) : this.isReady ? this.#gateView() : nothing}
      </main>
      <footer>
        <p>${page.footer.kept}</p>
        <p>${page.footer.lost}</p>
      </footer>`
  }

  #gateView(): TemplateResult {
    return html`${this.question ? questionView(this.question) : nothing}
      ${this.link === undefined ? nothing : html`<p class="note">${words().shelf.linkFirst}</p>`}
      <portfolio-gate .stored=${this.stored} @opened=${this.#onOpened} @erase=${this.#onErase}></portfolio-gate>`
  }

  #openView(opened: Opened): TemplateResult {
    return html`<portfolio-desk
      .opened=${opened}
      .settings=${this.settings}
      .question=${this.question}
      .link=${this.link}
      @written=${(event: CustomEvent<Opened>) => {
        this.opened = event.detail
      }}
      @asked=${(event: CustomEvent<Question | undefined>) => {
        this.question = event.detail
      }}
      @led=${() => {
        this.link = undefined
      }}
      @changed-elsewhere=${(event: CustomEvent<InvalidInputError>) => {
        this.trouble = event.detail
        this.#lock()
      }}
      @lock=${() => this.#lock(words().safe.locked)}
      @erase=${this.#onErase}
    ></portfolio-desk>`
  }

  async #load(): Promise<void> {
    try {
      requireCrypto()
      this.stored = await readVault()
      this.isReady = true
    } catch (thrown) {
      this.#fail(thrown)
    }
  }

  #fail(thrown: unknown): void {
    if (!(thrown instanceof InvalidInputError)) reportError(thrown)
    this.trouble =
      thrown instanceof InvalidInputError
        ? thrown
        : new InvalidInputError('page_failed', messageOf(thrown))
  }

  /** Forgets what lay open; it stays kept, encrypted. */
  #lock(told = ''): void {
    clearTimeout(this.#idle)
    this.opened = undefined
    this.told = told
    void readVault().then((stored) => {
      this.stored = stored
    })
  }

  /** What shows an open portfolio is loaded once there is one. */
  #onOpened = async (event: CustomEvent<Opened>) => {
    this.trouble = undefined
    this.told = ''
    try {
      await import('./desk.ts')
      this.opened = event.detail
    } catch (thrown) {
      this.#fail(thrown)
    }
    this.#onUse()
    await this.updateComplete
    this.renderRoot.querySelector<HTMLElement>('h1')?.focus()
  }

  #onUse = () => {
    if (!this.opened) return
    clearTimeout(this.#idle)
    this.#idle = setTimeout(() => this.#lock(words().safe.lockedIdle), idleMs)
  }

  #onErase = async () => {
    try {
      await eraseVault()
      this.#lock(words().safe.erased)
    } catch (thrown) {
      this.#fail(thrown)
    }
  }

  #onAddress = async () => {
    const errand = takeErrand()
    if (!errand) return
    if (errand.link !== undefined) this.link = errand.link
    try {
      if (errand.question !== undefined) this.question = await openQuestion(errand.question)
    } catch (thrown) {
      this.#fail(thrown)
    }
  }
}

customElements.define('portfolio-page', PortfolioPage)
