import type { Random } from './batch.ts'
import { concatBytes, toHex } from './bytes.ts'
import type { BatchTerms } from './credential.ts'
import {
  type CredentialTemplate,
  fill,
  packValues,
  shapeOf,
  templatesOf,
  valuesOf,
} from './credential-template.ts'
import { invariant } from './error.ts'
import type { Learner } from './learner.ts'

/** SHA-256 of bytes, or of a text as UTF-8; 32 bytes. A platform that has it built in is many times faster than WebAssembly. */
export type Sha256 = (data: Uint8Array | string) => Uint8Array

/** Bytes drawn for one credential: its id, the salt of the e-mail's hash, the salt of its digest. */
export const drawnLength = 64

/** A credential of a batch as it is stored: what it says is in the template of its shape and in `values`. */
export interface MadeCredential {
  /** The UUID of its id. */
  readonly uuid: string
  readonly template: CredentialTemplate
  /** As `packValues` gives them. */
  readonly values: string
  /** 32 bytes. */
  readonly salt: Uint8Array
  /** 32 bytes. Format rule 3. */
  readonly digest: Uint8Array
}

/** Makes the credentials of a batch from the learner, the status index and `drawnLength` random bytes of each. */
export type Maker = (learner: Learner, statusIndex: number, drawn: Uint8Array) => MadeCredential

/** A maker for one batch. What the credentials share is written out once, so that each costs little more than its hashes. */
export function createMaker(terms: BatchTerms, sha256: Sha256): Maker {
  const templateOf = templatesOf(terms)
  return (learner, statusIndex, drawn) => {
    invariant(drawn.length === drawnLength, 'what is drawn for a credential')
    const uuid = uuidFrom(drawn)
    const template = templateOf(shapeOf(learner))
    const values = valuesOf(
      learner,
      {
        id: `urn:uuid:${uuid}`,
        statusIndex,
        identitySalt: drawn.subarray(16, 32),
      },
      sha256,
    )
    const salt = drawn.subarray(32, 64)
    const digest = sha256(concatBytes(salt, sha256(fill(template.canonical, values))))
    return { uuid, template, values: packValues(values), salt, digest }
  }
}

/** A random UUID of 16 random bytes, RFC 9562 §5.4: 122 of the bits count, so that it cannot be guessed. */
export function uuidFrom(random: Uint8Array): string {
  const bytes = random.slice(0, 16)
  bytes[6] = ((bytes[6] as number) & 0x0f) | 0x40
  bytes[8] = ((bytes[8] as number) & 0x3f) | 0x80
  const hex = toHex(bytes).slice(2)
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
}

/** A random UUID as `urn:uuid:`. */
export function uuidUrn(random: Random): string {
  return `urn:uuid:${uuidFrom(random(16))}`
}
