import type { Json, JsonObject } from './canonical.ts'
import { InvalidInputError, pointerTo } from './error.ts'
import { isObject } from './i-json.ts'

// Bounds of what an attacker may write. The time that JSON-LD takes grows with the square of long lists, and each object with a
// context or a type of its own costs a copy of all terms; within these bounds it stays at a second or two on a slow machine.
const maxValues = 10_000
const maxItems = 1_000
const maxContexts = 64
const maxTerms = 1_000
const maxCopies = 100_000

/** What reading a context once more costs, in values. */
const contextCost = 50

/**
 * What JSON-LD costs for an untrusted document, in values; throws `InvalidInputError` (`json_ld_too_complex`) where it would take
 * too long.
 */
export function checkBounds(document: Json): number {
  let values = 0
  let objects = 0
  let contexts = 0
  let terms = 0
  const check = (isWithin: boolean, what: string, pointer: string): void => {
    if (isWithin) return
    throw new InvalidInputError('json_ld_too_complex', `it holds ${what}`, pointer)
  }
  const countContext = (context: Json, pointer: string): void => {
    for (const item of [context].flat() as readonly Json[]) {
      contexts += 1
      terms += termsOf(item)
    }
    check(contexts <= maxContexts, `more than ${maxContexts} JSON-LD contexts`, pointer)
    check(terms <= maxTerms, `more than ${maxTerms} terms of its own`, pointer)
  }
  const visit = (value: Json, pointer: string): void => {
    values += 1
    check(values <= maxValues, `more than ${maxValues} values`, pointer)
    if (Array.isArray(value)) {
      check(value.length <= maxItems, `a list of more than ${maxItems}`, pointer)
      for (const [i, item] of value.entries()) visit(item, pointerTo(pointer, i))
    } else if (isObject(value)) {
      objects += 1
      for (const [name, member] of Object.entries(value)) {
        const place = pointerTo(pointer, name)
        if (name === '@context') countContext(member, place)
        else visit(member, place)
      }
    }
  }
  visit(document, '')
  check(objects * terms <= maxCopies, 'too many terms and objects of its own', '')
  return values + contexts * contextCost
}

/** Terms that a context written into the document defines, with those of contexts within it. */
function termsOf(context: Json): number {
  if (!isObject(context)) return 0
  const within = Object.values(context).map((term: Json) =>
    isObject(term) ? [(term as JsonObject)['@context'] ?? []].flat().map(termsOf) : [],
  )
  return within.flat().reduce((sum, terms) => sum + terms, Object.keys(context).length)
}
