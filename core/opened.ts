import { isToken, unbake } from './baked.ts'
import type { JsonObject } from './canonical.ts'
import { isEnveloped } from './data-model/envelope.ts'
import { InvalidInputError } from './error.ts'
import { assertJson, isObject } from './i-json.ts'
import { parseJson } from './json.ts'
import type { Envelope } from './verify.ts'

/** A credential out of whatever it came in. */
export interface OpenedCredential {
  readonly document: JsonObject
  /** What secures it from around it. */
  readonly envelope?: Envelope
}

/** A credential as somebody hands it in: bytes or text of JSON, of a JSON Web Token or of a badge image, or JSON that is parsed. */
export type HandedIn = Uint8Array | string | JsonObject

/** Opens it. Untrusted: throws `InvalidInputError` where there is no credential in it that can be opened. */
export async function openCredential(input: HandedIn): Promise<OpenedCredential> {
  const isText = typeof input === 'string' || input instanceof Uint8Array
  const text = isText ? await unbake(input) : input
  if (typeof text === 'string' || text instanceof Uint8Array) {
    if (isToken(text)) {
      const { openToken } = await import('./jwt/open.ts')
      return openToken((typeof text === 'string' ? text : new TextDecoder().decode(text)).trim())
    }
    return openDocument(parseJson(text))
  }
  return openDocument(assertJson(text))
}

async function openDocument(document: unknown): Promise<OpenedCredential> {
  if (!isObject(document as never)) {
    throw new InvalidInputError('not_a_credential', 'expected a credential, which is a JSON object')
  }
  if (!isEnveloped(document as JsonObject)) return { document: document as JsonObject }
  const { openEnvelope } = await import('./jwt/open.ts')
  return openEnvelope(document as JsonObject)
}
