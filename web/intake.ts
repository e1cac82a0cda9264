import { css, html, LitElement, nothing, type TemplateResult, unsafeCSS } from 'lit'
import { droppedFiles } from './folder.ts'
import type { Handed } from './handed.ts'
import { followLanguage } from './language.ts'
import type { Example } from './settings.ts'
import base from './styles/base.css?inline'
import styles from './styles/intake.css?inline'
import { check } from './words/check.ts'

const words = () => check().intake

/** Takes credentials, as files that are chosen or dropped, or as pasted JSON or a link; tells a `handed` event. */
export class CredentialIntake extends LitElement {
  static override styles = [
    css`
      ${unsafeCSS(base)}
    `,
    css`
      ${unsafeCSS(styles)}
    `,
  ]
  static override properties = {
    compact: { type: Boolean, reflect: true },
    examples: { attribute: false },
    dragging: { state: true },
    scanning: { state: true },
  }
  declare compact: boolean
  declare examples: readonly Example[]
  declare dragging: boolean
  declare scanning: boolean

  constructor() {
    super()
    this.compact = false
    this.examples = []
    this.dragging = false
    this.scanning = false
    followLanguage(this)
  }

  override connectedCallback(): void {
    super.connectedCallback()
    window.addEventListener('dragover', this.#onDragOver)
    window.addEventListener('dragleave', this.#onDragLeave)
    window.addEventListener('drop', this.#onDrop)
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    window.removeEventListener('dragover', this.#onDragOver)
    window.removeEventListener('dragleave', this.#onDragLeave)
    window.removeEventListener('drop', this.#onDrop)
  }

  override render(): TemplateResult {
    return html`<section class=${this.dragging ? 'dragging' : ''} aria-label=${words().label}>
      ${this.#fileView()}
      <p class="or">${words().or}</p>
      <form @submit=${this.#onSubmit}>
        <label for="text">${words().paste}</label>
        <textarea
          id="text"
          rows=${this.compact ? 1 : 5}
          spellcheck="false"
          autocomplete="off"
          autocapitalize="off"
          placeholder=${this.compact ? words().placeholderShort : words().placeholder}
          @keydown=${this.#onKey}
        ></textarea>
        <button type="submit">${words().check}</button>
      </form>
      ${
        this.scanning
          ? html`<code-scan @code=${this.#onCode} @closed=${this.#onScanEnd}></code-scan>`
          : nothing
      }
      ${this.compact || this.examples.length === 0 ? nothing : this.#examplesView()}
    </section>`
  }

  /** Empties the field for the next credential. */
  clear(): void {
    const field = this.renderRoot.querySelector('textarea')
    if (field) field.value = ''
  }

  #fileView(): TemplateResult {
    return html`<div class="file">
      <svg viewBox="0 0 48 48" aria-hidden="true"><path d="M12 5h17l9 9v29H12z M29 5v9h9 M25 34V21 M19.5 26.5 25 21l5.5 5.5" /></svg>
      <p class="drop">${this.dragging ? words().dropNow : words().drop}</p>
      <input id="file" type="file" multiple aria-describedby="hint" @change=${this.#onChoose} />
      <label for="file" class="button">${this.compact ? words().another : words().choose}</label>
      ${this.compact ? nothing : this.#otherWays()}
      <p id="hint" class="hint">${words().hint}</p>
    </div>`
  }

  #otherWays(): TemplateResult {
    return html`<div class="buttons">
      <input id="folder" type="file" webkitdirectory @change=${this.#onChoose} />
      <label for="folder" class="button quiet">${words().folder}</label>
      ${
        'mediaDevices' in navigator
          ? html`<button type="button" class="quiet" @click=${this.#onScan}>${words().scan}</button>`
          : nothing
      }
    </div>`
  }

  #examplesView(): TemplateResult {
    return html`<div class="examples">
      <p>${words().examples}</p>
      <ul>
        ${this.examples.map(
          ({ name, url }) => html`<li><a href=${exampleLink(url)}>${name}</a></li>`,
        )}
      </ul>
    </div>`
  }

  #hand(handed: Handed): void {
    this.dispatchEvent(new CustomEvent('handed', { detail: handed }))
  }

  #handFiles(files: Iterable<File> | null): void {
    const all = [...(files ?? [])]
    if (all.length > 0) this.#hand({ files: all })
  }

  #onChoose = (event: Event) => {
    const input = event.target as HTMLInputElement
    this.#handFiles(input.files)
    input.value = '' // The same file, corrected, can be chosen again.
  }

  #onSubmit = (event: Event) => {
    event.preventDefault()
    const field = this.renderRoot.querySelector('textarea')
    this.#hand({ text: field?.value ?? '' })
  }

  /** Few visitors have a code: what reads one is loaded for them alone. */
  #onScan = async () => {
    await import('./scan.ts')
    this.scanning = true
  }

  #onCode = (event: CustomEvent<string>) => this.#hand({ code: event.detail })

  #onScanEnd = () => {
    this.scanning = false
  }

  #onKey = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) this.#onSubmit(event)
  }

  #onDragOver = (event: DragEvent) => {
    event.preventDefault()
    this.dragging = true
  }

  #onDragLeave = (event: DragEvent) => {
    if (event.relatedTarget === null) this.dragging = false
  }

  #onDrop = (event: DragEvent) => {
    event.preventDefault()
    this.dragging = false
    const transfer = event.dataTransfer
    const text = transfer?.getData('text/plain') ?? ''
    if (transfer && transfer.files.length > 0) {
      void droppedFiles(transfer).then((files) => this.#handFiles(files))
    } else if (text !== '') this.#hand({ text })
  }
}

/** The language that the address asks for stays asked for. */
function exampleLink(url: string): string {
  const asked = new URLSearchParams(location.search).get('lang')
  return `?${new URLSearchParams({ credential: url, ...(asked !== null && { lang: asked }) })}`
}

customElements.define('credential-intake', CredentialIntake)
