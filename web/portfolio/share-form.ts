import { html, nothing, type TemplateResult } from 'lit'
import type { PresentationRequest } from '../../core/portfolio/presentation.ts'
import type { Question } from '../../core/question.ts'
import { shown } from '../text.ts'
import { portfolio as words } from '../words/portfolio.ts'

const day = 86_400_000
/** How long a presentation holds where nobody says otherwise. */
const usualDays = 30

/** What for, for whom and until when. A question says for whom, and what is to be signed. */
export function fieldsView(question: Question | undefined, hasKey: boolean): TemplateResult {
  const { share } = words()
  const until = question?.until ?? Date.now() + usualDays * day
  return html`<label>${share.purpose}<input name="purpose" required maxlength="500" .value=${question?.requirement.name.slice(0, 500) ?? ''} placeholder=${share.purposeExample} /></label>
    ${
      question
        ? html`<p>${share.audience}: <strong>${shown(question.domain, 200)}</strong></p>`
        : html`<label>${share.audienceOpen}<input name="audience" dir="ltr" maxlength="500" placeholder="https://employer.example" autocomplete="off" spellcheck="false" /></label>`
    }
    <label>${share.until}<input name="until" type="date" .value=${dateOf(until)} .min=${dateOf(Date.now())} /></label>
    ${
      question || !hasKey
        ? nothing
        : html`<details>
            <summary>${share.experts}</summary>
            <label>${share.challenge}<input name="challenge" dir="ltr" maxlength="200" autocomplete="off" spellcheck="false" /></label>
          </details>`
    }`
}

/** The terms in the form; a day ends with itself, where the holder is. */
export function termsIn(
  fields: FormData,
  question: Question | undefined,
): Omit<PresentationRequest, 'credentials'> {
  const text = (name: string) => String(fields.get(name) ?? '').trim()
  const until = Date.parse(`${text('until')}T23:59:59`)
  const audience = question?.domain ?? text('audience')
  const challenge = question?.challenge ?? text('challenge')
  return {
    ...(text('purpose') !== '' && { purpose: text('purpose') }),
    ...(audience !== '' && { audience }),
    ...(challenge !== '' && { challenge }),
    ...(!Number.isNaN(until) && { until }),
  }
}

function dateOf(time: number): string {
  const date = new Date(time)
  const two = (part: number) => String(part).padStart(2, '0')
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`
}
