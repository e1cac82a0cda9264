import { fragmentParts } from '../../core/packed-link.ts'

/** What brought a visitor here: a question as its link carries it, or a credential of this site to add. */
export interface Errand {
  readonly question: string | undefined
  readonly link: string | undefined
}

/** Takes the errand out of the address, so that it does not stay in the history; `undefined` where there is none. */
export function takeErrand(): Errand | undefined {
  const parts = fragmentParts(location.hash)
  const [question, link] = [parts.get('r'), parts.get('add')]
  if (question === undefined && link === undefined) return undefined
  history.replaceState(null, '', `${location.pathname}${location.search}`)
  return { question, link: link === undefined ? undefined : ownLink(link) }
}

/** A link's fragment may be anybody's: only credentials of this site are fetched at its word. */
function ownLink(text: string): string | undefined {
  const isOwn = /^\/[^\s/\\]/.test(text) && URL.canParse(text, location.href)
  const url = isOwn ? new URL(text, location.href) : undefined
  return url?.origin === location.origin ? url.href : undefined
}
