import { css, html, LitElement, nothing, type TemplateResult, unsafeCSS } from 'lit'
import '../report.ts'
import type { InvalidInputError } from '../../core/error.ts'
import type { HeldText } from '../../core/portfolio/portfolio.ts'
import { droppedFiles } from '../folder.ts'
import { followLanguage } from '../language.ts'
import { lookOf } from '../look.ts'
import { moment } from '../moment.ts'
import { type Run, startRun } from '../run.ts'
import { seal } from '../seal.ts'
import type { Settings } from '../settings.ts'
import base from '../styles/base.css?inline'
import styles from '../styles/portfolio.css?inline'
import { shown, visible } from '../text.ts'
import { portfolio as words } from '../words/portfolio.ts'
import { explain, wordOf } from '../words/report.ts'
import type { Checked } from './checked.ts'
import { type Taken, takeFiles, takeText } from './intake.ts'
import { troubleText } from './trouble.ts'

/** How many credentials stand on a page of the list. */
const pageSize = 50

/** What is kept, each with its verdict, and the way in for more. Tells `taken` and `removed` events. */
export class PortfolioShelf extends LitElement {
  static override styles = [base, styles].map(
    (sheet) => css`
      ${unsafeCSS(sheet)}
    `,
  )
  static override properties = {
    texts: { attribute: false },
    checked: { attribute: false },
    settings: { attribute: false },
    refused: { state: true },
    shownTo: { state: true },
    removing: { state: true },
    run: { state: true },
    isDragging: { state: true },
  }
  declare texts: readonly HeldText[]
  declare checked: ReadonlyMap<HeldText, Checked>
  declare settings: Settings | undefined
  declare refused: Taken['refused']
  declare shownTo: number
  declare removing: HeldText | undefined
  /** The whole report of one of them. */
  declare run: { readonly held: HeldText; readonly run: Run } | undefined
  declare isDragging: boolean
  #started: { readonly cancel: () => void } | undefined

  constructor() {
    super()
    this.texts = []
    this.checked = new Map()
    this.refused = []
    this.shownTo = pageSize
    this.isDragging = false
    followLanguage(this)
  }

