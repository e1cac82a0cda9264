import { css, html, LitElement, nothing, type TemplateResult, unsafeCSS } from 'lit'
import { messages } from './messages.ts'
import type { Example } from './settings.ts'
import { fileSource, type Source, textSource } from './source.ts'
import base from './styles/base.css?inline'
import styles from './styles/intake.css?inline'

const words = messages.intake

/** What the visitor hands in, as the detail of a `credential` event. */
export type CredentialEvent = CustomEvent<Source>

/** Takes a credential: a file that is chosen or dropped, or pasted JSON or a link. */
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
    several: { state: true },
  }
  declare compact: boolean
  declare examples: readonly Example[]
  declare dragging: boolean
  declare several: boolean

  constructor() {
    super()
    this.compact = false
    this.examples = []
    this.dragging = false
    this.several = false
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
    return html`<section class=${this.dragging ? 'dragging' : ''} aria-label=${words.label}>
      ${this.#fileView()}
      <p class="or">${words.or}</p>
      <form @submit=${this.#onSubmit}>
        <label for="text">${words.paste}</label>
        <textarea
          id="text"
          rows=${this.compact ? 1 : 5}
          spellcheck="false"
          autocomplete="off"
          autocapitalize="off"
          placeholder=${this.compact ? words.placeholderShort : words.placeholder}
          @keydown=${this.#onKey}
        ></textarea>
        <button type="submit">${words.check}</button>
      </form>
      ${this.several ? html`<p class="several" role="status">${words.onlyFirst}</p>` : nothing}
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
      <p class="drop">${this.dragging ? words.dropNow : words.drop}</p>
      <input id="file" type="file" aria-describedby="hint" @change=${this.#onChoose} />
      <label for="file" class="button">${this.compact ? words.another : words.choose}</label>
      <p id="hint" class="hint">${words.hint}</p>
    </div>`
  }

  #examplesView(): TemplateResult {
    return html`<div class="examples">
      <p>${words.examples}</p>
      <ul>
        ${this.examples.map(
          ({ name, url }) =>
            html`<li><a href=${`?credential=${encodeURIComponent(url)}`}>${name}</a></li>`,
        )}
      </ul>
    </div>`
  }

  #hand(source: Source): void {
    this.dispatchEvent(new CustomEvent('credential', { detail: source }))
  }

  #handFiles(files: FileList | undefined | null): void {
    const [file] = files ?? []
    this.several = (files?.length ?? 0) > 1
    if (file) this.#hand(fileSource(file))
  }

  #onChoose = (event: Event) => {
    const input = event.target as HTMLInputElement
    this.#handFiles(input.files)
    input.value = '' // The same file, corrected, can be chosen again.
  }

  #onSubmit = (event: Event) => {
    event.preventDefault()
    this.several = false
    const field = this.renderRoot.querySelector('textarea')
    this.#hand(textSource(field?.value ?? '', location.href))
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
    const { files } = event.dataTransfer ?? {}
    const text = event.dataTransfer?.getData('text/plain') ?? ''
    if (files && files.length > 0) this.#handFiles(files)
    else if (text !== '') this.#hand(textSource(text, location.href))
  }
}

customElements.define('credential-intake', CredentialIntake)
