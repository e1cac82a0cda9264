import { html, type TemplateResult } from 'lit'
import type { JsonObject } from '../../core/canonical.ts'
import { requirementWords } from '../words/requirement.ts'

/** The requirement as JSON, which can be changed, pasted and loaded. */
export function jsonView(
  document: JsonObject,
  isOpen: boolean,
  take: (from: string | File) => void,
): TemplateResult {
  const words = requirementWords().json
  const onUse = (event: Event) => {
    const details = (event.target as HTMLElement).closest('details')
    take(details?.querySelector('textarea')?.value ?? '')
  }
  const onFile = (event: Event) => {
    const input = event.target as HTMLInputElement
    const [file] = input.files ?? []
    if (file) take(file)
    input.value = '' // The same file, corrected, can be chosen again.
  }
  return html`<details class="json" ?open=${isOpen}>
    <summary>${words.title}</summary>
    <p class="aside">${words.note}</p>
    <label for="json">${words.text}</label>
    <textarea id="json" rows="14" dir="ltr" spellcheck="false" .value=${JSON.stringify(document, null, 2)}></textarea>
    <p class="row">
      <button type="button" class="quiet" @click=${onUse}>${words.use}</button>
      <label class="file">${words.open} <input type="file" accept=".json,application/json" @change=${onFile} /></label>
    </p>
  </details>`
}
