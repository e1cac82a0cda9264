import { html, type TemplateResult } from 'lit'
import { messages } from './messages.ts'
import { visible } from './text.ts'

const format = new Intl.DateTimeFormat(messages.locale, {
  dateStyle: 'long',
  timeStyle: 'short',
  timeZone: 'UTC',
})

/** A time for a person, in UTC; text that is no time stays as it is. */
export function momentOf(iso: string): string {
  const time = Date.parse(iso)
  return Number.isNaN(time) ? visible(iso) : `${format.format(time)} UTC`
}

export function moment(iso: string): TemplateResult {
  return html`<time datetime=${iso}>${momentOf(iso)}</time>`
}
