import { html, type TemplateResult } from 'lit'
import { shown } from './text.ts'

/** The URL if a browser may safely be sent there; untrusted text such as `javascript:` is `undefined`. */
export function webUrl(text: string): URL | undefined {
  if (!URL.canParse(text)) return undefined
  const url = new URL(text)
  return url.protocol === 'https:' || url.protocol === 'http:' ? url : undefined
}

/** Untrusted text with an untrusted address: a link that names its real host, or plain text where it leads to no web page. */
export function webLink(label: string, address: string | undefined): TemplateResult {
  const url = address === undefined ? undefined : webUrl(address)
  if (!url) return shown(label)
  return html`<a href=${url.href} rel="noopener noreferrer" target="_blank">${shown(label)}</a>
    <small class="host">${url.host}</small>`
}
