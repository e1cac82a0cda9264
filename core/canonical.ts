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
export function canonicalize(value: Json, pointer = ''): string {
  if (value === null || typeof value === 'boolean') return String(value)
  if (typeof value === 'number') {
    if (Number.isFinite(value)) return JSON.stringify(value)
    throw new InvalidInputError('number_not_finite', `${value} is not a JSON number`, pointer)
  }
  if (typeof value === 'string') return canonicalString(value, pointer)
  if (isArray(value)) {
    return `[${value.map((item, i) => canonicalize(item, pointerTo(pointer, i))).join(',')}]`
  }
  if (typeof value === 'object') {
    const members = Object.keys(value)
      .sort() // RFC 8785 §3.2.3: code units, the default order
      .map((name) => {
        const place = pointerTo(pointer, name)
        return `${canonicalString(name, place)}:${canonicalize(value[name] as Json, place)}`
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
