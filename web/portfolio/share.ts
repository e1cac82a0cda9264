import { css, html, LitElement, nothing, type TemplateResult, unsafeCSS } from 'lit'
import { summarizeAward } from '../../core/award-terms.ts'
import type { JsonObject } from '../../core/canonical.ts'
import { InvalidInputError } from '../../core/error.ts'
import { makePresentation, presentationFragment } from '../../core/portfolio/presentation.ts'
import type { Progress } from '../../core/portfolio/progress.ts'
import { type Question, questionFragment } from '../../core/question.ts'
import { didKeySigner, makeSigningKey } from '../../core/signing-key.ts'
import { followLanguage } from '../language.ts'
import { lookOf } from '../look.ts'
import { saveFile } from '../save.ts'
import base from '../styles/base.css?inline'
import styles from '../styles/portfolio.css?inline'
import { shown } from '../text.ts'
import { portfolio as words } from '../words/portfolio.ts'
import { wordOf } from '../words/report.ts'
import { type Checked, idOf } from './checked.ts'
import { serviceUrl } from './offers.ts'
import { fieldsView, termsIn } from './share-form.ts'
import { troubleView } from './trouble.ts'

/** What was made, to be handed over. */
interface Made {
  readonly json: string
  /** Absent where it is too large for a link. */
  readonly link: string | undefined
  readonly count: number
}

/** Hands chosen credentials over, on the holder's terms. Nothing is sent: a link or a file is made. */
export class PortfolioShare extends LitElement {
  static override styles = [base, styles].map(
    (sheet) => css`
      ${unsafeCSS(sheet)}
    `,
  )
  static override properties = {
    checked: { attribute: false },
    seed: { attribute: false },
    question: { attribute: false },
    chosen: { state: true },
    made: { state: true },
    trouble: { state: true },
    told: { state: true },
    wish: { state: true },
  }
  /** What may be chosen: what is kept, as far as it was looked at. */
  declare checked: readonly Checked[]
  declare seed: Uint8Array | undefined
  declare question: Question | undefined
  declare chosen: ReadonlySet<Checked['held']>
  declare made: Made | undefined
  declare trouble: InvalidInputError | undefined
  declare told: string
  /** Part of a name by which the list is narrowed. */
  declare wish: string

  constructor() {
    super()
    this.checked = []
    this.chosen = new Set()
    this.told = ''
    this.wish = ''
    followLanguage(this)
  }

  override render(): TemplateResult {
    const { share } = words()
    return html`<section aria-labelledby="share">
      <h2 id="share" tabindex="-1">${share.title}</h2>
      <p>${share.lead}</p>
      <form @submit=${this.#onSubmit} @input=${this.#onInput}>
        ${this.#choiceView()} ${fieldsView(this.question, this.seed !== undefined)}
        <p class="aside">${this.seed ? share.signed : share.unsigned}</p>
        <p class="aside">${share.final}</p>
        <button type="submit">${share.make}</button>
      </form>
      <div role="alert">${this.trouble ? troubleView(this.trouble) : nothing}</div>
      ${this.made ? this.#madeView(this.made) : nothing}
      <p class="told" role="status">${this.told}</p>
    </section>`
  }

  /** Chooses what answers a question, and brings the form into view. */
  async answer({ clause, places }: Progress, verified: readonly Checked[]): Promise<void> {
    const statements = new Set(statementsIn(clause))
    const chosen = verified.filter(
      (one, place) =>
        places.includes(place) || (one.verified && statements.has(idOf(one.verified.document))),
    )
    this.chosen = new Set(chosen.map(({ held }) => held))
    this.made = undefined
    await this.updateComplete
    const title = this.renderRoot.querySelector<HTMLElement>('#share')
    title?.scrollIntoView()
    title?.focus()
  }

