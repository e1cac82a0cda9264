import type { Json, JsonObject } from '../canonical.ts'
import { isAbsoluteUrl } from '../data-model/identifier.ts'
import { type Problem, type Problems, problem, shown } from '../data-model/problem.ts'
import { typesOf } from '../data-model/type.ts'
import { InvalidInputError, pointerTo } from '../error.ts'
import { isObject } from '../i-json.ts'
import { parseTimestamp } from '../time.ts'
import { badgeClasses, type PlainKind } from './badge-class.ts'
import { namesOf } from './badge-names.ts'
import { membersOf } from './member.ts'

/** A class of Open Badges 3.0. */
export type BadgeClass = keyof typeof badgeClasses

/** An object has the type of its class, the members that the class must have, and what these may hold, however deep. */
export function* checkShape(value: Json | undefined, pointer: string, name: BadgeClass): Problems {
  if (!isObject(value)) {
    yield wrong('an object', value, pointer)
    return
  }
  // `Criteria` has no type in Open Badges 3.0.
  if (name !== 'Criteria' && !typesOf(value).includes(name)) {
    yield problem(
      'badge_type_missing',
      `expected type to name ${name}, found ${shown(value['type'])}`,
      pointerTo(pointer, 'type'),
    )
  }
  for (const [member, kind] of Object.entries(badgeClasses[name])) {
    const [, what, mark] = /^(\w+)([!*]?)$/.exec(kind) as unknown as [string, string, string]
    yield* checkMember(value, member, what, mark, pointer)
  }
}

function* checkMember(
  object: JsonObject,
  member: string,
  what: string,
  mark: string,
  pointer: string,
): Problems {
  const value = object[member]
  const place = pointerTo(pointer, member)
  if (value === undefined && mark !== '!') return
  if (!(what in badgeClasses)) {
    if (!isKind(what as PlainKind, value)) yield wrong(expected[what as PlainKind], value, place)
  } else if (mark === '*') {
    for (const one of membersOf(object, member, pointer)) {
      yield* checkShape(one.value, one.pointer, what as BadgeClass)
    }
  } else yield* checkShape(value, place, what as BadgeClass)
}

const expected: Readonly<Record<PlainKind, string>> = {
  text: 'a text',
  texts: 'texts',
  url: 'an absolute URL',
  number: 'a number',
  boolean: 'true or false',
  time: 'a time with its zone',
  date: 'a date such as 2001-12-31',
  language: 'a language tag such as en or de-CH',
  achievementType: 'a type of achievement, or ext: and a name of your own',
  identifierType: 'a type of identifier, or ext: and a name of your own',
  resultStatus: 'the status of a result',
  resultType: 'a type of result, or ext: and a name of your own',
  targetType: 'a type of target, or ext: and a name of your own',
}

function isKind(kind: PlainKind, value: Json | undefined): boolean {
  if (kind === 'number' || kind === 'boolean') return typeof value === kind
  if (kind === 'texts' && Array.isArray(value)) return value.every((item) => isText(item))
  if (!isText(value)) return false
  switch (kind) {
    case 'text':
    case 'texts':
      return true
    case 'url':
      return isAbsoluteUrl(value)
    case 'time':
      return isTime(value)
    case 'date':
      return /^\d{4}-\d{2}-\d{2}$/.test(value) && isTime(`${value}T00:00:00Z`)
    case 'language':
      return /^[a-z]{2,4}(?:-[A-Z][a-z]{3})?(?:-(?:[A-Z]{2}|\d{3}))?$/.test(value)
    case 'resultStatus':
      return isNamed(kind, value)
    default:
      return isNamed(kind, value) || /^ext:[A-Za-z0-9|._-]+$/.test(value)
  }
}

function isNamed(kind: keyof typeof namesOf, value: string): boolean {
  const names: readonly string[] = namesOf[kind]
  return names.includes(value)
}

function isText(value: Json | undefined): value is string {
  return typeof value === 'string'
}

function isTime(text: string): boolean {
  try {
    parseTimestamp(text, '')
    return true
  } catch (thrown) {
    if (thrown instanceof InvalidInputError) return false
    throw thrown
  }
}

function wrong(what: string, value: Json | undefined, pointer: string): Problem {
  return problem('badge_malformed', `expected ${what}, found ${shown(value)}`, pointer)
}
