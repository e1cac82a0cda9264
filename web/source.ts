import { InvalidInputError, messageOf } from '../core/error.ts'
import { credentialLimits } from '../core/i-json.ts'
import { readBounded, tooLarge } from './bounded.ts'
import { endpointUrl } from './endpoint-url.ts'
import { messages } from './messages.ts'

/** Where a credential comes from. `read` throws `InvalidInputError` where there is nothing to check. */
export interface Source {
  /** For a person; untrusted. */
  readonly label: string
  /** Whom a reading asks, where it is not this browser alone. */
  readonly asks: string | undefined
  readonly read: (signal: AbortSignal) => Promise<Uint8Array | string>
}

const { refusals, sources } = messages

export function fileSource(file: File): Source {
  return {
    label: sources.file(file.name),
    asks: undefined,
    read: async () => {
      if (file.size > credentialLimits.bytes) throw tooLarge(file.size)
      return notEmpty(new Uint8Array(await file.arrayBuffer()))
    },
  }
}

/** Pasted text: a link where it looks like one, the credential itself otherwise. */
export function textSource(text: string, pageUrl: string): Source {
  const trimmed = text.trim()
  if (/^(?:https?:\/\/|\/)\S*$/i.test(trimmed)) return linkSource(trimmed, pageUrl)
  return {
    label: sources.text,
    asks: undefined,
    read: async () => {
      const { length } = new TextEncoder().encode(text)
      if (length > credentialLimits.bytes) throw tooLarge(length)
      return notEmpty(text)
    },
  }
}

/** A link, untrusted: relative ones lead to this site, others have to be https or on this computer. */
export function linkSource(link: string, pageUrl: string): Source {
  const url = URL.canParse(link, pageUrl) ? new URL(link, pageUrl) : undefined
  const own = url?.origin === new URL(pageUrl).origin
  const origin = url?.origin ?? ''
  return {
    label: sources.link(origin),
    asks: origin,
    read: async (signal) => {
      if (!url || !(own || endpointUrl(url.href))) {
        throw new InvalidInputError('link_refused', refusals.linkScheme)
      }
      return notEmpty(await fetchBytes(url, signal))
    },
  }
}

async function fetchBytes(url: URL, signal: AbortSignal): Promise<Uint8Array> {
  try {
    const response = await fetch(url, {
      signal: AbortSignal.any([signal, AbortSignal.timeout(15_000)]),
      headers: { accept: 'application/vc, application/json' },
      credentials: 'omit',
      referrerPolicy: 'no-referrer',
    })
    if (!response.ok) throw new Error(refusals.linkStatus(response.status))
    return await readBounded(response, credentialLimits.bytes)
  } catch (thrown) {
    if (thrown instanceof InvalidInputError) throw thrown
    throw new InvalidInputError(
      'link_unreachable',
      refusals.linkUnreachable(url.origin, messageOf(thrown)),
    )
  }
}

function notEmpty<T extends Uint8Array | string>(input: T): T {
  const empty = typeof input === 'string' ? input.trim() === '' : input.length === 0
  if (empty) throw new InvalidInputError('empty', refusals.empty)
  return input
}
