import { InvalidInputError } from './error.ts'
import { parseJson } from './json.ts'
import { identitiesOf, type Learner, type RosterProblem, readLearner } from './learner.ts'
import { csvRows, ndjsonRows, type Row } from './roster-rows.ts'

export type RosterFormat = 'csv' | 'json' | 'ndjson'

/** The learners of a roster. With any problem nothing should be issued: no bad row is dropped silently. */
export interface Roster {
  readonly learners: readonly Learner[]
  readonly problems: readonly RosterProblem[]
}

/** Most problems that are told in one answer; more rows than that are wrong in the same way. */
const maxProblems = 1000

/**
 * Parses a roster of untrusted bytes: CSV with a header, a JSON array, or NDJSON; a byte order mark and CRLF are taken.
 *
 * Throws `InvalidInputError` where the roster as a whole cannot be read (not UTF-8, no header, empty); reports every bad row otherwise.
 */
export function parseRoster(bytes: Uint8Array, format: RosterFormat): Roster {
  const text = decode(bytes)
  if (format === 'csv') return readRows(csvRows(text))
  if (format === 'ndjson') return readRows(ndjsonRows(text))
  return parseLearners(parseJson(text, { bytes: bytes.length, depth: 8, values: 20_000_000 }))
}

/** Learners given as a JSON array, checked like a roster's rows. */
export function parseLearners(value: unknown): Roster {
  if (!Array.isArray(value)) {
    throw new InvalidInputError('roster_malformed', 'expected an array of learners')
  }
  return readRows(value.map((row: unknown, i) => ({ line: i + 1, row })))
}

/** Throws `InvalidInputError` that tells the first problems, where there are any. */
export function refuseProblems(roster: Roster): readonly Learner[] {
  const [first] = roster.problems
  if (!first) return roster.learners
  const more = roster.problems.length > 1 ? ` (and ${roster.problems.length - 1} more)` : ''
  throw new InvalidInputError(
    first.code,
    `line ${first.line}, ${first.field}: ${first.message}${more}`,
  )
}

function readRows(rows: readonly Row[]): Roster {
  const learners: Learner[] = []
  const problems: RosterProblem[] = []
  const seen = new Map<string, number>()
  for (const { line, row, problem } of rows) {
    if (problems.length >= maxProblems) {
      const message = `more than ${maxProblems} problems; the rows from here on were not read`
      problems.push({ line, field: '', code: 'problems_untold', message })
      break
    }
    if (problem) {
      problems.push(problem)
      continue
    }
    const found: RosterProblem[] = []
    const report = (field: string, code: string, message: string) =>
      found.push({ line, field, code, message })
    const learner = readLearner(row, report)
    for (const [field, value] of identitiesOf(learner)) {
      const other = seen.get(value)
      if (other !== undefined) {
        report(
          field,
          'learner_duplicate',
          `the same learner stands in line ${other}; remove one of the two`,
        )
      }
      seen.set(value, other ?? line)
    }
    if (found.length === 0) learners.push(learner)
    problems.push(...found)
  }
  if (learners.length === 0 && problems.length === 0) {
    throw new InvalidInputError(
      'roster_empty',
      'the roster has no learners; add a row for each of them',
    )
  }
  return { learners, problems }
}

function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    throw new InvalidInputError(
      'utf8_invalid',
      'the roster is not UTF-8; export or save it as UTF-8',
    )
  }
}
