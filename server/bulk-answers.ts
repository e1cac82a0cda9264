import { type CredentialLine, readCredentialLines } from '../core/credential-lines.ts'
import type { LineAnswers } from './line-answers.ts'

/** What bounds a run, and what is told of it. */
export interface BulkTerms {
  /** Answers some lines; what is asked first is answered first. */
  readonly answer: (lines: readonly CredentialLine[]) => Promise<LineAnswers>
  /** Calls of `answer` that may be under way at the same time. */
  readonly ahead: number
  /** Bytes of one line. */
  readonly lineLimit: number
  /** Lines of one request. */
  readonly itemLimit: number
  /** Takes one item of what the caller may have now. */
  readonly take: () => boolean
  readonly count: (verdict: string, times: number) => void
}

/** Lines that are answered together, so that one that waits for a document of somebody's does not hold up the others. */
const together = 64
/** Bytes of them, and of one line more. */
const bytesTogether = 262_144

/** Ends a run: what stands in the last line. */
class RunEnd extends Error {
  readonly code: string
  readonly line: number

  constructor(code: string, line: number, message: string) {
    super(message)
    this.code = code
    this.line = line
  }
}

/**
 * The answers to credentials, one a line and in their order, as they come. The bytes are untrusted; no more is read than is about to
 * be answered, so that a reader who stops stops the run. Where a bound is met, the last line says so.
 */
export async function* bulkAnswers(
  pieces: AsyncIterable<Uint8Array>,
  { answer, ahead, lineLimit, itemLimit, take, count }: BulkTerms,
): AsyncGenerator<string> {
  const lines = readCredentialLines(lineLimit)
  const underWay: Promise<LineAnswers>[] = []
  let taken = 0
  const admit = ({ line }: CredentialLine) => {
    if (taken >= itemLimit) {
      const message = `At most ${itemLimit} credentials are verified in one request; send those from line ${line} on in another.`
      throw new RunEnd('items_too_many', line, message)
    }
    if (!take()) {
      const message = `Too many credentials from your address; send those from line ${line} on in a minute.`
      throw new RunEnd('rate_limited', line, message)
    }
    taken += 1
  }
  const next = async () => {
    const { text, verdicts } = (await underWay.shift()) as LineAnswers
    for (const [verdict, times] of Object.entries(verdicts)) count(verdict, times)
    return text
  }
  const ask = (some: readonly CredentialLine[]) => {
    const answers = answer(some)
    // Who waits for it is told; who has gone is not.
    answers.catch(() => undefined)
    underWay.push(answers)
  }
  const answerAll = async function* (found: readonly CredentialLine[]) {
    for (const group of groupsOf(found)) {
      const admitted: CredentialLine[] = []
      try {
        for (const each of group) {
          admit(each)
          admitted.push(each)
        }
      } finally {
        // What was admitted before the end of a run is answered before it.
        if (admitted.length > 0) ask(admitted)
      }
      while (underWay.length >= ahead) yield await next()
    }
  }
  let end: RunEnd | undefined
  try {
    for await (const piece of pieces) yield* answerAll(lines.push(piece))
    yield* answerAll(lines.end())
  } catch (thrown) {
    if (!(thrown instanceof RunEnd)) throw thrown
    end = thrown
  }
  while (underWay.length > 0) yield await next()
  if (!end) return
  const { code, line, message } = end
  yield `${JSON.stringify({ line, error: { code, message } })}\n`
}

function* groupsOf(lines: readonly CredentialLine[]): Generator<readonly CredentialLine[]> {
  let group: CredentialLine[] = []
  let bytes = 0
  for (const each of lines) {
    group.push(each)
    if (each.content instanceof Uint8Array) bytes += each.content.length
    if (group.length < together && bytes < bytesTogether) continue
    yield group
    group = []
    bytes = 0
  }
  if (group.length > 0) yield group
}
