import { css, html, LitElement, nothing, type TemplateResult, unsafeCSS } from 'lit'
import { followLanguage } from '../language.ts'
import { momentOf } from '../moment.ts'
import base from '../styles/base.css?inline'
import styles from '../styles/console.css?inline'
import { shown, visible } from '../text.ts'
import { adminWords } from '../words/admin.ts'
import { consoleWords } from '../words/console.ts'
import { site } from '../words/site.ts'
import { createIssuer, type ListedIssuer, listIssuers, type NewIssuer } from './administration.ts'
import { ConsoleError, pathOf } from './service.ts'
import { trouble } from './trouble.ts'

const dids = ['', 'web', 'key', 'pkh'] as const

/** The issuers of the service, and recording one. */
export class AdminIssuers extends LitElement {
  static override styles = [base, styles].map(
    (sheet) => css`
      ${unsafeCSS(sheet)}
    `,
  )
  static override properties = {
    issuers: { state: true },
    next: { state: true },
    made: { state: true },
    problem: { state: true },
    told: { state: true },
    isBusy: { state: true },
  }
  declare issuers: readonly ListedIssuer[] | undefined
  declare next: string | undefined
  /** What was recorded just now; its key is told this once and kept nowhere. */
  declare made: { readonly name: string; readonly key: string } | undefined
  declare problem: string
  declare told: string
  declare isBusy: boolean

  constructor() {
    super()
    this.problem = ''
    this.told = ''
    this.isBusy = false
    followLanguage(this)
  }

  override connectedCallback(): void {
    super.connectedCallback()
    void this.#load()
  }

  override render(): TemplateResult {
    const words = adminWords().issuers
    const { issuers } = this
    return html`<section aria-labelledby="issuers">
        <h2 id="issuers">${words.title}</h2>
        ${
          issuers === undefined
            ? html`<p role="status">${consoleWords().loading}</p>`
            : issuers.length === 0
              ? html`<p class="aside">${words.none}</p>`
              : issuers.map(issuerView)
        }
        ${this.next === undefined ? nothing : html`<p><button type="button" class="quiet" @click=${this.#more}>${words.more}</button></p>`}
      </section>
      ${this.#createView()}`
  }

  #createView(): TemplateResult {
    const words = adminWords().create
    return html`<section aria-labelledby="create">
      <h2 id="create">${words.title}</h2>
      <form class="card" @submit=${this.#onSubmit}>
        <div class="pair">
          <label>${words.name} <input name="name" required maxlength="400" /></label>
          <label>${words.slug} <input name="slug" required maxlength="63" pattern="[a-z0-9][a-z0-9\\-]*" dir="ltr" autocapitalize="none" spellcheck="false" /></label>
          <label>${words.url} <input name="url" type="url" required maxlength="2048" dir="ltr" placeholder="https://" /></label>
          <label>${words.account} <input name="account" required pattern="0x[0-9a-fA-F]{40}" dir="ltr" autocapitalize="none" spellcheck="false" /></label>
          <label>${words.email} <input name="email" type="email" maxlength="254" dir="ltr" /></label>
          <label>${words.did}
            <select name="did">
              ${dids.map((did) => html`<option value=${did}>${words.dids[did === '' ? 'default' : did]}</option>`)}
            </select>
          </label>
        </div>
        <label>${words.description} <textarea name="description" rows="2" maxlength="4000"></textarea></label>
        <p class="mind" role="alert">${this.problem}</p>
        <p><button ?disabled=${this.isBusy}>${words.button}</button></p>
        <div class="made" role="status">${this.made ? this.#madeView(this.made) : nothing}</div>
      </form>
    </section>`
  }

  #madeView({ name, key }: { readonly name: string; readonly key: string }): TemplateResult {
    const words = adminWords().create
    return html`<p class="good">${words.done(visible(name))}</p>
      <pre tabindex="0" dir="ltr">${key}</pre>
      <p class="row"><button type="button" class="quiet" @click=${() => this.#copy(key)}>${words.copy}</button> <span>${this.told}</span></p>`
  }

