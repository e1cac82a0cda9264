import { css, html, LitElement, nothing, type TemplateResult, unsafeCSS } from 'lit'
import { fromMultibase } from '../../core/bytes.ts'
import { InvalidInputError } from '../../core/error.ts'
import { joinPortfolios, type Portfolio } from '../../core/portfolio/portfolio.ts'
import { leastPassphrase, openPortfolio } from '../../core/portfolio/sealed.ts'
import { followLanguage } from '../language.ts'
import { saveFile } from '../save.ts'
import base from '../styles/base.css?inline'
import styles from '../styles/portfolio.css?inline'
import { portfolio as words } from '../words/portfolio.ts'
import { fileOf, newSeed, type Opened, readFileBytes } from './safe.ts'
import { troubleView } from './trouble.ts'

/** A change that the page makes to what is kept. */
export type Change = (portfolio: Portfolio) => Portfolio

/** The holder's key and address, and the portfolio as a whole: copies of it, its passphrase, its end. */
export class PortfolioKeep extends LitElement {
  static override styles = [base, styles].map(
    (sheet) => css`
      ${unsafeCSS(sheet)}
    `,
  )
  static override properties = {
    opened: { attribute: false },
    save: { attribute: false },
    file: { attribute: false },
    did: { attribute: false },
    trouble: { state: true },
    told: { state: true },
    toldOwn: { state: true },
    isErasing: { state: true },
  }
  declare opened: Opened | undefined
  /** Keeps a change; `false` where it could not be kept, which the page tells. */
  declare save: (change: Change) => Promise<boolean>
  /** Another portfolio, which waits for its passphrase. */
  declare file: Uint8Array | undefined
  /** Of the holder's key. */
  declare did: string | undefined
  declare trouble: InvalidInputError | undefined
  declare told: string
  declare toldOwn: string
  declare isErasing: boolean

  constructor() {
    super()
    this.told = ''
    this.toldOwn = ''
    this.isErasing = false
    followLanguage(this)
  }

  override render(): TemplateResult {
    return html`${this.#ownView()}${this.#safeView()}`
  }

