import { parse as parseCsv } from 'csv-parse/browser/esm/sync'
import { InvalidInputError, messageOf } from './error.ts'
import { isObject } from './i-json.ts'
import { parseJson } from './json.ts'
import { learnerFields, type RosterProblem } from './learner.ts'

/** Characters that a line may have. */
export const maxLineLength = 65_536

/** One row before it is read. `problem` says why it cannot be. */
export interface Row {
  readonly line: number
  readonly row: unknown
  readonly problem?: RosterProblem
}

/** The names of a CSV roster's columns. */
export type Header = readonly string[]

/**
 * Rows of a CSV text of whole records, the first line of which has number `before + 1`. Without a header the first record is it. Line breaks
 * are `\n` alone. Throws `InvalidInputError` where the text as a whole is not CSV.
 */
export function csvRows(
  lines: string,
  before: number,
  known: Header | undefined,
): { readonly rows: readonly Row[]; readonly header: Header | undefined } {
  const rows: Row[] = []
  let header = known
  for (const { fields, at } of recordsOf(lines, before)) {
    if (header) rows.push(csvRow(header, fields, at))
    else header = readHeader(fields)
  }
  return { rows, header }
}

interface CsvRecord {
  readonly fields: readonly string[]
  readonly at: number
}

/** Records of whole CSV lines, the first of which has number `before + 1`. */
function recordsOf(lines: string, before: number): readonly CsvRecord[] {
  return lines.includes('"') ? quotedRecords(lines, before) : plainRecords(lines, before)
}

/** Without a quotation mark, every line is a record and every comma parts two fields. */
function plainRecords(lines: string, before: number): readonly CsvRecord[] {
  const records: CsvRecord[] = []
  for (const [i, source] of lines.split('\n').entries()) {
    if (source !== '') records.push({ fields: source.split(','), at: before + i + 1 })
  }
  return records
}

function quotedRecords(lines: string, before: number): readonly CsvRecord[] {
  try {
    const records = parseCsv(lines, {
      info: true,
      record_delimiter: '\n',
      relax_column_count: true,
      skip_empty_lines: true,
      max_record_size: maxLineLength,
    }) as unknown as readonly {
      readonly record: readonly string[]
      readonly info: { readonly lines: number }
    }[]
    // The parser counts to the last line of a record whose fields hold line breaks.
    return records.map(({ record, info }) => ({
      fields: record,
      at: before + info.lines - record.reduce((count, field) => count + lineBreaksIn(field), 0),
    }))
  } catch (thrown) {
    const message = messageOf(thrown).replace(
      /\bline (\d+)/,
      (_, line: string) => `line ${before + Number(line)}`,
    )
    throw new InvalidInputError(
      'csv_malformed',
      `${message}; check the quotation marks of that line`,
    )
  }
}

function readHeader(record: readonly string[]): Header {
  const header = record.map((name) => name.trim())
  const unknown = header.find((name) => !isField(name))
  if (unknown !== undefined) {
    throw new InvalidInputError(
      'column_unknown',
      `line 1: unknown column ${JSON.stringify(unknown.slice(0, 60))}; the columns are ${learnerFields.join(', ')}, separated by commas`,
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

function csvRow(header: Header, record: readonly string[], line: number): Row {
  if (record.length !== header.length) {
    const message = `${record.length} fields where the header has ${header.length}`
    return {
      line,
      row: undefined,
      problem: { line, field: '', code: 'fields_miscounted', message },
    }
  }
  const row: Record<string, string> = {}
  for (let i = 0; i < header.length; i++) row[header[i] as string] = record[i] as string
  return { line, row }
}

/** Rows of NDJSON lines: one JSON object a line; empty lines are passed over. */
export function ndjsonRows(lines: string, before: number): readonly Row[] {
  const rows: Row[] = []
  for (const [i, source] of lines.split('\n').entries()) {
    if (source.trim() !== '') rows.push(ndjsonRow(source, before + i + 1))
  }
  return rows
}

function ndjsonRow(source: string, line: number): Row {
  try {
    return { line, row: parseLine(source) }
  } catch (thrown) {
    const code = thrown instanceof InvalidInputError ? thrown.code : 'json_malformed'
    const problem = { line, field: '', code, message: messageOf(thrown) }
    return { line, row: undefined, problem }
  }
}

/** A line of untrusted JSON. What prints again as it stood has nothing that `JSON.parse` repairs; anything else is read strictly. */
function parseLine(source: string): unknown {
  if (!source.includes('\\u')) {
    try {
      const row: unknown = JSON.parse(source)
      const isPlain = isObject(row) && Object.keys(row).every(isField)
      if (isPlain && JSON.stringify(row) === source) return row
    } catch {
      // The strict parser says what is wrong.
    }
  }
  return parseJson(source, { bytes: maxLineLength, depth: 4, values: 100 })
}

function lineBreaksIn(text: string): number {
  let count = 0
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) count++
  return count
}

function isField(name: string): boolean {
  return (learnerFields as readonly string[]).includes(name)
}
