import type { JsonObject } from './canonical.ts'
import { makeResolver } from './did-resolver.ts'
import { InvalidInputError, messageOf } from './error.ts'
import { parseCredential } from './format.ts'
import { isObject } from './i-json.ts'
import { verifyProofs } from './proof-set.ts'
import {
  decodeStatusList,
  decodeStatusList2021,
  type ListedType,
  listTypes,
} from './status-list.ts'
import type { VerifyOptions } from './verify.ts'

/** What a status list says, after all about it was checked but whether it serves the purpose of an entry. */
export interface StatusList {
  readonly purposes: readonly unknown[]
  readonly bits: Uint8Array
}

/** How lists are read and judged. `issuerId` is who issued the credential: nobody else is believed about its status. */
export interface ListReading extends Pick<VerifyOptions, 'readers' | 'now' | 'work'> {
  readonly issuerId: string
}

/**
 * Reads the status list at a URL, which an attacker may have written or replaced. Bitstring Status List §3.2. Its `id` may be another
 * URL (§2.2): issuers move their lists, and whoever serves the URL could serve an old list of the right id as well.
 *
 * Throws `InvalidInputError` with a code for all that keeps it from being relied on.
 */
export async function readStatusList(
  url: string,
  type: ListedType,
  reading: ListReading,
): Promise<StatusList> {
  const { issuerId, now } = reading
  const document = await fetchList(url, reading)
  const { issuer, validFrom, validUntil, list, subject } = parseList(document, listTypes[type])
  if (issuer !== issuerId) {
    throw new InvalidInputError('status_issuer_mismatch', `it was issued by ${issuer}`)
  }
  if ((validFrom ?? now) > now || (validUntil ?? now) < now) {
    throw new InvalidInputError('status_list_not_in_force', 'its period is over or has not begun')
  }
  await checkSignatures(list, issuer, reading)
  const purposes: readonly unknown[] = [subject['statusPurpose']].flat()
  return { purposes, bits: await decode(subject['encodedList'], type) }
}

async function fetchList(url: string, { readers }: ListReading): Promise<unknown> {
  try {
    return await readers.document(url)
  } catch (thrown) {
    throw new InvalidInputError('status_unreachable', `${url.slice(0, 200)} ${messageOf(thrown)}`)
  }
}

function parseList(document: unknown, [credentialType, listType]: readonly [string, string]) {
  try {
    const parsed = parseCredential(document as JsonObject)
    const { issuerId: issuer, validFrom, validUntil, document: list } = parsed
    const subject = list['credentialSubject']
    if (!typesOf(list).includes(credentialType) || !isObject(subject)) {
      throw new Error(`it is no ${credentialType}`)
    }
    if (!typesOf(subject).includes(listType)) throw new Error(`it holds no ${listType}`)
    return { issuer, validFrom, validUntil, list, subject }
  } catch (thrown) {
    throw new InvalidInputError('status_list_malformed', messageOf(thrown))
  }
}

/** Every proof must hold, and one be made with a key of the issuer: anybody can sign with a key of their own. Format rule 14.7. */
async function checkSignatures(
  list: JsonObject,
  issuer: string,
  { readers, now, work }: ListReading,
): Promise<void> {
  const resolveDid = makeResolver(readers.document)
  const expected = { proofPurpose: 'assertionMethod' } as const
  const results = await verifyProofs(list, { resolveDid, now, expected, work })
  if (results.length === 0) {
    throw new InvalidInputError('status_list_unsigned', 'nobody signed it')
  }
  for (const { outcome, message } of results) {
    if (outcome === 'invalid') throw new InvalidInputError('status_list_forged', message)
    if (outcome === 'indeterminate') {
      throw new InvalidInputError('status_list_unverified', message)
    }
  }
  if (!results.some(({ controller }) => controller === issuer)) {
    const signers = results.map(({ controller }) => controller).join(', ')
    throw new InvalidInputError('status_list_forged', `it is signed by ${signers}`)
  }
}

async function decode(encodedList: unknown, type: ListedType): Promise<Uint8Array> {
  try {
    if (type === 'StatusList2021Entry') return await decodeStatusList2021(encodedList)
    return await decodeStatusList(encodedList)
  } catch (thrown) {
    throw new InvalidInputError('status_list_malformed', messageOf(thrown))
  }
}

function typesOf(object: JsonObject): readonly unknown[] {
  return [object['type']].flat()
}
