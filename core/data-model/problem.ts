import { InvalidInputError } from '../error.ts'

/** One thing that is wrong with a document: where (RFC 6901 pointer into it), what, and a stable code that is safe to branch on. */
export interface Problem {
  readonly code: string
  readonly message: string
  readonly pointer: string
}

/** What a rule finds. Rules are generators, so that no more is looked for than is told. */
export type Problems = Iterable<Problem>

/** At most this many problems are told of a document: whoever wrote it mends these first. */
export const maxProblems = 20

export function problem(code: string, message: string, pointer: string): Problem {
  // Member names in a pointer are the document's own, and as long as it likes.
  return { code, message, pointer: pointer.slice(0, 400) }
}

/** The problem that a refusal tells of; anything else that was thrown is a bug of ours and is thrown again. */
export function problemOf(thrown: unknown, pointer = ''): Problem {
  if (!(thrown instanceof InvalidInputError)) throw thrown
  return problem(thrown.code, thrown.message, thrown.pointer || pointer)
}

const limits = [
  'context_unknown',
  'credentials_too_many',
  'envelope_unsupported',
  'json_ld_too_complex',
  'term_redefined',
]

/** Is this what this software does not read, rather than what is wrong? Then nothing can be said of the document, good or bad. */
export function isLimit({ code }: Problem): boolean {
  return limits.includes(code)
}

/** The first problems, and nothing beyond `maxProblems`. */
export function firstProblems(...rules: readonly Problems[]): readonly Problem[] {
  const found: Problem[] = []
  for (const rule of rules) {
    for (const one of rule) {
      found.push(one)
      if (found.length === maxProblems) return found
    }
  }
  return found
}

/** A value as a person may see it in a message: short, whatever it is. */
export function shown(value: unknown): string {
  if (value === undefined) return 'nothing'
  if (Array.isArray(value)) return value.length === 0 ? 'an empty array' : 'an array'
  if (typeof value === 'object' && value !== null) {
    return Object.keys(value).length === 0 ? 'an empty object' : 'an object'
  }
  return JSON.stringify(typeof value === 'string' ? value.slice(0, 80) : value)
}
