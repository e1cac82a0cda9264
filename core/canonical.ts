import { InvalidInputError, pointerTo } from './error.ts'

/** Any JSON value. */
export type Json =
  | null
  | boolean
  | number
  | string
  | readonly Json[]
  | { readonly [member: string]: Json }
export type JsonObject = { readonly [member: string]: Json }

/**
 * The canonical form of a JSON value as text, RFC 8785 (JCS).
 *
 * Members sort by UTF-16 code units and numbers and strings print as ECMAScript prints them, which is what JavaScript's own
 * `sort` and `JSON.stringify` do. Throws `InvalidInputError` for what is not I-JSON: a lone surrogate or a number that is not finite.
 */
export function canonicalize(value: Json): string {
  const sorted = sortedCopy(value)
  const text = sorted === odd ? undefined : JSON.stringify(sorted)
  // Half of a surrogate pair is printed as an escape, which no other text needs; a backslash before ud looks like one.
  return text?.includes('\\ud') === false ? text : canonicalizeSlowly(value, '')
}

/** What a sorted copy cannot hold, or would print differently. */
const odd = Symbol('odd')

/** The value with its members in order, for `JSON.stringify`, which is the fastest printer there is; `odd` where that is no canonical form. */
function sortedCopy(value: Json): unknown {
  if (typeof value === 'string' || typeof value === 'boolean' || value === null) return value
  if (typeof value === 'number') return Number.isFinite(value) ? value : odd
  if (typeof value !== 'object') return odd
  if (isArray(value)) {
    const items: unknown[] = []
    for (const item of value) {
      const copy = sortedCopy(item)
      if (copy === odd) return odd
      items.push(copy)
    }
    return items
  }
  const members: Record<string, unknown> = {}
  for (const name of sortNames(Object.keys(value))) {
    // An engine puts names that are numbers first, and one name changes the prototype.
    const first = name.charCodeAt(0)
    if ((first >= 0x30 && first <= 0x39) || name === '__proto__') return odd
    const copy = sortedCopy(value[name] as Json)
    if (copy === odd) return odd
    members[name] = copy
  }
  return members
}

/** RFC 8785 §3.2.3: by code units, as `<` and the default order have it. Few names are quicker sorted by insertion. */
function sortNames(names: string[]): string[] {
  if (names.length > 24) return names.sort()
  for (let i = 1; i < names.length; i++) {
    const name = names[i] as string
    let at = i
    for (; at > 0 && (names[at - 1] as string) > name; at--) names[at] = names[at - 1] as string
    names[at] = name
  }
  return names
}

/** Member by member, with the place of what is not I-JSON. */
function canonicalizeSlowly(value: Json, pointer: string): string {
  if (value === null || typeof value === 'boolean') return String(value)
  if (typeof value === 'number') {
    if (Number.isFinite(value)) return JSON.stringify(value)
    throw new InvalidInputError('number_not_finite', `${value} is not a JSON number`, pointer)
  }
  if (typeof value === 'string') return canonicalString(value, pointer)
  if (isArray(value)) {
    return `[${value.map((item, i) => canonicalizeSlowly(item, pointerTo(pointer, i))).join(',')}]`
  }
  if (typeof value === 'object') {
    const members = sortNames(Object.keys(value)).map((name) => {
      const place = pointerTo(pointer, name)
      return `${canonicalString(name, place)}:${canonicalizeSlowly(value[name] as Json, place)}`
    })
    return `{${members.join(',')}}`
  }
  throw new InvalidInputError('not_json', `${typeof value} is not a JSON value`, pointer)
}

/** A text as canonical JSON; throws `InvalidInputError` for a lone surrogate. */
export function canonicalString(text: string, pointer: string): string {
  // RFC 8785 §3.2.2.2: lone surrogates end the process, they are not escaped
  if (text.isWellFormed()) return JSON.stringify(text)
  throw new InvalidInputError(
    'lone_surrogate',
    'text holds half of a UTF-16 surrogate pair',
    pointer,
  )
}

function isArray(value: Json): value is readonly Json[] {
  return Array.isArray(value)
}
