import { checksumAddress } from '../abi.ts'
import { parseScope, type Scope, shortenField } from '../accreditation-scope.ts'
import { parseUri } from '../did.ts'
import { InvalidInputError, pointerTo } from '../error.ts'
import { isObject } from '../i-json.ts'
import { recogniseNode } from '../open-badges/framework.ts'
import { pathwayBounds } from './bounds.ts'
import { type Duration, parseDuration } from './duration.ts'

/** What a component must be to count for a clause. What is absent leaves that open. */
export interface Where {
  /** Ids of achievements, any of which it may be of. */
  readonly achievements?: readonly string[]
  /** Achievement types of Open Badges 3.0, any of which it may have. */
  readonly types?: readonly string[]
  /** Least level of the European Qualifications Framework. */
  readonly eqf?: number
  /** Fields of ISCED-F 2013, any of which it may lie in. */
  readonly isced?: readonly string[]
  /** URLs of skills, any of which it may show. */
  readonly skills?: readonly string[]
  /** DIDs of issuers, any of which may have issued it. */
  readonly issuers?: 'any' | readonly string[]
  readonly accredited?: Accredited
  /** How long before the award it may have been awarded. */
  readonly within?: Duration
  /** Whether a credential counts that is signed and not anchored. */
  readonly plain?: boolean
  /** Whether a credential counts that names no status, so that nobody can tell whether it was revoked. */
  readonly withoutStatus?: boolean
  /** What people call this, to follow “in”: `data analysis`. */
  readonly name?: string
}

/** It must have been issued under an accreditation that the verifier trusts and that covers it. */
export interface Accredited {
  /** Accounts of accreditors, one of which must be on the way. */
  readonly by?: readonly string[]
  /** A scope that the credential itself must lie within, as accreditations state it. */
  readonly scope?: { readonly text: string; readonly limits: Scope }
}

const members = [
  'achievements',
  'types',
  'eqf',
  'isced',
  'skills',
  'issuers',
  'accredited',
  'within',
  'plain',
  'withoutStatus',
  'name',
]

/** Throws `InvalidInputError` with the place. */
export function parseWhere(value: unknown, pointer: string): Where {
  const where = requireObject(value, pointer)
  refuseUnknown(where, members, pointer)
  const at = (name: string) => pointerTo(pointer, name)
  const read = <T>(name: string, parse: (value: unknown, place: string) => T) =>
    where[name] === undefined ? {} : { [name]: parse(where[name], at(name)) }
  return {
    ...read('achievements', (list, place) => parseList(list, place, parseUriText)),
    ...read('types', (list, place) => parseList(list, place, (item, p) => parseText(item, 100, p))),
    ...read('eqf', parseLevel),
    ...read('isced', (list, place) => parseList(list, place, parseField)),
    ...read('skills', (list, place) => parseList(list, place, parseSkillUrl)),
    ...read('issuers', (list, place) =>
      list === 'any' ? list : parseList(list, place, parseUriText),
    ),
    ...read('accredited', parseAccredited),
    ...read('within', parseDuration),
    ...read('plain', parseBoolean),
    ...read('withoutStatus', parseBoolean),
    ...read('name', (text, place) => parseText(text, 200, place)),
  }
}

/** Whom a component may come from has to be said: anybody can issue a badge of any name. */
export function requireIssuers({ issuers, accredited }: Where, pointer: string): void {
  if (issuers !== undefined || accredited !== undefined) return
  throw new InvalidInputError(
    'issuers_unstated',
    'say whose credentials count, here or in every: issuers with their DIDs, accredited, or issuers: "any"',
    pointer,
  )
}

export function requireObject(value: unknown, pointer: string): Readonly<Record<string, unknown>> {
  if (isObject(value as never)) return value as Readonly<Record<string, unknown>>
  throw malformed('an object', value, pointer)
}

export function refuseUnknown(
  object: Readonly<Record<string, unknown>>,
  known: readonly string[],
  pointer: string,
): void {
  const unknown = Object.keys(object).find((name) => !known.includes(name))
  if (unknown === undefined) return
  throw new InvalidInputError(
    'pathway_malformed',
    `${unknown.slice(0, 60)} is not known here; there are ${known.join(', ')}`,
    pointerTo(pointer, unknown.slice(0, 200)),
  )
}

export function parseText(value: unknown, maxLength: number, pointer: string): string {
  if (typeof value === 'string' && value.trim() !== '' && value.length <= maxLength) return value
  throw malformed(`a text of at most ${maxLength} characters`, value, pointer)
}

export function parseBoolean(value: unknown, pointer: string): boolean {
  if (typeof value === 'boolean') return value
  throw malformed('true or false', value, pointer)
}

export function parseList<T>(
  value: unknown,
  pointer: string,
  parse: (item: unknown, place: string) => T,
): readonly T[] {
  if (!Array.isArray(value) || value.length === 0) {
    throw malformed('a list that is not empty', value, pointer)
  }
  if (value.length > pathwayBounds.items) {
    throw new InvalidInputError(
      'pathway_too_large',
      `${value.length} items in one list; at most ${pathwayBounds.items} are read`,
      pointer,
    )
  }
  return value.map((item, i) => parse(item, pointerTo(pointer, i)))
}

export function parseUriText(value: unknown, pointer: string): string {
  return parseUri(parseText(value, 2048, pointer), pointer)
}

/** As its framework writes it, so that one skill has one URL. */
export function parseSkillUrl(value: unknown, pointer: string): string {
  const url = parseUriText(value, pointer)
  return recogniseNode(url)?.url ?? url
}

export function malformed(expected: string, value: unknown, pointer: string): InvalidInputError {
  const found = JSON.stringify(value)?.slice(0, 60) ?? 'nothing'
  return new InvalidInputError('pathway_malformed', `expected ${expected}, found ${found}`, pointer)
}

function parseLevel(value: unknown, pointer: string): number {
  if (Number.isInteger(value) && (value as number) >= 1 && (value as number) <= 8) {
    return value as number
  }
  throw malformed('a level of the EQF, 1 to 8', value, pointer)
}

function parseField(value: unknown, pointer: string): string {
  const text = parseText(value, 4, pointer)
  if (/^(?:0\d|10)\d{0,2}$/.test(text)) return shortenField(text)
  throw malformed('a field of ISCED-F 2013, two to four digits such as 0613', value, pointer)
}

function parseAccredited(value: unknown, pointer: string): Accredited {
  if (value === true) return {}
  const accredited = requireObject(value, pointer)
  refuseUnknown(accredited, ['by', 'scope'], pointer)
  const { by, scope } = accredited
  return {
    ...(by !== undefined && {
      by: parseList(by, pointerTo(pointer, 'by'), (item, place) =>
        checksumAddress(parseText(item, 42, place), place),
      ),
    }),
    ...(scope !== undefined && { scope: parseLimits(scope, pointerTo(pointer, 'scope')) }),
  }
}

function parseLimits(value: unknown, pointer: string) {
  const text = parseText(value, 256, pointer)
  try {
    return { text, limits: parseScope(text) }
  } catch (thrown) {
    if (!(thrown instanceof InvalidInputError)) throw thrown
    throw new InvalidInputError(thrown.code, thrown.message, pointer)
  }
}
