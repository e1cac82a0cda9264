import type { Json, JsonObject } from './canonical.ts'
import { contexts } from './credential.ts'
import { parseUri } from './did.ts'
import { InvalidInputError, pointerTo } from './error.ts'
import { isObject } from './i-json.ts'
import type { CredentialSummary } from './report.ts'
import { parseTimestamp } from './time.ts'

/** A status entry of a credential. VC 2.0 §4.10. */
export interface StatusEntry {
  readonly id: string | undefined
  readonly type: string
  readonly purpose: string | undefined
  readonly listIndex: string | undefined
  readonly pointer: string
}

/** The members of a credential that a verification decides on. Times are milliseconds since 1970. */
export interface ParsedCredential {
  readonly document: JsonObject
  readonly issuerId: string
  readonly statuses: readonly StatusEntry[]
  readonly validFrom: number | undefined
  readonly validUntil: number | undefined
  readonly summary: CredentialSummary
}

/** Parses a VC 2.0 document (VC 2.0 §4); throws `InvalidInputError` with the place. Unknown members are left to the digest. */
export function parseCredential(document: Json): ParsedCredential {
  if (!isObject(document)) {
    throw new InvalidInputError('not_a_credential', 'expected a credential, which is a JSON object')
  }
  checkContext(document['@context'])
  checkType(document['type'])
  const issuerId = parseIssuerId(document['issuer'])
  if (!isObject(document['credentialSubject'])) {
    throw new InvalidInputError(
      'subject_missing',
      'expected a credentialSubject object',
      '/credentialSubject',
    )
  }
  if (document['id'] !== undefined) parseUri(requireText(document['id'], '/id'), '/id')
  const validFrom = readTime(document, 'validFrom')
  const validUntil = readTime(document, 'validUntil')
  if (validFrom !== undefined && validUntil !== undefined && validUntil < validFrom) {
    throw new InvalidInputError(
      'times_out_of_order',
      'validUntil is before validFrom',
      '/validUntil',
    )
  }
  return {
    document,
    issuerId,
    statuses: parseStatuses(document['credentialStatus']),
    validFrom,
    validUntil,
    summary: summarize(document, issuerId),
  }
}

function checkContext(context: Json | undefined): void {
  if (Array.isArray(context) && context[0] === contexts[0]) return
  throw new InvalidInputError(
    'not_a_credential',
    `expected @context to be an array that begins with ${contexts[0]}`,
    '/@context',
  )
}

function checkType(type: Json | undefined): void {
  if (textsOf(type).includes('VerifiableCredential')) return
  throw new InvalidInputError(
    'not_a_credential',
    'expected type to name VerifiableCredential',
    '/type',
  )
}

function parseIssuerId(issuer: Json | undefined): string {
  const id = isObject(issuer) ? issuer['id'] : issuer
  const pointer = isObject(issuer) ? '/issuer/id' : '/issuer'
  return parseUri(requireText(id, pointer), pointer)
}

function readTime(document: JsonObject, name: 'validFrom' | 'validUntil'): number | undefined {
  const value = document[name]
  return value === undefined ? undefined : parseTimestamp(value, `/${name}`)
}

function parseStatuses(status: Json | undefined): readonly StatusEntry[] {
  if (status === undefined) return []
  const entries: readonly Json[] = Array.isArray(status) ? status : [status as Json]
  return entries.map((entry, i) => {
    const pointer = Array.isArray(status) ? pointerTo('/credentialStatus', i) : '/credentialStatus'
    if (!isObject(entry))
      throw new InvalidInputError('status_malformed', 'expected a status entry', pointer)
    return {
      id: textOf(entry['id']),
      type: requireText(entry['type'], pointerTo(pointer, 'type')),
      purpose: textOf(entry['statusPurpose']),
      listIndex: textOf(entry['statusListIndex']) ?? numberOf(entry['statusListIndex'])?.toString(),
      pointer,
    }
  })
}

function requireText(value: Json | undefined, pointer: string): string {
  if (typeof value === 'string' && value !== '') return value
  throw new InvalidInputError('text_missing', 'expected a text', pointer)
}

/** What a person wants to see of the credential, however oddly it is made: nothing here throws. */
function summarize(document: JsonObject, issuerId: string): CredentialSummary {
  const issuer = objectOf(document['issuer'])
  const subject = objectOf(document['credentialSubject'])
  const achievement = objectOf(subject['achievement'])
  const criteria = objectOf(achievement['criteria'])
  const [result] = listOf(subject['result'])
  return {
    id: textOf(document['id']) ?? '',
    name: textOf(achievement['name']) ?? textOf(document['name']) ?? 'Credential',
    description: textOf(achievement['description']) ?? textOf(document['description']) ?? '',
    achievementType: textOf(achievement['achievementType']),
    criteria: textOf(criteria['narrative']) ?? textOf(criteria['id']),
    credits: numberOf(subject['creditsEarned']) ?? numberOf(achievement['creditsAvailable']),
    skills: listOf(achievement['alignment']).flatMap((target) => {
      const url = textOf(target['targetUrl'])
      const name = textOf(target['targetName'])
      return url && name ? [{ name, url, framework: textOf(target['targetFramework']) }] : []
    }),
    holder: holderName(subject),
    result: result && textOf(result['value']),
    issuer: { id: issuerId, name: textOf(issuer['name']), url: textOf(issuer['url']) },
    validFrom: textOf(document['validFrom']) ?? '',
    validUntil: textOf(document['validUntil']),
  }
}

function holderName(subject: JsonObject): string | undefined {
  const named = listOf(subject['identifier']).find(
    (entry) => entry['identityType'] === 'name' && entry['hashed'] === false,
  )
  return (
    (named && textOf(named['identityHash'])) ?? textOf(subject['name']) ?? textOf(subject['id'])
  )
}

function textsOf(value: Json | undefined): readonly string[] {
  const items: readonly unknown[] = Array.isArray(value) ? value : [value]
  return items.filter((item) => typeof item === 'string')
}

function textOf(value: Json | undefined): string | undefined {
  return typeof value === 'string' ? value : undefined
}

function numberOf(value: Json | undefined): number | undefined {
  return typeof value === 'number' ? value : undefined
}

function objectOf(value: Json | undefined): JsonObject {
  return isObject(value) ? value : {}
}

function listOf(value: Json | undefined): readonly JsonObject[] {
  const items: readonly Json[] = Array.isArray(value)
    ? value
    : value === undefined
      ? []
      : [value as Json]
  return items.filter(isObject)
}
