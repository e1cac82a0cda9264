import { css, html, LitElement, nothing, type TemplateResult, unsafeCSS } from 'lit'
import { followLanguage } from '../language.ts'
import { momentOf } from '../moment.ts'
import base from '../styles/base.css?inline'
import styles from '../styles/shares.css?inline'
import { shown } from '../text.ts'
import { holder } from '../words/holder.ts'
import { type LinkService, ServiceError, type Share, type ShareLimits } from './service.ts'

/** The links that a holder made for others, and a form for another one. */
export class HolderShares extends LitElement {
  static override styles = [base, styles].map(
    (sheet) => css`
      ${unsafeCSS(sheet)}
    `,
  )
  static override properties = {
    link: { attribute: false },
    shares: { state: true },
    made: { state: true },
    told: { state: true },
    asks: { state: true },
  }
  declare link: LinkService | undefined
  declare shares: readonly Share[]
  /** The link that was made last; it is shown this once. */
  declare made: string | undefined
  declare told: string
  /** Whether the holder is asked if the own link is to be replaced. */
  declare asks: boolean

  constructor() {
    super()
    this.shares = []
    this.told = ''
    this.asks = false
    followLanguage(this)
  }

  override firstUpdated(): void {
    this.refresh()
  }

  /** Reads the list anew. */
  refresh(): void {
    void this.#do(async (link) => {
      this.shares = await link.shares()
    })
  }

  override render(): TemplateResult {
    const words = holder().shares
    return html`<section aria-labelledby="shares">
      <h2 id="shares">${words.title}</h2>
      <p>${words.lead}</p>
      ${this.#formView()}
      ${this.made === undefined ? nothing : this.#madeView(this.made)}
      <p class="told" role="status">${this.told}</p>
      ${this.shares.length === 0 ? html`<p class="aside">${words.none}</p>` : html`<ul class="list">${this.shares.map((share) => this.#shareView(share))}</ul>`}
      <details>
        <summary>${words.own.title}</summary>
        <p>${words.own.lead}</p>
        ${
          this.asks
            ? html`<p><strong>${words.own.sure}</strong></p>
                <button type="button" @click=${this.#onReplace}>${words.own.yes}</button>
                <button type="button" class="quiet" @click=${() => this.#ask(false)}>${words.own.no}</button>`
            : html`<button type="button" class="quiet" @click=${() => this.#ask(true)}>${words.own.replace}</button>`
        }
      </details>
    </section>`
  }

  #formView(): TemplateResult {
    const words = holder().shares.form
    return html`<form @submit=${this.#onSubmit}>
      <label>${words.label}<input name="label" maxlength="200" autocomplete="off" placeholder=${words.labelExample} /></label>
      <label>${words.until}<input name="until" type="date" /></label>
      <label>${words.views}<input name="views" type="number" min="1" max="1000000" inputmode="numeric" /></label>
      <button type="submit">${words.make}</button>
    </form>`
  }

  #madeView(url: string): TemplateResult {
    const words = holder().shares
    return html`<div class="made">
      <label>${words.made}<input readonly .value=${url} @focus=${(event: Event) => (event.target as HTMLInputElement).select()} /></label>
      <button type="button" @click=${() => this.#onCopy(url)}>${words.copy}</button>
    </div>`
  }

  #shareView(share: Share): TemplateResult {
    const words = holder().shares
    const { label, endsAt, viewLimit, views, state, createdAt, id } = share
    const name = label ?? words.unlabelled(momentOf(createdAt))
    return html`<li class=${state}>
      <div>
        <p class="label">${shown(name, 200)}</p>
        <p class="aside">
          ${words.state[state]}
          ${viewLimit === undefined ? words.views(views) : words.viewsOf(views, viewLimit)}
          ${endsAt === undefined ? nothing : words.until(momentOf(endsAt))}
        </p>
      </div>
      <button type="button" class="quiet" aria-label=${words.revokeNamed(name.slice(0, 60))} @click=${() => this.#onRevoke(id)}>${words.revoke}</button>
    </li>`
  }

  async #do(work: (link: LinkService) => Promise<void>): Promise<void> {
    if (!this.link) return
    try {
      await work(this.link)
    } catch (thrown) {
      const trouble = thrown instanceof ServiceError ? thrown.trouble : 'failed'
      this.told = holder().troubles[trouble].next
    }
  }

  #ask(asks: boolean): void {
    this.asks = asks
  }

  #onSubmit = (event: Event) => {
    event.preventDefault()
    const form = event.target as HTMLFormElement
    const limits = limitsOf(new FormData(form))
    void this.#do(async (link) => {
      this.made = await link.share(limits)
      this.told = holder().shares.madeTold
      form.reset()
      this.shares = await link.shares()
      await this.updateComplete
      this.renderRoot.querySelector<HTMLInputElement>('.made input')?.focus()
    })
  }

  #onCopy = async (url: string) => {
    await navigator.clipboard.writeText(url)
    this.told = holder().actions.copied
  }

  #onRevoke = (id: string) =>
    this.#do(async (link) => {
      await link.revoke(id)
      this.told = holder().shares.revoked
      this.shares = await link.shares()
    })

  #onReplace = () =>
    this.#do(async (link) => {
      const url = new URL(await link.replace())
      // The same page under its new name, wherever it is reached.
      const own = new URL(url.pathname.split('/').at(-1) ?? '', location.href)
      this.dispatchEvent(new CustomEvent('replaced', { detail: own.href }))
    })
}

/** A day ends with itself, where the holder is. */
function limitsOf(fields: FormData): ShareLimits {
  const text = (name: string) => String(fields.get(name) ?? '').trim()
  const until = text('until') === '' ? undefined : new Date(`${text('until')}T23:59:59`)
  return {
    ...(text('label') !== '' && { label: text('label') }),
    ...(until && !Number.isNaN(until.getTime()) && { endsAt: until.toISOString() }),
    ...(/^\d+$/.test(text('views')) && { viewLimit: Number(text('views')) }),
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'holder-shares': HolderShares
  }
}

customElements.define('holder-shares', HolderShares)
