import { css, html, LitElement, nothing, type TemplateResult, unsafeCSS } from 'lit'
import { followLanguage } from '../language.ts'
import base from '../styles/base.css?inline'
import styles from '../styles/console.css?inline'
import { coreText, shown, visible } from '../text.ts'
import { consoleWords } from '../words/console.ts'
import { coins } from './coins.ts'
import {
  type Batch,
  ConsoleError,
  type Credential,
  changeStatuses,
  listCredentials,
  type Ordered,
  pathOf,
  type Status,
  search,
} from './service.ts'
import { trouble } from './trouble.ts'

/** A change that was asked for and waits for a yes. */
interface Plan {
  readonly status: Status
  readonly ids: readonly string[]
  readonly order: Ordered | undefined
}

const actions = [
  ['revoke', 'revoked'],
  ['suspend', 'suspended'],
  ['reinstate', 'active'],
] as const

/** The credentials of a batch, and changing the standing of many of them. */
export class ConsoleCredentials extends LitElement {
  static override styles = [base, styles].map(
    (sheet) => css`
      ${unsafeCSS(sheet)}
    `,
  )
  static override properties = {
    batch: { attribute: false },
    slug: { attribute: false },
    credentials: { state: true },
    next: { state: true },
    chosen: { state: true },
    plan: { state: true },
    problem: { state: true },
    told: { state: true },
  }
  declare batch: Batch
  declare slug: string
  declare credentials: readonly Credential[]
  declare next: number | undefined
  declare chosen: ReadonlySet<string>
  declare plan: Plan | undefined
  declare problem: string
  declare told: string

  constructor() {
    super()
    this.credentials = []
    this.chosen = new Set()
    this.problem = ''
    this.told = ''
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
      <form class="line" role="search" @submit=${this.#onFilter}>
        <label for="filter">${words.filter}</label>
        <input id="filter" name="filter" type="search" minlength="2" maxlength="200" />
        <button class="quiet">${words.find}</button>
      </form>
      ${this.batch.anchor ? this.#changeView() : nothing}
      ${this.#tableView()}
      ${this.next === undefined ? nothing : html`<p><button type="button" class="quiet" @click=${this.#more}>${words.more}</button></p>`}
    </section>`
  }

  #tableView(): TemplateResult {
    const words = consoleWords().credentials
    const { credentials, chosen } = this
    const canChange = this.batch.anchor !== undefined
    const all = credentials.length > 0 && credentials.every(({ id }) => chosen.has(id))
    return html`<table class="credentials">
      <thead>
        <tr>
          ${canChange ? html`<th><input type="checkbox" aria-label=${words.selectAll} .checked=${all} @change=${this.#onAll} /></th>` : nothing}
          <th scope="col">${words.holder}</th>
          ${canChange ? html`<th scope="col">${words.status}</th><th scope="col">${words.open}</th>` : nothing}
        </tr>
      </thead>
      <tbody>
        ${credentials.map(
          ({ id, holder, status }) => html`<tr>
            ${canChange ? html`<td><input type="checkbox" aria-label=${words.select(visible(holder))} .checked=${chosen.has(id)} @change=${(event: Event) => this.#choose(id, (event.target as HTMLInputElement).checked)} /></td>` : nothing}
            <th scope="row">${shown(holder, 120)}</th>
            ${
              canChange
                ? html`<td><span class="chip ${status}">${words.statuses[status]}</span></td>
                  <td><a href=${pathOf(`credentials/${id}`)} aria-label=${words.openOf(visible(holder))}>${words.open}</a></td>`
                : nothing
            }
          </tr>`,
        )}
      </tbody>
    </table>`
  }

  #changeView(): TemplateResult {
    const words = consoleWords().change
    const { chosen, plan } = this
    return html`<div class="change card" role="group" aria-label=${words.title}>
      <p class="row">
        <span>${words.selected(chosen.size)}</span>
        ${actions.map(([action, status]) => html`<button type="button" class="quiet" ?disabled=${chosen.size === 0} @click=${() => this.#propose(status)}>${words[action]}</button>`)}
      </p>
      ${plan ? this.#planView(plan) : nothing}
      <p class="good" role="status">${this.told}</p>
      <p class="mind" role="alert">${this.problem === '' ? nothing : coreText(this.problem)}</p>
    </div>`
  }

  #planView({ status, ids, order }: Plan): TemplateResult {
    const words = consoleWords().change
    return html`<div class="plan ${status}" role="alertdialog" @keydown=${this.#onKey} aria-labelledby="plan-question" aria-describedby="plan-cost">
      <p id="plan-question"><strong>${words.confirm[status](ids.length)}</strong></p>
      <p id="plan-cost">
        ${
          order === undefined
            ? words.asking
            : order.cost.transactions === 0
              ? words.free
              : words.cost(order.cost.transactions, order.cost.gas, coins(order.cost.fee))
        }
      </p>
      <p class="row">
        <button type="button" class=${status === 'revoked' ? 'grave' : ''} ?disabled=${order === undefined} @click=${this.#onYes}>${words.yes[status]}</button>
        <button type="button" class="quiet" id="no" @click=${this.#onNo}>${words.no}</button>
      </p>
    </div>`
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
      const { credentials } = await search(this.slug, text, this.batch.id)
      this.credentials = credentials
      this.next = undefined
    } catch (thrown) {
      trouble(this, thrown)
    }
  }

  #choose(id: string, isChosen: boolean): void {
    const chosen = new Set(this.chosen)
    if (isChosen) chosen.add(id)
    else chosen.delete(id)
    this.#select(chosen)
  }

  #onAll = (event: Event) => {
    const { checked } = event.target as HTMLInputElement
    this.#select(new Set(checked ? this.credentials.map(({ id }) => id) : []))
  }

  #select(chosen: ReadonlySet<string>): void {
    this.chosen = chosen
    this.plan = undefined
    this.problem = ''
    this.told = ''
  }

  /** Asks the service what it would cost; nothing is recorded by that. */
  async #propose(status: Status): Promise<void> {
    const ids = [...this.chosen]
    const plan: Plan = { status, ids, order: undefined }
    this.plan = plan
    this.problem = ''
    this.told = ''
    await this.updateComplete
    this.renderRoot.querySelector<HTMLElement>('#no')?.focus()
    const order = await this.#order(plan, true)
    if (this.plan === plan) this.plan = order && { ...plan, order }
  }

  #onYes = async () => {
    const { plan } = this
    if (!plan) return
    const order = await this.#order(plan, false)
    this.#drop()
    if (!order) return
    this.told = consoleWords().change.done(plan.ids.length)
    this.chosen = new Set()
    const changed = new Set(plan.ids)
    this.credentials = this.credentials.map((one) =>
      changed.has(one.id) ? { ...one, status: plan.status } : one,
    )
    this.dispatchEvent(new CustomEvent('changed'))
  }

  #onNo = () => this.#drop()

  #onKey = ({ key }: KeyboardEvent) => {
    if (key === 'Escape') this.#drop()
  }

  /** The question goes, and the focus back to the table. */
  #drop(): void {
    this.plan = undefined
    this.renderRoot.querySelector<HTMLElement>('thead input')?.focus()
  }

  async #order({ status, ids }: Plan, isDry: boolean): Promise<Ordered | undefined> {
    try {
      return await changeStatuses(this.batch.id, status, ids, isDry)
    } catch (thrown) {
      if (thrown instanceof ConsoleError && thrown.status !== 401 && thrown.status !== 0) {
        this.problem = thrown.message
      } else trouble(this, thrown)
      return undefined
    }
  }
}

customElements.define('console-credentials', ConsoleCredentials)
