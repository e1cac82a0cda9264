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
  let group: CredentialLine[] = []
  let bytes = 0
  const flush = () => {
    if (group.length > 0) ask(group)
    group = []
    bytes = 0
  }
  const takeIn = async function* (found: readonly CredentialLine[]) {
    for (const each of found) {
      admit(each)
      group.push(each)
      if (each.content instanceof Uint8Array) bytes += each.content.length
      if (group.length < together && bytes < bytesTogether) continue
      while (underWay.length >= ahead) yield await next()
      flush()
    }
    // Who is not kept waiting by others gets the answers at once.
    if (underWay.length < ahead) flush()
  }
  const source = pieces[Symbol.asyncIterator]()
  let end: RunEnd | undefined
  try {
    for (let coming = source.next(); ; ) {
      const first = underWay[0]
      if (first && (await whicheverComes(first, coming)) === 'answers') {
        yield await next()
        // What gathered meanwhile has its turn.
        flush()
        continue
      }
      const { done, value } = await coming
      if (done) break
      yield* takeIn(lines.push(value))
      coming = source.next()
    }
    yield* takeIn(lines.end())
  } catch (thrown) {
    if (!(thrown instanceof RunEnd)) throw thrown
    end = thrown
  } finally {
    // Not waited for: a piece may be on its way that never comes.
    Promise.resolve(source.return?.()).catch(() => undefined)
  }
  flush()
  while (underWay.length > 0) yield await next()
  if (!end) return
  const { code, line, message } = end
  yield `${JSON.stringify({ line, error: { code, message } })}\n`
}

/** Which of the two is there first; the answers where both are. Neither fails here: whoever takes it is told. */
function whicheverComes(
  answers: Promise<unknown>,
  piece: Promise<unknown>,
): Promise<'answers' | 'piece'> {
  const as = <Name extends string>(promise: Promise<unknown>, name: Name): Promise<Name> =>
    promise.then(
      () => name,
      () => name,
    )
  return Promise.race([as(answers, 'answers'), as(piece, 'piece')])
}
