import type { Json, JsonObject } from '../canonical.ts'
import { pointerTo } from '../error.ts'
import { isObject } from '../i-json.ts'
import { type Problems, problem, shown } from './problem.ts'

// BCP 47: a well-formed tag; whether it is registered is not asked.
const languageTag = /^[A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8})*$/

/** `name` and `description` of a credential or its issuer, VC 2.0 §4.6. */
export function* checkNames(object: JsonObject, pointer: string): Problems {
  for (const member of ['name', 'description']) {
    const value = object[member]
    if (value !== undefined) yield* checkText(value, pointerTo(pointer, member))
  }
}

/** A text, a language value object (VC 2.0 §11.1), or several of these. */
function* checkText(value: Json, pointer: string): Problems {
  if (typeof value === 'string') return
  if (!Array.isArray(value)) {
    yield* checkLanguageValue(value, pointer)
    return
  }
  if (value.length === 0) yield notText(value, pointer)
  for (const [i, item] of (value as readonly Json[]).entries()) {
    yield* checkLanguageValue(item, pointerTo(pointer, i))
  }
}

function* checkLanguageValue(value: Json, pointer: string): Problems {
  if (!isObject(value)) {
    yield notText(value, pointer)
    return
  }
  for (const member of Object.keys(value)) {
    if (!['@value', '@language', '@direction'].includes(member)) {
      yield problem(
        'language_malformed',
        `a text with its language has @value, @language and @direction, not ${shown(member)}`,
        pointerTo(pointer, member),
      )
    }
  }
  const { '@value': text, '@language': language, '@direction': direction } = value
  if (typeof text !== 'string') {
    yield problem(
      'language_malformed',
      `expected a text, found ${shown(text)}`,
      pointerTo(pointer, '@value'),
    )
  }
  if (language !== undefined && !(typeof language === 'string' && languageTag.test(language))) {
    yield problem(
      'language_malformed',
      `expected a language tag such as en or de-CH, found ${shown(language)}`,
      pointerTo(pointer, '@language'),
    )
  }
  if (direction !== undefined && direction !== 'ltr' && direction !== 'rtl') {
    yield problem(
      'language_malformed',
      `expected "ltr" or "rtl", found ${shown(direction)}`,
      pointerTo(pointer, '@direction'),
    )
  }
}

function notText(value: Json, pointer: string) {
  return problem(
    'text_malformed',
    `expected a text, or objects with @value and @language, found ${shown(value)}`,
    pointer,
  )
}
