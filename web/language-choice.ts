import { css, html, LitElement, type TemplateResult, unsafeCSS } from 'lit'
import { changeLanguage, followLanguage, type Language, language, languages } from './language.ts'
import base from './styles/base.css?inline'
import styles from './styles/language.css?inline'
import { site } from './words/site.ts'

/** Lets the visitor choose the language of the page, at any time: what is shown stays and is told anew. */
export class LanguageChoice extends LitElement {
  static override styles = [base, styles].map(
    (sheet) => css`
      ${unsafeCSS(sheet)}
    `,
  )

  constructor() {
    super()
    followLanguage(this)
  }

  override render(): TemplateResult {
    const current = language()
    return html`<label>
      <svg viewBox="0 0 24 24" aria-hidden="true"><circle cx="12" cy="12" r="9" /><path d="M3 12h18M12 3c-6 6-6 12 0 18M12 3c6 6 6 12 0 18" /></svg>
      <span class="hidden">${site().language}</span>
      <select @change=${this.#onChange}>
        ${Object.entries(languages).map(
          ([tag, name]) =>
            html`<option value=${tag} lang=${tag} ?selected=${tag === current}>${name}</option>`,
        )}
      </select>
    </label>`
  }

  #onChange = (event: Event) => {
    void changeLanguage((event.target as HTMLSelectElement).value as Language)
  }
}

customElements.define('language-choice', LanguageChoice)
