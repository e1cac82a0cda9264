import { InvalidInputError } from './error.ts'
import type { Learner, RosterProblem } from './learner.ts'
import { createRosterCutter, type RosterPiece } from './roster-cutter.ts'
import {
  identityFields,
  identityWords,
  laterTimes,
  maxProblems,
  type ReadRows,
  type RosterTimes,
  readPiece,
  untold,
} from './roster-piece.ts'
import type { Header } from './roster-rows.ts'
import { createSeen, printWords } from './seen.ts'

/** A roster that is read as its bytes come. With any problem nothing should be issued: no bad row is dropped silently. */
export interface RosterReader {
  /** Learners of the rows that these bytes complete. Throws where the roster as a whole cannot be read. */
  readonly push: (bytes: Uint8Array) => readonly Learner[]
  /** Learners of the last rows. Throws `InvalidInputError` for a roster without any. */
  readonly end: () => readonly Learner[]
  readonly found: () => RosterFindings
}

/** What is known of a roster besides its learners. */
export interface RosterFindings {
  /** Learners so far. */
  readonly count: number
  readonly problems: readonly RosterProblem[]
  readonly times: RosterTimes
}

/** Reads a roster of untrusted bytes: CSV with a header, or NDJSON; a byte order mark and CRLF are taken. Memory does not grow with its text. */
export function createRosterReader(format: 'csv' | 'ndjson'): RosterReader {
  const cutter = createRosterCutter(format)
  const gathering = gatherFindings()
  let header: Header | undefined
  const read = (piece: RosterPiece | undefined): readonly Learner[] => {
    if (!piece || gathering.isFull(piece.before + 1)) return []
    const rows = readPiece(format, piece, header)
    header = rows.header
    const repeated = gathering.add(rows, rows.learners.length)
    return repeated.size === 0 ? rows.learners : rows.learners.filter((_, i) => !repeated.has(i))
  }
  return {
    push: (bytes) => read(cutter.push(bytes)),
    end() {
      const last = read(cutter.end())
      gathering.end()
      refuseEmpty(format, gathering.found(), header)
      return last
    },
    found: gathering.found,
  }
}

/** Puts together what was read of a roster's parts, in their order, by whomever, and tells each learner that stands there twice. */
export interface Gathering {
  /** Returns the learners of the part, by their place in it, who stand there twice: they do not count. */
  readonly add: (
    part: Pick<ReadRows, 'problems' | 'times' | 'identities'>,
    count: number,
  ) => ReadonlySet<number>
  /** Whether there are so many problems that no further part is to be read; the next would start with that line. */
  readonly isFull: (nextLine: number) => boolean
  readonly found: () => RosterFindings
  /** Gives memory back where no part will come. Safe to call twice. */
  readonly end: () => void
}

export function gatherFindings(): Gathering {
  const seen = createSeen()
  const problems: RosterProblem[] = []
  let isFull = false
  let count = 0
  let times: RosterTimes = {}
  const fill = (line: number) => {
    if (!isFull) problems.push(untold(line))
    isFull = true
  }
  /** Learners of the part who were seen, each with its problem. */
  const repeatedOf = (identities: Uint32Array) => {
    const places = new Set<number>()
    const told: RosterProblem[] = []
    for (let at = 0; at < identities.length; at += identityWords) {
      const line = identities[at + printWords] as number
      const other = seen.note(identities, at, line)
      if (other === undefined) continue
      const last = identities[at + printWords + 1] as number
      places.add(last >>> 1)
      const field = identityFields[last & 1] as string
      const message = `the same learner stands in line ${other}; remove one of the two`
      told.push({ line, field, code: 'learner_duplicate', message })
    }
    return { places, told }
  }
  return {
    add(part, size) {
      const { places, told } = repeatedOf(part.identities)
      // Of one row, what is wrong with it comes before where else it stands.
      const all = [...part.problems, ...told].sort((a, b) => a.line - b.line)
      for (const problem of all) {
        if (isFull) break
        const isNextRow = problems.at(-1)?.line !== problem.line
        if (problems.length >= maxProblems && isNextRow) fill(problem.line)
        else problems.push(problem)
      }
      count += size
      for (const place of places) if (place < size) count -= 1
      times = laterTimes(times, part.times)
      return places
    },
    isFull(nextLine) {
      if (problems.length >= maxProblems) fill(nextLine)
      return isFull
    },
    found: () => ({ count, problems, times }),
    end: seen.forget,
  }
}

/** Throws `InvalidInputError` for a roster without any learner. */
export function refuseEmpty(
  format: 'csv' | 'ndjson',
  { count, problems }: RosterFindings,
  header: Header | undefined,
): void {
  if (count > 0 || problems.length > 0) return
  const found =
    format === 'ndjson'
      ? 'the roster has no learners; add a row for each of them'
      : header
        ? 'the roster has a header and no learners; add a row for each of them'
        : 'the roster is empty; start it with a header line'
  throw new InvalidInputError('roster_empty', found)
}
