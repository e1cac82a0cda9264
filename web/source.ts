import { badgeBytes, carrierOf } from '../core/baked.ts'
import { InvalidInputError, messageOf } from '../core/error.ts'
import { credentialLimits } from '../core/i-json.ts'
import { readBounded } from './bounded.ts'
import { endpointUrl } from './endpoint-url.ts'
import { isPrivateHost } from './private-host.ts'
import { PageRefusal } from './refusal.ts'
import { check } from './words/check.ts'
import { site } from './words/site.ts'

/** Where a credential comes from. `read` throws `InvalidInputError` where there is nothing to check. */
export interface Source {
  /** For a person; untrusted. */
  readonly label: string
  /** Whom a reading asks, where it is not this browser alone. */
  readonly asks: string | undefined
  readonly read: (signal: AbortSignal) => Promise<Uint8Array | string>
}

/** Enough to tell an image by. */
const headBytes = 65_536

export function fileSource(file: File): Source {
  return {
    label: check().sources.file(file.name),
    asks: undefined,
    read: async () => {
      const limit = limitOf(await bytesOf(file.slice(0, headBytes)))
      if (file.size > limit) throw tooLarge(file.size, limit)
      return notEmpty(await bytesOf(file))
    },
  }
}

/** What a printed code says, or a link that carries a credential in its fragment: nobody is asked for it. */
const carrying = /^(?:rootmark:\d+:|https?:\/\/[^\s#]+#c=)/

/** Pasted text: a link where it looks like one, the credential itself otherwise. */
export function textSource(text: string, pageUrl: string): Source {
  const trimmed = text.trim()
  if (carrying.test(trimmed)) return carriedSource(trimmed)
  if (/^(?:https?:\/\/|\/)\S*$/i.test(trimmed)) return linkSource(trimmed, pageUrl)
  return {
    label: check().sources.text,
    asks: undefined,
    read: async () => {
      const { length } = new TextEncoder().encode(text)
      const limit = limitOf(text)
      if (length > limit) throw tooLarge(length, limit)
      return notEmpty(text)
    },
  }
}

function carriedSource(text: string): Source {
  return {
    label: check().sources.carried,
    asks: undefined,
    // Few visitors come from a code: what reads it is loaded for them alone.
    read: async () => (await import('../core/carried.ts')).openCarried(text),
  }
}

/** What a code says that was scanned: whoever printed it chose it. */
export function codeSource(text: string, pageUrl: string): Source {
  const trimmed = text.trim()
  const isLink = !carrying.test(trimmed) && URL.canParse(trimmed)
  return isLink ? foreignLinkSource(trimmed, pageUrl) : textSource(trimmed, pageUrl)
}

/** A link that somebody else chose: it does not lead into a network of the visitor's. */
export function foreignLinkSource(link: string, pageUrl: string): Source {
  const source = linkSource(link, pageUrl)
  const url = URL.canParse(link, pageUrl) ? new URL(link, pageUrl) : undefined
  if (!url || url.origin === new URL(pageUrl).origin || !isPrivateHost(url)) return source
  return {
    ...source,
    asks: undefined,
    read: async () => {
      throw new PageRefusal('link_refused', site().refusals.linkPrivate)
    },
  }
}

/** A link, untrusted: relative ones lead to this site, others have to be https or on this computer. */
export function linkSource(link: string, pageUrl: string): Source {
  const url = URL.canParse(link, pageUrl) ? new URL(link, pageUrl) : undefined
  const own = url?.origin === new URL(pageUrl).origin
  const origin = url?.origin ?? ''
  return {
    label: check().sources.link(origin),
    asks: origin,
    read: async (signal) => {
      if (!url || !(own || endpointUrl(url.href))) {
        throw new PageRefusal('link_refused', site().refusals.linkScheme)
      }
      return notEmpty(await fetchBytes(url, signal))
    },
  }
}

async function fetchBytes(url: URL, signal: AbortSignal): Promise<Uint8Array> {
  try {
    const response = await fetch(url, {
      signal: AbortSignal.any([signal, AbortSignal.timeout(15_000)]),
      headers: {
        accept:
          'application/vc, application/vc+jwt, application/json, image/png;q=0.5, image/svg+xml;q=0.5',
      },
      credentials: 'omit',
      referrerPolicy: 'no-referrer',
    })
    if (!response.ok) throw new Error(site().refusals.linkStatus(response.status))
    return await readBounded(response, badgeBytes, '')
  } catch (thrown) {
    if (thrown instanceof InvalidInputError) throw tooLarge(badgeBytes + 1, badgeBytes)
    throw new PageRefusal(
      'link_unreachable',
      site().refusals.linkUnreachable(url.origin, messageOf(thrown)),
    )
  }
}

function tooLarge(size: number, limit: number): PageRefusal {
  const { locale, refusals } = site()
  const said = refusals.tooLarge(size.toLocaleString(locale), limit.toLocaleString(locale))
  return new PageRefusal('too_large', said)
}

/** Pictures may be larger than the credential in them. */
function limitOf(head: Uint8Array | string): number {
  return carrierOf(head) === 'text' ? credentialLimits.bytes : badgeBytes
}

async function bytesOf(blob: Blob): Promise<Uint8Array> {
  return new Uint8Array(await blob.arrayBuffer())
}

function notEmpty<T extends Uint8Array | string>(input: T): T {
  const empty = typeof input === 'string' ? input.trim() === '' : input.length === 0
  if (empty) throw new PageRefusal('empty', site().refusals.empty)
  return input
}
