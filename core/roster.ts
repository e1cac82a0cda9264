import { parse as parseCsv } from 'csv-parse/browser/esm/sync'
import { InvalidInputError, messageOf } from './error.ts'
import { isObject, parseJson } from './json.ts'
import { parseTimestamp } from './time.ts'

export type RosterFormat = 'csv' | 'json' | 'ndjson'

/** One row of a roster: who earned the achievement. Identified by an e-mail, a DID or both. Times are XSD dateTimeStamps. */
export interface Learner {
  readonly name: string
  readonly email?: string
  readonly did?: string
  readonly result?: string
  readonly credits?: number
  readonly validFrom?: string
  readonly validUntil?: string
}

/** What is wrong with a row. `line` counts from 1; for a JSON roster it is the number of the item. */
export interface RosterProblem {
  readonly line: number
  readonly field: string
  readonly code: string
  readonly message: string
}

/** The learners of a roster. With any problem nothing should be issued: no bad row is dropped silently. */
export interface Roster {
  readonly learners: readonly Learner[]
  readonly problems: readonly RosterProblem[]
}

const fields = ['name', 'email', 'did', 'result', 'credits', 'validFrom', 'validUntil'] as const
type Field = (typeof fields)[number]

/** Most problems that are told in one answer; more rows than that are wrong in the same way. */
const maxProblems = 1000
const maxLineLength = 65_536
const maxLengths: Readonly<Record<Field, number>> = {
  name: 400,
  email: 254,
  did: 2048,
  result: 200,
  credits: 20,
  validFrom: 40,
  validUntil: 40,
}

/**
 * Parses a roster of untrusted bytes: CSV with a header, a JSON array, or NDJSON; a byte order mark and CRLF are taken.
 *
 * Throws `InvalidInputError` where the roster as a whole cannot be read (not UTF-8, no header, empty); reports every bad row otherwise.
 */
