import { InvalidInputError, pointerTo } from '../error.ts'
import { pathwayBounds } from './bounds.ts'
import { maxCredits, unitsOf } from './credits.ts'
import {
  malformed,
  parseBoolean,
  parseList,
  parseSkillUrl,
  parseText,
  parseWhere,
  refuseUnknown,
  requireIssuers,
  requireObject,
  type Where,
} from './where.ts'

interface Placed {
  readonly pointer: string
  /** What people call the clause. */
  readonly label: string | undefined
}

/** A clause that components satisfy by themselves. */
export type Leaf = Placed & { readonly where: Where } & (
    | {
        /** So many components. With `shared` those count that count elsewhere as well. */
        readonly kind: 'components'
        readonly needed: number
        readonly shared: boolean
      }
    | {
        /** So many credits, in ten-thousandths. */
        readonly kind: 'credits'
        readonly needed: number
        readonly shared: boolean
      }
    | {
        /** Each of these skills is shown by some component; it may count elsewhere. */
        readonly kind: 'skills'
        readonly skills: readonly NamedSkill[]
        readonly shared: true
      }
  )

export interface NamedSkill {
  readonly url: string
  readonly name: string
}

/** A clause of a rule. */
export type Rule =
  | Leaf
  | (Placed & { readonly kind: 'all'; readonly rules: readonly Rule[] })
  | (Placed & { readonly kind: 'any'; readonly needed: number; readonly rules: readonly Rule[] })

const kinds = ['all', 'any', 'components', 'credits', 'skills'] as const

/** What every component of a rule must be, where its own clause does not say otherwise; it goes member by member. */
export function parseEvery(value: unknown, pointer: string): Where {
  return value === undefined ? {} : parseWhere(value, pointer)
}

/** Parses an untrusted rule. Throws `InvalidInputError` with the place, and for a rule beyond `pathwayBounds`. */
export function parseRule(value: unknown, pointer: string, every: Where): Rule {
  let clauses = 0
  const parse = (clause: unknown, place: string, depth: number): Rule => {
    clauses += 1
    if (clauses > pathwayBounds.clauses) {
      const most = pathwayBounds.clauses
      throw tooLarge(`the rule has more than ${most} clauses; at most ${most} are read`, place)
    }
    if (depth > pathwayBounds.depth) {
      throw tooLarge(`clauses lie more than ${pathwayBounds.depth} deep`, place)
    }
    const object = requireObject(clause, place)
    const [kind, ...others] = kinds.filter((name) => object[name] !== undefined)
    if (kind === undefined || others.length > 0) {
      const found = Object.keys(object).slice(0, 5).join(', ').slice(0, 100)
      throw new InvalidInputError(
        'pathway_malformed',
        `a clause has exactly one of ${kinds.join(', ')}; this one has ${found || 'no member'}`,
        place,
      )
    }
    const label =
      object['label'] === undefined
        ? undefined
        : parseText(object['label'], 200, pointerTo(place, 'label'))
    const placed = { pointer: place, label }
    const rulesAt = (name: string) => {
      const list = object[name]
      if (Array.isArray(list) && list.length > pathwayBounds.clauses) {
        throw tooLarge(`${list.length} clauses; at most ${pathwayBounds.clauses} are read`, place)
      }
      if (!Array.isArray(list) || list.length === 0) {
        throw malformed('a list of clauses', list, pointerTo(place, name))
      }
      const at = pointerTo(place, name)
      return list.map((item, i) => parse(item, pointerTo(at, i), depth + 1))
    }
    if (kind === 'all') {
      refuseUnknown(object, ['all', 'label'], place)
      return { ...placed, kind, rules: rulesAt('all') }
    }
    if (kind === 'any') {
      refuseUnknown(object, ['any', 'of', 'label'], place)
      const rules = rulesAt('of')
      const needed = parseCount(object['any'], rules.length, pointerTo(place, 'any'))
      return { ...placed, kind, needed, rules }
    }
    return parseLeaf(object, kind, placed, every)
  }
  return parse(value, pointer, 1)
}

function parseLeaf(
  object: Readonly<Record<string, unknown>>,
  kind: Leaf['kind'],
  placed: Placed,
  every: Where,
): Leaf {
  const { pointer } = placed
  const own = object['where'] === undefined ? {} : parseWhere(object['where'], `${pointer}/where`)
  const where = { ...every, ...own }
  requireIssuers(where, pointer)
  const place = pointerTo(pointer, kind)
  if (kind === 'skills') {
    refuseUnknown(object, ['skills', 'where', 'label'], pointer)
    const skills = parseList(object['skills'], place, parseSkill)
    return { ...placed, kind, skills, shared: true, where }
  }
  refuseUnknown(object, [kind, 'where', 'shared', 'label'], pointer)
  const shared =
    object['shared'] !== undefined && parseBoolean(object['shared'], `${pointer}/shared`)
  const needed =
    kind === 'credits'
      ? parseCredits(object[kind], place)
      : parseCount(object[kind], pathwayBounds.components, place)
  return { ...placed, kind, needed, shared, where }
}

function parseSkill(value: unknown, pointer: string): NamedSkill {
  if (typeof value === 'string') {
    const url = parseSkillUrl(value, pointer)
    return { url, name: url }
  }
  const skill = requireObject(value, pointer)
  refuseUnknown(skill, ['url', 'name'], pointer)
  return {
    url: parseSkillUrl(skill['url'], pointerTo(pointer, 'url')),
    name: parseText(skill['name'], 200, pointerTo(pointer, 'name')),
  }
}

function parseCount(value: unknown, most: number, pointer: string): number {
  if (Number.isInteger(value) && (value as number) >= 1 && (value as number) <= most) {
    return value as number
  }
  throw malformed(`a whole number from 1 to ${most}`, value, pointer)
}

/** Written as a number: `"10"` or `-3` is a slip, and no number of credits. */
function parseCredits(value: unknown, pointer: string): number {
  const units = unitsOf(value)
  if (units !== undefined && units > 0) return units
  throw malformed(
    `a number of credits above 0, at most ${maxCredits}, with at most four decimals`,
    value,
    pointer,
  )
}

function tooLarge(what: string, pointer: string): InvalidInputError {
  return new InvalidInputError('pathway_too_large', `${what}; split the pathway in two`, pointer)
}
