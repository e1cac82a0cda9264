import { messageOf } from './error.ts'
import { isObject } from './i-json.ts'
import { parseTimestamp } from './time.ts'

/** One row of a roster: who earned the achievement. Identified by an e-mail, a DID or both. Times are XSD dateTimeStamps. */
export interface Learner {
  readonly name: string
  readonly email?: string
  readonly did?: string
  readonly result?: string
  readonly credits?: number
  readonly validFrom?: string
  readonly validUntil?: string
}

/** What is wrong with a row. `line` counts from 1; for a JSON roster it is the number of the item. */
export interface RosterProblem {
  readonly line: number
  readonly field: string
  readonly code: string
  readonly message: string
}

/** The fields of a learner, and the columns of a CSV roster. */
export const learnerFields = [
  'name',
  'email',
  'did',
  'result',
  'credits',
  'validFrom',
  'validUntil',
] as const
type Field = (typeof learnerFields)[number]

const maxLengths: Readonly<Record<Field, number>> = {
  name: 400,
  email: 254,
  did: 2048,
  result: 200,
  credits: 20,
  validFrom: 40,
  validUntil: 40,
}

/** Nothing of it can be wrong but its length: below U+0300 nothing composes, and what is left out are control characters. */
const plainText = /^[ -~\u00a0-\u02ff]*$/

/** Told of each thing that is wrong with a row. */
export type ReportProblem = (field: string, code: string, message: string) => void

/** Reads an untrusted row; what is wrong goes to `report`, and the learner is then not to be used. */
export function readLearner(row: unknown, report: ReportProblem): Learner {
  if (!isObject(row)) {
    report('', 'row_malformed', 'expected an object with a name and an email or did')
    return { name: '' }
  }
  for (const name of Object.keys(row)) {
    if (!learnerFields.includes(name as Field)) {
      report(
        name.slice(0, 60),
        'field_unknown',
        `unknown field; a learner has ${learnerFields.join(', ')}`,
      )
    }
  }
  const take = (field: Field) => readText(row[field], field, report)
  const email = take('email')?.toLowerCase()
  const did = take('did')
  const name = take('name')
  if (!name) report('name', 'field_missing', 'the learner has no name')
  if (!email && !did) report('email', 'field_missing', 'the learner has neither email nor did')
  if (email && !/^[^\s@"(),:;<>[\\\]]+@[^\s@"(),:;<>[\\\]]+\.[^\s@.]+$/.test(email)) {
    report('email', 'email_malformed', `${JSON.stringify(email)} is not an e-mail address`)
  }
  if (did && !/^did:[a-z0-9]+:[A-Za-z0-9._:%-]*[A-Za-z0-9._%-]$/.test(did)) {
    report('did', 'did_malformed', `${JSON.stringify(did.slice(0, 80))} is not a DID`)
  }
  const credits = readCredits(row['credits'], report)
  const result = take('result')
  const validFrom = take('validFrom')
  const validUntil = take('validUntil')
  const from = readTime(validFrom, 'validFrom', report)
  const until = readTime(validUntil, 'validUntil', report)
  if (from !== undefined && until !== undefined && until <= from) {
    report('validUntil', 'times_out_of_order', 'validUntil is not after validFrom')
  }
  return {
    name: name ?? '',
    ...(email && { email }),
    ...(did && { did }),
    ...(result && { result }),
    ...(credits !== undefined && { credits }),
    ...(validFrom && { validFrom }),
    ...(validUntil && { validUntil }),
  }
}

function readText(value: unknown, field: Field, report: ReportProblem): string | undefined {
  if (value === undefined || value === null) return undefined
  if (typeof value !== 'string') {
    report(field, 'field_malformed', 'expected a text')
    return undefined
  }
  const trimmed = value.trim()
  const most = maxLengths[field]
  const tooLong = ({ length }: string) =>
    report(field, 'field_too_long', `${length} characters; at most ${most}`)
  // Composing takes time that grows with the square of a run of marks: what is far too long is not composed.
  if (trimmed.length > 4 * most) {
    tooLong(trimmed)
    return trimmed.slice(0, most)
  }
  if (plainText.test(trimmed) && trimmed.length <= most) return trimmed === '' ? undefined : trimmed
  const text = trimmed.normalize('NFC')
  if (!text.isWellFormed()) report(field, 'lone_surrogate', 'holds half of a UTF-16 surrogate pair')
  if (/\p{Cc}/u.test(text)) report(field, 'control_character', 'holds a control character')
  if (text.length > most) tooLong(text)
  return text === '' ? undefined : text
}

function readCredits(value: unknown, report: ReportProblem): number | undefined {
  if (value === undefined || value === null) return undefined
  if (typeof value === 'string' && value.trim() === '') return undefined
  const credits =
    typeof value === 'string' && /^\d{1,6}(?:\.\d{1,4})?$/.test(value.trim())
      ? Number(value)
      : value
  if (typeof credits === 'number' && credits >= 0 && credits <= 100_000) return credits
  report('credits', 'credits_malformed', 'expected a number from 0, with a point before decimals')
  return undefined
}

function readTime(
  text: string | undefined,
  field: Field,
  report: ReportProblem,
): number | undefined {
  if (text === undefined) return undefined
  try {
    return parseTimestamp(text, '')
  } catch (thrown) {
    report(field, 'time_malformed', messageOf(thrown))
    return undefined
  }
}

/** What tells one learner from another, by field. */
export function identitiesOf(learner: Learner): readonly (readonly [Field, string])[] {
  const identities: (readonly [Field, string])[] = []
  if (learner.email) identities.push(['email', `mailto:${learner.email}`])
  if (learner.did) identities.push(['did', learner.did])
  return identities
}
