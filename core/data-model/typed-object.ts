import type { Json, JsonObject } from '../canonical.ts'
import { pointerTo } from '../error.ts'
import { isObject } from '../i-json.ts'
import type { ModelVersion } from './context.ts'
import { checkId, checkUrl } from './identifier.ts'
import { type Problems, problem, shown } from './problem.ts'
import { checkType } from './type.ts'

/** Properties whose values are objects with a `type`, VC 2.0 §4.5. */
const typedProperties = [
  'credentialStatus',
  'credentialSchema',
  'evidence',
  'refreshService',
  'termsOfUse',
] as const

/** Those of them whose objects must have an `id` too: VC 2.0 §4.11; VC 1.1 §4.9, §5.4 and §5.5. */
const identified: Readonly<Record<ModelVersion, readonly string[]>> = {
  '2.0': ['credentialSchema'],
  '1.1': ['credentialSchema', 'credentialStatus', 'refreshService'],
}

/** Each typed object that a credential or presentation carries. */
export function* checkTypedObjects(document: JsonObject, version: ModelVersion): Problems {
  for (const property of typedProperties) {
    yield* eachObject(document, property, function* (object, pointer) {
      yield* checkType(object, pointer)
      if (identified[version].includes(property)) {
        yield* checkUrl(object['id'], pointerTo(pointer, 'id'))
      } else yield* checkId(object, pointer)
    })
  }
}

/** Applies a rule to the one object or the several of a property, where there is one; anything but objects is a problem. */
export function* eachObject(
  document: JsonObject,
  property: string,
  rule: (object: JsonObject, pointer: string) => Problems,
): Problems {
  const value = document[property]
  if (value === undefined) return
  const place = pointerTo('', property)
  if (Array.isArray(value) && value.length > 0) {
    for (const [i, item] of (value as readonly Json[]).entries()) {
      yield* applied(item, pointerTo(place, i))
    }
  } else yield* applied(value, place)

  function* applied(item: Json, pointer: string): Problems {
    if (isObject(item)) yield* rule(item, pointer)
    else yield problem('object_expected', `expected an object, found ${shown(item)}`, pointer)
  }
}