export function parseRoster(bytes: Uint8Array, format: RosterFormat): Roster {
  const text = decode(bytes)
  if (format === 'csv') return readRows(csvRows(text))
  if (format === 'ndjson') return readRows(ndjsonRows(text))
  return parseLearners(parseJson(text, { bytes: text.length, depth: 8, values: 20_000_000 }))
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

interface Row {
  readonly line: number
  readonly row: unknown
  readonly problem?: RosterProblem
}

function readRows(rows: readonly Row[]): Roster {
  const learners: Learner[] = []
  const problems: RosterProblem[] = []
  const seen = new Map<string, number>()
  for (const { line, row, problem } of rows) {
    if (problems.length >= maxProblems) break
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

function identitiesOf(learner: Learner): readonly (readonly [Field, string])[] {
  return [
    ...(learner.email ? [['email', `mailto:${learner.email}`] as const] : []),
    ...(learner.did ? [['did', learner.did] as const] : []),
  ]
}

type Report = (field: string, code: string, message: string) => void

function readLearner(row: unknown, report: Report): Learner {
  if (!isObject(row)) {
    report('', 'row_malformed', 'expected an object with a name and an email or did')
    return { name: '' }
  }
  for (const name of Object.keys(row)) {
    if (!fields.includes(name as Field)) {
      report(
        name.slice(0, 60),
        'field_unknown',
        `unknown field; a learner has ${fields.join(', ')}`,
      )
    }
  }
  const take = (field: Field) => readText(row[field], field, report)
  const email = take('email')?.toLowerCase()
  const did = take('did')
  const name = take('name')
  if (!name) report('name', 'field_missing', 'the learner has no name')
  if (!email && !did) report('email', 'field_missing', 'the learner has neither email nor did')
  if (email && !/^[^\s@"(),:;<>[\\\]]+@[^\s@"(),:;<>[\\\]]+\.[^\s@.]+$/.test(email)) {
    report('email', 'email_malformed', `${JSON.stringify(email)} is not an e-mail address`)
  }
  if (did && !/^did:[a-z0-9]+:[A-Za-z0-9._:%-]*[A-Za-z0-9._%-]$/.test(did)) {
    report('did', 'did_malformed', `${JSON.stringify(did.slice(0, 80))} is not a DID`)
  }
  const credits = readCredits(row['credits'], report)
  const result = take('result')
  const validFrom = take('validFrom')
  const validUntil = take('validUntil')
  const from = readTime(validFrom, 'validFrom', report)
  const until = readTime(validUntil, 'validUntil', report)
  if (from !== undefined && until !== undefined && until <= from) {
    report('validUntil', 'times_out_of_order', 'validUntil is not after validFrom')
  }
  return {
    name: name ?? '',
    ...(email && { email }),
    ...(did && { did }),
    ...(result && { result }),
    ...(credits !== undefined && { credits }),
    ...(validFrom && { validFrom }),
    ...(validUntil && { validUntil }),
  }
}

function readText(value: unknown, field: Field, report: Report): string | undefined {
  if (value === undefined || value === null) return undefined
  if (typeof value !== 'string') {
    report(field, 'field_malformed', 'expected a text')
    return undefined
  }
  const text = value.trim().normalize('NFC')
  if (!text.isWellFormed()) report(field, 'lone_surrogate', 'holds half of a UTF-16 surrogate pair')
  if (/\p{Cc}/u.test(text)) report(field, 'control_character', 'holds a control character')
  if (text.length > maxLengths[field]) {
    report(field, 'field_too_long', `${text.length} characters; at most ${maxLengths[field]}`)
  }
  return text === '' ? undefined : text
}

function readCredits(value: unknown, report: Report): number | undefined {
  if (value === undefined || value === null || value === '') return undefined
  const credits =
    typeof value === 'string' && /^\d{1,6}(?:\.\d{1,4})?$/.test(value.trim())
      ? Number(value)
      : value
  if (typeof credits === 'number' && credits >= 0 && credits <= 100_000) return credits
  report('credits', 'credits_malformed', 'expected a number from 0, with a point before decimals')
  return undefined
}

function readTime(text: string | undefined, field: Field, report: Report): number | undefined {
  if (text === undefined) return undefined
  try {
    return parseTimestamp(text, '')
  } catch (thrown) {
    report(field, 'time_malformed', messageOf(thrown))
    return undefined
  }
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

function csvRows(text: string): readonly Row[] {
  refuseLongLines(text)
  const rows: Row[] = []
  let header: readonly string[] | undefined
  let records: readonly {
    readonly record: readonly string[]
    readonly info: { readonly lines: number }
  }[]
  try {
    records = parseCsv(text, {
      info: true,
      relax_column_count: true,
      skip_empty_lines: true,
    }) as never
  } catch (thrown) {
    throw new InvalidInputError(
      'csv_malformed',
      `${messageOf(thrown)}; check the quotation marks of that line`,
    )
  }
  for (const { record, info } of records) {
    if (!header) header = readHeader(record)
    else rows.push(csvRow(header, record, info.lines))
  }
  if (!header)
    throw new InvalidInputError('roster_empty', 'the roster is empty; start it with a header line')
  if (rows.length === 0) {
    throw new InvalidInputError(
      'roster_empty',
      'the roster has a header and no learners; add a row for each of them',
    )
  }
  return rows
}

function readHeader(record: readonly string[]): readonly string[] {
  const header = record.map((name) => name.trim())
  const unknown = header.find((name) => !fields.includes(name as Field))
  if (unknown !== undefined) {
    throw new InvalidInputError(
      'column_unknown',
      `line 1: unknown column ${JSON.stringify(unknown.slice(0, 60))}; the columns are ${fields.join(', ')}, separated by commas`,
    )
  }
  const twice = header.find((name, i) => header.indexOf(name) !== i)
  if (twice)
    throw new InvalidInputError('column_duplicate', `line 1: the column ${twice} stands twice`)
  if (!header.includes('name'))
    throw new InvalidInputError('column_missing', 'line 1: the column name is missing')
  if (!header.includes('email') && !header.includes('did')) {
    throw new InvalidInputError('column_missing', 'line 1: a column email or did is missing')
  }
  return header
}

function csvRow(header: readonly string[], record: readonly string[], line: number): Row {
  if (record.length !== header.length) {
    const message = `${record.length} fields where the header has ${header.length}`
    return {
      line,
      row: undefined,
      problem: { line, field: '', code: 'fields_miscounted', message },
    }
  }
  return { line, row: Object.fromEntries(header.map((name, i) => [name, record[i]])) }
}

function ndjsonRows(text: string): readonly Row[] {
  refuseLongLines(text)
  return text.split('\n').flatMap((source, i): readonly Row[] => {
    const line = i + 1
    if (source.trim() === '') return []
    try {
      return [{ line, row: parseJson(source, { bytes: maxLineLength, depth: 4, values: 100 }) }]
    } catch (thrown) {
      const code = thrown instanceof InvalidInputError ? thrown.code : 'json_malformed'
      return [
        { line, row: undefined, problem: { line, field: '', code, message: messageOf(thrown) } },
      ]
    }
  })
}

function refuseLongLines(text: string): void {
  for (let start = 0, line = 1; start < text.length; line++) {
    const end = text.indexOf('\n', start)
    const length = (end === -1 ? text.length : end) - start
    if (length > maxLineLength) {
      throw new InvalidInputError(
        'line_too_long',
        `line ${line} has ${length} characters; at most ${maxLineLength} are read`,
      )
    }
    start += length + 1
  }
}
