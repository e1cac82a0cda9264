import { html, type TemplateResult } from 'lit'
import { visible } from './text.ts'
import { site } from './words/site.ts'

const formats = new Map<string, Intl.DateTimeFormat>()

function formatIn(locale: string): Intl.DateTimeFormat {
  const known = formats.get(locale)
  if (known) return known
  const format = new Intl.DateTimeFormat(locale, {
    dateStyle: 'long',
    timeStyle: 'short',
    timeZone: 'UTC',
  })
  formats.set(locale, format)
  return format
}

/** A time for a person, in UTC; text that is no time stays as it is. */
export function momentOf(iso: string): string {
  const time = Date.parse(iso)
  return Number.isNaN(time) ? visible(iso) : `${formatIn(site().locale).format(time)} UTC`
}

export function moment(iso: string): TemplateResult {
  return html`<time datetime=${iso}>${momentOf(iso)}</time>`
}
