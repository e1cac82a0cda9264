import { css, html, LitElement, type TemplateResult, unsafeCSS } from 'lit'
import { followLanguage } from '../language.ts'
import { csvOf } from '../many/csv.ts'
import { saveFile } from '../save.ts'
import base from '../styles/base.css?inline'
import styles from '../styles/console.css?inline'
import { consoleWords } from '../words/console.ts'
import { type Batch, makeLinks } from './service.ts'
import { trouble } from './trouble.ts'

/** A browser holds the links of so many; those of more are had through the API. */
const most = 100_000

/** Gives the issuer the learners' links of an anchored batch, as a table to send them with. */
export class ConsoleHandOut extends LitElement {
  static override styles = [base, styles].map(
    (sheet) => css`
      ${unsafeCSS(sheet)}
    `,
  )
  static override properties = {
    batch: { attribute: false },
    isBusy: { state: true },
    told: { state: true },
  }
  declare batch: Batch
  declare isBusy: boolean
  declare told: string

  constructor() {
    super()
    this.isBusy = false
    this.told = ''
    followLanguage(this)
  }

  override render(): TemplateResult {
    const words = consoleWords().handOut
    return html`<section aria-labelledby="hand-out">
      <h3 id="hand-out">${words.title}</h3>
      <p class="aside">${words.note}</p>
      ${
        this.batch.size > most
          ? html`<p>${words.many}</p>`
          : html`<p class="row">
            <button type="button" class="quiet" ?disabled=${this.isBusy} @click=${this.#save}>${words.button}</button>
            <span role="status">${this.isBusy ? words.making : this.told}</span>
          </p>`
      }
    </section>`
  }

  #save = async () => {
    this.isBusy = true
    this.told = ''
    try {
      const links = await makeLinks(this.batch.id)
      const rows = links.map(({ holder, url, id }) => [holder, url, `urn:uuid:${id}`])
      const table = csvOf([['holder', 'url', 'id'], ...rows])
      saveFile(`links-${this.batch.id}.csv`, 'text/csv;charset=utf-8', table)
      this.told = consoleWords().handOut.done(links.length)
    } catch (thrown) {
      trouble(this, thrown)
    }
    this.isBusy = false
  }
}

customElements.define('console-hand-out', ConsoleHandOut)
