import type { Json, JsonObject } from './canonical.ts'
import { InvalidInputError, pointerTo } from './error.ts'
import { isObject } from './i-json.ts'

// Bounds of what an attacker may write into contexts of a document: each one costs a copy of all terms that hold there.
const maxContexts = 64
const maxTerms = 1_000

/** Throws `InvalidInputError` where the contexts that a document brings along are more than a credential needs. It is untrusted. */
export function checkContexts(document: Json): void {
  let contexts = 0
  let terms = 0
  const count = (context: Json, pointer: string): void => {
    for (const item of Array.isArray(context) ? context : [context]) {
      contexts += 1
      if (isObject(item)) terms += Object.keys(item).length
    }
    if (contexts <= maxContexts && terms <= maxTerms) return
    throw new InvalidInputError(
      'contexts_too_many',
      `more than ${maxContexts} JSON-LD contexts or ${maxTerms} terms of its own`,
      pointer,
    )
  }
  const visit = (value: Json, pointer: string): void => {
    if (Array.isArray(value)) {
      for (const [i, item] of value.entries()) visit(item, pointerTo(pointer, i))
    } else if (isObject(value)) visitObject(value, pointer)
  }
  const visitObject = (object: JsonObject, pointer: string): void => {
    for (const [name, value] of Object.entries(object)) {
      const place = pointerTo(pointer, name)
      if (name === '@context') count(value, place)
      visit(value, place)
    }
  }
  visit(document, '')
}
