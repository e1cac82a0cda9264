import { messageOf } from '../../core/error.ts'
import type { Learner, RosterProblem } from '../../core/learner.ts'
import { createRosterReader } from '../../core/roster-reader.ts'
import { consoleWords } from '../words/console.ts'

/** A browser reads this much of a roster in a few seconds; more goes through the API. */
const mostBytes = 64 * 2 ** 20
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
  const nothing = { file, count: 0, first: undefined, problems: [], lines: new Map() }
  const format = formatOf(file.name)
  if (!format) return { ...nothing, refusal: words.format }
  if (file.size > mostBytes) return { ...nothing, refusal: words.large('64 MiB') }
  const reader = createRosterReader(format)
  let first: Learner | undefined
  try {
    for await (const bytes of piecesOf(file)) {
      const [learner] = reader.push(bytes)
      first ??= learner
    }
    const [last] = reader.end()
    first ??= last
  } catch (thrown) {
    return { ...nothing, refusal: messageOf(thrown) }
  }
  const { count, problems } = reader.found()
  const wanted = new Set(problems.slice(0, mostShown).map(({ line }) => line))
  return { file, count, first, problems, lines: await linesOf(file, wanted), refusal: undefined }
}

function formatOf(name: string): 'csv' | 'ndjson' | undefined {
  const extension = /\.([a-z]+)$/i.exec(name)?.[1]?.toLowerCase()
  if (extension === 'csv') return 'csv'
  return extension === 'ndjson' || extension === 'jsonl' ? 'ndjson' : undefined
}

async function* piecesOf(file: File): AsyncGenerator<Uint8Array> {
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
