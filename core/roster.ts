import { InvalidInputError } from './error.ts'
import { parseJson } from './json.ts'
import type { Learner, RosterProblem } from './learner.ts'
import { readRows } from './roster-piece.ts'
import { createRosterReader, gatherFindings } from './roster-reader.ts'

export type RosterFormat = 'csv' | 'json' | 'ndjson'

/** The learners of a roster. With any problem nothing should be issued: no bad row is dropped silently. */
export interface Roster {
  readonly learners: readonly Learner[]
  readonly problems: readonly RosterProblem[]
}

const bytesAtOnce = 65_536

/**
 * Parses a roster of untrusted bytes: CSV with a header, a JSON array, or NDJSON; a byte order mark and CRLF are taken.
 *
 * Throws `InvalidInputError` where the roster as a whole cannot be read (not UTF-8, no header, empty); reports every bad row otherwise.
 */
export function parseRoster(bytes: Uint8Array, format: RosterFormat): Roster {
  if (format === 'json') {
    return parseLearners(parseJson(bytes, { bytes: bytes.length, depth: 8, values: 20_000_000 }))
  }
  const reader = createRosterReader(format)
  const learners: Learner[] = []
  for (let at = 0; at < bytes.length; at += bytesAtOnce) {
    learners.push(...reader.push(bytes.subarray(at, at + bytesAtOnce)))
  }
  learners.push(...reader.end())
  return { learners, problems: reader.found().problems }
}

/** Learners given as a JSON array, checked like a roster's rows. */
export function parseLearners(value: unknown): Roster {
  if (!Array.isArray(value)) {
    throw new InvalidInputError('roster_malformed', 'expected an array of learners')
  }
  const read = readRows(value.map((row: unknown, i) => ({ line: i + 1, row })))
  const gathering = gatherFindings()
  const repeated = gathering.add(read, read.learners.length)
  const learners = read.learners.filter((_, i) => !repeated.has(i))
  const { problems } = gathering.found()
  if (learners.length === 0 && problems.length === 0) {
    throw new InvalidInputError(
      'roster_empty',
      'the roster has no learners; add a row for each of them',
    )
  }
  return { learners, problems }
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
