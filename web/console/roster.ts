import { gunzipUpTo } from '../../core/bounded-inflate.ts'
import { messageOf } from '../../core/error.ts'
import type { Learner, RosterProblem } from '../../core/learner.ts'
import { parseRoster, type RosterFormat } from '../../core/roster.ts'
import { createRosterReader } from '../../core/roster-reader.ts'
import { consoleWords } from '../words/console.ts'

/** A browser reads this much of a roster in a few seconds; more goes through the API. */
const mostBytes = 64 * 2 ** 20
/** The service parses JSON as a whole, and takes no more of it. */
const mostJsonBytes = 16 * 2 ** 20
/** Bad rows that are shown with their text. */
export const mostShown = 200

/** A roster as it was read here; nothing of it was sent. */
export interface Roster {
  readonly file: File
  readonly count: number
  readonly first: Learner | undefined
  readonly problems: readonly RosterProblem[]
  /** Lines of the file that problems are in. */
  readonly lines: ReadonlyMap<number, string>
  /** Why it cannot be read at all. */
  readonly refusal: string | undefined
}

/** Reads an untrusted roster as the service will. */
export async function readRoster(file: File): Promise<Roster> {
  const words = consoleWords().roster
  const refused = (refusal: string): Roster => ({
    file,
    count: 0,
    first: undefined,
    problems: [],
    lines: new Map(),
    refusal,
  })
  const { format, isZipped } = formatOf(file.name)
  if (!format) return refused(words.format)
  const most = format === 'json' ? mostJsonBytes : mostBytes
  const tooLarge = words.large(`${most / 2 ** 20} MiB`)
  if (file.size > most) return refused(tooLarge)
  const plain = isZipped ? await unpacked(file, most) : file
  if (plain === 'large') return refused(tooLarge)
  if (plain === 'damaged') return refused(words.damaged)
  try {
    return { file, ...(await (format === 'json' ? readArray(plain) : readRows(format, plain))) }
  } catch (thrown) {
    return refused(messageOf(thrown))
  }
}

type Read = Omit<Roster, 'file'>

async function readRows(format: 'csv' | 'ndjson', plain: Blob): Promise<Read> {
  const reader = createRosterReader(format)
  let first: Learner | undefined
  for await (const bytes of piecesOf(plain)) {
    const [learner] = reader.push(bytes)
    first ??= learner
  }
  const [last] = reader.end()
  first ??= last
  const { count, problems } = reader.found()
  const wanted = new Set(problems.slice(0, mostShown).map(({ line }) => line))
  return { count, first, problems, lines: await linesOf(plain, wanted), refusal: undefined }
}

/** A JSON array: what stands for the line of a learner is the learner. */
async function readArray(plain: Blob): Promise<Read> {
  const bytes = new Uint8Array(await plain.arrayBuffer())
  const { learners, problems } = parseRoster(bytes, 'json')
  const lines = new Map<number, string>()
  if (problems.length > 0) {
    const items: readonly unknown[] = JSON.parse(await plain.text())
    for (const { line } of problems.slice(0, mostShown)) {
      lines.set(line, (JSON.stringify(items[line - 1]) ?? '').slice(0, 300))
    }
  }
  return { count: learners.length, first: learners[0], problems, lines, refusal: undefined }
}

/** An untrusted archive of a few kilobytes may hold gigabytes: no more of it is unpacked than is read. */
async function unpacked(file: File, limit: number): Promise<Blob | 'large' | 'damaged'> {
  try {
    const bytes = await gunzipUpTo(file, limit)
    return bytes ? new Blob([bytes as BlobPart]) : 'large'
  } catch {
    return 'damaged'
  }
}

function formatOf(name: string): {
  readonly format: RosterFormat | undefined
  readonly isZipped: boolean
} {
  const [, extension, zipped] = /\.([a-z]+)(\.gz)?$/i.exec(name.toLowerCase()) ?? []
  const format =
    extension === 'csv' || extension === 'json'
      ? extension
      : extension === 'ndjson' || extension === 'jsonl'
        ? 'ndjson'
        : undefined
  return { format, isZipped: zipped !== undefined }
}

async function* piecesOf(file: Blob): AsyncGenerator<Uint8Array> {
  const reader = file.stream().getReader()
  for (;;) {
    const { done, value } = await reader.read()
    if (done) return
    yield value
  }
}

/** These lines of a file, each cut where it is long. */
export async function linesOf(
  file: Blob,
  wanted: ReadonlySet<number>,
): Promise<ReadonlyMap<number, string>> {
  const lines = new Map<number, string>()
  if (wanted.size === 0) return lines
  const all = (await file.text()).split(/\r\n?|\n/)
  for (const line of wanted) lines.set(line, (all[line - 1] ?? '').slice(0, 300))
  return lines
}
