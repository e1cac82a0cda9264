import { InvalidInputError, messageOf } from './error.ts'
import { isObject } from './i-json.ts'
import { parseJson } from './json.ts'

/** A credential as a list names it: by the UUID of its id, or by its status index. */
export type CredentialName = string | number

/** Credentials in the order of a list, each with its line, from 1. */
export interface NamedCredentials {
  readonly names: readonly CredentialName[]
  readonly lines: readonly number[]
  readonly problems: readonly NameProblem[]
}

/** A line that names no credential. */
export interface NameProblem {
  readonly line: number
  readonly field: string
  readonly code: string
  readonly message: string
}

/** Reads a list as its bytes come. */
export interface NameReader {
  /** Throws `InvalidInputError` where the list as a whole cannot be read. */
  readonly push: (bytes: Uint8Array) => void
  readonly end: () => NamedCredentials
}

const maxLineLength = 4_096
/** As long as lines are on average, with names and dates beside the ids. */
const bytesPerLine = 256
const maxProblems = 100
const columns = ['id', 'statusIndex'] as const

/**
 * Reads a list of credentials from untrusted bytes: one a line, by id or status index, as text, as JSON (`{"id":…}`, `{"statusIndex":…}`)
 * or as CSV with a header that has a column of either name. Reads `most` of them, and keeps nothing else of the text.
 */
export function createNameReader(most: number): NameReader {
  const decoder = new TextDecoder('utf-8', { fatal: true })
  const names: CredentialName[] = []
  const lines: number[] = []
  const problems: NameProblem[] = []
  let kept = ''
  let line = 0
  let size = 0
  let column: number | undefined
  let isFirst = true

  const readLine = (source: string) => {
    line += 1
    if (source.length > maxLineLength) throw tooLong(line)
    const text = source.trim()
    // Whoever sends lines without end, or nothing but bad ones, is not listened to for ever.
    if (text === '' || problems.length >= maxProblems) return
    const cells = text.startsWith('{') ? undefined : cellsOf(text)
    if (isFirst && cells) {
      isFirst = false
      const found = Math.max(...columns.map((name) => cells.indexOf(name)))
      if (found >= 0) {
        column = found
        return
      }
    }
    isFirst = false
    try {
      names.push(cells ? nameIn(cells, column) : nameInJson(text))
      lines.push(line)
    } catch (thrown) {
      if (!(thrown instanceof InvalidInputError)) throw thrown
      problems.push({ line, field: '', code: thrown.code, message: thrown.message })
    }
    if (names.length > most) throw tooMany(most)
  }
  const read = (text: string, isEnd: boolean) => {
    const parts = (kept + text).split(/\r\n|\n|\r(?!$)/)
    kept = parts.pop() as string
    if (kept.length > maxLineLength) throw tooLong(line + 1)
    for (const part of parts) readLine(part)
    if (isEnd) readLine(kept)
  }
  const decode = (bytes?: Uint8Array): string => {
    try {
      return bytes ? decoder.decode(bytes, { stream: true }) : decoder.decode()
    } catch {
      throw new InvalidInputError('utf8_invalid', 'the list is not UTF-8; save it as UTF-8')
    }
  }
  return {
    push(bytes) {
      size += bytes.length
      if (size > (most + 1) * bytesPerLine + maxLineLength) throw tooMany(most)
      read(decode(bytes), false)
    },
    end() {
      read(decode(), true)
      return { names, lines, problems }
    },
  }
}

/** A name by itself; throws `InvalidInputError` where it is none. */
export function parseCredentialName(value: unknown): CredentialName {
  if (typeof value === 'number' && Number.isSafeInteger(value) && value >= 0) return value
  const text = typeof value === 'string' ? value : ''
  const [, uuid] = /^(?:urn:uuid:)?([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/i.exec(text) ?? []
  if (uuid !== undefined) return uuid.toLowerCase()
  if (/^\d{1,10}$/.test(text)) return Number(text)
  throw new InvalidInputError(
    'credential_name_malformed',
    `${JSON.stringify(value)?.slice(0, 60)} is neither the id of a credential (urn:uuid:…) nor a status index (0, 1, 2 …)`,
  )
}

/** Refuses a list with bad lines as a whole, for whoever tells one sentence only. */
export function requireNames(list: NamedCredentials, what: string): NamedCredentials {
  const { problems, names } = list
  const [first] = problems
  if (first) {
    const told = problems.slice(0, 10).map(({ line, message }) => `line ${line}: ${message}`)
    const more = problems.length > 10 ? `; and ${problems.length - 10} further lines` : ''
    throw new InvalidInputError(first.code, `${what}: ${told.join('; ')}${more}`)
  }
  if (names.length > 0) return list
  throw new InvalidInputError('credentials_missing', `${what} names no credential`)
}

function nameIn(cells: readonly string[], column: number | undefined): CredentialName {
  if (column === undefined && cells.length > 1) {
    throw new InvalidInputError(
      'fields_miscounted',
      `${cells.length} fields, and the list has no header; begin it with a header that has a column id or statusIndex`,
    )
  }
  return parseCredentialName(cells[column ?? 0] ?? '')
}

function nameInJson(text: string): CredentialName {
  let object: unknown
  try {
    object = parseJson(text)
  } catch (thrown) {
    throw new InvalidInputError('line_malformed', `no JSON object: ${messageOf(thrown)}`)
  }
  const { id, statusIndex } = (isObject(object) ? object : {}) as Readonly<Record<string, unknown>>
  if (typeof id === 'number') throw new InvalidInputError('line_malformed', 'an id is a text')
  return parseCredentialName(id ?? statusIndex)
}

/** Fields of a line of CSV, without the quotation marks around them. */
function cellsOf(text: string): readonly string[] {
  if (!text.includes('"')) return text.split(',').map((cell) => cell.trim())
  const cells: string[] = ['']
  let isQuoted = false
  for (const character of text) {
    if (character === '"') isQuoted = !isQuoted
    else if (character === ',' && !isQuoted) cells.push('')
    else cells[cells.length - 1] += character
  }
  return cells.map((cell) => cell.trim())
}

function tooLong(line: number): InvalidInputError {
  return new InvalidInputError(
    'line_too_long',
    `line ${line} has more than ${maxLineLength} characters`,
  )
}

function tooMany(most: number): InvalidInputError {
  return new InvalidInputError(
    'too_large',
    `the list is longer than ${most} credentials; split it, or withdraw the batch if all of it ends`,
  )
}
