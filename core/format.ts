import type { Json, JsonObject } from './canonical.ts'
import { credentialsV1, credentialsV2 } from './contexts.ts'
import { parseUri } from './did.ts'
import { InvalidInputError, pointerTo } from './error.ts'
import { isObject } from './i-json.ts'
import { skillsOf } from './open-badges/skill.ts'
import type { CredentialSummary } from './report.ts'
import { parseTimestamp } from './time.ts'

/** A status entry of a credential. VC 2.0 §4.10. */
export interface StatusEntry {
  readonly id: string | undefined
  readonly type: string
  readonly purpose: string | undefined
  readonly listIndex: string | undefined
  /** The entry as it stands. */
  readonly entry: JsonObject
  readonly pointer: string
}

/** Data models that are read: VC 2.0, and VC 1.1 as other issuers still write it. */
export type DataModel = '2.0' | '1.1'

/** The members of a credential that a verification decides on. Times are milliseconds since 1970. */
export interface ParsedCredential {
  readonly dataModel: DataModel
  readonly document: JsonObject
  readonly issuerId: string
  readonly statuses: readonly StatusEntry[]
  readonly validFrom: number | undefined
  readonly validUntil: number | undefined
  readonly summary: CredentialSummary
}

/**
 * Parses a VC 2.0 or 1.1 document (VC 2.0 §4, VC 1.1 §4); throws `InvalidInputError` with the place.
 *
 * Unknown members are left to the digest, or to the signature.
 */
export function parseCredential(document: Json): ParsedCredential {
  if (!isObject(document)) {
    throw new InvalidInputError('not_a_credential', 'expected a credential, which is a JSON object')
  }
  const dataModel = parseContext(document['@context'])
  checkType(document['type'])
  const issuerId = parseIssuerId(document['issuer'])
  checkSubject(document['credentialSubject'])
  if (document['id'] !== undefined) parseUri(requireText(document['id'], '/id'), '/id')
  const period = parsePeriod(document, dataModel)
  return {
    dataModel,
    document,
    issuerId,
    statuses: parseStatuses(document['credentialStatus']),
    validFrom: period.from?.time,
    validUntil: period.until?.time,
    summary: {
      ...summarize(document, issuerId),
      validFrom: period.from?.text ?? '',
      validUntil: period.until?.text,
    },
  }
}

function parseContext(context: Json | undefined): DataModel {
  const first = Array.isArray(context) ? context[0] : undefined
  if (first === credentialsV2) return '2.0'
  if (first === credentialsV1) return '1.1'
  throw new InvalidInputError(
    'not_a_credential',
    `expected @context to be an array that begins with ${credentialsV2}`,
    '/@context',
  )
}

/** One subject or several, VC 2.0 §4.8. */
function checkSubject(subject: Json | undefined): void {
  const subjects: readonly Json[] = [subject ?? []].flat()
  if (subjects.length > 0 && subjects.every(isObject)) return
  throw new InvalidInputError(
    'subject_missing',
    'expected a credentialSubject object, or several',
    '/credentialSubject',
  )
}