  #load = async () => {
    try {
      const { issuers, next } = await listIssuers()
      this.issuers = issuers
      this.next = next
    } catch (thrown) {
      trouble(this, thrown)
    }
  }

  #more = async () => {
    try {
      const { issuers, next } = await listIssuers(this.next)
      this.issuers = [...(this.issuers ?? []), ...issuers]
      this.next = next
    } catch (thrown) {
      trouble(this, thrown)
    }
  }

  #onSubmit = async (event: SubmitEvent) => {
    event.preventDefault()
    const form = event.target as HTMLFormElement
    this.isBusy = true
    this.problem = ''
    this.made = undefined
    this.told = ''
    const issuer = readIssuer(new FormData(form))
    try {
      const { key } = await createIssuer(issuer)
      this.made = { name: issuer.profile.name, key: key.key }
      form.reset()
      await this.#load()
    } catch (thrown) {
      if (thrown instanceof ConsoleError && thrown.status !== 401 && thrown.status !== 0) {
        this.problem = consoleWords().failed(thrown.message)
      } else trouble(this, thrown)
    }
    this.isBusy = false
  }

  async #copy(key: string): Promise<void> {
    const done = await navigator.clipboard.writeText(key).then(
      () => true,
      () => false,
    )
    this.told = done ? consoleWords().anchor.copied : ''
  }
}

/** What the form says; the service parses it. */
function readIssuer(data: FormData): NewIssuer {
  const text = (name: string) => String(data.get(name) ?? '').trim()
  const [did, email, description] = [text('did'), text('email'), text('description')]
  return {
    slug: text('slug'),
    account: text('account'),
    ...(did !== '' && { did }),
    profile: {
      name: text('name'),
      url: text('url'),
      ...(description !== '' && { description }),
      ...(email !== '' && { email }),
    },
  }
}

function issuerView(issuer: ListedIssuer): TemplateResult {
  const words = adminWords().issuers
  const { slug, name, did, account, createdAt, keys } = issuer
  const number = (count: number) => count.toLocaleString(site().locale)
  const fact = (term: string, value: unknown) => html`<div><dt>${term}</dt><dd>${value}</dd></div>`
  return html`<article class="card" aria-labelledby=${`issuer-${slug}`}>
    <h3 id=${`issuer-${slug}`}>${shown(name, 120)}</h3>
    <p class="aside"><a href=${pathOf(`issuers/${slug}`)}>${slug}</a> · ${words.since(momentOf(createdAt))}</p>
    <dl class="facts figures">
      ${fact(words.batches, number(issuer.batches))} ${fact(words.credentials, number(issuer.credentials))}
      ${fact(words.anchored, number(issuer.anchored))}
      ${fact(words.account, html`<code dir="ltr">${account}</code>`)} ${fact('DID', html`<code dir="ltr">${did}</code>`)}
    </dl>
    <details>
      <summary>${words.keys}: ${number(keys.length)}</summary>
      <div class="keys">
        <ul>${keys.map(({ id, createdAt: made }) => html`<li><code dir="ltr">${id}</code> <small>${words.made(momentOf(made))}</small></li>`)}</ul>
        ${
          keys.length === 0
            ? nothing
            : html`<p class="aside">${words.keysNote}</p>
            <pre tabindex="0" dir="ltr">${keyCommands(issuer)}</pre>`
        }
      </div>
    </details>
  </article>`
}

/** Makes a further key, and deletes the oldest; docs/operations.md has it as “Rotate a key”. */
function keyCommands({ slug, keys: [oldest] }: ListedIssuer): string {
  const url = new URL(pathOf(`issuers/${slug}/keys`), location.href).href
  const header = '-H "Authorization: Bearer $KEY"'
  const make = `curl -X POST ${url} ${header}`
  return oldest ? `${make}\ncurl -X DELETE ${url}/${oldest.id} ${header}` : make
}

customElements.define('admin-issuers', AdminIssuers)
