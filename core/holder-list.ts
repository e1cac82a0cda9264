import { parse as parseCsv } from 'csv-parse/browser/esm/sync'
import { InvalidInputError, messageOf } from './error.ts'
import { isObject } from './i-json.ts'
import { parseJson } from './json.ts'
import { type NameProblem, parseCredentialName } from './named-credentials.ts'

/** A credential of a batch as a person names it: by itself, or by who holds it as the roster had it. */
export type HolderName =
  | { readonly id: string }
  | { readonly statusIndex: number }
  | { readonly did: string }
  | { readonly email: string }
  | { readonly name: string }

/** Credentials in the order of a list, each with its line, from 1. With any problem nothing should be done. */
export interface HolderList {
  readonly names: readonly HolderName[]
  readonly lines: readonly number[]
  readonly problems: readonly NameProblem[]
}

export type HolderListFormat = 'csv' | 'ndjson' | 'text'

/** Most lines that name a credential: what is looked up in a minute. */
export const mostHolders = 100_000
export const maxHolderListBytes = 16 * 2 ** 20
const maxProblems = 200
const maxLineLength = 4_096
/** The first of them that a row has counts: an id names one credential, a name perhaps several. */
const fields = ['id', 'statusIndex', 'did', 'email', 'name'] as const

/**
 * Reads an untrusted list of credentials: CSV with one of the columns `id`, `statusIndex`, `did`, `email` and `name` (a part of the roster will
 * do), NDJSON with such members, or text with one of these a line. Throws `InvalidInputError` where it cannot be read as a whole.
 */
export function readHolderList(bytes: Uint8Array, format: HolderListFormat): HolderList {
  if (bytes.length > maxHolderListBytes) throw tooMany()
  const text = textOf(bytes)
  const names: HolderName[] = []
  const lines: number[] = []
  const problems: NameProblem[] = []
  const read = (line: number, nameIn: () => HolderName) => {
    // Whoever sends nothing but bad lines is not listened to for ever.
    if (problems.length >= maxProblems) return
    try {
      names.push(nameIn())
      lines.push(line)
    } catch (thrown) {
      if (!(thrown instanceof InvalidInputError)) throw thrown
      problems.push({
        line,
        field: thrown.pointer.slice(1),
        code: thrown.code,
        message: thrown.message,
      })
    }
    if (names.length > mostHolders) throw tooMany()
  }
  if (format === 'csv') readCsv(text, read)
  else {
    const nameIn = format === 'ndjson' ? nameInJson : nameInText
    for (const [i, line] of text.split('\n').entries()) {
      if (line.trim() !== '') read(i + 1, () => nameIn(bounded(line.trim())))
    }
  }
  if (names.length === 0 && problems.length === 0) {
    throw new InvalidInputError('credentials_missing', 'the list names no credential')
  }
  return { names, lines, problems }
}

type Read = (line: number, nameIn: () => HolderName) => void

function readCsv(text: string, read: Read): void {
  const [first, ...records] = csvRecords(text)
  const header = first?.record.map((cell) => cell.trim()) ?? []
  const columns = fields.filter((field) => header.includes(field))
  if (columns.length === 0) {
    throw new InvalidInputError(
      'column_missing',
      `line 1: no column names a credential; begin the list with a header that has one of ${fields.join(', ')}`,
    )
  }
  for (const { record, info } of records) {
    const cells = record.map((cell) => cell.trim())
    if (cells.every((cell) => cell === '')) continue
    read(info.lines, () =>
      nameOf(Object.fromEntries(columns.map((field) => [field, cells[header.indexOf(field)]]))),
    )
  }
}

function csvRecords(text: string) {
  try {
    return parseCsv(text, {
      info: true,
      record_delimiter: '\n',
      relax_column_count: true,
      skip_empty_lines: true,
      max_record_size: maxLineLength,
    }) as unknown as readonly {
      readonly record: readonly string[]
      readonly info: { readonly lines: number }
    }[]
  } catch (thrown) {
    const detail = `${messageOf(thrown)}; check the quotation marks of that line`
    throw new InvalidInputError('csv_malformed', detail)
  }
}

function nameInJson(line: string): HolderName {
  let row: unknown
  try {
    row = parseJson(line, { bytes: maxLineLength * 4, depth: 4, values: 100 })
  } catch (thrown) {
    throw new InvalidInputError('line_malformed', `no JSON object: ${messageOf(thrown)}`)
  }
  if (isObject(row)) return nameOf(row)
  throw new InvalidInputError('line_malformed', 'expected a JSON object')
}

/** What stands alone in a line says by its form what it is. */
function nameInText(line: string): HolderName {
  if (/^(?:urn:uuid:)?[0-9a-f]{8}-[0-9a-f-]{27}$/i.test(line)) return nameOf({ id: line })
  if (/^\d+$/.test(line)) return nameOf({ statusIndex: line })
  if (/^did:[a-z0-9]+:/.test(line)) return nameOf({ did: line })
  return nameOf(/^[^\s@]+@[^\s@]+$/.test(line) ? { email: line } : { name: line })
}

/** Throws `InvalidInputError` with the field for a row that names nothing, or not well. */
function nameOf(row: Readonly<Record<string, unknown>>): HolderName {
  const field = fields.find((name) => row[name] !== undefined && row[name] !== '')
  if (!field) {
    throw new InvalidInputError(
      'credential_unnamed',
      `the row has none of ${fields.join(', ')}, so it names no credential`,
    )
  }
  const value = row[field]
  if (field === 'id' || field === 'statusIndex') return credentialNameOf(field, value)
  if (typeof value !== 'string') {
    throw new InvalidInputError('field_malformed', 'expected a text', `/${field}`)
  }
  const text = bounded(value).trim().normalize('NFC')
  if (field === 'email') return { email: text.toLowerCase() }
  return field === 'did' ? { did: text } : { name: text }
}

function credentialNameOf(field: 'id' | 'statusIndex', value: unknown): HolderName {
  let name: string | number | undefined
  try {
    name = parseCredentialName(value)
  } catch (thrown) {
    if (!(thrown instanceof InvalidInputError)) throw thrown
  }
  if (field === 'id' && typeof name === 'string') return { id: name }
  if (field === 'statusIndex' && typeof name === 'number') return { statusIndex: name }
  const expected =
    field === 'id' ? 'the id of a credential (urn:uuid:…)' : 'a status index (0, 1, 2 …)'
  throw new InvalidInputError(
    'credential_name_malformed',
    `${JSON.stringify(value)?.slice(0, 60)} is not ${expected}`,
    `/${field}`,
  )
}

/** Composing takes time that grows with the square of a run of marks. */
function bounded(text: string): string {
  if (text.length <= maxLineLength) return text
  throw new InvalidInputError('line_too_long', `more than ${maxLineLength} characters`)
}

function textOf(bytes: Uint8Array): string {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    return text.replace(/\r\n?/g, '\n')
  } catch {
    throw new InvalidInputError('utf8_invalid', 'the list is not UTF-8; save it as UTF-8')
  }
}

function tooMany(): InvalidInputError {
  return new InvalidInputError(
    'too_large',
    `the list is longer than ${mostHolders} credentials; split it, or withdraw the batch if all of it ends`,
  )
}
