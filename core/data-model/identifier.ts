import type { Json, JsonObject } from '../canonical.ts'
import { parseUri } from '../did.ts'
import { pointerTo } from '../error.ts'
import { type Problems, problem, shown } from './problem.ts'

// Schemes whose URLs have a host: a URL parser takes `https:x` for `https://x`, other software does not.
const withoutHost = /^(?:https?|wss?|ftp):(?!\/\/[^/])/i
// DID Core 1.0 §3.1: a method and an identifier; path, query and fragment may follow.
const didUrl =
  /^did:[a-z0-9]+:(?:[A-Za-z0-9._:-]|%[0-9A-Fa-f]{2})*(?:[A-Za-z0-9._-]|%[0-9A-Fa-f]{2})(?:[/?#].*)?$/

/** Is this text an absolute URL? VC 2.0 §4.4; what a page would run when followed is none. */
export function isAbsoluteUrl(text: string): boolean {
  if (withoutHost.test(text) || /%(?![0-9A-Fa-f]{2})/.test(text)) return false
  if (text.startsWith('did:') && !didUrl.test(text)) return false
  try {
    parseUri(text, '')
    return true
  } catch {
    return false
  }
}

/** A value that must be a single URL, VC 2.0 §4.4. */
export function* checkUrl(value: Json | undefined, pointer: string): Problems {
  if (typeof value === 'string' && isAbsoluteUrl(value)) return
  yield problem(
    'url_malformed',
    `expected a single absolute URL, such as https://… , did:… or urn:uuid:… , found ${shown(value)}`,
    pointer,
  )
}

/** The `id` of an object: absent, or a single URL. */
export function* checkId(object: JsonObject, pointer: string): Problems {
  if (object['id'] !== undefined) yield* checkUrl(object['id'], pointerTo(pointer, 'id'))
}

/** A value that must be a URL or an object whose `id` is one: `issuer` (VC 2.0 §4.7) and `holder` (§4.13). */
export function* checkUrlOrObject(value: Json | undefined, pointer: string): Problems {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
    yield* checkUrl((value as JsonObject)['id'], pointerTo(pointer, 'id'))
  } else yield* checkUrl(value, pointer)
}
