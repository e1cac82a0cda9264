import { css, html, LitElement, nothing, type TemplateResult, unsafeCSS } from 'lit'
import { disclosureView } from '../disclosure.ts'
import { chosenEndpoint } from '../endpoint-choice.ts'
import { followLanguage } from '../language.ts'
import type { Asked } from '../readers.ts'
import { saveFile } from '../save.ts'
import { seal } from '../seal.ts'
import type { Settings } from '../settings.ts'
import base from '../styles/base.css?inline'
import styles from '../styles/many.css?inline'
import reportStyles from '../styles/report.css?inline'
import verdictStyles from '../styles/verdict.css?inline'
import { shown } from '../text.ts'
import { many as words } from '../words/many.ts'
import { report } from '../words/report.ts'
import { csvOf } from './csv.ts'
import { csvRows, lineOf, nameOf } from './line.ts'
import { type Column, columns, type Line, type View, viewOf } from './order.ts'
import type { Row } from './row.ts'
import type { News, Order } from './worker.ts'

const rowsOnPage = 100

/** The detail of an `open` event: a credential whose report is wanted. */
export type OpenEvent = CustomEvent<File>

/** Checks many credentials in a thread of its own, and shows them as a table while they come. */
export class ManyCredentials extends LitElement {
  static override styles = [base, verdictStyles, reportStyles, styles].map(
    (sheet) => css`
      ${unsafeCSS(sheet)}
    `,
  )
  static override properties = {
    rows: { state: true },
    read: { state: true },
    state: { state: true },
    view: { state: true },
    page: { state: true },
  }
  declare rows: readonly Row[]
  /** How much of the files was read, 0 to 1. */
  declare read: number
  declare state: 'checking' | 'done' | 'full' | 'stopped' | 'failed'
  declare view: View
  declare page: number
  #worker: Worker | undefined
  #asked: readonly Asked[] = []
  #lines: readonly Line[] = []
  #spoken: unknown

  constructor() {
    super()
    this.#reset()
    this.view = { column: undefined, isDescending: false, look: '', search: '' }
    followLanguage(this)
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    this.#worker?.terminate()
  }

