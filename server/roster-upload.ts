import { createGunzip } from 'node:zlib'
import type { MultipartFile, MultipartValue } from '@fastify/multipart'
import type { FastifyRequest } from 'fastify'
import { parseAchievement } from '../core/achievement.ts'
import type { Json } from '../core/canonical.ts'
import { InvalidInputError, messageOf } from '../core/error.ts'
import { isObject } from '../core/i-json.ts'
import { parseJson } from '../core/json.ts'
import type { Learner, RosterProblem } from '../core/learner.ts'
import { parseLearners, parseRoster, type RosterFormat } from '../core/roster.ts'
import { timesOf } from '../core/roster-piece.ts'
import type { RosterFindings } from '../core/roster-reader.ts'
import { parseTimestamp } from '../core/time.ts'
import type { IssueRequest } from './issue.ts'
import type { Making } from './making.ts'
import { HttpProblem } from './problem.ts'
import type { RosterIntake } from './roster-parts.ts'
import { readRoster } from './roster-reading.ts'

const members = ['achievement', 'learners', 'validFrom', 'validUntil']
/** JSON is parsed as a whole: at most so many bytes of it are taken. */
export const jsonRosterLimit = 16_777_216

/** Reads what a batch is asked for with, from JSON. Throws with the place, or with every bad row. */
export async function parseIssueRequest(
  body: unknown,
  intake: RosterIntake,
): Promise<IssueRequest> {
  if (!isObject(body)) {
    throw new InvalidInputError(
      'request_malformed',
      'expected an object with achievement and learners',
    )
  }
  const unknown = Object.keys(body).find((name) => !members.includes(name))
  if (unknown !== undefined) {
    throw new InvalidInputError(
      'member_unknown',
      `unknown member; expected ${members.join(', ')}`,
      `/${unknown}`,
    )
  }
  const achievement = parseAchievement(body['achievement'], '/achievement')
  const { learners, problems } = within('/learners', () => parseLearners(body['learners']))
  refuseRows(problems)
  return takeAll(intake, learners, { achievement, ...readTimes(body) })
}

/** Reads the same from a form: a file `roster` (CSV, NDJSON or JSON, also with gzip) and a part `achievement` (JSON). */
export async function readIssueForm(
  request: FastifyRequest,
  intake: RosterIntake,
  making: Making,
  rosterLimit: number,
): Promise<IssueRequest> {
  let findings: RosterFindings | undefined
  const fields: Record<string, Json> = {}
  for await (const part of partsOf(request)) {
    if (part.fieldname === 'roster' && part.type === 'file') {
      if (findings)
        throw new HttpProblem(400, 'roster_twice', 'The form has two files named roster.')
      findings = await takeFile(part, intake, making, rosterLimit)
    } else if (part.fieldname === 'achievement') {
      fields['achievement'] = parseJson(await bytesOf(part))
    } else if (part.fieldname === 'validFrom' || part.fieldname === 'validUntil') {
      fields[part.fieldname] = Buffer.from(await bytesOf(part)).toString('utf8')
    } else {
      throw new HttpProblem(
        400,
        'part_unknown',
        `The form has a part ${JSON.stringify(part.fieldname.slice(0, 60))}; expected a file roster, achievement, and at will validFrom and validUntil.`,
      )
    }
  }
  if (!findings) throw new HttpProblem(400, 'roster_missing', 'The form has no file named roster.')
  const achievement = parseAchievement(fields['achievement'], '/achievement')
  refuseRows(findings.problems)
  const { times } = findings
  return { roster: await intake.end(), times, achievement, ...readTimes(fields) }
}

/** Takes the learners of a file as it comes. The sender waits while they are stored. */
async function takeFile(
  part: MultipartFile,
  intake: RosterIntake,
  making: Making,
  limit: number,
): Promise<RosterFindings> {
  const { format, isZipped } = formatOf(part)
  const pieces = limited(reading(isZipped ? part.file.pipe(createGunzip()) : part.file), limit)
  if (format === 'json') {
    const { learners, problems } = parseRoster(
      await joined(limited(pieces, jsonRosterLimit)),
      format,
    )
    if (problems.length === 0) await intake.take(learners)
    return { count: learners.length, problems, times: timesOf(learners) }
  }
  return readRoster(making, format, pieces, intake)
}

