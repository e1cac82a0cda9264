import { parseAchievement } from '../core/achievement.ts'
import { InvalidInputError } from '../core/error.ts'
import { isObject } from '../core/i-json.ts'
import { type Learner, learnerFields, readLearner } from '../core/learner.ts'
import type { Pathway } from '../core/pathway/pathway.ts'
import { stackBounds } from '../core/stack.ts'
import { parseTimestamp } from '../core/time.ts'
import { mostAwards } from './award-batch.ts'
import { namedPathway, within } from './pathways.ts'
import { HttpProblem, type ProblemEntry } from './problem.ts'
import type { Service } from './service.ts'

/** Somebody who may get an award, with what they hand in. */
export interface Applicant {
  readonly learner: Learner
  readonly components: readonly unknown[]
}

/** What awards are asked for with. */
export interface AwardRequest {
  readonly pathway: Pathway
  /** `undefined` for everybody whose DID stands in the batches. */
  readonly applicants: readonly Applicant[] | undefined
  /** Ids of batches of the issuer, in which the applicants' credentials are looked for. */
  readonly batches: readonly string[]
  readonly validFrom: string | undefined
  readonly validUntil: string | undefined
}

const members = ['pathway', 'learners', 'batches', 'validFrom', 'validUntil']
const mostBatches = 100

/** Reads an untrusted request. Throws `InvalidInputError` with the place, or `HttpProblem` with every bad row. */
export async function parseAwardRequest(service: Service, body: unknown): Promise<AwardRequest> {
  if (!isObject(body as never)) {
    throw new InvalidInputError('request_malformed', 'expected an object with pathway and learners')
  }
  const request = body as Readonly<Record<string, unknown>>
  const unknown = Object.keys(request).find((name) => !members.includes(name))
  if (unknown !== undefined) {
    const message = `unknown member; expected ${members.join(', ')}`
    throw new InvalidInputError('member_unknown', message, `/${unknown.slice(0, 100)}`)
  }
  const { database, config } = service
  const pathway = await namedPathway(database.db, config.PUBLIC_BASE_URL, request['pathway'])
  const batches = parseBatches(request['batches'])
  const everybody = request['learners'] === undefined && batches.length > 0
  within('/pathway', () => parseAchievement(pathway.achievement, '/achievement'))
  return {
    pathway,
    applicants: everybody ? undefined : parseApplicants(request['learners']),
    batches,
    validFrom: parseTime(request['validFrom'], '/validFrom'),
    validUntil: parseTime(request['validUntil'], '/validUntil'),
  }
}

function parseApplicants(value: unknown): readonly Applicant[] {
  if (!Array.isArray(value) || value.length === 0 || value.length > mostAwards) {
    throw new InvalidInputError(
      'learners_malformed',
      `expected a list of 1 to ${mostAwards} learners; ask for more of them in several requests`,
      '/learners',
    )
  }
  const errors: ProblemEntry[] = []
  const applicants = value.map((row: unknown, i): Applicant => {
    const { components = [], ...rest } = (isObject(row as never) ? row : {}) as {
      readonly components?: unknown
    }
    const learner = readLearner(isObject(row as never) ? rest : row, (field, code, message) =>
      errors.push({ line: i + 1, field, code, message }),
    )
    if (!Array.isArray(components) || components.length > stackBounds.documents) {
      const message = `expected a list of at most ${stackBounds.documents} credentials`
      errors.push({ line: i + 1, field: 'components', code: 'components_malformed', message })
    }
    return { learner, components: Array.isArray(components) ? components : [] }
  })
  if (errors.length > 0) {
    const detail = `${errors.length} problems with the learners; a learner has ${learnerFields.join(', ')} and components.`
    throw new HttpProblem(400, 'roster_invalid', detail, { pointer: '/learners', errors })
  }
  return applicants
}

function parseBatches(value: unknown): readonly string[] {
  if (value === undefined) return []
  const isIds =
    Array.isArray(value) &&
    value.length <= mostBatches &&
    value.every((id) => typeof id === 'string' && /^[0-9a-f-]{36}$/.test(id))
  if (isIds) return [...new Set(value as string[])]
  const message = `expected a list of at most ${mostBatches} ids of batches`
  throw new InvalidInputError('batches_malformed', message, '/batches')
}

function parseTime(value: unknown, pointer: string): string | undefined {
  if (value !== undefined) parseTimestamp(value, pointer)
  return value as string | undefined
}
