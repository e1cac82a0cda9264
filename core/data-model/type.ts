import type { Json, JsonObject } from '../canonical.ts'
import { pointerTo } from '../error.ts'
import { type Problems, problem, shown } from './problem.ts'

/** The names in a `type`, which is one text or an array of them; anything else in it is passed over. */
export function typesOf(object: JsonObject): readonly string[] {
  const type = object['type']
  const items: readonly unknown[] = Array.isArray(type) ? type : [type]
  return items.filter((item) => typeof item === 'string')
}

/** `type`: one or more terms or absolute URLs, VC 2.0 §4.5. Whether a term means anything is for the contexts to say. */
export function* checkType(object: JsonObject, pointer: string): Problems {
  const type = object['type']
  const place = pointerTo(pointer, 'type')
  if (isName(type)) return
  if (!Array.isArray(type) || type.length === 0) {
    yield problem('type_missing', `expected the name of a type, found ${shown(type)}`, place)
    return
  }
  for (const [i, item] of (type as readonly Json[]).entries()) {
    if (!isName(item)) {
      yield problem(
        'type_malformed',
        `expected the name of a type, found ${shown(item)}`,
        pointerTo(place, i),
      )
    }
  }
}

/** The type that makes a document what it is, such as `VerifiableCredential`. */
export function* checkTypeNamed(object: JsonObject, name: string): Problems {
  if (typesOf(object).length === 0 || typesOf(object).includes(name)) yield* checkType(object, '')
  else yield problem('type_missing', `expected type to name ${name}`, '/type')
}

/** What is issued writes its types as an array, as Open Badges 3.0 and VC-API want them. */
export function* checkTypeIsArray(object: JsonObject): Problems {
  if (typeof object['type'] === 'string') {
    yield problem('type_malformed', 'expected an array of types, found a text', '/type')
  }
}

function isName(value: Json | undefined): value is string {
  return typeof value === 'string' && value !== '' && !value.startsWith('@')
}
