import { concatBytes, utf8 } from './bytes.ts'
import { canonicalize, type JsonObject } from './canonical.ts'
import { invariant } from './error.ts'
import { sha256 } from './hash.ts'

/** The canonical form of a credential: RFC 8785 of the document without its `proof`, as UTF-8. Format rule 2. */
export function canonicalForm(credential: JsonObject): Uint8Array {
  return utf8(canonicalText(credential))
}

/**
 * `SHA-256(salt ‖ SHA-256(canonical form))`, 32 bytes. Format rule 3.
 *
 * The salt (32 bytes) keeps a guessed document from being confirmed on chain; without document and salt the digest means nothing.
 */
export function digestOf(credential: JsonObject, salt: Uint8Array): Uint8Array {
  return digestOfCanonical(canonicalText(credential), salt)
}

/** The same of a credential whose canonical form is at hand, without its proofs. */
export function digestOfCanonical(canonical: string, salt: Uint8Array): Uint8Array {
  invariant(salt.length === 32, 'a salt has 32 bytes')
  return sha256(concatBytes(salt, sha256(canonical)))
}

function canonicalText(credential: JsonObject): string {
  return canonicalize(withoutProof(credential))
}

/** What the canonical form is of: the document without its proofs. */
export function withoutProof(credential: JsonObject): JsonObject {
  const { proof: _, ...document } = credential
  return document
}
