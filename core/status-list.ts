import { fromMultibase, toMultibase } from './bytes.ts'
import type { JsonObject } from './canonical.ts'
import { contexts } from './credential.ts'
import { InvalidInputError, messageOf } from './error.ts'

/** The fewest entries of a status list, so that asking for one tells nothing about whom. Bitstring Status List §2.2. */
export const minimumEntries = 131_072

/** Kinds of status entries that a list answers for, with the types of the list and of its subject. */
export const listTypes = {
  BitstringStatusListEntry: ['BitstringStatusListCredential', 'BitstringStatusList'],
  // The draft that became it, which issuers still write.
  StatusList2021Entry: ['StatusList2021Credential', 'StatusList2021'],
} as const
export type ListedType = keyof typeof listTypes

/** The most of a status list that is expanded: 128 times the smallest. */
const maxBytes = 16_777_216

/** What base64url makes of the longest list that gzip could not shorten, and some room. */
const maxTextLength = Math.ceil(maxBytes * 1.34)

/**
 * The bits of a list in which `indexes` are set, for at least `entries` entries.
 *
 * Index 0 is the left-most bit: the most significant one of the first byte. Bitstring Status List §2.2.
 */
export function statusBits(indexes: Iterable<number>, entries = minimumEntries): Uint8Array {
  const bits = new Uint8Array(Math.ceil(Math.max(entries, minimumEntries) / 8))
  for (const index of indexes) {
    if (!Number.isSafeInteger(index) || index < 0 || index >= bits.length * 8) {
      throw new InvalidInputError(
        'status_index_malformed',
        `${index} is no index of a list of ${bits.length * 8} entries`,
      )
    }
    bits[index >> 3] = (bits[index >> 3] ?? 0) | (0x80 >> (index & 7))
  }
  return bits
}

/** Whether an entry of one bit is set; `undefined` beyond the end of the list. */
export function statusAt(bits: Uint8Array, index: number): boolean | undefined {
  const byte = bits[Math.floor(index / 8)]
  return byte === undefined ? undefined : (byte & (0x80 >> (index % 8))) !== 0
}

/** `encodedList` of bits: multibase base64url of their gzip. Bitstring Status List §3.3. */
export async function encodeStatusList(bits: Uint8Array): Promise<string> {
  const gzip = new Blob([bits as BlobPart]).stream().pipeThrough(new CompressionStream('gzip'))
  return toMultibase(new Uint8Array(await new Response(gzip).arrayBuffer()))
}

/**
 * The bits of an `encodedList` that somebody else wrote. Bitstring Status List §3.4.
 *
 * Expands 16 MiB at most, whatever gzip promises. Throws `InvalidInputError` at `pointer`.
 */
export async function decodeStatusList(text: unknown, pointer = ''): Promise<Uint8Array> {
  if (typeof text !== 'string') {
    throw new InvalidInputError('status_list_malformed', 'expected a text', pointer)
  }
  if (text.length > maxTextLength) throw tooLarge(pointer)
  const gzip = fromMultibase(text, pointer)
  const stream = new Blob([gzip as BlobPart]).stream()
  return expand(stream.pipeThrough(new DecompressionStream('gzip')), pointer)
}

/** The same for a list of the draft of 2021, which is base64 or base64url without a multibase prefix. Status List 2021 §3.1. */
export function decodeStatusList2021(text: unknown): Promise<Uint8Array> {
  if (typeof text !== 'string') return decodeStatusList(text)
  const url = text.replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '')
  // Some wrote the prefix already then; gzip begins with H4sI.
  return decodeStatusList(url.startsWith('u') ? url : `u${url}`)
}

async function expand(stream: ReadableStream<Uint8Array>, pointer: string): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  let size = 0
  const reader = stream.getReader()
  for (;;) {
    const { done, value } = await reader.read().catch((thrown: unknown) => {
      throw new InvalidInputError(
        'status_list_malformed',
        `the bytes are no gzip: ${messageOf(thrown).slice(0, 100)}`,
        pointer,
      )
    })
    if (done) break
    size += value.length
    if (size > maxBytes) {
      await reader.cancel()
      throw tooLarge(pointer)
    }
    chunks.push(value)
  }
  return new Uint8Array(await new Blob(chunks as BlobPart[]).arrayBuffer())
}

/** What a status list says and for how long. Times are XSD dateTimeStamps, `ttl` is in milliseconds. */
export interface StatusListTerms {
  /** The URL that it is served at, which status entries name as their `statusListCredential`. */
  readonly id: string
  /** DID of the issuer, whose key is to sign it. */
  readonly issuer: string
  readonly purpose: string
  readonly encodedList: string
  readonly validFrom: string
  readonly validUntil: string
  readonly ttl: number
}

/** A status list as a credential, not signed yet. Bitstring Status List §2.2. */
export function makeStatusListCredential(terms: StatusListTerms): JsonObject {
  return {
    '@context': [contexts[0]],
    id: terms.id,
    type: ['VerifiableCredential', 'BitstringStatusListCredential'],
    issuer: terms.issuer,
    validFrom: terms.validFrom,
    validUntil: terms.validUntil,
    credentialSubject: {
      id: `${terms.id}#list`,
      type: 'BitstringStatusList',
      statusPurpose: terms.purpose,
      encodedList: terms.encodedList,
      ttl: terms.ttl,
    },
  }
}

function tooLarge(pointer: string): InvalidInputError {
  return new InvalidInputError(
    'status_list_too_large',
    `the list is larger than ${maxBytes} bytes, which is all that is read`,
    pointer,
  )
}
