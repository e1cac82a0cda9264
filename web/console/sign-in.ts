import { css, html, LitElement, nothing, type TemplateResult, unsafeCSS } from 'lit'
import { followLanguage } from '../language.ts'
import base from '../styles/base.css?inline'
import styles from '../styles/console.css?inline'
import { consoleWords } from '../words/console.ts'
import { type ConsoleError, signIn } from './service.ts'

/** Takes a key and gives it to the service, which answers with a cookie; the key is not kept. */
export class ConsoleSignIn extends LitElement {
  static override styles = [base, styles].map(
    (sheet) => css`
      ${unsafeCSS(sheet)}
    `,
  )
  static override properties = {
    isOver: { attribute: false },
    problem: { state: true },
    isBusy: { state: true },
  }
  declare isOver: boolean
  declare problem: string
  declare isBusy: boolean

  constructor() {
    super()
    this.isOver = false
    this.problem = ''
    this.isBusy = false
    followLanguage(this)
  }

  override render(): TemplateResult {
    const words = consoleWords().signIn
    const { problem } = this
    return html`<section class="sign-in">
      ${this.isOver ? html`<p class="problem" role="alert">${consoleWords().over}</p>` : nothing}
      ${this.isOver ? html`<h2>${words.title}</h2>` : html`<h1>${consoleWords().title}</h1>`}
      <p class="lead">${words.lead}</p>
      <form class="card" @submit=${this.#onSubmit}>
        <label for="key">${words.key}</label>
        <input id="key" name="key" type="password" autocomplete="current-password" required
          spellcheck="false" dir="ltr" aria-describedby="hint" aria-invalid=${problem ? 'true' : nothing} />
        <p id="hint" class="aside">${words.hint}</p>
        <p class="mind" role="alert">${problem}</p>
        <button ?disabled=${this.isBusy}>${words.button}</button>
      </form>
    </section>`
  }

  override firstUpdated(): void {
    // Whoever was at work further down is brought to what stops it.
    if (this.isOver) this.renderRoot.querySelector('input')?.focus()
  }

  #onSubmit = async (event: SubmitEvent) => {
    event.preventDefault()
    const words = consoleWords()
    const field = this.renderRoot.querySelector('input') as HTMLInputElement
    this.isBusy = true
    this.problem = ''
    try {
      const session = await signIn(field.value)
      field.value = ''
      this.dispatchEvent(new CustomEvent('signed-in', { detail: session }))
    } catch (thrown) {
      const { status, message } = thrown as ConsoleError
      this.problem =
        status === 401
          ? words.signIn.wrong
          : status === 0
            ? words.unreachable
            : words.failed(message)
    }
    this.isBusy = false
    if (this.problem) field.focus()
  }
}

customElements.define('console-sign-in', ConsoleSignIn)
