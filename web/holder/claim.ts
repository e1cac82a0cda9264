import { css, html, LitElement, nothing, type TemplateResult, unsafeCSS } from 'lit'
import { followLanguage } from '../language.ts'
import base from '../styles/base.css?inline'
import styles from '../styles/shares.css?inline'
import { holder } from '../words/holder.ts'
import { askForMail, ServiceError, spendMail, type Trouble } from './service.ts'

/** How a holder gets the own link: by a mail to the address that the issuer had, and by what that mail brings. */
export class HolderClaim extends LitElement {
  static override styles = [base, styles].map(
    (sheet) => css`
      ${unsafeCSS(sheet)}
    `,
  )
  static override properties = { isSent: { state: true }, trouble: { state: true } }
  declare isSent: boolean
  declare trouble: Trouble | undefined
  readonly #base = new URL('../', location.href).href

  constructor() {
    super()
    this.isSent = false
    followLanguage(this)
  }

  override render(): TemplateResult {
    const words = holder().claim
    const { trouble } = this
    return html`<section>
      ${this.#isOpening() ? this.#openingView() : this.#formView()}
      ${this.isSent ? html`<p class="told" role="status">${words.sent}</p>` : nothing}
      ${trouble ? html`<p class="told problem" role="alert">${trouble === 'gone' ? words.spent : holder().troubles[trouble].next}</p>` : nothing}
    </section>`
  }

  /** Nothing happens before a person says so: programs open the links in mails, too. */
  #openingView(): TemplateResult {
    const words = holder().claim
    return html`<h1>${words.openTitle}</h1>
      <p>${words.openLead}</p>
      <button type="button" @click=${this.#onOpen}>${words.open}</button>`
  }

  #formView(): TemplateResult {
    const words = holder().claim
    return html`<h1>${words.title}</h1>
      <p>${words.lead}</p>
      <form @submit=${this.#onSubmit}>
        <label>${words.email}<input name="email" type="email" required maxlength="254" autocomplete="email" /></label>
        <button type="submit">${words.send}</button>
      </form>`
  }

  #isOpening(): boolean {
    return location.pathname.endsWith('/open')
  }

  async #do(work: () => Promise<void>): Promise<void> {
    this.trouble = undefined
    this.isSent = false
    try {
      await work()
    } catch (thrown) {
      this.trouble = thrown instanceof ServiceError ? thrown.trouble : 'failed'
    }
  }

  #onSubmit = (event: Event) => {
    event.preventDefault()
    const email = String(new FormData(event.target as HTMLFormElement).get('email') ?? '')
    const id = location.pathname.split('/').at(-1) ?? ''
    void this.#do(async () => {
      await askForMail(this.#base, id, email)
      this.isSent = true
    })
  }

  #onOpen = () =>
    this.#do(async () => {
      const url = new URL(await spendMail(this.#base, location.hash.slice(1)))
      // Not kept in the history: the one-time link leads nowhere any more.
      location.replace(new URL(`c/${url.pathname.split('/').at(-1)}`, this.#base))
    })
}

customElements.define('holder-claim', HolderClaim)
