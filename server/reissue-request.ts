import { parseAchievement } from '../core/achievement.ts'
import type { Json, JsonObject } from '../core/canonical.ts'
import { InvalidInputError } from '../core/error.ts'
import { isObject } from '../core/i-json.ts'
import { type Learner, readLearner } from '../core/learner.ts'
import { parseTimestamp } from '../core/time.ts'
import { HttpProblem, type ProblemEntry } from './problem.ts'
import type { Correction } from './reissue.ts'

const members = ['learner', 'achievement', 'validFrom', 'validUntil']

/** Reads what a credential is to be corrected to; what is not named stays as the old document has it. Throws with the place. */
export function parseCorrection(body: unknown, old: JsonObject): Correction {
  if (!isObject(body)) {
    throw new InvalidInputError('request_malformed', 'expected an object with a learner')
  }
  const unknown = Object.keys(body).find((name) => !members.includes(name))
  if (unknown !== undefined) {
    const expected = `unknown member; expected ${members.join(', ')}`
    throw new InvalidInputError('member_unknown', expected, `/${unknown}`)
  }
  const stated = (old['credentialSubject'] as JsonObject)['achievement'] as JsonObject
  return {
    learner: parseLearner(body['learner']),
    achievement: parseAchievement(body['achievement'] ?? withoutTypes(stated), '/achievement'),
    validFrom: timeOf(body, 'validFrom') ?? String(old['validFrom']),
    validUntil: timeOf(body, 'validUntil') ?? (old['validUntil'] as string | undefined),
  }
}

function parseLearner(row: unknown): Learner {
  const errors: ProblemEntry[] = []
  const learner = readLearner(row, (field, code, message) =>
    errors.push({ line: 1, field, code, message }),
  )
  if (errors.length === 0) return learner
  const sentence = 'The learner cannot be taken as it is; errors names what to put right.'
  throw new HttpProblem(400, 'roster_invalid', sentence, { errors, pointer: '/learner' })
}

function timeOf(body: JsonObject, name: string): string | undefined {
  const value = body[name]
  if (value === undefined) return undefined
  parseTimestamp(value, `/${name}`)
  return value as string
}

/** As it was handed in: what a credential adds to an achievement are the types. */
function withoutTypes(value: Json): Json {
  if (Array.isArray(value)) return (value as readonly Json[]).map(withoutTypes)
  if (!isObject(value)) return value
  const kept = Object.entries(value).filter(([name]) => name !== 'type')
  return Object.fromEntries(kept.map(([name, each]) => [name, withoutTypes(each as Json)]))
}
