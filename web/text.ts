import { html, nothing, type TemplateResult } from 'lit'
import { site } from './words/site.ts'

// Marks that reorder or hide text: bidirectional controls (Unicode UAX #9), zero-width marks, tags, C0 and C1 controls.
// ZWNJ and ZWJ stay: Persian, Hindi and emoji need them.
const hidden =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters to remove.
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\u{e0000}-\u{e007f}]/gu

// More marks on one letter than any script needs: they would be painted over the lines around it.
const stacked = /(?<=\p{M}{6})\p{M}+/gu

/** Untrusted text without the characters that make it look like other text, or cover other text. */
export function visible(text: string): string {
  return withLineFeeds(text)
    .replace(hidden, '')
    .replace(stacked, '')
    .replace(/\n{3,}/g, '\n\n')
}

/** What was removed, by its code points: a few of them tell enough. */
function removed(text: string): string {
  const plain = withLineFeeds(text)
  const found = [...plain.matchAll(hidden), ...plain.matchAll(stacked)].map(
    ([mark]) => `U+${mark.codePointAt(0)?.toString(16).toUpperCase().padStart(4, '0')}`,
  )
  const kinds = [...new Set(found)]
  return kinds.slice(0, 5).join(', ') + (kinds.length > 5 ? ' …' : '')
}

function hides(text: string): boolean {
  const plain = withLineFeeds(text)
  return plain.search(hidden) >= 0 || plain.search(stacked) >= 0
}

function withLineFeeds(text: string): string {
  return text.replace(/\r\n?/g, '\n')
}

/** Untrusted text for a place of its own: isolated from the words around it, told when something hidden was removed, bounded. */
export function shown(text: string, limit = 400): TemplateResult {
  const plain = visible(text)
  const characters = Array.from(plain)
  const cut = characters.length > limit
  const length = characters.length.toLocaleString(site().locale)
  return html`<bdi>${cut ? `${characters.slice(0, limit).join('')}…` : plain}</bdi>${
    cut ? html` <small class="aside">(${site().text.shortened(length)})</small>` : nothing
  }${hides(text) ? html` <small class="aside">${site().text.hidden(removed(text.slice(0, 20_000)))}</small>` : nothing}`
}

/** A sentence that `core/` words: it is English, whatever the page speaks. */
export function coreText(text: string): TemplateResult {
  return html`<span lang="en" dir="ltr">${visible(text)}</span>`
}

/** A sentence around something that is shown within it: where it stands, the language says. */
export function around(sentence: (inner: string) => string, inner: TemplateResult): TemplateResult {
  const [before, after] = sentence('\u0000').split('\u0000')
  return html`${before}${inner}${after}`
}

/** Untrusted prose of any length: what is long opens on request. */
export function prose(text: string): TemplateResult {
  if (text.length <= 600) return html`<p class="prose">${shown(text, 600)}</p>`
  return html`<p class="prose">${shown(`${visible(text).slice(0, 400)}…`)}</p>
    <details>
      <summary>${site().text.more}</summary>
      <p class="prose">${shown(text, 20_000)}</p>
    </details>`
}
