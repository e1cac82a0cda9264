import { css, html, LitElement, nothing, type TemplateResult, unsafeCSS } from 'lit'
import { followLanguage } from '../language.ts'
import base from '../styles/base.css?inline'
import styles from '../styles/console.css?inline'
import './change.ts'
import { shown, visible } from '../text.ts'
import { consoleWords } from '../words/console.ts'
import type { Changed } from './change.ts'
import {
  type Batch,
  type Credential,
  listCredentials,
  pathOf,
  type Session,
  search,
} from './service.ts'
import { chipView } from './statistics.ts'
import { trouble } from './trouble.ts'

/** The credentials of a batch, and changing the standing of many of them. */
export class ConsoleCredentials extends LitElement {
  static override styles = [base, styles].map(
    (sheet) => css`
      ${unsafeCSS(sheet)}
    `,
  )
  static override properties = {
    batch: { attribute: false },
    session: { attribute: false },
    credentials: { state: true },
    next: { state: true },
    chosen: { state: true },
  }
  declare batch: Batch
  declare session: Session
  declare credentials: readonly Credential[]
  declare next: number | undefined
  /** Status indexes. */
  declare chosen: ReadonlySet<number>

  constructor() {
    super()
    this.credentials = []
    this.chosen = new Set()
    followLanguage(this)
  }

  override connectedCallback(): void {
    super.connectedCallback()
    void this.updateComplete.then(() => this.#load())
  }

  override render(): TemplateResult {
    const words = consoleWords().credentials
    return html`<section aria-labelledby="credentials">
      <h3 id="credentials">${words.title}</h3>
      ${this.#canChange() ? html`<console-change .batch=${this.batch} .chosen=${this.chosen} @changed=${this.#onChanged}></console-change>` : nothing}
      <form class="line" role="search" @submit=${this.#onFilter}>
        <label for="filter">${words.filter}</label>
        <input id="filter" name="filter" type="search" minlength="2" maxlength="200" />
        <button class="quiet">${words.find}</button>
      </form>
      ${this.#tableView()}
      ${this.next === undefined ? nothing : html`<p><button type="button" class="quiet" @click=${this.#more}>${words.more}</button></p>`}
    </section>`
  }

  #tableView(): TemplateResult {
    const words = consoleWords().credentials
    const { credentials, chosen } = this
    const canChange = this.#canChange()
    const isAnchored = this.batch.anchor !== undefined
    const all =
      credentials.length > 0 && credentials.every(({ statusIndex }) => chosen.has(statusIndex))
    return html`<table class="credentials">
      <thead>
        <tr>
          ${canChange ? html`<th><input type="checkbox" aria-label=${words.selectAll} .checked=${all} @change=${this.#onAll} /></th>` : nothing}
          <th scope="col">${words.holder}</th>
          ${isAnchored ? html`<th scope="col">${words.status}</th><th scope="col">${words.open}</th>` : nothing}
        </tr>
      </thead>
      <tbody>
        ${credentials.map(
          ({ id, statusIndex, holder, ...stands }) => html`<tr>
            ${canChange ? html`<td><input type="checkbox" aria-label=${words.select(visible(holder))} .checked=${chosen.has(statusIndex)} @change=${(event: Event) => this.#choose(statusIndex, (event.target as HTMLInputElement).checked)} /></td>` : nothing}
            <th scope="row">${shown(holder, 120)}</th>
            ${
              isAnchored
                ? html`<td>${chipView(stands, this.batch.anchor?.withdrawnAt !== undefined)}</td>
                  <td><a href=${pathOf(`credentials/${id}`)} aria-label=${words.openOf(visible(holder))}>${words.open}</a></td>`
                : nothing
            }
          </tr>`,
        )}
      </tbody>
    </table>`
  }

  /** A withdrawn batch is over as a whole. */
  #canChange(): boolean {
    const { anchor } = this.batch
    return anchor !== undefined && anchor.withdrawnAt === undefined
  }

  #load = async () => {
    try {
      const { credentials, next } = await listCredentials(this.batch.id)
      this.credentials = credentials
      this.next = next
    } catch (thrown) {
      trouble(this, thrown)
    }
  }

  #more = async () => {
    try {
      const { credentials, next } = await listCredentials(this.batch.id, this.next)
      this.credentials = [...this.credentials, ...credentials]
      this.next = next
    } catch (thrown) {
      trouble(this, thrown)
    }
  }

  #onFilter = async (event: SubmitEvent) => {
    event.preventDefault()
    const text = String(new FormData(event.target as HTMLFormElement).get('filter')).trim()
    if (text === '') return this.#load()
    try {
      const { credentials } = await search(this.session.issuer?.slug ?? '', text, this.batch.id)
      this.credentials = credentials
      this.next = undefined
    } catch (thrown) {
      trouble(this, thrown)
    }
  }

  #choose(statusIndex: number, isChosen: boolean): void {
    const chosen = new Set(this.chosen)
    if (isChosen) chosen.add(statusIndex)
    else chosen.delete(statusIndex)
    this.chosen = chosen
  }

  #onAll = (event: Event) => {
    const { checked } = event.target as HTMLInputElement
    this.chosen = new Set(checked ? this.credentials.map(({ statusIndex }) => statusIndex) : [])
  }

  /** What was shown on request stays; what was changed stands there at once. */
  #onChanged = ({ detail }: CustomEvent<Changed | undefined>) => {
    if (detail) {
      const { target, status } = detail
      const meant = target === 'all' ? undefined : new Set(target.statusIndexes)
      this.credentials = this.credentials.map((one) =>
        (meant?.has(one.statusIndex) ?? true) && one.status !== 'revoked'
          ? { ...one, status }
          : one,
      )
      this.chosen = new Set()
    }
    this.dispatchEvent(new CustomEvent('changed'))
  }
}

customElements.define('console-credentials', ConsoleCredentials)
