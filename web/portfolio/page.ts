import { css, html, LitElement, nothing, type TemplateResult, unsafeCSS } from 'lit'
import '../endpoint.ts'
import './gate.ts'
import './keep.ts'
import './paths.ts'
import './shelf.ts'
import { InvalidInputError, messageOf } from '../../core/error.ts'
import { requireCrypto } from '../../core/multikey.ts'
import { fragmentParts } from '../../core/packed-link.ts'
import {
  type HeldText,
  type Portfolio,
  withoutText,
  withTexts,
} from '../../core/portfolio/portfolio.ts'
import type { Progress } from '../../core/portfolio/progress.ts'
import { openQuestion, type Question } from '../../core/question.ts'
import type { KnownPerson } from '../../core/same-holder.ts'
import { didKeySigner, makeSigningKey } from '../../core/signing-key.ts'
import { backdrop } from '../brand.ts'
import { disclosureView } from '../disclosure.ts'
import { headerView } from '../header.ts'
import { followLanguage } from '../language.ts'
import type { Asked } from '../readers.ts'
import { addAsked } from '../run.ts'
import { loadSettings, type Settings } from '../settings.ts'
import base from '../styles/base.css?inline'
import frame from '../styles/check.css?inline'
import styles from '../styles/portfolio.css?inline'
import { portfolio as words } from '../words/portfolio.ts'
import { type Checked, checkAll } from './checked.ts'
import { type Taken, takeText } from './intake.ts'
import type { Change, PortfolioKeep } from './keep.ts'
import { serviceUrl } from './offers.ts'
import { questionView } from './question.ts'
import { type Opened, relockSafe, saveSafe } from './safe.ts'
import { PortfolioShare } from './share.ts'
import type { PortfolioShelf } from './shelf.ts'
import { troubleView } from './trouble.ts'
import { eraseVault, readVault, type Stored } from './vault.ts'

