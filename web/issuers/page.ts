import { css, html, LitElement, nothing, type TemplateResult, unsafeCSS } from 'lit'
import '../endpoint.ts'
import { messageOf } from '../../core/error.ts'
import { endpointLabel } from '../../core/rpc.ts'
import { backdrop } from '../brand.ts'
import { chosenEndpoint } from '../endpoint-choice.ts'
import { headerView } from '../header.ts'
import { followLanguage } from '../language.ts'
import { makeReaders } from '../readers.ts'
import { loadSettings, type Settings } from '../settings.ts'
import base from '../styles/base.css?inline'
import frame from '../styles/check.css?inline'
import styles from '../styles/issuer.css?inline'
import { visible } from '../text.ts'
import { issuer as words } from '../words/issuer.ts'
import { accreditationView } from './accreditation.ts'
import { batchesView } from './batches.ts'
import { factsView, headingView } from './heading.ts'
import { type Batch, type IssuerLog, loadLog, merged } from './log.ts'
import { pictureView } from './picture.ts'
import { type Recheck, recheckLog } from './recheck.ts'
import { recheckView } from './recheck-view.ts'
import { sumsView } from './sums.ts'

const firstPage = 50
const furtherPage = 200
/** A batch that is not final is looked at again after this. */
const refreshMs = 15_000

/** The page with the log of an issuer: what it anchored, and a way to check that without believing the page. */
export class IssuerPage extends LitElement {
  static override styles = [base, frame, styles].map(
    (sheet) => css`
      ${unsafeCSS(sheet)}
    `,
  )
  static override properties = {
    log: { state: true },
    batches: { state: true },
    next: { state: true },
    problem: { state: true },
    settings: { state: true },
    recheck: { state: true },
    isReading: { state: true },
  }
  declare log: IssuerLog | 'unknown' | undefined
  declare batches: readonly Batch[]
  declare next: number | undefined
  declare problem: string
  declare settings: Settings | undefined
  declare recheck: Recheck | undefined
  declare isReading: boolean
  #check: AbortController | undefined
  #refresh: ReturnType<typeof setInterval> | undefined

  constructor() {
    super()
    this.batches = []
    this.problem = ''
    this.isReading = false
    followLanguage(this)
  }

  override connectedCallback(): void {
    super.connectedCallback()
    void loadSettings(new URL('../', location.href).href).then((settings) => {
      this.settings = settings
    })
    void this.#load()
    this.#refresh = setInterval(() => this.#look(), refreshMs)
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    clearInterval(this.#refresh)
    this.#check?.abort()
  }

  override render(): TemplateResult {
    const { log } = this
    return html`${headerView(html`<a href="../check">${words().checkPage}</a>`)}
      <main>
        ${backdrop}
        ${
          log === 'unknown'
            ? html`<div class="intro"><h1>${words().unknown.title}</h1><p class="lead">${words().unknown.text}</p></div>`
            : log
              ? this.#logView(log)
              : this.#waitingView()
        }
      </main>
      <footer>
        <p>${words().footer.how}</p>
        <p>
          ${words().footer.public}
          ${typeof log === 'object' ? html`<a href=${`${location.pathname}/log`}>${words().footer.json}</a>` : nothing}
        </p>
      </footer>`
  }

  override updated(): void {
    const { log } = this
    if (typeof log !== 'object') return
    const { issuerName, standing } = log.onChain?.accreditation ?? {}
    const name = (standing === 'accredited' ? issuerName : undefined) ?? log.name
    document.title = words().documentTitle(visible(name).slice(0, 100))
  }

  #waitingView(): TemplateResult {
    if (this.problem === '')
      return html`<div class="intro"><p class="lead" role="status">${words().loading}</p></div>`
    return html`<div class="intro" role="alert">
      <h1>${words().failed.title}</h1>
      <p class="lead">${words().failed.text} ${this.problem}</p>
      <p class="row"><button type="button" @click=${this.#load}>${words().failed.again}</button></p>
    </div>`
  }

