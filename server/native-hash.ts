import { hash } from 'node:crypto'
import type { CredentialTemplate } from '../core/credential-template.ts'
import type { Hashes, Sha256 } from '../core/making.ts'

/** SHA-256 as the platform has it: with the processor's own instructions where it knows them. */
export const nativeSha256: Sha256 = (data) => hash('sha256', data, 'buffer')

/** Multibase base64url, as the platform has it. */
export function nativeMultibase(bytes: Uint8Array): string {
  return `u${bytesOf(bytes).toString('base64url')}`
}

/** A template's texts as UTF-8, with their length in all. */
interface Encoded {
  readonly parts: readonly Buffer[]
  readonly length: number
}

const encoded = new WeakMap<CredentialTemplate, Encoded>()
const salted = Buffer.alloc(64)
let scratch = Buffer.alloc(65_536)
/** Whose texts the scratch buffer holds, and where: those that stay in their place are not written again. */
let held: { readonly by: Encoded; readonly places: number[] } | undefined

/** The same for making credentials: what a template says is copied as bytes, and nothing is allocated for a digest. */
export const nativeHashes: Hashes = {
  hexOf: (text) => hash('sha256', text, 'hex'),
  digestInto(digests, at, { template, values }, salt) {
    const length = write(template, values)
    salted.set(salt)
    salted.write(hash('sha256', scratch.subarray(0, length), 'hex'), 32, 'hex')
    bytesOf(digests).write(hash('sha256', salted, 'hex'), at, 'hex')
  },
}

function bytesOf(bytes: Uint8Array): Buffer {
  return Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
}

/** Writes the canonical form with these values into the scratch buffer; returns its length. */
function write(template: CredentialTemplate, values: readonly string[]): number {
  const { slots } = template.canonical
  const own = encodedOf(template)
  const { parts } = own
  const most = own.length + longestOf(slots, values)
  if (most > scratch.length) {
    scratch = Buffer.alloc(2 * most)
    held = undefined
  }
  if (held?.by !== own) held = { by: own, places: parts.map(() => -1) }
  const { places } = held
  let at = 0
  for (let i = 0; i < parts.length; i++) {
    const part = parts[i] as Buffer
    if (places[i] !== at) {
      scratch.set(part, at)
      places[i] = at
    }
    at += part.length
    const slot = slots[i]
    if (slot !== undefined) at += scratch.write(values[slot] as string, at, 'utf8')
  }
  return at
}

function encodedOf(template: CredentialTemplate): Encoded {
  let own = encoded.get(template)
  if (!own) {
    const parts = template.canonical.texts.map((text) => Buffer.from(text, 'utf8'))
    own = { parts, length: parts.reduce((sum, { length }) => sum + length, 0) }
    encoded.set(template, own)
  }
  return own
}

/** No UTF-16 unit takes more than three bytes of UTF-8. */
function longestOf(slots: readonly number[], values: readonly string[]): number {
  let length = 0
  for (let i = 0; i < slots.length; i++) length += (values[slots[i] as number] as string).length
  return 3 * length
}
