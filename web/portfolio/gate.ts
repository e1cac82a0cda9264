import { css, html, LitElement, nothing, type TemplateResult, unsafeCSS } from 'lit'
import { InvalidInputError } from '../../core/error.ts'
import { leastPassphrase, openPortfolio } from '../../core/portfolio/sealed.ts'
import { followLanguage } from '../language.ts'
import { saveFile } from '../save.ts'
import base from '../styles/base.css?inline'
import styles from '../styles/portfolio.css?inline'
import { portfolio as words } from '../words/portfolio.ts'
import { createSafe, type Opened, openSafe, readFileBytes } from './safe.ts'
import { troubleView } from './trouble.ts'
import type { Stored } from './vault.ts'

/** What stands before the portfolio: a passphrase is chosen, or entered. Tells an `opened` event. */
export class PortfolioGate extends LitElement {
  static override styles = [base, styles].map(
    (sheet) => css`
      ${unsafeCSS(sheet)}
    `,
  )
  static override properties = {
    stored: { attribute: false },
    trouble: { state: true },
    isBusy: { state: true },
    isErasing: { state: true },
    file: { state: true },
  }
  /** What this browser keeps already. */
  declare stored: Stored | undefined
  declare trouble: InvalidInputError | undefined
  declare isBusy: boolean
  declare isErasing: boolean
  /** A portfolio from elsewhere that is to be kept here. */
  declare file: Uint8Array | undefined

  constructor() {
    super()
    this.isBusy = false
    this.isErasing = false
    followLanguage(this)
  }

  override render(): TemplateResult {
    return html`${this.stored ? this.#lockedView() : this.file ? this.#fileView() : this.#newView()}
      <p class="told" role="status">${this.isBusy ? words().gate.busy : nothing}</p>
      <div role="alert">${this.trouble ? troubleView(this.trouble) : nothing}</div>`
  }

  #newView(): TemplateResult {
    const { gate } = words()
    return html`<form @submit=${this.#onCreate}>
        <h2>${gate.newTitle}</h2>
        <p>${gate.newLead(leastPassphrase)}</p>
        ${passphraseField('passphrase', gate.choose, 'new-password')}
        ${passphraseField('again', gate.again, 'new-password')}
        <button type="submit" ?disabled=${this.isBusy}>${gate.create}</button>
      </form>
      <section class="aside-block">
        <h2>${gate.haveFile}</h2>
        <input id="file" class="away" type="file" @change=${this.#onFile} />
        <label for="file" class="button quiet">${gate.openFile}</label>
      </section>`
  }

  #fileView(): TemplateResult {
    const { gate } = words()
    return html`<form @submit=${this.#onImport}>
      <h2>${gate.fileTitle}</h2>
      <p>${gate.fileLead}</p>
      ${passphraseField('passphrase', gate.enter, 'current-password')}
      <div class="buttons">
        <button type="submit" ?disabled=${this.isBusy}>${gate.unlock}</button>
        <button type="button" class="quiet" @click=${() => this.#forget()}>${gate.back}</button>
      </div>
    </form>`
  }

  #lockedView(): TemplateResult {
    const { gate } = words()
    return html`<form @submit=${this.#onUnlock}>
        <h2>${gate.lockedTitle}</h2>
        <p>${gate.lockedLead}</p>
        ${passphraseField('passphrase', gate.enter, 'current-password')}
        <button type="submit" ?disabled=${this.isBusy}>${gate.unlock}</button>
      </form>
      <section class="aside-block">
        <h2>${gate.forgotten}</h2>
        <p>${gate.forgottenLead}</p>
        <div class="buttons">
          <button type="button" class="quiet" @click=${this.#onSave}>${words().safe.export}</button>
          ${
            this.isErasing
              ? html`<button type="button" @click=${() => this.dispatchEvent(new CustomEvent('erase'))}>${words().safe.eraseYes}</button>
                  <button type="button" class="quiet" @click=${() => this.#ask(false)}>${words().safe.eraseNo}</button>`
              : html`<button type="button" class="quiet" @click=${() => this.#ask(true)}>${words().safe.erase}</button>`
          }
        </div>
        <p role="status">${this.isErasing ? words().safe.eraseSure : nothing}</p>
      </section>`
  }

  /** Deriving a key takes a second or so on a slow phone; the words about it stand before that. */
  async #do(work: () => Promise<Opened>): Promise<void> {
    this.trouble = undefined
    this.isBusy = true
    await this.updateComplete
    try {
      const opened = await work()
      this.renderRoot.querySelector('form')?.reset()
      this.dispatchEvent(new CustomEvent<Opened>('opened', { detail: opened }))
    } catch (thrown) {
      if (!(thrown instanceof InvalidInputError)) throw thrown
      this.trouble = thrown
      this.renderRoot.querySelector<HTMLInputElement>('input[type=password]')?.focus()
    } finally {
      this.isBusy = false
    }
  }

  #ask(isErasing: boolean): void {
    this.isErasing = isErasing
  }

  #forget(): void {
    this.file = undefined
    this.trouble = undefined
  }

  #onCreate = (event: Event) => {
    event.preventDefault()
    const { passphrase, again } = phrasesIn(event)
    void this.#do(async () => {
      if (passphrase !== again) {
        throw new InvalidInputError('passphrases_differ', 'the two passphrases differ')
      }
      return createSafe(passphrase)
    })
  }

  #onUnlock = (event: Event) => {
    event.preventDefault()
    const { passphrase } = phrasesIn(event)
    const { stored } = this
    if (stored) void this.#do(() => openSafe(stored, passphrase))
  }

  #onImport = (event: Event) => {
    event.preventDefault()
    const { passphrase } = phrasesIn(event)
    const { file } = this
    if (!file) return
    void this.#do(async () => {
      const { portfolio } = await openPortfolio(file, passphrase)
      return createSafe(passphrase, portfolio)
    })
  }

  #onFile = async (event: Event) => {
    const [file] = (event.target as HTMLInputElement).files ?? []
    if (!file) return
    try {
      this.trouble = undefined
      this.file = await readFileBytes(file)
    } catch (thrown) {
      if (!(thrown instanceof InvalidInputError)) throw thrown
      this.trouble = thrown
    }
    await this.updateComplete
    this.renderRoot.querySelector<HTMLInputElement>('input[type=password]')?.focus()
  }

  #onSave = () => {
    if (!this.stored) return
    saveFile('portfolio.rootmark', 'application/octet-stream', this.stored.bytes)
  }
}

function passphraseField(
  name: string,
  label: string,
  autocomplete: 'new-password' | 'current-password',
): TemplateResult {
  return html`<label>${label}<input name=${name} type="password" required autocomplete=${autocomplete} maxlength="1000" /></label>`
}

function phrasesIn(event: Event): { readonly passphrase: string; readonly again: string } {
  const fields = new FormData(event.target as HTMLFormElement)
  return { passphrase: String(fields.get('passphrase')), again: String(fields.get('again')) }
}

customElements.define('portfolio-gate', PortfolioGate)
