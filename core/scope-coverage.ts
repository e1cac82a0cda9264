import {
  formatLevels,
  type LimitName,
  limitNames,
  readScope,
  type Scope,
  shortenField,
} from './accreditation-scope.ts'
import type { Json, JsonObject } from './canonical.ts'
import { isObject } from './i-json.ts'
import { type Member, membersOf } from './open-badges/member.ts'

/** How a credential compares with one scope, best first. */
export type Coverage = 'covered' | 'unstated' | 'mismatch'

/** A scope compared with a credential. `why` names what was found and what is allowed; it is empty where all is covered. */
export interface ScopeResult {
  readonly coverage: Coverage
  readonly why: string
  /** Whether the scope is in words, so that nothing could be compared. */
  readonly inWords: boolean
}

/** What a credential states of what a scope can limit; texts are the issuer's and untrusted. */
export interface ScopeFacts {
  readonly types: readonly string[]
  readonly eqf: readonly string[]
  readonly isced: readonly string[]
  /** What some achievement of it does not state. */
  readonly unstated: readonly LimitName[]
}

/** A credential within its size limit can name thousands; a scope of 256 bytes covers fewer than these. */
const maxFacts = 100

const europeanLists =
  /^https?:\/\/data\.europa\.eu\/(?:snb\/(eqf)\/([1-8])|(?:snb|esco)\/(isced-f)\/(\d{2,4}))$/
const eqfNames = /^(?:eqf|european qualifications framework)\b/i
const iscedNames = /^isced-f\b/i

/** Compares one scope after another with a credential, whose facts are read once. */
export function scopeMeasure(document: JsonObject): (scope: string) => ScopeResult {
  const facts = scopeFactsOf(document)
  const known = new Map<string, ScopeResult>()
  return (text) => {
    const found = known.get(text) ?? compareScope(text, facts)
    known.set(text, found)
    return found
  }
}

/** What the achievements of a credential state, format rule 15.3. It may be any JSON; what is odd is passed over. */
export function scopeFactsOf(document: JsonObject): ScopeFacts {
  const found = { types: new Set<string>(), eqf: new Set<string>(), isced: new Set<string>() }
  const unstated = new Set<LimitName>()
  const achievements = membersOf(document, 'credentialSubject', '').flatMap(({ value, pointer }) =>
    membersOf(value, 'achievement', pointer),
  )
  for (const achievement of achievements.length > 0 ? achievements : [{ value: {}, pointer: '' }]) {
    const stated = statementsOf(achievement)
    for (const name of limitNames) {
      if (stated[name].length === 0) unstated.add(name)
      for (const fact of stated[name]) if (found[name].size < maxFacts) found[name].add(fact)
    }
  }
  return {
    types: [...found.types],
    eqf: [...found.eqf].sort(),
    isced: [...found.isced].sort(),
    unstated: [...unstated],
  }
}

/** How a credential that states these facts compares with a scope. */
export function compareScope(text: string, facts: ScopeFacts): ScopeResult {
  const scope = readScope(text)
  if (!scope) return { coverage: 'covered', why: '', inWords: true }
  const limits = limitNames.filter((name) => scope[name] !== undefined)
  const wrong = limits.flatMap((name) => mismatchOf(name, scope, facts))
  if (wrong.length > 0) return { coverage: 'mismatch', why: wrong.join(' and '), inWords: false }
  const open = limits.filter(
    (name) =>
      facts.unstated.includes(name) || facts[name].some((fact) => isOpen(name, scope, fact)),
  )
  const why = open.map((name) => `${nouns[name]} (${allowedBy(name, scope)})`).join(' and ')
  return { coverage: open.length > 0 ? 'unstated' : 'covered', why, inWords: false }
}

const nouns: Readonly<Record<LimitName, string>> = {
  types: 'achievement type',
  eqf: 'EQF level',
  isced: 'ISCED-F field',
}

function mismatchOf(name: LimitName, scope: Scope, facts: ScopeFacts): readonly string[] {
  const outside = facts[name].filter(
    (fact) => !isCovered(name, scope, fact) && !isOpen(name, scope, fact),
  )
  if (outside.length === 0) return []
  const found = outside.slice(0, 5).map((fact) => fact.slice(0, 60))
  return [`${nouns[name]} ${found.join(', ')} (${allowedBy(name, scope)})`]
}

function allowedBy(name: LimitName, { types = [], eqf = [], isced = [] }: Scope): string {
  const allowed = { types: types.join(', '), eqf: formatLevels(eqf), isced: isced.join(', ') }
  return `allowed: ${allowed[name]}`
}

function isCovered(name: LimitName, { types = [], eqf = [], isced = [] }: Scope, fact: string) {
  if (name === 'types') return types.includes(fact)
  if (name === 'eqf') return eqf.includes(Number(fact))
  return isced.some((code) => fact.startsWith(code))
}

/** A field that is stated less precisely than the scope is may lie within it or not. */
function isOpen(name: LimitName, { isced = [] }: Scope, fact: string): boolean {
  return (
    name === 'isced' &&
    !isced.some((code) => fact.startsWith(code)) &&
    isced.some((code) => code.startsWith(fact))
  )
}

function statementsOf({ value }: Member): Readonly<Record<LimitName, readonly string[]>> {
  const achievement: JsonObject = isObject(value) ? value : {}
  const aligned = membersOf(achievement, 'alignment', '').flatMap((each) => placesOf(each.value))
  const codesIn = (list: LimitName) => aligned.flatMap((each) => (each[0] === list ? each[1] : []))
  const { achievementType: type, fieldOfStudy } = achievement
  return {
    types: typeof type === 'string' && type !== '' ? [type] : [],
    eqf: codesIn('eqf'),
    isced: [
      ...codesIn('isced'),
      ...(typeof fieldOfStudy === 'string' ? fieldIn(fieldOfStudy) : []),
    ],
  }
}

/** Levels and fields that an alignment names, by its URL in the lists of the European Union and by framework and code. Should the two differ, both count. */
function placesOf(alignment: Json): readonly (readonly [LimitName, readonly string[]])[] {
  if (!isObject(alignment)) return []
  const textAt = (name: string) => {
    const text = alignment[name]
    return typeof text === 'string' ? text.slice(0, 200).trim() : ''
  }
  const [, eqf, level, , field] = europeanLists.exec(textAt('targetUrl')) ?? []
  const [framework, code] = [textAt('targetFramework'), textAt('targetCode')]
  return [
    ...(eqf ? [['eqf', [level as string]] as const] : []),
    ...(field ? [['isced', fieldIn(field)] as const] : []),
    ...(eqfNames.test(framework) ? [['eqf', levelIn(code)] as const] : []),
    ...(iscedNames.test(framework) ? [['isced', fieldIn(code)] as const] : []),
  ]
}

/** The EQF level that a code is: `5`, `EQF 5` or `Level 5`. */
function levelIn(code: string): readonly string[] {
  return /^(?:eqf)?\s*(?:level)?\s*([1-8])$/i.exec(code)?.slice(1) ?? []
}

/** The ISCED-F code that a text is or begins with: `0613`, or `0613 Software development`. */
function fieldIn(text: string): readonly string[] {
  const found = /^\s*(?:isced-f(?: 2013)?:?\s*)?((?:0\d|10)\d{0,2})(?=\s|$)/i.exec(
    text.slice(0, 80),
  )
  return found ? [shortenField(found[1] as string)] : []
}
