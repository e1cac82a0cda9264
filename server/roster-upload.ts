import type { MultipartFile, MultipartValue } from '@fastify/multipart'
import type { FastifyRequest } from 'fastify'
import { parseAchievement } from '../core/achievement.ts'
import type { Json } from '../core/canonical.ts'
import { InvalidInputError, messageOf } from '../core/error.ts'
import { isObject } from '../core/i-json.ts'
import { parseJson } from '../core/json.ts'
import { parseLearners, parseRoster, type Roster, type RosterFormat } from '../core/roster.ts'
import { parseTimestamp } from '../core/time.ts'
import type { IssueRequest } from './issue.ts'
import { HttpProblem } from './problem.ts'

const members = ['achievement', 'learners', 'validFrom', 'validUntil']

/** Reads what a batch is asked for with, from JSON. Throws with the place, or with every bad row. */
export function parseIssueRequest(body: unknown): IssueRequest {
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
  const roster = within('/learners', () => parseLearners(body['learners']))
  return { achievement, learners: learnersOf(roster), ...readTimes(body) }
}

/** Reads the same from a form: a file `roster` (CSV, JSON or NDJSON) and a part `achievement` (JSON). */
export async function readIssueForm(request: FastifyRequest): Promise<IssueRequest> {
  let roster: Roster | undefined
  const fields: Record<string, Json> = {}
  for await (const part of partsOf(request)) {
    if (part.fieldname === 'roster' && part.type === 'file') {
      roster = parseRoster(await bytesOf(part), formatOf(part))
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
  if (!roster) throw new HttpProblem(400, 'roster_missing', 'The form has no file named roster.')
  const achievement = parseAchievement(fields['achievement'], '/achievement')
  return { achievement, learners: learnersOf(roster), ...readTimes(fields) }
}

async function* partsOf(request: FastifyRequest): AsyncGenerator<MultipartFile | MultipartValue> {
  const parts = request.parts()
  for (;;) {
    const { value, done } = await reading(parts.next())
    if (done) return
    yield value
  }
}

async function bytesOf(part: MultipartFile | MultipartValue): Promise<Uint8Array> {
  return part.type === 'file' ? reading(part.toBuffer()) : Buffer.from(String(part.value), 'utf8')
}

/** A form that is cut off or has no boundary is the caller's mistake; limits and the like say so themselves. */
function reading<T>(form: Promise<T>): Promise<T> {
  return form.catch((thrown: unknown) => {
    if (thrown instanceof Error && 'statusCode' in thrown) throw thrown
    throw new HttpProblem(
      400,
      'form_malformed',
      `The form cannot be read: ${messageOf(thrown)}; send it as multipart/form-data.`,
    )
  })
}

function formatOf({ filename, mimetype }: MultipartFile): RosterFormat {
  const extension = /\.([a-z]+)$/i.exec(filename ?? '')?.[1]?.toLowerCase()
  if (extension === 'csv' || mimetype === 'text/csv') return 'csv'
  if (extension === 'ndjson' || extension === 'jsonl' || mimetype === 'application/x-ndjson') {
    return 'ndjson'
  }
  if (extension === 'json' || mimetype === 'application/json') return 'json'
  throw new HttpProblem(
    400,
    'roster_format_unknown',
    'The roster is neither .csv nor .json nor .ndjson; name the file accordingly.',
  )
}

function learnersOf({ learners, problems }: Roster) {
  if (problems.length === 0) return learners
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
