import { css, html, LitElement, nothing, type TemplateResult, unsafeCSS } from 'lit'
import './intake.ts'
import { backdrop } from './brand.ts'
import type { Handed, HandedEvent } from './handed.ts'
import { headerView } from './header.ts'
import type { CredentialIntake } from './intake.ts'
import { followLanguage } from './language.ts'
import type { ManyCredentials, OpenEvent } from './many/table.ts'
import type { CheckReport } from './report.ts'
import type { Run } from './run.ts'
import type { Settings } from './settings.ts'
import type { Source } from './source.ts'
import base from './styles/base.css?inline'
import styles from './styles/check.css?inline'
import { check } from './words/check.ts'

type Checking = typeof import('./checking.ts')
type Showing = typeof import('./showing.ts')

/** The page "Check a credential": takes one, checks it, shows the answer. */
export class CheckPage extends LitElement {
  static override styles = [base, styles].map(
    (sheet) => css`
      ${unsafeCSS(sheet)}
    `,
  )
  static override properties = {
    run: { state: true },
    settings: { state: true },
    isBroken: { state: true },
    isMany: { state: true },
  }
  declare run: Run | undefined
  declare settings: Settings | undefined
  /** Part of the page could not be loaded. */
  declare isBroken: boolean
  /** The table of many credentials is shown. */
  declare isMany: boolean
  #checking: Checking | undefined
  #showing: Showing | undefined
  #loading: Promise<Settings> | undefined
  #source: Source | undefined
  #turn: symbol | undefined
  #focused: Element | null = null
  #compact = false
  #started: { readonly cancel: () => void } | undefined

  constructor() {
    super()
    this.isBroken = false
    this.isMany = false
    followLanguage(this)
  }

  override connectedCallback(): void {
    super.connectedCallback()
    this.#loading = this.#load()
    this.#loading.catch(() => {
      this.isBroken = true
    })
    window.addEventListener('hashchange', this.#onAddress)
    const link = new URLSearchParams(location.search).get('credential')
    if (carriesCredential()) this.#onAddress()
    else if (link !== null)
      void this.#check(({ foreignLinkSource }) => foreignLinkSource(link, location.href))
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    window.removeEventListener('hashchange', this.#onAddress)
  }

  override updated(): void {
    document.title = check().documentTitle
  }

  override render(): TemplateResult {
    const { run, settings } = this
    const words = check()
    const isAnswered = run !== undefined || this.isMany
    return html`${headerView()}
      <main class=${isAnswered ? 'answered' : ''}>
        ${isAnswered ? nothing : backdrop}
        <div class="intro">
          <h1>${words.title}</h1>
          ${isAnswered ? nothing : html`<p class="lead">${words.lead}</p>`}
        </div>
        ${this.isBroken ? html`<p class="problem" role="alert">${words.broken}</p>` : nothing}
        ${settings?.problem ? html`<p class="problem" role="alert">${settings.problem}</p>` : nothing}
        <credential-intake
          ?compact=${this.#compact}
          .examples=${settings?.examples ?? []}
          @handed=${this.#onHanded}
        ></credential-intake>
        <p class="spoken" role="status" aria-live="polite">${this.#showing?.spoken(run)}</p>
        ${
          this.isMany
            ? html`<many-credentials @open=${this.#onOpen}></many-credentials>
                ${run ? html`<p class="back"><button type="button" class="quiet" @click=${() => this.#table()?.focusTitle()}>${words.back}</button></p>` : nothing}`
            : nothing
        }
        <check-report .run=${run}></check-report>
        <chain-endpoint
          .settings=${settings}
          .chainId=${run?.chainId}
          .wanted=${settings?.problem !== undefined || this.#wantsEndpoint()}
          @endpoint=${this.#onEndpoint}
        ></chain-endpoint>
      </main>
      <footer>
        <p>${words.footer.how}</p>
        <p>${words.footer.local}</p>
      </footer>`
  }

  async #load(): Promise<Settings> {
    this.#checking = await import('./checking.ts')
    const settings = await this.#checking.loadSettings(location.href)
    this.settings = settings
    return settings
  }

  async #loadShowing(): Promise<void> {
    try {
      this.#showing ??= await import('./showing.ts')
    } catch (thrown) {
      this.isBroken = true
      throw thrown
    }
  }

  /** A newer check ends the one before it: its answers are neither awaited nor shown. */
  async #check(sourceFrom: (checking: Checking) => Source, ofMany = false): Promise<void> {
    this.isMany = ofMany
    this.#started?.cancel()
    this.#focused = this.shadowRoot?.activeElement ?? null
    const turn = Symbol('turn')
    this.#turn = turn
    const [settings] = await Promise.all([this.#loading, this.#loadShowing()]).catch(() => [])
    const checking = this.#checking
    if (!settings || !checking || this.#turn !== turn) return
    const source = sourceFrom(checking)
    this.#source = source
    this.#started = checking.startRun(source, settings, (run) => {
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

  #onHanded = (event: HandedEvent) => {
    forgetCredentialInAddress()
    this.#take(event.detail)
  }

  #take(handed: Handed): void {
    if ('text' in handed) {
      void this.#check(({ textSource }) => textSource(handed.text, location.href))
      return
    }
    if ('code' in handed) {
      void this.#check(({ codeSource }) => codeSource(handed.code, location.href))
      return
    }
    void this.#takeFiles(handed.files)
  }

  async #takeFiles(files: readonly File[]): Promise<void> {
    const [file] = files
    await this.#loading?.catch(() => undefined)
    const checking = this.#checking
    if (!file || !checking) return
    const isOne = files.length === 1 && checking.kindOf(await checking.headOf(file)) === 'one'
    if (isOne) return this.#check(({ fileSource }) => fileSource(file))
    await this.#checkMany(files)
  }

  async #checkMany(files: readonly File[]): Promise<void> {
    this.#started?.cancel()
    this.#turn = undefined
    this.run = undefined
    const settings = await this.#loading
    await import('./many/table.ts').catch(() => {
      this.isBroken = true
    })
    if (!settings || this.isBroken) return
    this.isMany = true
    this.#compact = true
    await this.updateComplete
    this.#table()?.start(files, settings)
    this.#table()?.focusTitle()
  }

  #table(): ManyCredentials | null {
    return this.renderRoot.querySelector<ManyCredentials>('many-credentials')
  }

  #onOpen = (event: OpenEvent) => {
    const file = event.detail
    void this.#check(({ fileSource }) => fileSource(file), true)
  }

  /** A code that was scanned: the fragment of the address carries the credential. */
  #onAddress = () => {
    if (!carriesCredential()) return
    const { href } = location
    void this.#check(({ textSource }) => textSource(href, href))
  }

  #onEndpoint = () => {
    const source = this.#source
    if (source) void this.#check(() => source, this.isMany)
  }
}

function carriesCredential(): boolean {
  return location.hash.startsWith('#c=')
}

/** The address no longer names what is shown. */
function forgetCredentialInAddress(): void {
  const url = new URL(location.href)
  url.searchParams.delete('credential')
  if (carriesCredential()) url.hash = ''
  if (url.href !== location.href) history.replaceState(null, '', url)
}

customElements.define('check-page', CheckPage)
