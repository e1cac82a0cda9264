import { messageOf } from '../../core/error.ts'
import {
  type HolderList,
  type HolderListFormat,
  type HolderName,
  maxHolderListBytes,
  readHolderList,
} from '../../core/holder-list.ts'
import type { RosterProblem } from '../../core/learner.ts'
import { consoleWords } from '../words/console.ts'
import { standing } from '../words/standing.ts'
import { linesOf, mostShown } from './roster.ts'
import { lookUp, type Status } from './service.ts'

/** A list of credentials of a batch, as it was read here and looked up by the service. */
export interface Listed {
  readonly found: ReadonlyMap<number, Status>
  readonly problems: readonly RosterProblem[]
  /** Lines of the file that problems are in. */
  readonly lines: ReadonlyMap<number, string>
  /** Lines of the file by the status index that they name. */
  readonly lineOf: ReadonlyMap<number, number>
  readonly file: File
  /** Why it cannot be read at all. */
  readonly refusal: string | undefined
}

const mostAtOnce = 10_000
/** Addresses times credentials that the service looks through at once, server/lookup.ts. */
const mostHashes = 1_000_000

/** Reads an untrusted list, and asks the service which credentials of the batch it names. Throws `ConsoleError` where it does not answer. */
export async function readListed(
  file: File,
  batch: { readonly id: string; readonly size: number },
  tell: (done: number, total: number) => void,
): Promise<Listed> {
  const nothing: Listed = {
    found: new Map(),
    problems: [],
    lines: new Map(),
    lineOf: new Map(),
    file,
    refusal: undefined,
  }
  const format = formatOf(file.name)
  if (!format) return { ...nothing, refusal: standing().list.format }
  if (file.size > maxHolderListBytes) {
    return { ...nothing, refusal: consoleWords().roster.large('16 MiB') }
  }
  let list: HolderList
  try {
    list = readHolderList(new Uint8Array(await file.arrayBuffer()), format)
  } catch (thrown) {
    return { ...nothing, refusal: messageOf(thrown) }
  }
  const read = list.problems.length > 0 ? nothing : await look(list, batch, tell)
  return withLines({ ...nothing, ...read, problems: [...list.problems, ...read.problems] })
}

/** The list with more problems, each with its line to be shown. */
export async function withLines(listed: Listed): Promise<Listed> {
  const wanted = new Set(listed.problems.slice(0, mostShown).map(({ line }) => line))
  return { ...listed, lines: await linesOf(listed.file, wanted) }
}

/** What is revoked stays so: such lines of the list are problems where they shall be anything else. */
export function finalIn({ found, lineOf }: Listed): readonly RosterProblem[] {
  return [...found].flatMap(([statusIndex, status]) =>
    status === 'revoked'
      ? [
          {
            line: lineOf.get(statusIndex) ?? 0,
            field: '',
            code: 'revocation_final',
            message: 'is revoked, and that is final; leave it out',
          },
        ]
      : [],
  )
}

async function look(
  { names, lines }: HolderList,
  { id, size }: { readonly id: string; readonly size: number },
  tell: (done: number, total: number) => void,
): Promise<Pick<Listed, 'found' | 'lineOf' | 'problems'>> {
  const found = new Map<number, Status>()
  const lineOf = new Map<number, number>()
  const problems: RosterProblem[] = []
  const step = stepFor(names, size)
  for (let first = 0; first < names.length; first += step) {
    tell(first, names.length)
    const some = names.slice(first, first + step)
    const answer = await lookUp(id, some)
    for (const { item, statusIndex, status } of answer.found) {
      found.set(statusIndex, status)
      if (!lineOf.has(statusIndex)) lineOf.set(statusIndex, lines[first + item] as number)
    }
    for (const { item, code, message } of answer.problems) {
      const [field = ''] = Object.keys(some[item] ?? {})
      problems.push({ line: lines[first + item] as number, field, code, message })
    }
  }
  return { found, lineOf, problems }
}

function stepFor(names: readonly HolderName[], size: number): number {
  if (!names.some((name) => 'email' in name)) return mostAtOnce
  return Math.max(1, Math.min(mostAtOnce, Math.floor(mostHashes / size)))
}

function formatOf(name: string): HolderListFormat | undefined {
  const extension = /\.([a-z]+)$/i.exec(name)?.[1]?.toLowerCase()
  if (extension === 'csv') return 'csv'
  if (extension === 'txt') return 'text'
  return extension === 'ndjson' || extension === 'jsonl' ? 'ndjson' : undefined
}
