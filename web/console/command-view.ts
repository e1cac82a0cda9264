import { css, html, LitElement, nothing, type TemplateResult, unsafeCSS } from 'lit'
import { networkOf } from '../../core/networks.ts'
import { followLanguage } from '../language.ts'
import { saveFile } from '../save.ts'
import base from '../styles/base.css?inline'
import styles from '../styles/console.css?inline'
import { consoleWords } from '../words/console.ts'
import { standing } from '../words/standing.ts'
import { indexFile, type OwnCommand } from './command.ts'

/** A command to run with the issuer's own key, to copy, with the file it needs and what has to be set for its network. */
export class ConsoleCommand extends LitElement {
  static override styles = [base, styles].map(
    (sheet) => css`
      ${unsafeCSS(sheet)}
    `,
  )
  static override properties = {
    command: { attribute: false },
    chainId: { attribute: false },
    told: { state: true },
  }
  declare command: OwnCommand
  declare chainId: number
  declare told: string

  constructor() {
    super()
    this.told = ''
    followLanguage(this)
  }

  override render(): TemplateResult {
    const words = consoleWords().anchor
    const { text, file } = this.command
    return html`<div class="command">
      <pre tabindex="0" dir="ltr">${text}</pre>
      <p class="aside">${this.#networkNote()}</p>
      <p class="row">
        ${
          file === undefined
            ? nothing
            : html`<button type="button" class="quiet" @click=${() => saveFile(indexFile, 'text/plain', file)}>${standing().own.file(indexFile)}</button>`
        }
        <button type="button" class="quiet" @click=${this.#copy}>${words.copy}</button>
        <span role="status">${this.told}</span>
      </p>
    </div>`
  }

  #networkNote(): string {
    const words = standing().network
    const { kind, variable } = networkOf(this.chainId)
    if (kind === 'local') return words.local
    return kind === 'public' ? words.public(variable) : words.custom(String(this.chainId))
  }

  #copy = async () => {
    const done = await navigator.clipboard.writeText(this.command.text).then(
      () => true,
      () => false,
    )
    this.told = done ? consoleWords().anchor.copied : ''
  }
}

customElements.define('console-command', ConsoleCommand)
