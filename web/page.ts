import { css, html, LitElement, nothing, type TemplateResult, unsafeCSS } from 'lit'
import './endpoint.ts'
import './intake.ts'
import './report.ts'
import { backdrop, brandMark } from './brand.ts'
import type { CredentialEvent, CredentialIntake } from './intake.ts'
import { messages } from './messages.ts'
import type { CheckReport } from './report.ts'
import { type Run, startRun } from './run.ts'
import { loadSettings, type Settings } from './settings.ts'
import { linkSource, type Source, textSource } from './source.ts'
import base from './styles/base.css?inline'
import styles from './styles/check.css?inline'
import { spoken } from './verdict.ts'

/** The page "Check a credential": takes one, checks it, shows the answer. */
export class CheckPage extends LitElement {
  static override styles = [base, styles].map(
    (sheet) => css`
      ${unsafeCSS(sheet)}
    `,
  )
  static override properties = { run: { state: true }, settings: { state: true } }
  declare run: Run | undefined
  declare settings: Settings | undefined
  #loading: Promise<Settings> | undefined
  #source: Source | undefined
  #focused: Element | null = null
  #compact = false
  #started: { readonly cancel: () => void } | undefined

  override connectedCallback(): void {
    super.connectedCallback()
    this.#loading = loadSettings(location.href).then((settings) => {
      this.settings = settings
      return settings
    })
    window.addEventListener('hashchange', this.#onAddress)
    const link = new URLSearchParams(location.search).get('credential')
    if (carriesCredential()) this.#onAddress()
    else if (link !== null) void this.#check(linkSource(link, location.href))
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    window.removeEventListener('hashchange', this.#onAddress)
  }

  override render(): TemplateResult {
    const { run, settings } = this
    return html`<header>
        <p class="brand">${brandMark} ${messages.brand}</p>
      </header>
      <main class=${run ? 'answered' : ''}>
        ${run ? nothing : backdrop}
        <div class="intro">
          <h1>${messages.title}</h1>
          ${run ? nothing : html`<p class="lead">${messages.lead}</p>`}
        </div>
        ${settings?.problem ? html`<p class="problem" role="alert">${settings.problem}</p>` : nothing}
        <credential-intake
          ?compact=${this.#compact}
          .examples=${settings?.examples ?? []}
          @credential=${this.#onCredential}
        ></credential-intake>
        <p class="spoken" role="status" aria-live="polite">${spoken(run)}</p>
        <check-report .run=${run}></check-report>
        <chain-endpoint
          .settings=${settings}
          .chainId=${run?.chainId}
          .wanted=${settings?.problem !== undefined || this.#wantsEndpoint()}
          @endpoint=${this.#onEndpoint}
        ></chain-endpoint>
      </main>
      <footer>
        <p>${messages.footer.how}</p>
        <p>${messages.footer.local}</p>
      </footer>`
  }

  /** A newer check ends the one before it: its answers are neither awaited nor shown. */
  async #check(source: Source): Promise<void> {
    this.#source = source
    this.#focused = this.shadowRoot?.activeElement ?? null
    this.#started?.cancel()
    const settings = await this.#loading
    if (!settings || this.#source !== source) return
    this.#started = startRun(source, settings, (run) => {
      this.run = run
      // The answer gets the room; what was refused stays in reach, to be put right.
      if (run.state !== 'reading') this.#compact = run.state !== 'refused'
      if (run.state === 'settled' || run.state === 'refused') void this.#present()
    })
  }

  async #present(): Promise<void> {
    await this.updateComplete
    const report = this.renderRoot.querySelector<CheckReport>('check-report')
    if (this.run?.report)
      this.renderRoot.querySelector<CredentialIntake>('credential-intake')?.clear()
    const focused = this.shadowRoot?.activeElement ?? null
    // Whoever has gone on to something else meanwhile is not torn away from it.
    if (!focused || focused === this.#focused) await report?.focusVerdict()
  }

  #wantsEndpoint(): boolean {
    const { report, chainId } = this.run ?? {}
    // A chain that the trust file lacks is not helped by an endpoint.
    if (!report || chainId === undefined) return false
    return ['chain_unknown', 'chain_unreachable', 'chain_mismatch', 'registry_missing'].includes(
      report.reason,
    )
  }

  #onCredential = (event: CredentialEvent) => {
    // The address no longer names what is shown.
    if (location.search !== '' || carriesCredential())
      history.replaceState(null, '', location.pathname)
    void this.#check(event.detail)
  }

  /** A code that was scanned: the fragment of the address carries the credential. */
  #onAddress = () => {
    if (carriesCredential()) void this.#check(textSource(location.href, location.href))
  }

  #onEndpoint = () => {
    if (this.#source) void this.#check(this.#source)
  }
}

function carriesCredential(): boolean {
  return location.hash.startsWith('#c=')
}

customElements.define('check-page', CheckPage)
