import { identitiesOf, type Learner, type RosterProblem, readLearner } from './learner.ts'
import type { RosterPiece } from './roster-cutter.ts'
import { csvRows, type Header, ndjsonRows, type Row } from './roster-rows.ts'
import { pieceText, refuseLongLines } from './roster-text.ts'
import { printWords, writePrint } from './seen.ts'
import { parseTimestamp } from './time.ts'

/** What was read of some rows of a roster, but for whether its learners stand in others, too. */
export interface ReadRows {
  readonly learners: readonly Learner[]
  /** In the order of the lines. */
  readonly problems: readonly RosterProblem[]
  readonly times: RosterTimes
  /** What tells the learners apart, `identityWords` each: a print, the line, and which learner and field it is of. */
  readonly identities: Uint32Array<ArrayBuffer>
}

export const identityWords = printWords + 2
/** Fields that tell learners apart, by the number in an identity's last word. */
export const identityFields = ['email', 'did'] as const
/** In the place of a learner that has a problem. */
const noLearner = 0x7fffffff

/** Of the learners who have one time of their own and take the other from the batch, those whom it must fit. */
export interface RosterTimes {
  /** The latest `validFrom` of those without a `validUntil`. */
  readonly latestFrom?: RosterTime
  /** The earliest `validUntil` of those without a `validFrom`. */
  readonly earliestUntil?: RosterTime
}

interface RosterTime {
  readonly time: number
  readonly line: number
}

/** Most problems that are told in one answer; more rows than that are wrong in the same way. */
export const maxProblems = 1000

/** Reads a piece of a roster. Without a header, the first record of CSV is it. Throws where the piece as a whole cannot be read. */
export function readPiece(
  format: 'csv' | 'ndjson',
  { bytes, before }: RosterPiece,
  header: Header | undefined,
): ReadRows & { readonly header: Header | undefined } {
  const text = pieceText(bytes, { isWhole: true })
  refuseLongLines(text, before + 1)
  if (format === 'ndjson') return { ...readRows(ndjsonRows(text, before)), header }
  const read = csvRows(text, before, header)
  return { ...readRows(read.rows), header: read.header }
}

/** Reads rows as learners, wherever they come from. */
export function readRows(rows: readonly Row[]): ReadRows {
  const learners: Learner[] = []
  const problems: RosterProblem[] = []
  let identities = new Uint32Array(rows.length * identityWords)
  let words = 0
  let times: RosterTimes = {}
  const note = (text: string, line: number, learner: number, field: number) => {
    if (words === identities.length) {
      const larger = new Uint32Array(words * 2)
      larger.set(identities)
      identities = larger
    }
    writePrint(identities, words, text)
    identities[words + printWords] = line
    identities[words + printWords + 1] = learner * 2 + field
    words += identityWords
  }
  for (const { line, row, problem } of rows) {
    if (problems.length >= maxProblems) {
      problems.push(untold(line))
      break
    }
    if (problem) {
      problems.push(problem)
      continue
    }
    const before = problems.length
    const learner = readLearner(row, (field, code, message) =>
      problems.push({ line, field, code, message }),
    )
    const isGood = problems.length === before
    for (const [field, value] of identitiesOf(learner)) {
      const place = isGood ? learners.length : noLearner
      note(value, line, place, field === 'email' ? 0 : 1)
    }
    if (!isGood) continue
    learners.push(learner)
    times = laterTimes(times, timesOfOne(learner, line))
  }
  return { learners, problems, times, identities: identities.slice(0, words) }
}

/** Says that there is more to tell than is told. */
export function untold(line: number): RosterProblem {
  const message = `more than ${maxProblems} problems; the rows from here on were not read`
  return { line, field: '', code: 'problems_untold', message }
}

/** The times of a roster whose learners are at hand. */
export function timesOf(learners: readonly Learner[]): RosterTimes {
  return learners.reduce<RosterTimes>(
    (times, learner, i) => laterTimes(times, timesOfOne(learner, i + 1)),
    {},
  )
}

/** What two parts of a roster ask of the batch's times; `others` comes later. */
export function laterTimes(times: RosterTimes, others: RosterTimes): RosterTimes {
  const { latestFrom, earliestUntil } = others
  if (!latestFrom && !earliestUntil) return times
  const isLater =
    latestFrom && latestFrom.time > (times.latestFrom?.time ?? Number.NEGATIVE_INFINITY)
  const isEarlier =
    earliestUntil && earliestUntil.time < (times.earliestUntil?.time ?? Number.POSITIVE_INFINITY)
  return { ...times, ...(isLater && { latestFrom }), ...(isEarlier && { earliestUntil }) }
}

const noTimes: RosterTimes = {}

function timesOfOne({ validFrom, validUntil }: Learner, line: number): RosterTimes {
  if ((validFrom === undefined) === (validUntil === undefined)) return noTimes
  const own = { time: parseTimestamp(validFrom ?? validUntil, ''), line }
  return validFrom === undefined ? { earliestUntil: own } : { latestFrom: own }
}
