import { fromMultibase } from '../bytes.ts'
import type { JsonObject } from '../canonical.ts'
import { InvalidInputError } from '../error.ts'
import { credentialLimits, isObject } from '../i-json.ts'
import { parseJson } from '../json.ts'

/** A JSON Web Token in compact form, taken apart. Nothing of it is verified. */
export interface Token {
  /** The whole of it: its first two parts are what was signed. */
  readonly text: string
  readonly header: JsonObject
  readonly payload: JsonObject
}

/** A header may carry a chain of certificates, which is not read here. */
const headerLimits = { bytes: 65_536, depth: 8, values: 1_000 }

/** Base64url is a third longer than the JSON in it. */
const maxLength = Math.ceil((credentialLimits.bytes * 4) / 3) + 131_072

/** RSA keys of 8,192 bits make 1,024 bytes of signature. */
const maxSignatureLength = 1_366

/**
 * Takes a token apart. It is untrusted: base64url has one spelling (no padding, no stray bits), header and payload are I-JSON within
 * bounds, so that no other parser reads another credential in it. Throws `InvalidInputError`.
 */
export function parseToken(input: string): Token {
  const text = input.trim()
  if (text.length > maxLength) {
    throw new InvalidInputError(
      'too_large',
      `${text.length} characters of JSON Web Token; at most ${maxLength} are read`,
    )
  }
  const parts = text.split('.')
  const [header = '', payload = '', signature = ''] = parts
  if (parts.length !== 3 || payload === '' || signature.length > maxSignatureLength) {
    throw malformed('expected three parts: header, payload and signature')
  }
  decode(signature, 'signature')
  return {
    text,
    header: parsePart(header, 'header', headerLimits),
    payload: parsePart(payload, 'payload', credentialLimits),
  }
}

function parsePart(text: string, what: string, limits: typeof credentialLimits): JsonObject {
  const bytes = decode(text, what)
  const value = parseJson(bytes, limits)
  // What other parsers pass over before JSON is no part of it.
  if (isObject(value) && bytes[0] !== 0xef) return value
  throw malformed(`expected its ${what} to be a JSON object`)
}

function decode(text: string, what: string): Uint8Array {
  try {
    return fromMultibase(`u${text}`)
  } catch {
    throw malformed(`expected its ${what} in base64url without padding`)
  }
}

function malformed(message: string): InvalidInputError {
  return new InvalidInputError('jwt_malformed', `the JSON Web Token is malformed: ${message}`)
}