function checkType(type: Json | undefined): void {
  const types = textsOf(type)
  if (types.includes('VerifiableCredential')) return
  if (types.includes('VerifiablePresentation')) {
    throw new InvalidInputError(
      'presentation_given',
      'it is a presentation, in which somebody hands over credentials; those are what can be checked',
      '/type',
    )
  }
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

/** A time as it stands and in milliseconds since 1970. */
interface Moment {
  readonly text: string
  readonly time: number
}

/**
 * The members that bound a credential's period, by VC 2.0 and by VC 1.1 (§4.6): the narrowest counts. All of them count in either
 * version: a signature over RDF does not tell which one a document is of, so a copy may claim the other and keep its old expiry.
 */
const periodNames = {
  '2.0': { from: ['validFrom', 'issuanceDate'], until: ['validUntil', 'expirationDate'] },
  '1.1': { from: ['issuanceDate', 'validFrom'], until: ['expirationDate', 'validUntil'] },
} as const

function parsePeriod(document: JsonObject, dataModel: DataModel) {
  const names = periodNames[dataModel]
  const momentsOf = (members: readonly string[]): readonly Moment[] =>
    members
      .filter((name) => document[name] !== undefined)
      .map((name) => {
        const time = parseTimestamp(document[name], `/${name}`)
        return { time, text: document[name] as string }
      })
      .toSorted((a, b) => a.time - b.time)
  const from = momentsOf(names.from).at(-1)
  const until = momentsOf(names.until).at(0)
  if (from && until && until.time < from.time) {
    throw new InvalidInputError(
      'times_out_of_order',
      `${names.until[0]} is before ${names.from[0]}`,
      `/${names.until[0]}`,
    )
  }
  return { from, until }
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
      type: parseStatusType(entry['type'], pointerTo(pointer, 'type')),
      purpose: textOf(entry['statusPurpose']),
      listIndex: textOf(entry['statusListIndex']) ?? numberOf(entry['statusListIndex'])?.toString(),
      entry,
      pointer,
    }
  })
}

/** A type, or the one of several that says how the status is read. */
function parseStatusType(type: Json | undefined, pointer: string): string {
  const known = 'BitstringStatusListEntry'
  return Array.isArray(type) && type.includes(known)
    ? known
    : requireText(Array.isArray(type) ? type[0] : type, pointer)
}

function requireText(value: Json | undefined, pointer: string): string {
  if (typeof value === 'string' && value !== '') return value
  throw new InvalidInputError('text_missing', 'expected a text', pointer)
}

/** What a person wants to see of the credential, however oddly it is made: nothing here throws. */
function summarize(
  document: JsonObject,
  issuerId: string,
): Omit<CredentialSummary, 'validFrom' | 'validUntil'> {
  const issuer = objectOf(document['issuer'])
  const [subject = {}] = listOf(document['credentialSubject'])
  const [achievement = {}] = listOf(subject['achievement'])
  const criteria = objectOf(achievement['criteria'])
  const [result] = listOf(subject['result'])
  return {
    id: textOf(document['id']) ?? '',
    name: textOf(achievement['name']) ?? textOf(document['name']) ?? 'Credential',
    description: textOf(achievement['description']) ?? textOf(document['description']) ?? '',
    achievementType: textOf(achievement['achievementType']),
    criteria: textOf(criteria['narrative']) ?? textOf(criteria['id']),
    credits: numberOf(subject['creditsEarned']) ?? numberOf(achievement['creditsAvailable']),
    skills: skillsOf(document),
    holder: holderName(subject),
    result: result && textOf(result['value']),
    issuer: { id: issuerId, name: textOf(issuer['name']), url: textOf(issuer['url']) },
  }
}

function holderName(subject: JsonObject): string | undefined {
  const named = listOf(subject['identifier']).find(isPlainName)
  return (
    (named && textOf(named['identityHash'])) ?? textOf(subject['name']) ?? textOf(subject['id'])
  )
}

/** Where the name stands that is told of the only subject of a credential, as a JSON pointer into it. */
export function holderPlace(subject: JsonObject): string {
  const { identifier } = subject
  const entries: readonly Json[] = Array.isArray(identifier) ? identifier : [identifier ?? []]
  const at = entries.findIndex((entry) => isObject(entry) && isPlainName(entry))
  const named = entries[at]
  if (isObject(named) && textOf(named['identityHash']) !== undefined) {
    const entry = Array.isArray(identifier) ? `/identifier/${at}` : '/identifier'
    return `/credentialSubject${entry}/identityHash`
  }
  return textOf(subject['name']) !== undefined ? '/credentialSubject/name' : '/credentialSubject/id'
}

function isPlainName(entry: JsonObject): boolean {
  return entry['identityType'] === 'name' && entry['hashed'] === false
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
