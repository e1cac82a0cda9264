import { css, html, LitElement, nothing, type TemplateResult, unsafeCSS } from 'lit'
import './admin.ts'
import './batch.ts'
import './batches.ts'
import './new-batch.ts'
import './sign-in.ts'
import { backdrop } from '../brand.ts'
import { headerView } from '../header.ts'
import { followLanguage } from '../language.ts'
import { momentOf } from '../moment.ts'
import base from '../styles/base.css?inline'
import frame from '../styles/check.css?inline'
import styles from '../styles/console.css?inline'
import { shown } from '../text.ts'
import { adminWords } from '../words/admin.ts'
import { consoleWords } from '../words/console.ts'
import { ConsoleError, pathOf, type Session, signOut, whoami } from './service.ts'

/** Where the console is: the list, the form, or one batch. What follows the hash is untrusted. */
type Place = 'list' | 'new' | { readonly batch: string }

function placeOf(hash: string): Place {
  if (hash === '#new') return 'new'
  const id = /^#batch-([0-9a-f-]{36})$/.exec(hash)?.[1]
  return id === undefined ? 'list' : { batch: id }
}

/** The issuer's console: signed in with a key, it issues, anchors and looks after batches. */
export class ConsolePage extends LitElement {
  static override styles = [base, frame, styles].map(
    (sheet) => css`
      ${unsafeCSS(sheet)}
    `,
  )
  static override properties = {
    session: { state: true },
    place: { state: true },
    problem: { state: true },
    isOver: { state: true },
  }
  /** `undefined` until it is known. */
  declare session: Session | 'none' | undefined
  declare place: Place
  declare problem: string
  /** The session ended while something was being done: that stays beneath the form. */
  declare isOver: boolean

  constructor() {
    super()
    this.place = placeOf(location.hash)
    this.problem = ''
    this.isOver = false
    followLanguage(this)
    this.addEventListener('trouble', (event) => this.#onTrouble((event as CustomEvent).detail))
  }

  override connectedCallback(): void {
    super.connectedCallback()
    window.addEventListener('hashchange', this.#onAddress)
    void this.#open()
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    window.removeEventListener('hashchange', this.#onAddress)
  }

  override updated(): void {
    document.title = consoleWords().documentTitle
  }

  override render(): TemplateResult {
    const words = consoleWords()
    const { session } = this
    const issuer = typeof session === 'object' ? session.issuer : undefined
    return html`${headerView(html`<a href=${pathOf('check')}>${words.checkPage}</a>`)}
      <main class=${typeof session === 'object' ? 'answered' : ''}>
        ${typeof session === 'object' ? nothing : backdrop}
        ${session === undefined && !this.problem ? html`<p role="status">${words.loading}</p>` : nothing}
        ${this.problem ? html`<p class="problem" role="alert">${this.problem}</p>` : nothing}
        ${session === 'none' || this.isOver ? html`<console-sign-in .isOver=${this.isOver} @signed-in=${this.#onSignedIn}></console-sign-in>` : nothing}
        ${issuer && typeof session === 'object' ? this.#consoleView(session, issuer) : nothing}
        ${typeof session === 'object' && session.kind === 'admin' ? this.#adminView(session) : nothing}
      </main>
      <footer><p>${words.footer}</p></footer>`
  }

  #consoleView(session: Session, issuer: NonNullable<Session['issuer']>): TemplateResult {
    const words = consoleWords()
    const { place } = this
    const current = (wanted: Place) => (wanted === place ? 'page' : nothing)
    return html`<div class="bar">
        <div>
          <p class="kicker">${words.title}</p>
          <h1>${shown(issuer.profile.name, 100)}</h1>
        </div>
        ${this.#whoView(session, html`<a href=${pathOf(`issuers/${issuer.slug}`)}>${words.log}</a>`)}
      </div>
      <nav aria-label=${words.sections}>
        <a href="#" aria-current=${current('list')}>${words.batches}</a>
        <a href="#new" aria-current=${current('new')}>${words.fresh}</a>
      </nav>
      <new-batch ?hidden=${place !== 'new'} .session=${session} @issued=${this.#onIssued}></new-batch>
      ${place === 'list' ? html`<console-batches .slug=${issuer.slug}></console-batches>` : nothing}
      ${typeof place === 'object' ? html`<console-batch .batchId=${place.batch} .session=${session}></console-batch>` : nothing}`
  }

  #adminView(session: Session): TemplateResult {
    return html`<div class="bar">
        <div>
          <p class="kicker">${consoleWords().title}</p>
          <h1>${adminWords().title}</h1>
        </div>
        ${this.#whoView(session, html`<a href=${pathOf('docs')}>${adminWords().api}</a>`)}
      </div>
      <console-admin .session=${session}></console-admin>`
  }

  #whoView(session: Session, link: TemplateResult): TemplateResult {
    const words = consoleWords()
    return html`<p class="who">
      <span class="aside">${words.until(momentOf(session.endsAt))}</span> ${link}
      <button type="button" class="quiet" @click=${this.#leave}>${words.signOut}</button>
    </p>`
  }

  async #open(): Promise<void> {
    try {
      const session = await whoami()
      this.session = session
    } catch (thrown) {
      if (thrown instanceof ConsoleError && thrown.status === 401) this.session = 'none'
      else this.#onTrouble(thrown)
    }
  }

  #onSignedIn = ({ detail }: CustomEvent<Session>) => {
    this.session = detail
    this.isOver = false
    this.problem = ''
  }

  #onIssued = ({ detail }: CustomEvent<string>) => {
    location.hash = `#batch-${detail}`
  }

  #onAddress = () => {
    this.place = placeOf(location.hash)
    this.problem = ''
    window.scrollTo({ top: 0 })
  }

  #onTrouble(thrown: unknown): void {
    if (thrown instanceof ConsoleError && thrown.status === 401) {
      this.isOver = true
      return
    }
    const words = consoleWords()
    const isSilent = thrown instanceof ConsoleError && thrown.status === 0
    this.problem = isSilent ? words.unreachable : words.failed((thrown as Error).message)
  }

  #leave = async () => {
    try {
      await signOut()
      // Nothing of what was shown stays in the page.
      location.hash = ''
      this.session = 'none'
    } catch (thrown) {
      this.#onTrouble(thrown)
    }
  }
}

customElements.define('console-page', ConsolePage)
