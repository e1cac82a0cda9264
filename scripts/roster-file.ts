import { InvalidInputError } from '../core/error.ts'
import type { Learner } from '../core/learner.ts'
import { parseRoster, type RosterFormat, refuseProblems } from '../core/roster.ts'
import { timesOf } from '../core/roster-piece.ts'
import { createRosterReader, type RosterFindings } from '../core/roster-reader.ts'
import { inFile } from './in-file.ts'
import { readPieces } from './pieces.ts'

/** Learners as they are read. What it returns means: wait before you read on. */
type Take = (learners: readonly Learner[]) => Promise<void>

const maxBytes = 16_000_000_000
/** JSON is parsed as a whole. */
const maxJsonBytes = 67_108_864

/** Reads the roster at a path, CSV, NDJSON or JSON and each also with gzip; throws `InvalidInputError` where any row of it is wrong. */
export function readRoster(path: string, take: Take): Promise<RosterFindings> {
  const format = formatOf(path)
  return inFile(path, () =>
    format === 'json' ? readJsonRoster(path, take) : readRows(path, format, take),
  )
}

async function readRows(
  path: string,
  format: 'csv' | 'ndjson',
  take: Take,
): Promise<RosterFindings> {
  const reader = createRosterReader(format)
  const takeGood = async (learners: readonly Learner[]) => {
    // A roster with a problem is read on for the others only.
    if (reader.found().problems.length === 0) await take(learners)
  }
  for await (const piece of limited(path, maxBytes)) await takeGood(reader.push(piece))
  await takeGood(reader.end())
  const found = reader.found()
  refuseProblems({ learners: [], problems: found.problems })
  return found
}

async function readJsonRoster(path: string, take: Take): Promise<RosterFindings> {
  const pieces: Uint8Array[] = []
  for await (const piece of limited(path, maxJsonBytes)) pieces.push(piece)
  const learners = refuseProblems(parseRoster(Buffer.concat(pieces), 'json'))
  await take(learners)
  return { count: learners.length, problems: [], times: timesOf(learners) }
}

/** Gzip of a few bytes can unpack to any number of them. */
async function* limited(path: string, limit: number): AsyncGenerator<Uint8Array> {
  let size = 0
  for await (const piece of readPieces(path)) {
    size += piece.length
    if (size > limit) {
      throw new InvalidInputError(
        'too_large',
        `more than ${limit} bytes; split the roster${limit === maxJsonBytes ? ', or save it as CSV or NDJSON' : ''}`,
      )
    }
    yield piece
  }
}

function formatOf(path: string): RosterFormat {
  const formats: Readonly<Record<string, RosterFormat>> = {
    csv: 'csv',
    json: 'json',
    ndjson: 'ndjson',
    jsonl: 'ndjson',
  }
  const [, ending = ''] = /\.([a-z]+)(?:\.gz)?$/.exec(path.toLowerCase()) ?? []
  const format = formats[ending]
  if (format) return format
  throw new InvalidInputError(
    'roster_format',
    `${path} is neither .csv nor .json nor .ndjson, nor one of these with .gz: name the roster after its format`,
  )
}
