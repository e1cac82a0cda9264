import { html, nothing, type TemplateResult } from 'lit'
import { coreText } from '../text.ts'
import { standing } from '../words/standing.ts'
import type { Listed } from './listed.ts'
import { problemTable } from './roster-view.ts'

/** Takes a list of credentials, and shows each bad line in its place. Every text of the file is untrusted. */
export function listedView(
  listed: Listed | undefined,
  reading: string,
  isBusy: boolean,
  onList: (event: Event) => void,
): TemplateResult {
  const words = standing().list
  return html`<div class="list">
    <label>${words.label}
      <input id="list-file" type="file" accept=".csv,.ndjson,.jsonl,.txt" aria-describedby="list-note" ?disabled=${isBusy} @change=${onList} />
    </label>
    <p id="list-note" class="aside">${words.note}</p>
    <div role="status">${reading ? html`<p>${reading}</p>` : listed ? findings(listed) : nothing}</div>
    ${listed ? problemTable(listed) : nothing}
  </div>`
}

function findings({ refusal, problems, found }: Listed): TemplateResult {
  const words = standing().list
  if (refusal !== undefined) return html`<p class="mind">${coreText(refusal)}</p>`
  if (problems.length > 0) return html`<p class="mind">${words.bad(problems.length)}</p>`
  return html`<p class="good">${words.good(found.size)}</p>`
}
