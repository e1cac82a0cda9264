import { html, nothing, type TemplateResult } from 'lit'
import { canonicalize } from '../../core/canonical.ts'
import { lookOf } from '../look.ts'
import { momentOf } from '../moment.ts'
import type { Run } from '../run.ts'
import { mark } from '../seal.ts'
import { coreText, shown } from '../text.ts'
import { presentationWords } from '../words/presentation.ts'
import { wordOf } from '../words/report.ts'
import { nameAt } from './evidence.ts'
import type { Outcome } from './outcome.ts'

/** Every credential with its verdict; its evidence is the report of the page that checks one. */
export function credentialsView(
  { presented, asked }: Outcome,
  opened: ReadonlySet<number>,
  onToggle: (at: number, isOpen: boolean) => void,
): TemplateResult {
  const words = presentationWords().credentials
  return html`<ol class="credentials">
    ${presented.credentials.map((one, at) => {
      const { told, report } = one
      const { verdict, reason, holder } = told
      const summary = report?.credential
      const look = lookOf({ verdict, reason, anchor: report?.anchor })
      return html`<li class=${verdict}>
        <details id="credential-${at}" ?open=${opened.has(at)} @toggle=${(event: Event) => onToggle(at, (event.target as HTMLDetailsElement).open)}>
          <summary>
            ${mark(verdict)}
            <span class="head">
              <strong class="state">${wordOf(look)}</strong>
              <span class="what">${shown(nameAt(told.name), 160)}</span>
              <small>
                ${shown(report?.accreditation?.issuerName || summary?.issuer.name || summary?.issuer.id || '', 120)}
                ${summary?.validFrom ? html` · ${momentOf(summary.validFrom)}` : nothing}
                ${holder === undefined ? nothing : html` · ${words.holder[holder]}`}
              </small>
              ${verdict === 'valid' ? nothing : coreText(told.summary)}
            </span>
          </summary>
          ${
            report === undefined
              ? html`<p>${words.closed}</p>`
              : opened.has(at)
                ? html`<check-report .run=${runOf(one, asked)}></check-report>`
                : nothing
          }
        </details>
      </li>`
    })}
  </ol>`
}

const runs = new WeakMap<object, Run>()

/** A check that is over, as the page shows those. What was asked was asked for all of them together. */
function runOf(
  one: Outcome['presented']['credentials'][number],
  asked: Outcome['asked'],
): Run | undefined {
  const { report, told, credential } = one
  const known = runs.get(one)
  if (known || !report) return known
  const run: Run = {
    state: 'settled',
    label: nameAt(told.name),
    checks: report.checks,
    asked,
    chainId: report.anchor?.chainId,
    report,
    content: canonicalize(credential),
    refusal: undefined,
  }
  runs.set(one, run)
  return run
}
