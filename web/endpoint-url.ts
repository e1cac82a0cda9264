import { webUrl } from './web-url.ts'

/** The address of a chain endpoint, if a page may ask it: https, or http on this computer; `undefined` otherwise. */
export function endpointUrl(text: string): string | undefined {
  const url = webUrl(text.trim())
  const local = url?.hostname === '127.0.0.1' || url?.hostname === 'localhost'
  return url && (url.protocol === 'https:' || local) ? url.href : undefined
}
