import { css, html, LitElement, nothing, type TemplateResult, unsafeCSS } from 'lit'
import '../endpoint.ts'
import '../report.ts'
import './claim.ts'
import './shares.ts'
import { headerView } from '../header.ts'
import { followLanguage, language } from '../language.ts'
import { momentOf } from '../moment.ts'
import { type Run, startRun } from '../run.ts'
import { saveFile } from '../save.ts'
import { loadSettings, type Settings } from '../settings.ts'
import base from '../styles/base.css?inline'
import checkStyles from '../styles/check.css?inline'
import styles from '../styles/holder.css?inline'
import { visible } from '../text.ts'
import { spoken } from '../verdict.ts'
import { holder } from '../words/holder.ts'
import { certificateView } from './certificate.ts'
import { linkedInUrl } from './linked-in.ts'
import { type About, type LinkService, openLink, ServiceError, type Trouble } from './service.ts'

/** The page of one credential: the certificate, whether it holds, and what one can do with it. */
export class HolderPage extends LitElement {
  static override styles = [base, checkStyles, styles].map(
    (sheet) => css`
      ${unsafeCSS(sheet)}
    `,
  )
  static override properties = {
    about: { state: true },
    run: { state: true },
    settings: { state: true },
    trouble: { state: true },
    told: { state: true },
  }
  declare about: About | undefined
  declare run: Run | undefined
  declare settings: Settings | undefined
  declare trouble: Trouble | undefined
  /** What the last thing that was done came to. */
  declare told: string
  #link: LinkService | undefined
  #text = ''
  #pass: string | undefined
  readonly #path = location.pathname.replace(/\/$/, '')

  constructor() {
    super()
    this.told = ''
    followLanguage(this)
  }