  #logView(log: IssuerLog): TemplateResult {
    const { batches, recheck, settings } = this
    const isEmpty = batches.length === 0
    return html`<div class="intro">${headingView(log)}</div>
      <div class="columns">${sumsView(log)} ${accreditationView(log.onChain?.accreditation)}</div>
      ${pictureView(log)}
      ${recheckView(log, batches, recheck, {
        label: this.#label(log.chain.chainId),
        onCheck: () => void this.#compare(log),
        onStop: () => this.#stop(),
      })}
      <chain-endpoint
        .settings=${settings}
        .chainId=${log.chain.chainId}
        .wanted=${recheck?.state === 'failed'}
        @endpoint=${() => this.requestUpdate()}
      ></chain-endpoint>
      ${
        isEmpty
          ? html`<section class="empty"><h2>${words().batches.empty}</h2>
              <p>${log.onChain ? words().batches.emptyNote : words().batches.emptyUnread}</p></section>`
          : batchesView(log, batches, recheck)
      }
      ${this.next === undefined ? nothing : this.#moreView(this.next)}
      ${factsView(log)}`
  }

  #moreView(next: number): TemplateResult {
    return html`<p class="row more-batches">
      <button type="button" class="quiet" ?disabled=${this.isReading} @click=${this.#loadMore}>
        ${this.isReading ? words().more.loading : words().more.show(Math.min(furtherPage, next - 1))}
      </button>
      <span class="mind" role="alert">${this.problem}</span>
    </p>`
  }

  #load = async () => {
    this.problem = ''
    try {
      this.#take(await loadLog(location.href, { limit: firstPage }))
    } catch (thrown) {
      this.problem = messageOf(thrown)
    }
  }

  #loadMore = async () => {
    this.isReading = true
    this.problem = ''
    try {
      const before = this.next
      const page = await loadLog(location.href, { limit: furtherPage, ...(before && { before }) })
      if (page !== 'unknown' && before === this.next) {
        const known = this.batches.filter(({ sequence }) => sequence >= (before ?? 0))
        this.batches = [...known, ...page.batches]
        this.next = page.next
      }
    } catch (thrown) {
      this.problem = messageOf(thrown)
    }
    this.isReading = false
  }

  #take(log: IssuerLog | 'unknown'): void {
    this.log = log
    if (log === 'unknown') return
    const isFirst = this.batches.length === 0
    this.batches = merged(this.batches, log)
    if (isFirst || log.next === undefined) this.next = log.next
  }

  /** Finality goes on, and after a reorganisation back: what is not final is looked at again while somebody looks. */
  async #look(): Promise<void> {
    const isOpen = this.batches.some((batch) => batch.published && batch.finality !== 'finalized')
    if (!isOpen || document.hidden || this.recheck?.state === 'running') return
    const fresh = await loadLog(location.href, { limit: firstPage }).catch(() => undefined)
    if (fresh) this.#take(fresh)
  }

  #label(chainId: number): string | undefined {
    const url = chosenEndpoint(chainId) ?? this.settings?.endpoints.get(chainId)
    return url === undefined ? undefined : endpointLabel(url)
  }

  async #compare(log: IssuerLog): Promise<void> {
    const { settings, batches } = this
    this.#check?.abort()
    const check = new AbortController()
    this.#check = check
    const trusted = settings?.trust.chains.get(log.chain.chainId)?.registries ?? []
    if (!settings || !trusted.includes(log.chain.registry)) {
      const problem = words().recheck.untrusted.replace(/\.$/, '')
      this.recheck = { state: 'failed', all: 0, lines: new Map(), problem }
      return
    }
    const journal = { note: () => undefined, onChain: () => undefined }
    const chain = makeReaders(settings, check.signal, journal).chain(log.chain.chainId)
    if (!chain) return
    await recheckLog(log, batches, chain, check.signal, (found) => {
      this.recheck = found
    })
  }

  #stop(): void {
    this.#check?.abort()
    this.recheck = undefined
  }
}

customElements.define('issuer-page', IssuerPage)
