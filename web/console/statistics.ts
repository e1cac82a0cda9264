import { html, nothing, svg, type TemplateResult } from 'lit'
import { consoleWords } from '../words/console.ts'
import { site } from '../words/site.ts'
import type { Credential } from './service.ts'

/** A part of a bar: its look, its word, how much it is. */
export type Part = readonly [look: string, word: string, count: number]

const width = 1000
const height = 24
/** Whatever is there shows, be it one in a thousand. */
const least = 6

/** A bar of parts of one whole, and the same in words. */
export function barView(summary: string, parts: readonly Part[]): TemplateResult {
  const total = parts.reduce((sum, [, , count]) => sum + count, 0)
  let x = 0
  const pieces = parts.map(([look, , count]) => {
    if (count === 0) return nothing
    const wide = Math.max(least, (count / Math.max(1, total)) * width)
    const piece = svg`<rect class=${look} x=${x.toFixed(1)} y="0" width=${Math.min(wide, width - x).toFixed(1)} height=${height} />`
    x += wide
    return piece
  })
  return html`<figure class="picture">
    <svg viewBox="0 0 ${width} ${height}" preserveAspectRatio="none" role="img" aria-label=${summary}>${pieces}</svg>
    <figcaption>
      <ul class="legend">
        ${parts.map(
          ([look, word, count]) =>
            html`<li><svg viewBox="0 0 12 12" aria-hidden="true"><rect class=${look} x="1" y="1" width="10" height="10" /></svg> ${count.toLocaleString(site().locale)} ${word}</li>`,
        )}
      </ul>
    </figcaption>
  </figure>`
}

/** How a credential stands; one of a withdrawn batch no longer does, nor one whose time is over. */
export function chipView(
  { status, validUntil }: Pick<Credential, 'status' | 'validUntil'>,
  isWithdrawn: boolean,
): TemplateResult {
  const words = consoleWords()
  const chip = (look: string, word: string) => html`<span class="chip ${look}">${word}</span>`
  if (isWithdrawn && status !== 'revoked') {
    return chip('revoked', words.credentials.statuses.withdrawn)
  }
  const isOver =
    status === 'active' && validUntil !== undefined && Date.parse(validUntil) < Date.now()
  return isOver
    ? chip('expired', words.credentials.statuses.expired)
    : chip(status, words.credentials.statuses[status])
}
