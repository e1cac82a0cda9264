import type { Random } from './batch.ts'
import { concatBytes, hexPair, toHex } from './bytes.ts'
import type { BatchTerms } from './credential.ts'
import {
  type CredentialTemplate,
  fill,
  packValues,
  type SlotValues,
  shapeOf,
  templatesOf,
  valuesOf,
} from './credential-template.ts'
import { invariant } from './error.ts'
import type { Learner } from './learner.ts'

/** SHA-256 of bytes, or of a text as UTF-8; 32 bytes. A platform that has it built in is many times faster than WebAssembly. */
export type Sha256 = (data: Uint8Array | string) => Uint8Array

/** The hashes that a credential is made with. */
export interface Hashes {
  /** SHA-256 of a text as UTF-8, in lower-case hex. */
  readonly hexOf: (text: string) => string
  /** The digest (format rule 3) of a template's canonical form with these values. Writes 32 bytes into `digests`, at an offset. */
  readonly digestInto: (
    digests: Uint8Array,
    at: number,
    filled: { readonly template: CredentialTemplate; readonly values: SlotValues },
    salt: Uint8Array,
  ) => void
}

/** Hashes by any SHA-256. */
export function hashesBy(sha256: Sha256): Hashes {
  return {
    hexOf: (text) => toHex(sha256(text)).slice(2),
    digestInto(digests, at, { template, values }, salt) {
      digests.set(sha256(concatBytes(salt, sha256(fill(template.canonical, values)))), at)
    },
  }
}

/** Bytes drawn for one credential: its id, the salt of the e-mail's hash, the salt of its digest. */
export const drawnLength = 64

/** A credential of a batch as it is stored: what it says is in the template of its shape and in `values`. */
export interface MadeCredential {
  /** The 16 bytes of its id, a UUID. */
  readonly id: Uint8Array
  readonly template: CredentialTemplate
  /** As `packValues` gives them. */
  readonly values: string
  /** 32 bytes. */
  readonly salt: Uint8Array
}

/**
 * Makes a credential of a batch from the learner, the status index and `drawnLength` random bytes, and writes its digest (32 bytes) into
 * `digests`, at an offset.
 */
export type Maker = (
  learner: Learner,
  statusIndex: number,
  drawn: Uint8Array,
  digests: Uint8Array,
  at: number,
) => MadeCredential

/** A maker for one batch. What the credentials share is written out once, so that each costs little more than its hashes. */
export function createMaker(terms: BatchTerms, hashes: Hashes): Maker {
  const templateOf = templatesOf(terms)
  return (learner, statusIndex, drawn, digests, at) => {
    invariant(drawn.length === drawnLength, 'what is drawn for a credential')
    const id = uuidBytes(drawn)
    const template = templateOf(shapeOf(learner))
    const draw = {
      id: `urn:uuid:${uuidText(id)}`,
      statusIndex,
      identitySalt: drawn.subarray(16, 32),
    }
    const values = valuesOf(learner, draw, hashes.hexOf)
    const salt = drawn.subarray(32, 64)
    hashes.digestInto(digests, at, { template, values }, salt)
    return { id, template, values: packValues(values), salt }
  }
}

/** A random UUID, RFC 9562 §5.4, of 16 random bytes: 122 of the bits count, so that it cannot be guessed. */
function uuidBytes(random: Uint8Array): Uint8Array {
  const bytes = random.slice(0, 16)
  bytes[6] = ((bytes[6] as number) & 0x0f) | 0x40
  bytes[8] = ((bytes[8] as number) & 0x3f) | 0x80
  return bytes
}

/** A UUID as text. */
export function uuidText(bytes: Uint8Array): string {
  let text = ''
  for (let i = 0; i < 16; i++) {
    if (i === 4 || i === 6 || i === 8 || i === 10) text += '-'
    text += hexPair(bytes[i] as number)
  }
  return text
}

/** The text of a random UUID of 16 random bytes. */
export function uuidFrom(random: Uint8Array): string {
  return uuidText(uuidBytes(random))
}

/** A random UUID as `urn:uuid:`. */
export function uuidUrn(random: Random): string {
  return `urn:uuid:${uuidFrom(random(16))}`
}