  /** Checks what is in the files; what was checked before is let go. */
  start(files: readonly File[], settings: Settings): void {
    this.#worker?.terminate()
    this.#reset()
    const worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' })
    worker.addEventListener('message', ({ data }: MessageEvent<News>) => this.#hear(data))
    worker.addEventListener('error', () => {
      this.state = 'failed'
    })
    this.#worker = worker
    const endpoints = new Map(settings.endpoints)
    for (const chainId of settings.trust.chains.keys()) {
      const chosen = chosenEndpoint(chainId)
      if (chosen !== undefined) endpoints.set(chainId, chosen)
    }
    const { trust, migrations } = settings
    this.#order({ kind: 'check', files, settings: { trust, endpoints, migrations } })
  }

  override render(): TemplateResult {
    const all = this.#shownLines()
    const found = viewOf(all, this.view)
    const last = Math.max(0, Math.ceil(found.length / rowsOnPage) - 1)
    const page = Math.min(this.page, last)
    const lines = found.slice(page * rowsOnPage, (page + 1) * rowsOnPage)
    return html`<section class="many" aria-labelledby="many">
      <h2 id="many" tabindex="-1">${words().title}</h2>
      ${this.#progressView()} ${this.#controlsView(found)}
      ${lines.length === 0 && all.length > 0 ? html`<p class="none">${words().none}</p>` : this.#tableView(lines)}
      ${found.length > rowsOnPage ? this.#pagesView(page, last, found.length) : nothing}
      ${this.state === 'checking' ? nothing : disclosureView(this.#asked)}
    </section>`
  }

  /** Moves reading and keyboard to the table. */
  focusTitle(): void {
    this.renderRoot.querySelector<HTMLElement>('#many')?.focus()
  }

  #progressView(): TemplateResult {
    const { state, read, rows } = this
    const count = rows.length
    return html`<div class="progress">
      <p role="status">
        ${state === 'checking' ? words().checking(count) : state === 'failed' ? nothing : words().done(count)}
        ${state === 'full' ? words().full(count) : nothing}
        ${state === 'stopped' ? words().stopped : nothing}
      </p>
      ${state === 'failed' ? html`<p class="mind" role="alert">${words().failed}</p>` : nothing}
      ${
        state === 'checking'
          ? html`<progress max="1" value=${read} aria-label=${words().title}></progress>
              <button type="button" class="quiet" @click=${this.#stop}>${words().stop}</button>`
          : nothing
      }
    </div>`
  }

  #controlsView(found: readonly Line[]): TemplateResult {
    const counts = new Map<string, number>()
    for (const { look } of this.rows) counts.set(look, (counts.get(look) ?? 0) + 1)
    const choice = (look: string, name: string, count: number) =>
      html`<button
        type="button"
        class="chip ${look}"
        aria-pressed=${this.view.look === look ? 'true' : 'false'}
        @click=${() => this.#look({ look })}
      >
        ${name} <span class="count">${count.toLocaleString(document.documentElement.lang)}</span>
      </button>`
    return html`<div class="controls">
      <div class="chips" role="group" aria-label=${words().show}>
        ${choice('', words().all, this.rows.length)}
        ${[...counts].toSorted().map(([look, count]) => choice(look, nameOf(look as Row['look']), count))}
      </div>
      <label class="search">
        <span class="hidden">${words().search}</span>
        <input type="search" placeholder=${words().search} @input=${this.#onSearch} />
      </label>
      <button type="button" class="quiet" ?disabled=${found.length === 0} @click=${() => this.#save(found)}>
        ${words().save}
      </button>
    </div>`
  }

  #tableView(lines: readonly Line[]): TemplateResult {
    return html`<table role="table" aria-labelledby="many">
      <thead role="rowgroup">
        <tr role="row">${columns.map((column) => this.#headView(column))}</tr>
      </thead>
      <tbody role="rowgroup">
        ${lines.map((line) => this.#lineView(line))}
      </tbody>
    </table>`
  }

  #headView(column: Column): TemplateResult {
    const { view } = this
    const isSorted = view.column === column
    const sort = isSorted ? (view.isDescending ? 'descending' : 'ascending') : 'none'
    return html`<th role="columnheader" scope="col" aria-sort=${sort}>
      <button type="button" @click=${() => this.#look({ column, isDescending: isSorted && !view.isDescending })}>
        ${words().columns[column]}<span class="arrow" aria-hidden="true"></span>
      </button>
    </th>`
  }

  #lineView({ row, cells }: Line): TemplateResult {
    return html`<tr role="row" class=${row.look} data-index=${row.index}>
      <td role="cell" class="result">
        <span class="sign">${seal(row.look)}</span>
        <button type="button" aria-label=${`${cells.result}: ${words().open(cells.name)}`} @click=${() => this.#order({ kind: 'give', index: row.index })}>
          ${cells.result}
        </button>
      </td>
      ${columns
        .slice(1)
        .map(
          (column) =>
            html`<td role="cell" data-label=${words().columns[column]}>${column === 'reason' ? cells.reason : shown(cells[column], 120)}</td>`,
        )}
    </tr>`
  }

  #pagesView(page: number, last: number, all: number): TemplateResult {
    const go = (to: number) => () => {
      this.page = to
    }
    const from = page * rowsOnPage
    return html`<nav class="pages" aria-label=${words().pages}>
      <button type="button" class="quiet" ?disabled=${page === 0} @click=${go(page - 1)}>${words().previous}</button>
      <span>${words().shown(from + 1, Math.min(all, from + rowsOnPage), all)}</span>
      <button type="button" class="quiet" ?disabled=${page === last} @click=${go(page + 1)}>${words().next}</button>
    </nav>`
  }

  /** Their words follow the language; so long as it stays, each is worded once. */
  #shownLines(): readonly Line[] {
    if (this.#spoken !== report()) this.#lines = []
    this.#spoken = report()
    if (this.#lines.length < this.rows.length) {
      this.#lines = [...this.#lines, ...this.rows.slice(this.#lines.length).map(lineOf)]
    }
    return this.#lines
  }

  #reset(): void {
    this.rows = []
    this.read = 0
    this.state = 'checking'
    this.page = 0
    this.#lines = []
    this.#asked = []
  }

  #look(changed: Partial<View>): void {
    this.view = { ...this.view, ...changed }
    this.page = 0
  }

  #onSearch = (event: Event) => this.#look({ search: (event.target as HTMLInputElement).value })

  #hear(news: News): void {
    if (news.kind === 'item') {
      this.dispatchEvent(new CustomEvent('open', { detail: new File([news.content], news.name) }))
      return
    }
    this.rows = [...this.rows, ...news.rows]
    this.read = news.part
    this.#asked = news.asked
    this.state = news.state
  }

  #order(order: Order): void {
    this.#worker?.postMessage(order)
  }

  #stop(): void {
    this.#order({ kind: 'stop' })
    this.state = 'stopped'
  }

  #save(lines: readonly Line[]): void {
    saveFile('credentials.csv', 'text/csv;charset=utf-8', csvOf(csvRows(lines)))
  }
}

customElements.define('many-credentials', ManyCredentials)
