import { InvalidInputError } from './error.ts'
import { namesOf } from './open-badges/badge-names.ts'

/** What can be limited: achievement types of Open Badges 3.0, levels of the EQF, fields of ISCED-F 2013. */
export const limitNames = ['types', 'eqf', 'isced'] as const
export type LimitName = (typeof limitNames)[number]

/** What an accreditation allows, format rule 15. A limit that is absent leaves that open. */
export interface Scope {
  readonly types?: readonly string[]
  /** Levels 1 to 8, in order. */
  readonly eqf?: readonly number[]
  /** Codes of two to four digits; one stands for every field whose code begins with it. */
  readonly isced?: readonly string[]
}

/** Most bytes of a scope on chain. */
export const maxScopeBytes = 256

const officialTypes = new Map(namesOf.achievementType.map((name) => [name.toLowerCase(), name]))

/**
 * Reads a scope, such as `types: Badge, MicroCredential; eqf: 5-6; isced: 0613, 0688`. An empty one allows anything.
 *
 * Throws `InvalidInputError` (`scope_malformed`) for any other text: it may still mean something to people.
 */
export function parseScope(text: string): Scope {
  if (text.length > maxScopeBytes) throw malformed(`it is longer than ${maxScopeBytes} bytes`)
  if (text.trim() === '') return {}
  const limits = new Map<LimitName, Scope>()
  for (const clause of text.replace(/;\s*$/, '').split(';')) {
    const at = clause.indexOf(':')
    const name = clause.slice(0, Math.max(0, at)).trim().toLowerCase()
    if (!isLimitName(name)) {
      throw malformed(`expected ${limitNames.join(':, ')}: instead of “${clause.trim()}”`)
    }
    if (limits.has(name)) throw malformed(`${name} is given twice`)
    const items = clause.slice(at + 1).split(',')
    limits.set(name, readers[name](items.map((item) => item.trim())))
  }
  return Object.assign({}, ...limits.values())
}

/** The same few stand in the accreditations of thousands of credentials. */
const knownScopes = new Map<string, Scope | undefined>()
const mostScopes = 256

/** The scope, or `undefined` for a text in words: it is shown and never compared. */
export function readScope(text: string): Scope | undefined {
  if (knownScopes.has(text)) return knownScopes.get(text)
  const scope = tryScope(text)
  if (knownScopes.size >= mostScopes) knownScopes.clear()
  if (text.length <= maxScopeBytes) knownScopes.set(text, scope)
  return scope
}

function tryScope(text: string): Scope | undefined {
  try {
    return parseScope(text)
  } catch (thrown) {
    if (thrown instanceof InvalidInputError) return undefined
    throw thrown
  }
}

/** Whether a text was meant to be in the grammar, so that a slip of the pen is told instead of written for ever. */
export function resemblesScope(text: string): boolean {
  return text.split(';').some((clause) => isLimitName(clause.split(':')[0]?.trim().toLowerCase()))
}

/** The one way in which a scope is written. Reading it gives the scope again. */
export function formatScope({ types, eqf, isced }: Scope): string {
  return [
    types && `types: ${types.join(', ')}`,
    eqf && `eqf: ${formatLevels(eqf)}`,
    isced && `isced: ${isced.join(', ')}`,
  ]
    .filter((clause) => clause !== undefined)
    .join('; ')
}

/** Levels with neighbours joined: `5-6, 8`. */
export function formatLevels(levels: readonly number[]): string {
  const starts = levels.filter((level) => !levels.includes(level - 1))
  return starts
    .map((start) => {
      let end = start
      while (levels.includes(end + 1)) end += 1
      return start === end ? `${start}` : `${start}-${end}`
    })
    .join(', ')
}

/** ISCED-F 2013 fills up with zeros where it defines no further: `0610` is the field `061`. */
export function shortenField(code: string): string {
  return code.length > 2 && code.endsWith('0') ? shortenField(code.slice(0, -1)) : code
}

const readers: Readonly<Record<LimitName, (items: readonly string[]) => Scope>> = {
  types: (items) => ({ types: unique(items.map(readType)) }),
  eqf: (items) => ({ eqf: unique(items.flatMap(readLevels)) }),
  isced: (items) => ({ isced: unique(items.map(readField)) }),
}

function readType(item: string): string {
  const official = officialTypes.get(item.toLowerCase())
  if (official) return official
  if (/^ext:[A-Za-z0-9._-]+$/.test(item)) return item
  throw malformed(
    `“${item}” is no achievement type of Open Badges 3.0, such as MicroCredential or Badge`,
  )
}

function readLevels(item: string): readonly number[] {
  const [, from, to = from] = /^([1-8])(?:\s*[-–]\s*([1-8]))?$/.exec(item) ?? []
  const [first, last] = [Number(from), Number(to)]
  if (!(first <= last)) throw malformed(`“${item}” is no level of the EQF: 1 to 8, or as 5-6`)
  return Array.from({ length: last - first + 1 }, (_, i) => first + i)
}

function readField(item: string): string {
  if (/^(?:0\d|10)\d{0,2}$/.test(item)) return shortenField(item)
  throw malformed(`“${item}” is no field of ISCED-F 2013: two to four digits, such as 06 or 0613`)
}

function unique<T extends string | number>(items: readonly T[]): readonly T[] {
  return [...new Set(items)].sort()
}

function isLimitName(name: string | undefined): name is LimitName {
  return limitNames.some((known) => known === name)
}

function malformed(what: string): InvalidInputError {
  return new InvalidInputError('scope_malformed', `the scope is not machine-readable: ${what}`)
}
