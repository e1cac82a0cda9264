import { InvalidInputError } from './error.ts'
import { identitiesOf, type Learner, type RosterProblem, readLearner } from './learner.ts'
import { csvReader, maxLineLength, ndjsonReader, type ReadRows, type Row } from './roster-rows.ts'
import { createSeen } from './seen.ts'
import { parseTimestamp } from './time.ts'

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

/** Of the learners who have one time of their own and take the other from the batch, those whom it must fit. */
export interface RosterTimes {
  /** The latest `validFrom` of those without a `validUntil`. */
  readonly latestFrom?: { readonly time: number; readonly line: number }
  /** The earliest `validUntil` of those without a `validFrom`. */
  readonly earliestUntil?: { readonly time: number; readonly line: number }
}

/** Most problems that are told in one answer; more rows than that are wrong in the same way. */
const maxProblems = 1000

/** Reads a roster of untrusted bytes: CSV with a header, or NDJSON; a byte order mark and CRLF are taken. Memory does not grow with its text. */
export function createRosterReader(format: 'csv' | 'ndjson'): RosterReader {
  const csv = csvReader()
  const readRows: ReadRows = format === 'csv' ? csv : ndjsonReader()
  const decode = createDecoder()
  const cut = format === 'csv' ? recordCutter() : lineCutter()
  const learners = createLearnerReader()
  return {
    push: (bytes) => learners.read(readRows(cut(decode(bytes)))),
    end: () => {
      const last = learners.read(readRows(`${cut(decode(undefined))}${cut.rest()}`))
      const { count, problems } = learners.found()
      if (count > 0 || problems.length > 0) return last
      const found =
        format === 'ndjson'
          ? 'the roster has no learners; add a row for each of them'
          : csv.hasHeader()
            ? 'the roster has a header and no learners; add a row for each of them'
            : 'the roster is empty; start it with a header line'
      throw new InvalidInputError('roster_empty', found)
    },
    found: learners.found,
  }
}

/** Reads rows as learners, wherever they come from, and tells each learner that stands there twice. */
export function createLearnerReader(): {
  readonly read: (rows: readonly Row[]) => readonly Learner[]
  readonly found: () => RosterFindings
} {
  const seen = createSeen()
  const problems: RosterProblem[] = []
  let isFull = false
  let count = 0
  let times: RosterTimes = {}
  const readRow = ({ line, row, problem }: Row): Learner | undefined => {
    if (problem) {
      problems.push(problem)
      return undefined
    }
    const before = problems.length
    const report = (field: string, code: string, message: string) =>
      problems.push({ line, field, code, message })
    const learner = readLearner(row, report)
    for (const [field, value] of identitiesOf(learner)) {
      const other = seen(value, line)
      if (other === undefined) continue
      const message = `the same learner stands in line ${other}; remove one of the two`
      report(field, 'learner_duplicate', message)
    }
    if (problems.length > before) return undefined
    count += 1
    times = withTimes(times, learner, line)
    return learner
  }
  return {
    read(rows) {
      const learners: Learner[] = []
      for (const row of rows) {
        if (problems.length >= maxProblems) {
          if (!isFull) problems.push(untold(row.line))
          isFull = true
          break
        }
        const learner = readRow(row)
        if (learner) learners.push(learner)
      }
      return learners
    },
    found: () => ({ count, problems, times }),
  }
}

/** The times of a roster whose learners are at hand. */
export function timesOf(learners: readonly Learner[]): RosterTimes {
  return learners.reduce<RosterTimes>((times, learner, i) => withTimes(times, learner, i + 1), {})
}

function untold(line: number): RosterProblem {
  const message = `more than ${maxProblems} problems; the rows from here on were not read`
  return { line, field: '', code: 'problems_untold', message }
}

function withTimes(times: RosterTimes, learner: Learner, line: number): RosterTimes {
  const { validFrom, validUntil } = learner
  if ((validFrom === undefined) === (validUntil === undefined)) return times
  const time = parseTimestamp(validFrom ?? validUntil, '')
  if (validFrom !== undefined) {
    const isLater = time > (times.latestFrom?.time ?? Number.NEGATIVE_INFINITY)
    return isLater ? { ...times, latestFrom: { time, line } } : times
  }
  const isEarlier = time < (times.earliestUntil?.time ?? Number.POSITIVE_INFINITY)
  return isEarlier ? { ...times, earliestUntil: { time, line } } : times
}

/** Text of UTF-8 that comes in pieces, with `\n` for every line break. */
function createDecoder(): (bytes: Uint8Array | undefined) => string {
  const decoder = new TextDecoder('utf-8', { fatal: true })
  let held = ''
  return (bytes) => {
    let text: string
    try {
      text = held + (bytes ? decoder.decode(bytes, { stream: true }) : decoder.decode())
    } catch {
      throw new InvalidInputError(
        'utf8_invalid',
        'the roster is not UTF-8; export or save it as UTF-8',
      )
    }
    // Half of a CRLF may end a piece.
    held = bytes && text.endsWith('\r') ? '\r' : ''
    const whole = held ? text.slice(0, -1) : text
    return whole.includes('\r') ? whole.replace(/\r\n?/g, '\n') : whole
  }
}

/** Takes text as it comes and gives whole lines, or whole records, of it; `rest` gives what is left at the end. */
type Cutter = ((text: string) => string) & { readonly rest: () => string }

function lineCutter(): Cutter {
  return cutter((text) => text.lastIndexOf('\n'))
}

/** A line break parts two records where the quotation marks before it are even. */
function recordCutter(): Cutter {
  return cutter((text) => {
    if (!text.includes('"')) return text.lastIndexOf('\n')
    let isQuoted = false
    let last = -1
    for (let at = 0; at < text.length; at++) {
      const unit = text.charCodeAt(at)
      if (unit === 34) isQuoted = !isQuoted
      else if (unit === 10 && !isQuoted) last = at
    }
    return last
  })
}

function cutter(lastCut: (text: string) => number): Cutter {
  let kept = ''
  let line = 1
  const take = (text: string): string => {
    const all = kept + text
    line = refuseLongLines(all, line, kept.lastIndexOf('\n') + 1)
    const end = lastCut(all) + 1
    kept = all.slice(end)
    if (kept.length > 2 * maxLineLength) {
      throw new InvalidInputError(
        'csv_malformed',
        `a record that ends in line ${line} or later has more than ${2 * maxLineLength} characters; check the quotation marks before it`,
      )
    }
    return all.slice(0, end)
  }
  const rest = () => {
    const last = kept
    kept = ''
    return last
  }
  return Object.assign(take, { rest })
}

/** Throws for a line that is too long; `line` is the number of the line that begins at `from`. Returns the number of the last line. */
function refuseLongLines(text: string, line: number, from: number): number {
  let number = line
  for (let start = from; ; number++) {
    const end = text.indexOf('\n', start)
    const length = (end === -1 ? text.length : end) - start
    if (length > maxLineLength) {
      throw new InvalidInputError(
        'line_too_long',
        `line ${number} has ${end === -1 ? 'more than ' : ''}${end === -1 ? maxLineLength : length} characters; at most ${maxLineLength} are read`,
      )
    }
    if (end === -1) return number
    start = end + 1
  }
}
