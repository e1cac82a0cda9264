import type { Json, JsonObject } from './canonical.ts'
import { InvalidInputError, pointerTo } from './error.ts'

/** How much of untrusted JSON is read. `bytes` of UTF-8, nested `depth`, `values` in all. */
export interface JsonLimits {
  readonly bytes: number
  readonly depth: number
  readonly values: number
}

export const credentialLimits: JsonLimits = { bytes: 1_048_576, depth: 32, values: 50_000 }

// Names that reach an object's prototype in careless code further on; no context of ours defines them.
const forbiddenNames = new Set(['__proto__', 'constructor', 'prototype'])

/** Checks that a value that is already parsed is I-JSON within `limits`, and returns it typed. */
export function assertJson(value: unknown, limits = credentialLimits): Json {
  if (countNames(value, limits) === undefined) refuse(value, limits)
  return value as Json
}

/** How many member names a value has; `undefined` where `refuse` would refuse it, which finds out what is wrong and where. */
export function countNames(value: unknown, limits: JsonLimits): number | undefined {
  let values = 0
  let names = 0
  const visit = (item: unknown, depth: number): boolean => {
    values += 1
    if (values > limits.values || depth > limits.depth) return false
    if (typeof item === 'string') return item.isWellFormed()
    if (typeof item === 'number') return Math.abs(item) <= Number.MAX_SAFE_INTEGER
    if (typeof item === 'boolean' || item === null) return true
    if (Array.isArray(item)) {
      for (const child of item) if (!visit(child, depth + 1)) return false
      return true
    }
    if (typeof item !== 'object' || !isPlain(item)) return false
    for (const name of Object.keys(item)) {
      names += 1
      if (!name.isWellFormed() || forbiddenNames.has(name)) return false
      if (!visit((item as JsonObject)[name], depth + 1)) return false
    }
    return true
  }
  return visit(value, 0) ? names : undefined
}

/** Throws `InvalidInputError` with the place of what is not I-JSON. */
function refuse(value: unknown, limits: JsonLimits): void {
  let values = 0
  const visit = (item: unknown, depth: number, pointer: string): void => {
    values += 1
    if (values > limits.values) throw tooMany(limits, pointer)
    if (depth > limits.depth) throw tooDeep(limits, pointer)
    if (item === null || typeof item === 'boolean') return
    if (typeof item === 'number') checkNumber(item, String(item), pointer)
    else if (typeof item === 'string') checkString(item, pointer)
    else if (Array.isArray(item)) {
      for (const [i, child] of item.entries()) visit(child, depth + 1, pointerTo(pointer, i))
    } else if (typeof item === 'object' && isPlain(item)) {
      for (const [name, child] of Object.entries(item)) {
        const place = pointerTo(pointer, name)
        checkName(name, place)
        visit(child, depth + 1, place)
      }
    } else throw new InvalidInputError('not_json', `${typeof item} is not a JSON value`, pointer)
  }
  visit(value, 0, '')
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function isPlain(value: object): boolean {
  const prototype = Object.getPrototypeOf(value)
  return prototype === Object.prototype || prototype === null
}

/** Throws `InvalidInputError` for a member name that no credential needs and careless code trips over. */
export function checkName(name: string, pointer: string): void {
  checkString(name, pointer)
  if (forbiddenNames.has(name)) {
    throw new InvalidInputError(
      'name_forbidden',
      `the member name ${name} is not accepted; rename it`,
      pointer,
    )
  }
}

/** Throws `InvalidInputError` for a lone surrogate, RFC 7493 §2.1. */
export function checkString(text: string, pointer: string): void {
  if (text.isWellFormed()) return
  throw new InvalidInputError(
    'lone_surrogate',
    'text holds half of a UTF-16 surrogate pair',
    pointer,
  )
}

/** Throws `InvalidInputError` outside of RFC 7493 §2.2: magnitude of an IEEE 754 double, integers within ±(2^53 - 1). */
export function checkNumber(value: number, literal: string, pointer: string): void {
  const isLost = value === 0 && /^-?[0.]*[1-9]/.test(literal) // 1e-400: a double holds only 0
  if (Math.abs(value) <= Number.MAX_SAFE_INTEGER && !isLost) return
  const why = isLost
    ? 'is so small that computers read it as 0'
    : 'is beyond ±9007199254740991, where computers disagree about digits'
  throw new InvalidInputError(
    'number_unsafe',
    `${literal.slice(0, 40)} ${why}; write it as a string`,
    pointer,
  )
}

export function tooDeep(limits: JsonLimits, pointer: string): InvalidInputError {
  return new InvalidInputError('too_deep', `nested more than ${limits.depth} levels`, pointer)
}

export function tooMany(limits: JsonLimits, pointer: string): InvalidInputError {
  return new InvalidInputError('too_many_values', `more than ${limits.values} values`, pointer)
}
