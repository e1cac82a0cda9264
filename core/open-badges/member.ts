import type { Json } from '../canonical.ts'
import { pointerTo } from '../error.ts'
import { isObject } from '../i-json.ts'

/** A value of a member, and where it stands in the credential. */
export interface Member {
  readonly value: Json
  readonly pointer: string
}

/** The values of a member, which is one or an array of them, and their pointers. */
export function membersOf(
  object: Json | undefined,
  name: string,
  pointer: string,
): readonly Member[] {
  const value = isObject(object) ? object[name] : undefined
  if (value === undefined) return []
  const place = pointerTo(pointer, name)
  if (!Array.isArray(value)) return [{ value, pointer: place }]
  return (value as readonly Json[]).map((item, i) => ({
    value: item,
    pointer: pointerTo(place, i),
  }))
}
