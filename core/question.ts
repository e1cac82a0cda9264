import type { JsonObject } from './canonical.ts'
import { InvalidInputError, pointerTo } from './error.ts'
import { isObject } from './i-json.ts'
import { parseJson } from './json.ts'
import { packText, unpackText } from './packed-link.ts'
import { pathwayBounds } from './pathway/bounds.ts'
import { parseRequirement, type Requirement } from './pathway/pathway.ts'
import { formatSeconds, parseTimestamp } from './time.ts'

export const questionFormat = 'rootmark-question-1'

/**
 * A requirement as somebody is asked it: whoever answers signs `challenge` and `domain`, so that the answer is of no use to others, nor for
 * another question.
 */
export interface Question {
  readonly requirement: Requirement
  /** Made anew for each question. */
  readonly challenge: string
  /** Who asks: a web address or host name. */
  readonly domain: string
  /** Until when answers are taken, in milliseconds since 1970. */
  readonly until: number | undefined
}

/** The name under which a question stands in the fragment of a link. */
export const questionName = 'r'

/** Browsers and mail programs take links of this length; what is longer goes as a file. */
export const maxQuestionLink = 32_000

const limits = { bytes: pathwayBounds.bytes + 20_000, depth: 36, values: 20_100 }

/** Fragment of a link that asks a question: `r=1.…`. Throws `InvalidInputError` (`too_large`) where it would be too long for a link. */
export async function questionFragment(question: Question): Promise<string> {
  const packed = await packText(JSON.stringify(questionDocument(question)))
  if (packed.length <= maxQuestionLink) return `${questionName}=${packed}`
  throw new InvalidInputError(
    'too_large',
    `the requirement takes ${packed.length} characters in a link; at most ${maxQuestionLink} are read: hand it on as a file`,
  )
}

/** The question that a link carries, by what follows `r=`. Untrusted; throws `InvalidInputError`. */
export async function openQuestion(packed: string): Promise<Question> {
  const text = await unpackText(packed, { characters: maxQuestionLink, bytes: limits.bytes })
  return parseQuestionText(text)
}

/** The same from a file. Untrusted; throws `InvalidInputError` with the place. */
export function parseQuestionText(text: Uint8Array | string): Question {
  return parseQuestion(parseJson(text, limits))
}

/** Parses an untrusted question. Throws `InvalidInputError` with the place. */
export function parseQuestion(value: unknown): Question {
  if (!isObject(value as never)) throw malformed('expected an object', '')
  const document = value as JsonObject
  const { format, requirement, challenge, domain, until } = document
  if (format !== questionFormat) throw malformed(`expected "${questionFormat}"`, '/format')
  const known = ['format', 'requirement', 'challenge', 'domain', 'until']
  const unknown = Object.keys(document).find((name) => !known.includes(name))
  if (unknown !== undefined) {
    throw malformed(`${unknown.slice(0, 60)} is not known here`, pointerTo('', unknown))
  }
  return {
    requirement: parseRequirement(requirement, '/requirement'),
    challenge: parseWord(challenge, [16, 200], '/challenge'),
    domain: parseWord(domain, [1, 2048], '/domain'),
    until: until === undefined ? undefined : parseTimestamp(until, '/until'),
  }
}

/** The question as JSON, for a file. */
export function questionDocument({ requirement, challenge, domain, until }: Question): JsonObject {
  return {
    format: questionFormat,
    requirement: requirement.document,
    challenge,
    domain,
    ...(until !== undefined && { until: formatSeconds(until / 1000) }),
  }
}

/** What is compared sign by sign holds no blanks and no signs that look like others. */
function parseWord(
  value: unknown,
  [least, most]: readonly [number, number],
  pointer: string,
): string {
  const isWord = typeof value === 'string' && /^[\x21-\x7e]*$/.test(value)
  if (isWord && value.length >= least && value.length <= most) return value
  throw malformed(`expected ${least} to ${most} characters of ASCII without blanks`, pointer)
}

function malformed(what: string, pointer: string): InvalidInputError {
  return new InvalidInputError('question_malformed', what, pointer)
}