async function takeAll(
  intake: RosterIntake,
  learners: readonly Learner[],
  asked: Omit<IssueRequest, 'roster' | 'times'>,
): Promise<IssueRequest> {
  await intake.take(learners)
  return { roster: await intake.end(), times: timesOf(learners), ...asked }
}

/** Pieces of an untrusted stream, up to a limit: what unpacks to more is cut off there. */
async function* limited(
  pieces: AsyncIterable<Uint8Array>,
  limit: number,
): AsyncGenerator<Uint8Array> {
  let size = 0
  for await (const piece of pieces) {
    size += piece.length
    if (size > limit) {
      throw new HttpProblem(
        413,
        'roster_too_large',
        `The roster has more than ${limit} bytes, which is the most that is read of one; split it, or have ROSTER_LIMIT raised.`,
      )
    }
    yield piece
  }
}

async function joined(pieces: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const all: Uint8Array[] = []
  for await (const piece of pieces) all.push(piece)
  return Buffer.concat(all)
}

async function* partsOf(request: FastifyRequest): AsyncGenerator<MultipartFile | MultipartValue> {
  yield* reading(request.parts())
}

async function bytesOf(part: MultipartFile | MultipartValue): Promise<Uint8Array> {
  return part.type === 'file'
    ? joined(limited(reading(part.file), jsonRosterLimit))
    : Buffer.from(String(part.value), 'utf8')
}

/** A form that is cut off or has no boundary is the caller's mistake; limits and the like say so themselves. */
async function* reading<T>(form: AsyncIterable<T>): AsyncGenerator<T> {
  try {
    yield* form
  } catch (thrown) {
    if (thrown instanceof Error && 'statusCode' in thrown) throw thrown
    throw new HttpProblem(
      400,
      'form_malformed',
      `The form cannot be read: ${messageOf(thrown)}; send it as multipart/form-data.`,
    )
  }
}

function formatOf({ filename, mimetype }: MultipartFile): {
  readonly format: RosterFormat
  readonly isZipped: boolean
} {
  const name = (filename ?? '').toLowerCase()
  const isZipped = name.endsWith('.gz')
  const extension = /\.([a-z]+)$/.exec(isZipped ? name.slice(0, -3) : name)?.[1]
  const format =
    extension === 'csv' || mimetype === 'text/csv'
      ? 'csv'
      : extension === 'ndjson' || extension === 'jsonl' || mimetype === 'application/x-ndjson'
        ? 'ndjson'
        : extension === 'json' || mimetype === 'application/json'
          ? 'json'
          : undefined
  if (format) return { format, isZipped }
  throw new HttpProblem(
    400,
    'roster_format_unknown',
    'The roster is neither .csv nor .json nor .ndjson, nor one of these with .gz; name the file accordingly.',
  )
}

function refuseRows(problems: readonly RosterProblem[]): void {
  if (problems.length === 0) return
  const rows = problems.length === 1 ? 'One row' : `${problems.length} things`
  throw new HttpProblem(
    400,
    'roster_invalid',
    `${rows} of the roster cannot be taken and nothing was issued; correct what errors lists and send it again.`,
    { errors: problems },
  )
}

function readTimes(source: { readonly [name: string]: Json }) {
  const times: { validFrom?: string; validUntil?: string } = {}
  for (const name of ['validFrom', 'validUntil'] as const) {
    const value = source[name]
    if (value === undefined) continue
    parseTimestamp(value, `/${name}`)
    times[name] = String(value)
  }
  return times
}

function within<T>(pointer: string, parse: () => T): T {
  try {
    return parse()
  } catch (thrown) {
    if (!(thrown instanceof InvalidInputError)) throw thrown
    throw new InvalidInputError(thrown.code, thrown.message, pointer + thrown.pointer)
  }
}