  override connectedCallback(): void {
    super.connectedCallback()
    if (!this.#isClaim()) void this.#open()
  }

  override updated(): void {
    const name = this.run?.report?.credential?.name
    const title = holder().documentTitle
    document.title = name === undefined ? title : `${visible(name).slice(0, 100)} · ${title}`
  }

  override render(): TemplateResult {
    const words = holder()
    return html`${headerView()}
      <main class="answered">
        ${this.#isClaim() ? html`<holder-claim></holder-claim>` : this.#credentialView()}
      </main>
      <footer>
        <p>${words.footer}</p>
      </footer>`
  }

  #credentialView(): TemplateResult {
    const words = holder()
    const { about, run, trouble } = this
    if (trouble) return troubleView(trouble)
    if (!about || !run) return html`<h1>${words.title}</h1><p role="status">${words.opening}</p>`
    const isHolder = about.kind === 'holder'
    return html`<h1 class="hidden">${isHolder ? words.titleHolder : words.title}</h1>
      ${about.corrected ? html`<p class="note">${words.corrected}</p>` : nothing}
      ${isHolder ? nothing : limitsView(about)}
      <p class="spoken" role="status" aria-live="polite">${spoken(run)}</p>
      ${certificateView(run)}
      ${this.#actionsView(isHolder)}
      ${isHolder ? html`<holder-shares .link=${this.#link} @replaced=${this.#onReplaced}></holder-shares>` : nothing}
      <check-report .run=${run}></check-report>
      <chain-endpoint
        .settings=${this.settings}
        .chainId=${run.chainId}
        @endpoint=${() => this.#check()}
      ></chain-endpoint>`
  }

  #actionsView(isHolder: boolean): TemplateResult {
    const words = holder().actions
    const query = (more: Readonly<Record<string, string>>) =>
      new URLSearchParams({ ...(this.#pass !== undefined && { visit: this.#pass }), ...more })
    const form = (file: string, label: string, more = {}) =>
      html`<li><a class="button quiet" href=${`${this.#path}/${file}?${query(more)}`} download=${file}>${label}</a></li>`
    return html`<section class="actions" aria-labelledby="actions">
      <h2 id="actions">${words.title}</h2>
      <ul>
        ${form('credential.pdf', words.pdf, { lang: language() })}
        ${form('badge.svg', words.svg)}
        ${
          this.#hasPng()
            ? form('badge.png', words.png)
            : html`<li><button type="button" class="quiet" @click=${this.#onPng}>${words.png}</button></li>`
        }
        <li><button type="button" class="quiet" @click=${this.#onSave}>${words.json}</button></li>
        ${
          isHolder
            ? html`<li><button type="button" class="quiet" @click=${this.#onLinkedIn}>${words.linkedIn}</button></li>`
            : html`<li><button type="button" class="quiet" @click=${this.#onCopy}>${words.copy}</button></li>`
        }
        <li><button type="button" class="quiet" @click=${() => window.print()}>${words.print}</button></li>
        <li><a class="button quiet" href=${`../portfolio#add=${this.#path}`}>${words.portfolio}</a></li>
      </ul>
      <p class="told" role="status">${this.told}</p>
    </section>`
  }

  async #open(): Promise<void> {
    try {
      this.#link = openLink(this.#path)
      // Its settings lie beside the pages, one folder up.
      const settings = loadSettings(new URL('../', location.href).href)
      const about = await this.#link.about()
      const { text, pass } = await this.#link.credential()
      this.#text = text
      this.#pass = pass
      this.settings = await settings
      this.about =
        about.viewsLeft === undefined ? about : { ...about, viewsLeft: about.viewsLeft - 1 }
      this.#check()
    } catch (thrown) {
      this.trouble = thrown instanceof ServiceError ? thrown.trouble : 'failed'
    }
  }

  /** As everywhere: the verdict is made here, from the credential and the chain, and not by the service. */
  #check(): void {
    const { settings } = this
    if (!settings) return
    const source = { label: '', asks: undefined, read: async () => this.#text }
    startRun(source, settings, (run) => {
      this.run = run
    })
  }

  #isClaim(): boolean {
    return /\/claim\/[^/]*$/.test(this.#path)
  }

  #hasPng(): boolean {
    return /"id":"data:image\/png;base64,/.test(this.#text)
  }

  #onSave = () => saveFile('credential.json', 'application/json', this.#text)

  /** The service draws no PNG images; this browser does. */
  #onPng = async () => {
    const visit = this.#pass === undefined ? '' : `?visit=${this.#pass}`
    try {
      const { drawPngBadge } = await import('./png-badge.ts')
      const badge = await drawPngBadge(`${this.#path}/badge.svg${visit}`, this.#text)
      saveFile('badge.png', 'image/png', badge)
    } catch {
      this.told = holder().troubles.failed.next
    }
  }

  #onCopy = async () => {
    await navigator.clipboard.writeText(location.href)
    this.told = holder().actions.copied
  }

  /** What is shown to everybody there is a link of its own, which the holder can take back; never the holder's. */
  #onLinkedIn = async () => {
    const credential = this.run?.report?.credential
    if (!this.#link || !credential) return
    try {
      const url = await this.#link.share({ label: 'LinkedIn' })
      window.open(linkedInUrl(credential, url), '_blank', 'noopener')
      this.renderRoot.querySelector('holder-shares')?.refresh()
      this.told = holder().actions.linkedInMade
    } catch (thrown) {
      const trouble = thrown instanceof ServiceError ? thrown.trouble : 'failed'
      this.told = holder().troubles[trouble].next
    }
  }

  #onReplaced = (event: CustomEvent<string>) => {
    location.replace(event.detail)
  }
}

function troubleView(trouble: Trouble): TemplateResult {
  const { headline, next } = holder().troubles[trouble]
  return html`<section class="trouble" role="alert">
    <h1>${headline}</h1>
    <p>${next}</p>
  </section>`
}

function limitsView({ endsAt, viewLimit, viewsLeft }: About): TemplateResult | typeof nothing {
  const words = holder().limits
  const parts = [
    ...(endsAt === undefined ? [] : [words.until(momentOf(endsAt))]),
    ...(viewLimit === undefined ? [] : [words.views(Math.max(0, viewsLeft ?? 0))]),
  ]
  return parts.length === 0 ? nothing : html`<p class="note">${parts.join(' ')}</p>`
}

customElements.define('holder-page', HolderPage)
