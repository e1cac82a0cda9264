import {
  css,
  html,
  LitElement,
  nothing,
  type PropertyValues,
  type TemplateResult,
  unsafeCSS,
} from 'lit'
import './badge-picture.ts'
import { checksView } from './checks.ts'
import { credentialView } from './credential.ts'
import { disclosureView } from './disclosure.ts'
import { evidenceView } from './evidence.ts'
import { followLanguage } from './language.ts'
import type { Run } from './run.ts'
import base from './styles/base.css?inline'
import credentialStyles from './styles/credential.css?inline'
import styles from './styles/report.css?inline'
import verdictStyles from './styles/verdict.css?inline'
import { verdictView } from './verdict.ts'

/** Shows one run from its first check to its verdict, credential and evidence. */
export class CheckReport extends LitElement {
  static override styles = [base, verdictStyles, styles, credentialStyles].map(
    (sheet) => css`
      ${unsafeCSS(sheet)}
    `,
  )
  static override properties = { run: { attribute: false }, command: { state: true } }
  declare run: Run | undefined
  /** Repeats what the registry was asked; made when somebody looks. */
  declare command: string | undefined

  constructor() {
    super()
    this.run = undefined
    followLanguage(this)
  }

  override willUpdate(changed: PropertyValues): void {
    if (changed.has('run')) this.command = undefined
  }

  override render(): TemplateResult | typeof nothing {
    const { run } = this
    if (!run) return nothing
    const settled = run.state === 'settled' || run.state === 'refused'
    return html`${verdictView(run)}
      ${settled ? disclosureView(run.asked) : nothing}
      ${
        run.state === 'refused'
          ? nothing
          : html`<div class="columns">
              ${checksView(run.checks)} ${run.report ? credentialView(run.report, run.content) : nothing}
            </div>`
      }
      ${
        run.report
          ? evidenceView(run.report, { command: this.command, onOpen: this.#onEvidence })
          : nothing
      }`
  }

  #onEvidence = async () => {
    const { run } = this
    const { anchor } = run?.report ?? {}
    if (!anchor || run?.content === undefined || this.command !== undefined) return
    const { repeatingCommand } = await import('./repeat.ts')
    const command = await repeatingCommand(run.content, anchor)
    if (this.run === run) this.command = command
  }

  /** Moves reading and keyboard to the verdict. */
  async focusVerdict(): Promise<void> {
    await this.updateComplete
    this.renderRoot.querySelector<HTMLElement>('#verdict')?.focus()
  }
}

customElements.define('check-report', CheckReport)