  #ownView(): TemplateResult {
    const { own } = words()
    const email = this.opened?.portfolio.email ?? ''
    return html`<section aria-labelledby="own">
      <h2 id="own">${own.title}</h2>
      <p>${own.lead}</p>
      ${
        this.did === undefined
          ? html`<div class="buttons"><button type="button" class="quiet" @click=${this.#onKey}>${own.make}</button></div>
              <details>
                <summary>${own.import}</summary>
                <form class="plain" @submit=${this.#onSeed}>
                  <label>${own.seed}<input name="seed" dir="ltr" required maxlength="44" autocomplete="off" spellcheck="false" /></label>
                  <button type="submit">${own.use}</button>
                </form>
              </details>`
          : html`<p class="did"><span>${own.did}</span> <code dir="ltr">${this.did}</code></p>
              <div class="buttons"><button type="button" class="quiet" @click=${this.#onCopy}>${own.copy}</button></div>
              <p class="aside">${own.didHow}</p>`
      }
      <form class="plain" @submit=${this.#onEmail}>
        <label>${own.email}<input name="email" type="email" dir="ltr" maxlength="320" autocomplete="email" .value=${email} /></label>
        <button type="submit" class="quiet">${own.save}</button>
      </form>
      <p class="aside">${own.emailHow}</p>
      <p class="told" role="status">${this.toldOwn}</p>
    </section>`
  }

  #safeView(): TemplateResult {
    const { safe, gate } = words()
    return html`<section aria-labelledby="safe">
      <h2 id="safe">${safe.title}</h2>
      <p>${safe.lead}</p>
      <div class="buttons">
        <button type="button" @click=${this.#onExport}>${safe.export}</button>
        <input id="file" class="away" type="file" @change=${this.#onFile} />
        <label for="file" class="button quiet">${safe.import}</label>
        <button type="button" class="quiet" @click=${() => this.#tell('lock')}>${safe.lock}</button>
      </div>
      ${
        this.file
          ? html`<form class="plain" @submit=${this.#onImport}>
              <label>${safe.importPhrase}<input name="passphrase" type="password" required autocomplete="off" maxlength="1000" /></label>
              <button type="submit">${gate.unlock}</button>
            </form>`
          : nothing
      }
      <details>
        <summary>${safe.relock}</summary>
        <form class="plain" @submit=${this.#onRelock}>
          <p>${gate.newLead(leastPassphrase)}</p>
          <label>${gate.choose}<input name="passphrase" type="password" required autocomplete="new-password" maxlength="1000" /></label>
          <label>${gate.again}<input name="again" type="password" required autocomplete="new-password" maxlength="1000" /></label>
          <button type="submit">${safe.relock}</button>
        </form>
      </details>
      <div class="buttons erase">
        ${
          this.isErasing
            ? html`<p><strong>${safe.eraseSure}</strong></p>
                <button type="button" @click=${() => this.#tell('erase')}>${safe.eraseYes}</button>
                <button type="button" class="quiet" @click=${() => this.#ask(false)}>${safe.eraseNo}</button>`
            : html`<button type="button" class="quiet" @click=${() => this.#ask(true)}>${safe.erase}</button>`
        }
      </div>
      <div role="alert">${this.trouble ? troubleView(this.trouble) : nothing}</div>
      <p class="told" role="status">${this.told}</p>
    </section>`
  }

  #tell(name: 'lock' | 'erase'): void {
    this.dispatchEvent(new CustomEvent(name))
  }

  #ask(isErasing: boolean): void {
    this.isErasing = isErasing
  }

  /** What is told stands where it was asked for, and only once it is so. */
  async #change(change: Change, place: 'told' | 'toldOwn', told: () => string): Promise<void> {
    this.told = ''
    this.toldOwn = ''
    this.trouble = undefined
    if (await this.save(change)) this[place] = told()
  }

  async #do(work: () => Promise<void>): Promise<void> {
    this.trouble = undefined
    this.told = ''
    try {
      await work()
    } catch (thrown) {
      if (!(thrown instanceof InvalidInputError)) throw thrown
      this.trouble = thrown
    }
  }

  #onKey = () => {
    const seed = newSeed()
    void this.#change(
      (portfolio) => ({ ...portfolio, seed }),
      'toldOwn',
      () => words().own.made,
    )
  }

  #onSeed = (event: Event) => {
    event.preventDefault()
    const text = String(new FormData(event.target as HTMLFormElement).get('seed')).trim()
    void this.#do(async () => {
      const seed = fromMultibase(text)
      if (seed.length !== 32) {
        throw new InvalidInputError('multibase_malformed', `${seed.length} bytes are no key of 32`)
      }
      await this.#change(
        (portfolio) => ({ ...portfolio, seed }),
        'toldOwn',
        () => words().own.made,
      )
    })
  }

  #onEmail = (event: Event) => {
    event.preventDefault()
    const email = String(new FormData(event.target as HTMLFormElement).get('email')).trim()
    const change: Change = ({ email: _, ...rest }) => (email === '' ? rest : { ...rest, email })
    void this.#change(change, 'toldOwn', () => words().own.saved)
  }

  #onCopy = async () => {
    await navigator.clipboard.writeText(this.did ?? '')
    this.toldOwn = words().share.copied
  }

  #onExport = () =>
    this.#do(async () => {
      if (!this.opened) return
      saveFile('portfolio.rootmark', 'application/octet-stream', await fileOf(this.opened))
      this.told = words().safe.exported
    })

  #onFile = async (event: Event) => {
    const input = event.target as HTMLInputElement
    const [file] = input.files ?? []
    await this.#do(async () => {
      if (file) this.file = await readFileBytes(file)
    })
    input.value = ''
    await this.updateComplete
    this.renderRoot.querySelector<HTMLInputElement>('input[name=passphrase]')?.focus()
  }

  #onImport = (event: Event) => {
    event.preventDefault()
    const passphrase = String(new FormData(event.target as HTMLFormElement).get('passphrase'))
    const { file } = this
    if (!file) return
    void this.#do(async () => {
      const { portfolio } = await openPortfolio(file, passphrase)
      this.file = undefined
      const change: Change = (own) => joinPortfolios(own, portfolio)
      await this.#change(change, 'told', () => words().safe.imported)
    })
  }

  #onRelock = (event: Event) => {
    event.preventDefault()
    const form = event.target as HTMLFormElement
    const fields = new FormData(form)
    const passphrase = String(fields.get('passphrase'))
    void this.#do(async () => {
      if (passphrase !== String(fields.get('again'))) {
        throw new InvalidInputError('passphrases_differ', 'the two passphrases differ')
      }
      this.dispatchEvent(new CustomEvent<string>('relock', { detail: passphrase }))
      form.reset()
    })
  }
}

customElements.define('portfolio-keep', PortfolioKeep)
