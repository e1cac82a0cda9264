import type { JsonObject } from './canonical.ts'
import type { ScopeResult } from './scope-coverage.ts'

/** What the scopes along a way come to: the first of those that cover the credential least. */
export interface PathScope extends ScopeResult {
  /** Whom that scope was given to. */
  readonly holder: string
  /** Whether any scope on the way is in words. */
  readonly inWords: boolean
}

/** Of a way without limits. */
export const anything: PathScope = { coverage: 'covered', why: '', inWords: false, holder: '' }
/** How much is covered: less is better. */
export const ranks = { covered: 0, unstated: 1, mismatch: 2 } as const

let coverage: Promise<typeof import('./scope-coverage.ts')> | undefined

/** Reads scopes; the code for it is loaded where there is one, once. */
export function scopeReader(
  credential: JsonObject | undefined,
): (scope: string) => Promise<ScopeResult> {
  let measure: ((scope: string) => ScopeResult) | undefined
  return async (scope) => {
    if (scope === '' || !credential) return anything
    if (!measure) {
      coverage ??= import('./scope-coverage.ts')
      measure = (await coverage).scopeMeasure(credential)
    }
    return measure(scope)
  }
}

/** A scope further down can narrow only: whatever one on the way does not cover stays uncovered. */
export function narrowed(path: PathScope, next: ScopeResult, holder: string): PathScope {
  const inWords = path.inWords || next.inWords
  return ranks[next.coverage] > ranks[path.coverage]
    ? { ...next, holder, inWords }
    : { ...path, inWords }
}
