import { html, nothing, svg, type TemplateResult } from 'lit'
import { issuer } from '../words/issuer.ts'
import { site } from '../words/site.ts'
import type { IssuerLog, Sums } from './log.ts'
import { grouped } from './sums.ts'

const words = () => issuer().picture
const kinds = ['inForce', 'suspended', 'revoked', 'withdrawn'] as const
type Kind = (typeof kinds)[number]

/** Units of the drawing: a column a period. It is stretched to the room there is. */
const column = 10
const height = 200
/** Whatever is there shows, be it one in a thousand. */
const leastBar = 4

const day = (time: number) => dated(time, { dateStyle: 'medium' })
const dayAndHour = (time: number) => dated(time, { dateStyle: 'medium', timeStyle: 'short' })
const dated = (time: number, style: Intl.DateTimeFormatOptions) =>
  new Date(time).toLocaleString(site().locale, { ...style, timeZone: 'UTC' })

/** Credentials by the time of their anchor, and what became of them. */
export function pictureView({ periods, published }: IssuerLog): TemplateResult | typeof nothing {
  const [first] = periods
  const last = periods.at(-1)
  if (!first || !last) return nothing
  const isFine = Date.parse(first.until) - Date.parse(first.from) < 86_400_000
  const at = (iso: string) => (isFine ? dayAndHour : day)(Date.parse(iso))
  const most = periods.reduce((max, { credentials }) => Math.max(max, credentials), 1)
  const scale = height / most
  const middle = periods[Math.floor(periods.length / 2)] ?? first
  const shown = kinds.filter((kind) => kind === 'inForce' || amount(published, kind) > 0)
  const filled = periods.filter(({ batches }) => batches > 0)
  return html`<section class="picture" aria-labelledby="picture">
    <h2 id="picture">${words().title}</h2>
    <ul class="legend">
      ${shown.map((kind) => legend(kind, amount(published, kind)))}
    </ul>
    <figure>
      <p class="most" aria-hidden="true">${words().most(grouped(most))}</p>
      <svg
        class="drawing"
        viewBox="0 0 ${periods.length * column} ${height}"
        preserveAspectRatio="none"
        role="img"
        aria-label=${words().summary(grouped(published.credentials), at(first.from), at(last.until))}
      >
        <line class="base" x1="0" x2=${periods.length * column} y1=${height} y2=${height} />
        ${periods.map((period, i) => bar(period, i * column, scale))}
      </svg>
      <p class="axis" aria-hidden="true">
        <span>${at(first.from)}</span><span>${at(middle.from)}</span><span>${at(last.until)}</span>
      </p>
    </figure>
    <p class="aside">${words().note}</p>
    <details>
      <summary>${words().numbers}</summary>
      <div class="scroll" tabindex="0" role="group" aria-label=${words().numbers}>
        <table>
          <thead>
            <tr>
              <th scope="col">${words().period}</th>
              ${[words().batches, words().credentials, words().suspended, words().revoked, words().withdrawn].map((term) => html`<th scope="col" class="count">${term}</th>`)}
            </tr>
          </thead>
          <tbody>
            ${filled.map(
              ({ from, batches, credentials, suspended, revoked, withdrawn }) =>
                html`<tr>
                  <th scope="row">${at(from)}</th>
                  ${[batches, credentials, suspended, revoked, withdrawn].map((count) => html`<td class="count">${grouped(count)}</td>`)}
                </tr>`,
            )}
          </tbody>
        </table>
      </div>
    </details>
  </section>`
}

function amount(sums: Sums, kind: Kind): number {
  const { credentials, revoked, suspended, withdrawn } = sums
  return kind === 'inForce' ? credentials - revoked - suspended - withdrawn : sums[kind]
}

function legend(kind: Kind, count: number): TemplateResult {
  return html`<li>
    <svg viewBox="0 0 12 12" aria-hidden="true"><rect class=${kind} x="1" y="1" width="10" height="10" /></svg>
    ${grouped(count)} ${words()[kind]}
  </li>`
}

/** The ended stand at the foot, so that they are compared with one another. */
function bar(sums: Sums, x: number, scale: number): TemplateResult {
  let y = height
  const parts = kinds.toReversed().flatMap((kind) => {
    const count = amount(sums, kind)
    if (count === 0) return []
    const tall = Math.max(leastBar, count * scale)
    y -= tall
    return svg`<rect class=${kind} x=${x + 1.5} y=${Math.max(0, y).toFixed(1)} width=${column - 3} height=${tall.toFixed(1)} />`
  })
  return svg`${parts}`
}
