import { css, html, LitElement, nothing, type TemplateResult, unsafeCSS } from 'lit'
import { followLanguage } from '../language.ts'
import { moment } from '../moment.ts'
import base from '../styles/base.css?inline'
import styles from '../styles/console.css?inline'
import { shown } from '../text.ts'
import { consoleWords } from '../words/console.ts'
import { type Batch, type Credential, listBatches, search } from './service.ts'
import { barView, chipView } from './statistics.ts'
import { trouble } from './trouble.ts'

/** While a batch is on its way, the list is asked for again after this. */
const refreshMs = 5_000
const resting = new Set(['built', 'finalized', 'failed'])

/** The issuer's batches with their state, and a search through their credentials. */
export class ConsoleBatches extends LitElement {
  static override styles = [base, styles].map(
    (sheet) => css`
      ${unsafeCSS(sheet)}
    `,
  )
  static override properties = {
    slug: { attribute: false },
    batches: { state: true },
    next: { state: true },
    found: { state: true },
  }
  declare slug: string
  declare batches: readonly Batch[] | undefined
  declare next: string | undefined
  declare found:
    | { readonly credentials: readonly Credential[]; readonly complete: boolean }
    | undefined
  #refresh: ReturnType<typeof setInterval> | undefined

  constructor() {
    super()
    followLanguage(this)
  }

  override connectedCallback(): void {
    super.connectedCallback()
    void this.#load()
    this.#refresh = setInterval(() => this.#look(), refreshMs)
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    clearInterval(this.#refresh)
  }

  override render(): TemplateResult {
    const words = consoleWords()
    const { batches } = this
    if (!batches) return html`<p role="status">${words.loading}</p>`
    if (batches.length === 0) {
      return html`<section class="empty">
        <h2>${words.list.empty}</h2>
        <p>${words.list.emptyNote}</p>
        <p><a class="button" href="#new">${words.fresh}</a></p>
      </section>`
    }
    return html`${this.#searchView()}
      <section aria-labelledby="batches">
        <h2 id="batches">${words.batches}</h2>
        ${this.#pictureView(batches)}
        <ul class="batches">${batches.map(batchView)}</ul>
        ${this.next === undefined ? nothing : html`<p><button type="button" class="quiet" @click=${this.#more}>${words.list.more}</button></p>`}
      </section>`
  }

  #pictureView(batches: readonly Batch[]): TemplateResult {
    const words = consoleWords().list
    const total = batches.reduce((sum, { size }) => sum + size, 0)
    const anchored = batches.reduce((sum, { anchor, size }) => sum + (anchor ? size : 0), 0)
    return barView(words.picture(total, anchored), [
      ['active', words.anchored, anchored],
      ['waiting', words.waiting, total - anchored],
    ])
  }

  #searchView(): TemplateResult {
    const words = consoleWords().search
    const { found } = this
    const count = found?.credentials.length ?? 0
    return html`<section aria-labelledby="search">
      <h2 id="search">${words.title}</h2>
      <form class="line" role="search" @submit=${this.#onSearch}>
        <label for="text">${words.label}</label>
        <input id="text" name="text" type="search" required minlength="2" maxlength="200" />
        <button>${words.button}</button>
      </form>
      <p role="status">${found ? (count === 0 ? words.none : found.complete ? words.found(count) : words.some(count)) : nothing}</p>
      ${
        count === 0
          ? nothing
          : html`<ul class="found">
        ${found?.credentials.map(
          ({ holder, batch, batchName = '', withdrawn = false, ...stands }) =>
            html`<li>
              <strong>${shown(holder, 100)}</strong>
              ${chipView(stands, withdrawn)}
              <a href=${`#batch-${batch}`} aria-label=${words.open(batchName)}>${shown(batchName, 100)}</a>
            </li>`,
        )}
      </ul>`
      }
    </section>`
  }

  #load = async () => {
    try {
      const { batches, next } = await listBatches(this.slug)
      this.batches = batches
      this.next = next
    } catch (thrown) {
      trouble(this, thrown)
    }
  }

  #more = async () => {
    try {
      const { batches, next } = await listBatches(this.slug, this.next)
      this.batches = [...(this.batches ?? []), ...batches]
      this.next = next
    } catch (thrown) {
      trouble(this, thrown)
    }
  }

  /** What was shown on request stays: only the first page is asked for again. */
  async #look(): Promise<void> {
    const { batches } = this
    if (document.hidden || !batches?.some(({ state }) => !resting.has(state))) return
    const fresh = await listBatches(this.slug).catch(() => undefined)
    if (!fresh) return
    const known = new Set(fresh.batches.map(({ id }) => id))
    this.batches = [...fresh.batches, ...(this.batches ?? []).filter(({ id }) => !known.has(id))]
  }

  #onSearch = async (event: SubmitEvent) => {
    event.preventDefault()
    const text = new FormData(event.target as HTMLFormElement).get('text')
    try {
      this.found = await search(this.slug, String(text))
    } catch (thrown) {
      trouble(this, thrown)
    }
  }
}

function batchView(batch: Batch): TemplateResult {
  const words = consoleWords()
  return html`<li>
    <a href=${`#batch-${batch.id}`}>${shown(batch.name, 120)}</a>
    <span class="chip ${batch.state}">${words.states[batch.state]}</span>
    <span class="aside">${words.list.size(batch.size)} · ${moment(batch.createdAt)}</span>
  </li>`
}

customElements.define('console-batches', ConsoleBatches)
