import { html, type TemplateResult } from 'lit'
import { shown } from './text.ts'
import { webUrl } from './web-url.ts'

/** Untrusted text with an untrusted address: a link that names its real host, or plain text where it leads to no web page. */
export function webLink(label: string, address: string | undefined): TemplateResult {
  const url = address === undefined ? undefined : webUrl(address)
  if (!url) return shown(label)
  return html`<a href=${url.href} rel="noopener noreferrer" target="_blank">${shown(label)}</a>
    <small class="host">${url.host}</small>`
}