  #choiceView(): TemplateResult {
    const { share } = words()
    const able = this.checked.filter(({ verified }) => verified)
    const wish = this.wish.toLowerCase()
    const listed = able.filter(
      (one) => this.chosen.has(one.held) || nameOf(one).toLowerCase().includes(wish),
    )
    const parts = this.#partsLeftOut()
    return html`<fieldset>
      <legend>${share.choose}</legend>
      ${able.length > 20 ? html`<label>${share.find}<input name="find" type="search" autocomplete="off" /></label>` : nothing}
      ${able.length === 0 ? html`<p>${share.none}</p>` : nothing}
      <ul class="choices">
        ${listed.slice(0, mostChoices).map(
          (one) => html`<li><label>
            <input type="checkbox" .checked=${this.chosen.has(one.held)} @change=${(event: Event) => this.#choose(one, event)} />
            <span>${shown(nameOf(one), 200)} <small>${one.verified ? wordOf(lookOf(one.verified.report)) : ''}</small></span>
          </label></li>`,
        )}
      </ul>
      ${
        parts.length === 0
          ? nothing
          : html`<p>${share.parts} <button type="button" class="quiet" @click=${() => this.#add(parts)}>${share.addParts(parts.length)}</button></p>`
      }
    </fieldset>`
  }

  #madeView({ link, count }: Made): TemplateResult {
    const { share } = words()
    return html`<div class="made">
      <h3 tabindex="-1">${share.made(count)}</h3>
      ${
        link === undefined
          ? html`<p>${share.tooLong}</p>`
          : html`<label>${share.link}<input readonly dir="ltr" .value=${link} @focus=${(event: Event) => (event.target as HTMLInputElement).select()} /></label>
              <p class="aside">${share.linkHow}</p>`
      }
      <div class="buttons">
        ${link === undefined ? nothing : html`<button type="button" @click=${() => this.#onCopy(link)}>${share.copy}</button><a class="button quiet" href=${link} target="_blank" rel="noopener">${share.look}</a>`}
        <button type="button" class="quiet" @click=${this.#onSave}>${share.save}</button>
      </div>
    </div>`
  }

  /** Parts of awards that are chosen, which are kept and not chosen: with them the award can be followed. */
  #partsLeftOut(): readonly Checked[] {
    const ids = new Set(
      this.checked
        .filter(({ held }) => this.chosen.has(held))
        .flatMap(({ verified }) => (verified ? partIdsOf(verified.document) : [])),
    )
    return this.checked.filter(
      ({ held, verified }) =>
        verified && !this.chosen.has(held) && ids.has(idOf(verified.document)),
    )
  }

  #choose({ held }: Checked, event: Event): void {
    const isChosen = (event.target as HTMLInputElement).checked
    const others = [...this.chosen].filter((one) => one !== held)
    this.chosen = new Set(isChosen ? [...others, held] : others)
    this.made = undefined
  }

  #add(more: readonly Checked[]): void {
    this.chosen = new Set([...this.chosen, ...more.map(({ held }) => held)])
  }

  async #make(form: HTMLFormElement): Promise<void> {
    const { seed, question } = this
    this.trouble = undefined
    this.made = undefined
    this.told = ''
    try {
      const signer = seed && didKeySigner(await makeSigningKey(seed))
      const credentials = this.checked
        .filter(({ held }) => this.chosen.has(held))
        .map(({ held }) => held.text)
      const { challenge, ...terms } = termsIn(new FormData(form), question)
      const request = { ...terms, credentials, ...(challenge && signer && { challenge }) }
      const presentation = await makePresentation(request, {
        now: Date.now(),
        ...(signer && { signer }),
      })
      const fragment = await presentationFragment(presentation)
      const asked = question && (await questionFragment(question))
      const hash = [fragment, asked].filter((part) => part !== undefined).join('&')
      const link = fragment && new URL(`presentation#${hash}`, serviceUrl()).href
      this.made = { json: JSON.stringify(presentation), link, count: credentials.length }
      await this.updateComplete
      this.renderRoot.querySelector<HTMLElement>('.made h3')?.focus()
    } catch (thrown) {
      if (!(thrown instanceof InvalidInputError)) throw thrown
      this.trouble = thrown
    }
  }

  #onSubmit = (event: Event) => {
    event.preventDefault()
    void this.#make(event.target as HTMLFormElement)
  }

  #onInput = (event: Event) => {
    const field = event.target as HTMLInputElement
    if (field.name === 'find') this.wish = field.value
    // What was made says something else from now on.
    else this.made = undefined
  }

  #onCopy = async (link: string) => {
    await navigator.clipboard.writeText(link)
    this.told = words().share.copied
  }

  #onSave = () => {
    if (this.made) saveFile('presentation.json', 'application/json', this.made.json)
  }
}

/** Choices that are listed at once. */
const mostChoices = 100

function nameOf({ verified }: Checked): string {
  return verified?.report.credential?.name ?? ''
}

function partIdsOf(document: JsonObject): readonly string[] {
  const summary = summarizeAward(document)
  return summary && 'parts' in summary ? summary.parts : []
}

/** Statements of equivalence by which something counts: without them the answer would not meet the question. */
function statementsIn({ components, rules }: Progress['clause']): readonly string[] {
  return [...components.flatMap(({ by }) => (by ? [by.id] : [])), ...rules.flatMap(statementsIn)]
}

customElements.define('portfolio-share', PortfolioShare)
