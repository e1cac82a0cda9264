import { css, html, LitElement, nothing, type TemplateResult, unsafeCSS } from 'lit'
import type { VerifiedCredential } from '../../core/competencies/claim.ts'
import { InvalidInputError } from '../../core/error.ts'
import { parseJson } from '../../core/json.ts'
import {
  type Pathway,
  parsePathway,
  parseRequirement,
  pathwayFormat,
  type Requirement,
} from '../../core/pathway/pathway.ts'
import type { HeldText } from '../../core/portfolio/portfolio.ts'
import { pathwayOf } from '../../core/portfolio/progress.ts'
import { followLanguage } from '../language.ts'
import base from '../styles/base.css?inline'
import styles from '../styles/portfolio.css?inline'
import { prose, shown, visible } from '../text.ts'
import { portfolio as words } from '../words/portfolio.ts'
import { type Offer, readOffers } from './offers.ts'
import { clausesView, missingView, wallView } from './progress-view.ts'
import { nothingHeld, type Possession, reachedWith } from './reached.ts'
import { troubleView } from './trouble.ts'

/** Pathways that the holder is on, each as a picture of what is done and what is missing. Tells `wanted` (an address) and `removed` events. */
export class PortfolioPaths extends LitElement {
  static override styles = [base, styles].map(
    (sheet) => css`
      ${unsafeCSS(sheet)}
    `,
  )
  static override properties = {
    texts: { attribute: false },
    possession: { attribute: false },
    offers: { state: true },
    trouble: { state: true },
  }
  declare texts: readonly HeldText[]
  declare possession: Possession
  /** Pathways that issuers of what is kept have published here, once somebody asked. */
  declare offers: readonly Offer[] | undefined
  declare trouble: InvalidInputError | undefined

  constructor() {
    super()
    this.texts = []
    this.possession = nothingHeld
    followLanguage(this)
  }

  override render(): TemplateResult {
    const { paths } = words()
    const offered = this.#offered()
    return html`<section aria-labelledby="paths">
      <h2 id="paths">${paths.title}</h2>
      <p class="how">${paths.lead}</p>
      ${this.texts.map((held) => this.#pathView(held))}
      ${
        offered.length === 0
          ? nothing
          : html`<h3>${paths.offers}</h3>
              <ul class="offers">
                ${offered.map(({ id, name }) => html`<li>${shown(name, 200)} <button type="button" class="quiet" aria-label=${paths.followNamed(visible(name).slice(0, 80))} @click=${() => this.#want(id)}>${paths.follow}</button></li>`)}
              </ul>`
      }
      <p><button type="button" class="quiet" @click=${this.#onLook}>${paths.look}</button></p>
      <p class="aside how">${paths.lookHow}</p>
      <p role="status">${this.offers && offered.length === 0 ? paths.lookNone : nothing}</p>
      <div role="alert">${this.trouble ? troubleView(this.trouble) : nothing}</div>
    </section>`
  }

  #pathView(held: HeldText): TemplateResult {
    const { paths } = words()
    const read = readHeld(held)
    if (read instanceof InvalidInputError) return troubleView(read)
    const progress = reachedWith(this.possession, read)
    const award = 'id' in read ? this.#awardOf(read) : undefined
    return html`<article class=${`path ${progress.outcome}`}>
      <h3>${shown(read.name, 200)}</h3>
      ${typeof read.document['description'] === 'string' ? prose(read.document['description']) : nothing}
      ${wallView(read, progress, this.possession.verified)}
      <p class="standing"><strong>${award ? paths.awarded : paths.standing[progress.outcome]}</strong></p>
      ${missingView(progress)}
      <details>
        <summary>${paths.details}</summary>
        ${clausesView(read.rule, progress.clause)}
      </details>
      <button type="button" class="quiet" aria-label=${paths.removeNamed(visible(read.name).slice(0, 80))} @click=${() => this.#remove(held)}>${paths.remove}</button>
    </article>`
  }

  /** An award of this pathway that is kept already. */
  #awardOf({ id }: Pathway): VerifiedCredential | undefined {
    return this.possession.verified.find(
      ({ document, report }) => report.verdict === 'valid' && pathwayOf(document) === id,
    )
  }

  /** Pathways of the awards that are kept, and what was found here, without those that are followed. */
  #offered(): readonly Offer[] {
    const followed = new Set(
      this.texts.map(readHeld).flatMap((read) => ('id' in read ? [read.id] : [])),
    )
    const ofAwards = this.possession.verified.flatMap(({ document, report }) => {
      const id = pathwayOf(document)
      const isReadable = id !== undefined && /^https?:/.test(id)
      return isReadable ? [{ id, name: report.credential?.name ?? id }] : []
    })
    const offers = new Map([...ofAwards, ...(this.offers ?? [])].map((one) => [one.id, one]))
    return [...offers.values()].filter(({ id }) => !followed.has(id))
  }

  #want(address: string): void {
    this.dispatchEvent(new CustomEvent<string>('wanted', { detail: address }))
  }

  #remove(held: HeldText): void {
    this.dispatchEvent(new CustomEvent<HeldText>('removed', { detail: held }))
  }

  #onLook = async () => {
    this.trouble = undefined
    try {
      this.offers = await readOffers(this.possession.verified)
    } catch (thrown) {
      if (!(thrown instanceof InvalidInputError)) throw thrown
      this.trouble = thrown
    }
  }
}

const known = new WeakMap<HeldText, Pathway | Requirement | InvalidInputError>()

/** A pathway or requirement that is kept, parsed once. */
function readHeld(held: HeldText): Pathway | Requirement | InvalidInputError {
  const read = known.get(held) ?? parseHeld(held.text)
  known.set(held, read)
  return read
}

function parseHeld(text: string): Pathway | Requirement | InvalidInputError {
  try {
    const document = parseJson(text) as { readonly format?: unknown }
    return document.format === pathwayFormat ? parsePathway(document) : parseRequirement(document)
  } catch (thrown) {
    if (thrown instanceof InvalidInputError) return thrown
    throw thrown
  }
}

customElements.define('portfolio-paths', PortfolioPaths)
