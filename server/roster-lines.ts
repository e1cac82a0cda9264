import { invariant } from '../core/error.ts'
import type { Learner } from '../core/learner.ts'
import type { Dealt } from './making.ts'

// Learners on their way to a subtree are lines of JSON.

/** Learners in UTF-8, one a line. */
export function rowsOf(learners: readonly Learner[]): Uint8Array<ArrayBuffer> {
  let rows = ''
  for (const learner of learners) rows += `${JSON.stringify(learner)}\n`
  // Not out of a pool: the bytes are handed from thread to thread.
  return new TextEncoder().encode(rows)
}

/** The learners of lines. */
export function learnersOf(rows: string): readonly Learner[] {
  return rows === ''
    ? []
    : rows
        .slice(0, -1)
        .split('\n')
        .map((row) => JSON.parse(row) as Learner)
}

export function linesIn(rows: string): number {
  let count = 0
  for (let at = rows.indexOf('\n'); at !== -1; at = rows.indexOf('\n', at + 1)) count++
  return count
}

/** Deals lines to subtrees of a height: the one in line i gets the status index `order[i]`, which is written before it with a tab. */
export function dealRows(rows: string, order: Uint32Array, height: number): Dealt {
  const dealt = new Map<number, string>()
  let place = 0
  for (let at = 0; at < rows.length; place++) {
    const end = rows.indexOf('\n', at) + 1
    const statusIndex = order[place]
    invariant(end > 0 && statusIndex !== undefined, 'a status index for every line')
    const subtree = statusIndex >>> height
    dealt.set(subtree, `${dealt.get(subtree) ?? ''}${statusIndex}\t${rows.slice(at, end)}`)
    at = end
  }
  return [...dealt]
}