  override render(): TemplateResult {
    const { texts } = this
    const { shelf } = words()
    const left = texts.length - this.shownTo
    return html`<section aria-labelledby="shelf">
      <h2 id="shelf">${shelf.title(texts.length)}</h2>
      ${texts.length === 0 ? html`<p>${shelf.none}</p>` : nothing}
      <ul class="held">
        ${texts.slice(0, this.shownTo).map((held) => this.#heldView(held))}
      </ul>
      ${
        left > 0
          ? html`<p><button type="button" class="quiet" @click=${this.#onMore}>${shelf.more(left)}</button></p>`
          : nothing
      }
      ${this.#addView()}
    </section>`
  }

  #addView(): TemplateResult {
    const { shelf } = words()
    return html`<div
      class=${`add ${this.isDragging ? 'dragging' : ''}`}
      @dragover=${this.#onDragOver}
      @dragleave=${this.#onDragLeave}
      @drop=${this.#onDrop}
    >
      <h3>${shelf.add}</h3>
      <p>${shelf.addLead}</p>
      <input id="file" class="away" type="file" multiple @change=${this.#onFiles} />
      <label for="file" class="button quiet">${shelf.choose}</label>
      <form class="plain" @submit=${this.#onText}>
        <label>${shelf.paste}<textarea name="text" rows="2" required spellcheck="false" autocomplete="off" autocapitalize="off"></textarea></label>
        <button type="submit">${shelf.take}</button>
      </form>
      <div role="alert">
        ${
          this.refused.length === 0
            ? nothing
            : html`<ul class="problem">
                ${this.refused.slice(0, 20).map(({ name, why }) => html`<li>${shown(name, 100)}: ${troubleText(why)}</li>`)}
              </ul>`
        }
      </div>
    </div>`
  }

  #heldView(held: HeldText): TemplateResult {
    const { shelf } = words()
    const { verified, refusal } = this.checked.get(held) ?? { held }
    const report = verified?.report
    const credential = report?.credential
    const name = credential?.name ?? shelf.unnamed
    const open = this.run?.held === held ? this.run.run : undefined
    return html`<li class=${report ? lookOf(report) : refusal ? 'refused' : 'waiting'}>
      ${report ? seal(lookOf(report)) : seal('refused')}
      <div>
        <h3>${shown(name, 200)}</h3>
        <p class="aside">
          ${
            credential
              ? html`${shown(report?.accreditation?.issuerName || credential.issuer.name || credential.issuer.id, 120)}
                ${credential.validFrom === '' ? nothing : html` · ${moment(credential.validFrom)}`}`
              : nothing
          }
        </p>
        <p class="standing">${report ? standingOf(report) : refusal ? troubleText(refusal) : shelf.checking}</p>
        <div class="buttons">
          <button type="button" class="quiet" aria-expanded=${open ? 'true' : 'false'} aria-label=${shelf.reportOf(visible(name).slice(0, 80))} @click=${() => this.#onOpen(held)}>${shelf.report}</button>
          ${
            this.removing === held
              ? html`<button type="button" @click=${() => this.#onRemove(held)}>${shelf.removeYes}</button>
                  <button type="button" class="quiet" @click=${() => this.#ask(undefined)}>${shelf.removeNo}</button>`
              : html`<button type="button" class="quiet" aria-label=${shelf.removeOf(visible(name).slice(0, 80))} @click=${() => this.#ask(held)}>${shelf.remove}</button>`
          }
        </div>
        ${open ? html`<check-report .run=${open}></check-report>` : nothing}
      </div>
    </li>`
  }

  #take(taken: Promise<Taken>): void {
    void taken.then((found) => {
      this.refused = found.refused
      this.dispatchEvent(new CustomEvent<Taken>('taken', { detail: found }))
    })
  }

  /** Told by the page, where the portfolio had no room for it. */
  refuse(name: string, why: InvalidInputError): void {
    this.refused = [...this.refused, { name, why }]
  }

  #ask(held: HeldText | undefined): void {
    this.removing = held
  }

  #onMore = () => {
    this.shownTo += pageSize
  }

  #onOpen(held: HeldText): void {
    this.#started?.cancel()
    if (this.run?.held === held || !this.settings) {
      this.run = undefined
      return
    }
    const source = { label: '', asks: undefined, read: async () => held.text }
    this.#started = startRun(source, this.settings, (run) => {
      this.run = { held, run }
    })
  }

  #onRemove(held: HeldText): void {
    this.removing = undefined
    this.dispatchEvent(new CustomEvent<HeldText>('removed', { detail: held }))
  }

  #onFiles = (event: Event) => {
    const input = event.target as HTMLInputElement
    this.#take(takeFiles([...(input.files ?? [])]))
    input.value = ''
  }

  #onText = (event: Event) => {
    event.preventDefault()
    const form = event.target as HTMLFormElement
    this.#take(takeText(String(new FormData(form).get('text'))))
    form.reset()
  }

  #onDragOver = (event: DragEvent) => {
    event.preventDefault()
    this.isDragging = true
  }

  #onDragLeave = () => {
    this.isDragging = false
  }

  #onDrop = (event: DragEvent) => {
    event.preventDefault()
    this.isDragging = false
    const transfer = event.dataTransfer
    if (transfer && transfer.files.length > 0) this.#take(droppedFiles(transfer).then(takeFiles))
    else if (transfer) this.#take(takeText(transfer.getData('text/plain')))
  }
}

function standingOf(report: NonNullable<Checked['verified']>['report']): TemplateResult {
  const { verdict, reason, anchor } = report
  const word = wordOf(lookOf(report))
  if (verdict === 'valid') {
    return html`<strong>${word}</strong>${anchor?.testNetwork ? html` · ${words().shelf.trial}` : nothing}`
  }
  return html`<strong>${word}</strong> · ${explain(reason)?.headline ?? reason}`
}

customElements.define('portfolio-shelf', PortfolioShelf)
