import { html, nothing, type TemplateResult } from 'lit'
import { coreText, visible } from '../text.ts'
import { consoleWords } from '../words/console.ts'
import { mostShown, type Roster } from './roster.ts'

/** What a roster looks like, to be filled in with a spreadsheet. The mark at its start tells such programs that it is UTF-8. */
const exampleRoster = `\ufeffname,email,result
Zoë Ångström,zoe@example.org,1.3
Max Lê,max@example.org,2.0
`

/** Takes a roster, and shows each bad row in its place. Every text of the file is untrusted. */
export function rosterView(
  roster: Roster | 'reading' | undefined,
  onRoster: (event: Event) => void,
): TemplateResult {
  const words = consoleWords().roster
  return html`<label>${words.label}
      <input id="roster-file" type="file" accept=".csv,.json,.ndjson,.jsonl,.gz" aria-describedby="roster-note" @change=${onRoster} />
    </label>
    <p id="roster-note" class="aside">${words.columns} ${words.local}</p>
    <p><a href=${`data:text/csv;charset=utf-8,${encodeURIComponent(exampleRoster)}`} download="roster.csv">${words.example}</a></p>
    <div role="status">${roster === 'reading' ? words.reading : roster ? findings(roster) : nothing}</div>
    ${typeof roster === 'object' ? problemTable(roster) : nothing}`
}

function findings({ refusal, problems, count }: Roster): TemplateResult {
  const words = consoleWords().roster
  if (refusal !== undefined) return html`<p class="mind">${coreText(refusal)}</p>`
  if (problems.length > 0) return html`<p class="mind">${words.bad(problems.length)}</p>`
  return html`<p class="good">${words.good(count)}</p>`
}

/** Problems, each with its line of the file. Every text is untrusted. */
export function problemTable({ problems, lines }: Pick<Roster, 'problems' | 'lines'>) {
  if (problems.length === 0) return nothing
  const words = consoleWords().roster
  const rest = problems.length - mostShown
  return html`<div class="scroll" tabindex="0" role="group" aria-label=${words.problem}>
      <table class="rows">
        <thead>
          <tr>${[words.line, words.field, words.problem, words.row].map((term) => html`<th scope="col">${term}</th>`)}</tr>
        </thead>
        <tbody>
          ${problems.slice(0, mostShown).map(
            ({ line, field, message }) => html`<tr>
              <th scope="row">${line}</th>
              <td><code>${field === '' ? words.whole : visible(field)}</code></td>
              <td>${coreText(message)}</td>
              <td><code dir="auto">${visible(lines.get(line) ?? '')}</code></td>
            </tr>`,
          )}
        </tbody>
      </table>
    </div>
    ${rest > 0 ? html`<p class="aside">${words.others(rest)}</p>` : nothing}`
}
