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

/**
 * Parses untrusted bytes as I-JSON (RFC 7493): what `JSON.parse` would repair is refused.
 *
 * Refuses invalid UTF-8, duplicate member names, lone surrogates, numbers that a double does not hold (RFC 7493 §2.2) and anything
 * beyond `limits`. Throws `InvalidInputError` with the JSON pointer of the place.
 */
export function parseJson(input: Uint8Array | string, limits = credentialLimits): Json {
  const size = input.length
  if (size > limits.bytes) {
    throw new InvalidInputError(
      'too_large',
      `${size} bytes of JSON; at most ${limits.bytes} are read`,
    )
  }
  return parseDocument(typeof input === 'string' ? input : decodeUtf8(input), limits)
}

/** Checks that a value that is already parsed is I-JSON within `limits`, and returns it typed. */
export function assertJson(value: unknown, limits = credentialLimits): Json {
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
  return value as Json
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function isPlain(value: object): boolean {
  const prototype = Object.getPrototypeOf(value)
  return prototype === Object.prototype || prototype === null
}

function decodeUtf8(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    throw new InvalidInputError('utf8_invalid', 'the bytes are not UTF-8; save the file as UTF-8')
  }
}

const numberPattern = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y
const plainText = /[^"\\]*/y

/** A recursive descent over RFC 8259; recursion is bounded by `limits.depth`. */
function parseDocument(text: string, limits: JsonLimits): Json {
  let at = 0
  let values = 0

  const fail = (expected: string, pointer: string): never => {
    const found = at < text.length ? JSON.stringify(text.slice(at, at + 12)) : 'the end'
    const line = text.slice(0, at).split('\n').length
    throw new InvalidInputError(
      'json_malformed',
      `line ${line}: expected ${expected}, found ${found}`,
      pointer,
    )
  }
  const skipSpace = () => {
    while (at < text.length && ' \t\n\r'.includes(text[at] as string)) at++
  }
  const take = (char: string, pointer: string) => {
    if (text[at] !== char) fail(`"${char}"`, pointer)
    at++
  }
  const parseWord = (word: string, value: Json, pointer: string): Json => {
    if (!text.startsWith(word, at)) fail('a JSON value', pointer)
    at += word.length
    return value
  }
  const parseNumber = (pointer: string): number => {
    numberPattern.lastIndex = at
    const literal = numberPattern.exec(text)?.[0]
    if (literal === undefined) return fail('a JSON value', pointer)
    at += literal.length
    const value = Number(literal)
    checkNumber(value, literal, pointer)
    return value
  }
  const parseString = (pointer: string): string => {
    const start = at
    take('"', pointer)
    for (;;) {
      plainText.lastIndex = at
      plainText.exec(text)
      at = plainText.lastIndex
      if (text[at] === '"') break
      if (text[at] !== '\\') return fail('a closing quotation mark', pointer)
      at += 2
    }
    at++
    const value = unescapeString(text.slice(start, at), pointer)
    checkString(value, pointer)
    return value
  }
  const unescapeString = (literal: string, pointer: string): string => {
    try {
      return JSON.parse(literal)
    } catch {
      throw new InvalidInputError(
        'json_malformed',
        'a string holds a control character or an escape that JSON does not know',
        pointer,
      )
    }
  }
  const parseArray = (depth: number, pointer: string): Json => {
    const items: Json[] = []
    take('[', pointer)
    skipSpace()
    if (text[at] === ']') {
      at++
      return items
    }
    for (;;) {
      items.push(parseValue(depth + 1, pointerTo(pointer, items.length)))
      if (text[at] === ',') at++
      else break
    }
    take(']', pointer)
    return items
  }
  const parseObject = (depth: number, pointer: string): Json => {
    const members: Record<string, Json> = {}
    take('{', pointer)
    skipSpace()
    if (text[at] === '}') {
      at++
      return members
    }
    for (;;) {
      skipSpace()
      const name = parseString(pointer)
      const place = pointerTo(pointer, name)
      checkName(name, place)
      if (Object.hasOwn(members, name)) {
        throw new InvalidInputError(
          'duplicate_name',
          'the same member name stands twice; keep one',
          place,
        )
      }
      skipSpace()
      take(':', place)
      members[name] = parseValue(depth + 1, place)
      if (text[at] === ',') at++
      else break
    }
    take('}', pointer)
    return members
  }
  const parseValue = (depth: number, pointer: string): Json => {
    values += 1
    if (values > limits.values) throw tooMany(limits, pointer)
    if (depth > limits.depth) throw tooDeep(limits, pointer)
    skipSpace()
    const value = parseAt(depth, pointer)
    skipSpace()
    return value
  }
  const parseAt = (depth: number, pointer: string): Json => {
    switch (text[at]) {
      case '{':
        return parseObject(depth, pointer)
      case '[':
        return parseArray(depth, pointer)
      case '"':
        return parseString(pointer)
      case 't':
        return parseWord('true', true, pointer)
      case 'f':
        return parseWord('false', false, pointer)
      case 'n':
        return parseWord('null', null, pointer)
      default:
        return parseNumber(pointer)
    }
  }

  const document = parseValue(0, '')
  if (at < text.length) fail('the end', '')
  return document
}

function checkName(name: string, pointer: string): void {
  checkString(name, pointer)
  if (forbiddenNames.has(name)) {
    throw new InvalidInputError(
      'name_forbidden',
      `the member name ${name} is not accepted; rename it`,
      pointer,
    )
  }
}

function checkString(text: string, pointer: string): void {
  if (text.isWellFormed()) return
  throw new InvalidInputError(
    'lone_surrogate',
    'text holds half of a UTF-16 surrogate pair',
    pointer,
  )
}

/** RFC 7493 §2.2: magnitude and precision of an IEEE 754 double, integers within ±(2^53 - 1). */
function checkNumber(value: number, literal: string, pointer: string): void {
  if (Math.abs(value) <= Number.MAX_SAFE_INTEGER) return
  throw new InvalidInputError(
    'number_unsafe',
    `${literal.slice(0, 40)} is beyond ±9007199254740991, where computers disagree about digits; write it as a string`,
    pointer,
  )
}

function tooDeep(limits: JsonLimits, pointer: string): InvalidInputError {
  return new InvalidInputError('too_deep', `nested more than ${limits.depth} levels`, pointer)
}

function tooMany(limits: JsonLimits, pointer: string): InvalidInputError {
  return new InvalidInputError('too_many_values', `more than ${limits.values} values`, pointer)
}
