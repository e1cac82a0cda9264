import type { JsonObject } from '../../core/canonical.ts'
import { InvalidInputError } from '../../core/error.ts'
import { isObject } from '../../core/i-json.ts'
import { parseJson } from '../../core/json.ts'
import { fragmentParts } from '../../core/packed-link.ts'
import { parseRequirement, type Requirement } from '../../core/pathway/pathway.ts'
import {
  openQuestion,
  parseQuestion,
  type Question,
  questionFormat,
  questionFragment,
  questionName,
} from '../../core/question.ts'

/** What was opened; a requirement alone has no question around it. */
export interface OpenedQuestion {
  readonly requirement: Requirement
  readonly question: Question | undefined
  /** As it stands in a link. */
  readonly fragment: string | undefined
}

const limits = { bytes: 300_000, depth: 36, values: 20_100 }

/** A requirement or question out of a file, a pasted text or a link. Untrusted; throws `InvalidInputError`. */
export async function openText(from: string | File): Promise<OpenedQuestion> {
  const text = typeof from === 'string' ? from : await readFile(from)
  const packed = packedIn(text)
  if (packed !== undefined) {
    const question = await openQuestion(packed)
    const { requirement } = question
    return { requirement, question, fragment: `${questionName}=${packed}` }
  }
  const value = parseJson(text, limits)
  if (isObject(value) && value['format'] === questionFormat) {
    const question = parseQuestion(value)
    const fragment = await questionFragment(question).catch(() => undefined)
    return { requirement: question.requirement, question, fragment }
  }
  const requirement = parseRequirement(value as JsonObject)
  return { requirement, question: undefined, fragment: undefined }
}

function packedIn(text: string): string | undefined {
  const at = /^\s*(?:https?:\/\/[^\s#]{1,2000})?#/.exec(text.slice(0, 2100))?.[0].length
  return at === undefined
    ? undefined
    : fragmentParts(text.trim().replace(/^[^#]*/, '')).get(questionName)
}

async function readFile(file: File): Promise<string> {
  if (file.size <= limits.bytes) return file.text()
  throw new InvalidInputError('too_large', `${file.size} bytes; at most ${limits.bytes} are read`)
}
