import type { Json } from './canonical.ts'
import { InvalidInputError, pointerTo } from './error.ts'
import { checkName, checkNumber, checkString, type JsonLimits, tooDeep, tooMany } from './i-json.ts'

const numberPattern = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y
const plainText = /[^"\\]*/y

/**
 * Parses a text as I-JSON (RFC 7493) and knows the place of every value: a recursive descent over RFC 8259, bounded by
 * `limits.depth`. Throws `InvalidInputError` with the JSON pointer of what it refuses.
 */
export function parseStrictly(text: string, limits: JsonLimits): Json {
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
      at = Math.min(at + 2, text.length)
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
