import type { JsonObject } from '../canonical.ts'
import { checkEnvelope, tokenIn } from '../data-model/envelope.ts'
import { InvalidInputError } from '../error.ts'
import type { Envelope } from '../verify.ts'
import { boundByClaims, credentialIn } from './claims.ts'
import { parseToken } from './token.ts'

/** A credential that was taken out of what secures it. Nothing is verified yet. */
export interface Opened {
  readonly document: JsonObject
  readonly envelope: Envelope
}

/**
 * The credential in an EnvelopedVerifiableCredential, VC 2.0 §4.13.1. Untrusted; throws `InvalidInputError`, `envelope_unsupported` for
 * an envelope of another kind than a JSON Web Token.
 */
export function openEnvelope(document: JsonObject): Opened {
  for (const { code, message, pointer } of checkEnvelope(document, '')) {
    throw new InvalidInputError(code, message, pointer)
  }
  return openToken(tokenIn(document))
}

/**
 * The credential in a JSON Web Token, and what the token says and proves of it. The text is untrusted; throws `InvalidInputError`
 * where it is no token, or there is no JSON object in it.
 */
export function openToken(text: string): Opened {
  const token = parseToken(text)
  return {
    document: credentialIn(token.payload),
    envelope: {
      bound: (credential) => boundByClaims(token.payload, credential),
      readSignature: async (credential, options) => {
        const { verifyToken } = await import('./signature.ts')
        return verifyToken(token, credential, options)
      },
    },
  }
}
