import { html, type TemplateResult } from 'lit'
import type { InvalidInputError } from '../../core/error.ts'
import { PageRefusal } from '../refusal.ts'
import { coreText, shown } from '../text.ts'
import { troubleOf } from '../words/portfolio.ts'
import { explain } from '../words/report.ts'

/** What went wrong and what to do, in the page's language where it has words for it. */
export function troubleView(thrown: InvalidInputError): TemplateResult {
  return html`<p class="problem">${troubleText(thrown)}</p>`
}

export function troubleText(thrown: InvalidInputError): TemplateResult {
  const said = troubleOf(thrown.code)
  if (said !== undefined) return html`${said}`
  if (thrown instanceof PageRefusal) return shown(thrown.message)
  const known = explain(thrown.code)
  if (known) return html`${known.headline}. ${known.next}`
  return coreText(thrown.message)
}
