import { html, nothing, type TemplateResult } from 'lit'
import './language-choice.ts'
import { brandMark } from './brand.ts'
import { site } from './words/site.ts'

/** The head of every page: whose it is, a way elsewhere where there is one, and the language. */
export function headerView(way: TemplateResult | typeof nothing = nothing): TemplateResult {
  return html`<header>
    <p class="brand">${brandMark} ${site().brand}</p>
    <div class="ways">${way}<language-choice></language-choice></div>
  </header>`
}
