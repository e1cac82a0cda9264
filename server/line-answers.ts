import type { CredentialLine } from '../core/credential-lines.ts'
import { InvalidInputError } from '../core/error.ts'
import type { Report } from '../core/report.ts'
import { reportText } from '../core/report-text.ts'
import type { VerifyNext } from '../core/verify-many.ts'

/** Answers to lines that come one after another, as text, and how often each verdict was given. */
export interface LineAnswers {
  readonly text: string
  readonly verdicts: Readonly<Record<string, number>>
}

/** Verifies lines side by side and words the answers, one a line and in their order. */
export async function answerLines(
  lines: readonly CredentialLine[],
  verify: VerifyNext,
  isFull: boolean,
): Promise<LineAnswers> {
  const verdicts: Record<string, number> = {}
  const answerLine = async ({ line, content }: CredentialLine): Promise<string> => {
    try {
      if (content instanceof InvalidInputError) throw content
      const report = await verify(content)
      verdicts[report.verdict] = (verdicts[report.verdict] ?? 0) + 1
      return isFull
        ? `{"line":${line},"report":${reportText(report)}}\n`
        : `${JSON.stringify({ line, ...briefly(report) })}\n`
    } catch (thrown) {
      if (!(thrown instanceof InvalidInputError)) throw thrown
      const { code, message, pointer } = thrown
      return `${JSON.stringify({ line, error: { code, message, pointer } })}\n`
    }
  }
  const texts = await Promise.all(lines.map(answerLine))
  return { text: texts.join(''), verdicts }
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
