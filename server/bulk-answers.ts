import { type CredentialLine, readCredentialLines } from '../core/credential-lines.ts'
import { InvalidInputError } from '../core/error.ts'
import type { Report } from '../core/report.ts'
import type { VerifyNext } from '../core/verify-many.ts'

/** What bounds a run, and what is told of it. */
export interface BulkTerms {
  readonly verify: VerifyNext
  /** Bytes of one line. */
  readonly lineLimit: number
  /** Lines of one request. */
  readonly itemLimit: number
  /** Takes one item of what the caller may have now. */
  readonly take: () => boolean
  readonly isFull: boolean
  readonly count: (verdict: string) => void
}

/** Lines that are verified at the same time, so that one that waits for a document of somebody's does not hold up the others. */
const together = 16
/** Milliseconds of work after which other requests are served. */
const sliceMs = 10

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
 * The answers to credentials, one a line and in their order, as they come. The bytes are untrusted; no more is read than is answered,
 * so that a reader who stops stops the run. Where a bound is met, the last line says so.
 */
export async function* bulkAnswers(
  pieces: AsyncIterable<Uint8Array>,
  terms: BulkTerms,
): AsyncGenerator<string> {
  const lines = readCredentialLines(terms.lineLimit)
  let taken = 0
  const admit = ({ line }: CredentialLine) => {
    if (taken >= terms.itemLimit) {
      const message = `At most ${terms.itemLimit} credentials are verified in one request; send those from line ${line} on in another.`
      throw new RunEnd('items_too_many', line, message)
    }
    if (!terms.take()) {
      const message = `Too many credentials from your address; send those from line ${line} on in a minute.`
      throw new RunEnd('rate_limited', line, message)
    }
    taken += 1
  }
  const answerAll = async function* (found: readonly CredentialLine[]) {
    for (let i = 0; i < found.length; i += together) {
      const some = found.slice(i, i + together)
      const admitted: CredentialLine[] = []
      let end: RunEnd | undefined
      for (const each of some) {
        try {
          admit(each)
          admitted.push(each)
        } catch (thrown) {
          end = thrown as RunEnd
          break
        }
      }
      const answers = await Promise.all(admitted.map((each) => answer(each, terms)))
      yield answers.join('')
      if (end) throw end
    }
  }
  try {
    for await (const piece of pieces) yield* paced(answerAll(lines.push(piece)))
    yield* paced(answerAll(lines.end()))
  } catch (thrown) {
    if (!(thrown instanceof RunEnd)) throw thrown
    const { code, line, message } = thrown
    yield `${JSON.stringify({ line, error: { code, message } })}\n`
  }
}

/** What was answered within a slice, together; then the turn is given to others. */
async function* paced(answers: AsyncIterable<string>): AsyncGenerator<string> {
  let began = performance.now()
  let text = ''
  try {
    for await (const some of answers) {
      text += some
      if (performance.now() - began < sliceMs) continue
      yield text
      text = ''
      await new Promise((resolve) => setImmediate(resolve))
      began = performance.now()
    }
  } catch (thrown) {
    // What was answered before the end of a run is told before it.
    if (text !== '') yield text
    throw thrown
  }
  if (text !== '') yield text
}

async function answer({ line, content }: CredentialLine, terms: BulkTerms): Promise<string> {
  try {
    if (content instanceof InvalidInputError) throw content
    const report = await terms.verify(content)
    terms.count(report.verdict)
    return `${JSON.stringify(terms.isFull ? { line, report } : { line, ...briefly(report) })}\n`
  } catch (thrown) {
    if (!(thrown instanceof InvalidInputError)) throw thrown
    const { code, message, pointer } = thrown
    return `${JSON.stringify({ line, error: { code, message, pointer } })}\n`
  }
}

/** What a table of many shows: the verdict and why, whose credential it is, and who is verified to have issued it. */
function briefly({ verdict, reason, summary, credential, accreditation, checkedAt }: Report) {
  return {
    verdict,
    reason,
    summary,
    ...(credential && {
      credential: {
        id: credential.id,
        name: credential.name,
        holder: credential.holder,
        issuer: credential.issuer.id,
        validFrom: credential.validFrom,
        validUntil: credential.validUntil,
      },
    }),
    ...(accreditation && { accreditedIssuer: accreditation.issuerName }),
    checkedAt,
  }
}