/** A portfolio that nobody has touched for so long is closed. */
const idleMs = 15 * 60_000
/** How often the list is drawn anew while many are checked. */
const drawMs = 200

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
    checked: { state: true },
    asked: { state: true },
    question: { state: true },
    link: { state: true },
    did: { state: true },
    file: { state: true },
    trouble: { state: true },
    told: { state: true },
    isReady: { state: true },
  }
  declare stored: Stored | undefined
  declare opened: Opened | undefined
  declare settings: Settings | undefined
  declare checked: ReadonlyMap<HeldText, Checked>
  declare asked: readonly Asked[]
  declare question: Question | undefined
  /** A credential of this site that the visitor came here to add. */
  declare link: string | undefined
  declare did: string | undefined
  declare file: Uint8Array | undefined
  declare trouble: InvalidInputError | undefined
  declare told: string
  declare isReady: boolean
  #checks = new AbortController()
  #running: AbortController | undefined
  #saving: Promise<void> = Promise.resolve()
  #idle: ReturnType<typeof setTimeout> | undefined

  constructor() {
    super()
    this.checked = new Map()
    this.asked = []
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
      void this.#check()
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
    return html`${headerView(html`<a href="./check">${page.checkPage}</a>`)}
      <main class=${this.opened ? 'answered' : ''}>
        ${this.opened ? nothing : backdrop}
        <div class="intro">
          <h1 tabindex="-1">${page.title}</h1>
          ${this.opened ? nothing : html`<p class="lead">${page.lead}</p>`}
        </div>
        ${this.settings?.problem ? html`<p class="problem" role="alert">${this.settings.problem}</p>` : nothing}
        <div role="alert">${this.trouble ? troubleView(this.trouble) : nothing}</div>
        <p class="told" role="status">${this.told}</p>
        ${this.question ? this.#questionView(this.question) : nothing}
        ${this.opened ? this.#openView(this.opened) : this.isReady ? this.#gateView() : nothing}
      </main>
      <footer>
        <p>${page.footer.kept}</p>
        <p>${page.footer.lost}</p>
      </footer>`
  }

  #gateView(): TemplateResult {
    return html`${this.link === undefined ? nothing : html`<p class="note">${words().shelf.linkFirst}</p>`}
      <portfolio-gate .stored=${this.stored} @opened=${this.#onOpened} @erase=${this.#onErase}></portfolio-gate>`
  }

  #questionView(question: Question): TemplateResult {
    const verified = this.#verified()
    return questionView(question, this.opened ? verified.map((one) => one.verified) : undefined, {
      person: this.#person(),
      hasKey: this.opened?.portfolio.seed !== undefined,
      onAnswer: (progress) => this.#answer(progress),
      onLeave: () => {
        this.question = undefined
      },
    })
  }

  #openView({ portfolio }: Opened): TemplateResult {
    const { credentials, pathways, seed } = portfolio
    const verified = this.#verified()
    const chainId = verified.find(({ verified: one }) => one.report.anchor)?.verified.report.anchor
    return html`${this.link === undefined ? nothing : this.#linkView(this.link)}
      <portfolio-shelf
        .texts=${credentials}
        .checked=${this.checked}
        .settings=${this.settings}
        @taken=${(event: CustomEvent<Taken>) => this.#take(event.detail)}
        @removed=${(event: CustomEvent<HeldText>) => this.#remove('credentials', event.detail)}
      ></portfolio-shelf>
      <portfolio-paths
        .texts=${pathways}
        .verified=${verified.map((one) => one.verified)}
        .person=${this.#person()}
        @wanted=${(event: CustomEvent<string>) => this.#takeLink(event.detail)}
        @removed=${(event: CustomEvent<HeldText>) => this.#remove('pathways', event.detail)}
      ></portfolio-paths>
      <portfolio-share .checked=${verified} .seed=${seed} .question=${this.question}></portfolio-share>
      <portfolio-keep
        .opened=${this.opened}
        .file=${this.file}
        @change=${(event: CustomEvent<Change>) => this.#save(event.detail)}
        @relock=${(event: CustomEvent<string>) => this.#relock(event.detail)}
        @lock=${() => this.#lock(words().safe.locked)}
        @erase=${this.#onErase}
      ></portfolio-keep>
      ${disclosureView(this.asked)}
      <chain-endpoint .settings=${this.settings} .chainId=${chainId?.chainId} @endpoint=${this.#onEndpoint}></chain-endpoint>`
  }

  #linkView(link: string): TemplateResult {
    const { shelf } = words()
    const leave = () => {
      this.link = undefined
    }
    return html`<div class="note">
      <p>${shelf.linkAsk}</p>
      <div class="buttons">
        <button type="button" @click=${() => this.#takeLink(link).then(leave)}>${shelf.linkYes}</button>
        <button type="button" class="quiet" @click=${leave}>${shelf.linkNo}</button>
      </div>
    </div>`
  }

  /** What is kept and could be verified, in the order in which it is kept. */
  #verified(): readonly (Checked & Required<Pick<Checked, 'verified'>>)[] {
    return (this.opened?.portfolio.credentials ?? []).flatMap((held) => {
      const one = this.checked.get(held)
      return one?.verified ? [{ ...one, verified: one.verified }] : []
    })
  }

  #person(): KnownPerson {
    const email = this.opened?.portfolio.email
    const { did } = this
    return { ...(did !== undefined && { did }), ...(email !== undefined && { email }) }
  }

  async #load(): Promise<void> {
    try {
      requireCrypto()
      this.stored = await readVault()
      this.isReady = true
    } catch (thrown) {
      this.#tellTrouble(thrown)
    }
  }

  #tellTrouble(thrown: unknown): void {
    if (!(thrown instanceof InvalidInputError)) {
      reportError(thrown)
      this.trouble = new InvalidInputError('page_failed', messageOf(thrown))
      return
    }
    this.trouble = thrown
    // Another window has the newer portfolio: what lies open here is not to be written over it.
    if (thrown.code === 'vault_changed') this.#lock()
  }

  #onOpened = async (event: CustomEvent<Opened>) => {
    this.trouble = undefined
    this.told = ''
    await this.#adopt(event.detail)
    await this.updateComplete
    this.renderRoot.querySelector<HTMLElement>('h1')?.focus()
  }

  async #adopt(opened: Opened): Promise<void> {
    const { seed } = opened.portfolio
    if (seed !== this.opened?.portfolio.seed || this.did === undefined) {
      this.did = seed && didKeySigner(await makeSigningKey(seed)).did
    }
    this.opened = opened
    this.#onUse()
    void this.#check()
  }

  /** One change after another: each goes on from what the one before it has written. */
  #save(change: Change): Promise<void> {
    this.#saving = this.#saving.then(async () => {
      if (!this.opened) return
      try {
        this.trouble = undefined
        await this.#adopt(await saveSafe(this.opened, change(this.opened.portfolio)))
      } catch (thrown) {
        this.#tellTrouble(thrown)
      }
    })
    return this.#saving
  }

  #relock(passphrase: string): Promise<void> {
    this.#saving = this.#saving.then(async () => {
      if (!this.opened) return
      try {
        await this.#adopt(await relockSafe(this.opened, passphrase))
        this.told = words().safe.relocked
      } catch (thrown) {
        this.#tellTrouble(thrown)
      }
    })
    return this.#saving
  }

  async #take({ credentials, pathways, question, portfolio, refused }: Taken): Promise<void> {
    if (question) this.question = question
    if (portfolio) this.file = portfolio
    const count = { added: 0, known: 0 }
    const add = (from: Portfolio) => {
      const first = withTexts(from, 'credentials', credentials)
      const second = withTexts(first.portfolio, 'pathways', pathways)
      count.added = first.added.length + second.added.length
      count.known = credentials.length + pathways.length - count.added
      return second.portfolio
    }
    if (credentials.length + pathways.length > 0) await this.#save(add)
    const { shelf } = words()
    this.told = portfolio
      ? shelf.portfolioFound
      : [
          ...(count.added > 0 ? [shelf.added(count.added)] : []),
          ...(count.known > 0 ? [shelf.known(count.known)] : []),
          ...(refused.length > 0 ? [shelf.refused(refused.length)] : []),
        ].join(' ')
  }

  async #takeLink(link: string): Promise<void> {
    const taken = await takeText(link)
    await this.#take(taken)
    const element = this.renderRoot.querySelector<PortfolioShelf>('portfolio-shelf')
    for (const { name, why } of taken.refused) element?.refuse(name, why)
  }

  #remove(name: 'credentials' | 'pathways', held: HeldText): void {
    void this.#save((portfolio) => withoutText(portfolio, name, held))
  }

  async #answer(progress: Progress): Promise<void> {
    const share = this.renderRoot.querySelector('portfolio-share')
    if (share instanceof PortfolioShare) await share.answer(progress, this.#verified())
  }

  /** Looks at what was not looked at yet. */
  async #check(): Promise<void> {
    const { settings, opened } = this
    if (!settings || !opened || this.#running) return
    const texts = opened.portfolio.credentials.filter((held) => !this.checked.has(held))
    if (texts.length === 0) return
    const running = this.#checks
    const { signal } = running
    this.#running = running
    const found = new Map(this.checked)
    const draw = () => {
      if (!signal.aborted) this.checked = new Map(found)
    }
    const drawing = setInterval(draw, drawMs)
    try {
      await checkAll(texts, settings, signal, {
        checked: (one) => found.set(one.held, one),
        asked: ({ purpose, origin }) => {
          this.asked = addAsked(this.asked, purpose, origin)
        },
      })
    } finally {
      clearInterval(drawing)
      if (this.#running === running) this.#running = undefined
    }
    draw()
    if (!signal.aborted) void this.#check()
  }

  #recheck(): void {
    this.#checks.abort()
    this.#checks = new AbortController()
    this.#running = undefined
    this.checked = new Map()
    void this.#check()
  }

  /** Forgets what lay open; it stays kept, encrypted. */
  #lock(told = ''): void {
    this.#checks.abort()
    this.#checks = new AbortController()
    this.#running = undefined
    clearTimeout(this.#idle)
    this.opened = undefined
    this.did = undefined
    this.checked = new Map()
    this.asked = []
    this.told = told
    void readVault().then((stored) => {
      this.stored = stored
    })
  }

  #onUse = () => {
    if (!this.opened) return
    clearTimeout(this.#idle)
    this.#idle = setTimeout(() => this.#lock(words().safe.lockedIdle), idleMs)
  }

  #onEndpoint = () => this.#recheck()

  #onErase = async () => {
    try {
      await eraseVault()
      this.#lock(words().safe.erased)
    } catch (thrown) {
      this.#tellTrouble(thrown)
    }
  }

  /** A question, or a credential to add, that the address carries in its fragment. */
  #onAddress = async () => {
    const parts = fragmentParts(location.hash)
    const packed = parts.get('r')
    const link = parts.get('add')
    if (packed === undefined && link === undefined) return
    history.replaceState(null, '', `${location.pathname}${location.search}`)
    if (link !== undefined) this.link = ownLink(link)
    try {
      if (packed !== undefined) this.question = await openQuestion(packed)
    } catch (thrown) {
      this.#tellTrouble(thrown)
    }
  }
}

/** A link's fragment may be anybody's: only credentials of this site are fetched at its word. */
function ownLink(text: string): string | undefined {
  const decoded = /%/.test(text) ? safeDecode(text) : text
  const isOwn = /^\/[^\s/\\]/.test(decoded) && URL.canParse(decoded, location.href)
  const url = isOwn ? new URL(decoded, location.href) : undefined
  return url?.origin === location.origin ? url.href : undefined
}

function safeDecode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return ''
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'portfolio-keep': PortfolioKeep
  }
}

customElements.define('portfolio-page', PortfolioPage)
