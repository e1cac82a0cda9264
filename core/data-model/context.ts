import type { Json } from '../canonical.ts'
import { isPinnedContext } from '../contexts.ts'
import { pointerTo } from '../error.ts'
import { isObject } from '../i-json.ts'
import { isAbsoluteUrl } from './identifier.ts'
import { type Problems, problem, shown } from './problem.ts'

/** First context of each version of the data model. */
export const baseContexts = {
  '2.0': 'https://www.w3.org/ns/credentials/v2',
  '1.1': 'https://www.w3.org/2018/credentials/v1',
} as const

export type ModelVersion = keyof typeof baseContexts

/** Which data model a document claims to follow, by its first context; `undefined` where it claims none. */
export function versionOf(context: Json | undefined): ModelVersion | undefined {
  const first: unknown = Array.isArray(context) ? context[0] : undefined
  if (first === baseContexts['2.0']) return '2.0'
  return first === baseContexts['1.1'] ? '1.1' : undefined
}

/** `@context`: the base context first, then URLs of contexts that are pinned, or objects. VC 2.0 §4.3, VC 1.1 §4.1. */
export function* checkContexts(context: Json | undefined): Problems {
  if (versionOf(context) === undefined) {
    yield problem(
      'context_base_missing',
      `expected @context to be an array that begins with ${baseContexts['2.0']} or ${baseContexts['1.1']}, found ${shown(context)}`,
      '/@context',
    )
  }
  if (!Array.isArray(context)) return
  for (const [i, item] of (context as readonly Json[]).entries()) {
    yield* checkContext(item, pointerTo('/@context', i))
  }
}

/** Contexts are an ordered set: whoever issues names each one once. */
export function* checkContextsDiffer(context: Json | undefined): Problems {
  if (!Array.isArray(context)) return
  const seen = new Set<Json>()
  for (const [i, item] of (context as readonly Json[]).entries()) {
    if (typeof item === 'string' && seen.has(item)) {
      yield problem(
        'context_repeated',
        `${shown(item)} stands twice; name it once`,
        pointerTo('/@context', i),
      )
    }
    seen.add(item)
  }
}

function* checkContext(item: Json, pointer: string): Problems {
  if (isObject(item)) return
  if (typeof item !== 'string' || !isAbsoluteUrl(item)) {
    yield problem(
      'context_malformed',
      `expected the URL of a context or a context object, found ${shown(item)}`,
      pointer,
    )
  } else if (!isPinnedContext(item)) {
    yield problem(
      'context_unknown',
      `the context ${shown(item)} is not one of those that are built in, and contexts are never fetched; use one that is, or write its terms as an object`,
      pointer,
    )
  }
}
