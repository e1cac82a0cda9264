import { html, type TemplateResult } from 'lit'
import type { Asked } from './readers.ts'
import { report } from './words/report.ts'

/** Says whom this browser asked what for the check, and that the credential itself was not sent. */
export function disclosureView(asked: readonly Asked[]): TemplateResult {
  const { title, nothing, kept, purposes } = report().disclosure
  return html`<section class="disclosure" aria-labelledby="disclosure">
    <h2 id="disclosure">${title}</h2>
    ${
      asked.length === 0
        ? html`<p>${nothing}</p>`
        : html`<p>${kept}</p>
            <ul>
              ${asked.map(({ purpose, origin, count }) => html`<li>${purposes[purpose](origin, count)}</li>`)}
            </ul>`
    }
  </section>`
}
