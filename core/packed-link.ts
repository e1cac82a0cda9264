import { inflateUpTo } from './bounded-inflate.ts'
import { fromMultibase, toMultibase } from './bytes.ts'
import { InvalidInputError } from './error.ts'

/** How much of a packed text is read: its characters, and UTF-8 bytes of what comes out of it. */
export interface PackedLimits {
  readonly characters: number
  readonly bytes: number
}

const version = '1.'

/** A text for the fragment of a link, which browsers send to nobody: version 1 is deflated (RFC 1950), in base64url without padding. */
export async function packText(text: string): Promise<string> {
  const stream = new Blob([text]).stream().pipeThrough(new CompressionStream('deflate'))
  const deflated = new Uint8Array(await new Response(stream).arrayBuffer())
  return version + toMultibase(deflated).slice(1)
}

/** The text again. What is packed is untrusted: bounded before it is unpacked and while it is. Throws `InvalidInputError`. */
export async function unpackText(packed: string, limits: PackedLimits): Promise<string> {
  if (packed.length > limits.characters) {
    const found = `the link carries ${packed.length} characters; at most ${limits.characters} are read`
    throw new InvalidInputError('too_large', found)
  }
  if (!packed.startsWith(version)) throw malformed('it is of another version')
  const bytes = await unpacked(packed.slice(version.length), limits.bytes)
  if (bytes) return decode(bytes)
  throw new InvalidInputError('too_large', `more than ${limits.bytes} bytes come out of the link`)
}

/** Values by name, as they stand in the fragment of an address: `#r=1.…&p=1.…`. Of one name the first counts. */
export function fragmentParts(hash: string): ReadonlyMap<string, string> {
  const parts = new Map<string, string>()
  for (const part of hash.replace(/^#/, '').split('&', maxParts)) {
    const at = part.indexOf('=')
    const name = part.slice(0, at)
    if (at > 0 && !parts.has(name)) parts.set(name, part.slice(at + 1))
  }
  return parts
}

const maxParts = 10

async function unpacked(digits: string, limit: number): Promise<Uint8Array | undefined> {
  try {
    return await inflateUpTo(fromMultibase(`u${digits}`), limit)
  } catch {
    throw malformed('it was cut or changed')
  }
}

function decode(bytes: Uint8Array): string {
  // The same text, whatever it begins with.
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
  try {
    return decoder.decode(bytes)
  } catch {
    throw malformed('it was cut or changed')
  }
}

function malformed(what: string): InvalidInputError {
  return new InvalidInputError(
    'link_malformed',
    `the link does not carry all that it should: ${what}; copy it again, from its beginning to its end`,
  )
}
