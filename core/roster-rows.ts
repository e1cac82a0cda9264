import { parse as parseCsv } from 'csv-parse/browser/esm/sync'
import { InvalidInputError, messageOf } from './error.ts'
import { parseJson } from './json.ts'
import { learnerFields, type RosterProblem } from './learner.ts'

const maxLineLength = 65_536

/** One row before it is read. `problem` says why it cannot be. */
export interface Row {
  readonly line: number
  readonly row: unknown
  readonly problem?: RosterProblem
}

/** Rows of a CSV text with a header line; throws `InvalidInputError` where the text as a whole is not one. */
export function csvRows(source: string): readonly Row[] {
  const text = source.replace(/\r\n?/g, '\n')
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
      record_delimiter: '\n',
      relax_column_count: true,
      skip_empty_lines: true,
      max_record_size: maxLineLength,
    }) as never
  } catch (thrown) {
    throw new InvalidInputError(
      'csv_malformed',
      `${messageOf(thrown)}; check the quotation marks of that line`,
    )
  }
  for (const { record, info } of records) {
    if (!header) header = readHeader(record)
    else rows.push(csvRow(header, record, info.lines - lineBreaks(record)))
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

/** The parser counts to the last line of a record whose fields hold line breaks. */
function lineBreaks(record: readonly string[]): number {
  return record.reduce((count, field) => count + field.split('\n').length - 1, 0)
}

/** One JSON object a line; empty lines are passed over. */
export function ndjsonRows(text: string): readonly Row[] {
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

function isField(name: string): boolean {
  return (learnerFields as readonly string[]).includes(name)
}
