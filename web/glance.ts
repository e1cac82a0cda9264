import { html, type TemplateResult } from 'lit'
import type { Check, CheckName } from '../core/report.ts'
import { mark } from './seal.ts'
import { report } from './words/report.ts'

/** What somebody who hires asks, each of which is answered by itself: an unknown issuer says nothing against the content. */
const asked: readonly CheckName[] = ['integrity', 'issuer', 'accreditation', 'status', 'validity']

/** The answers to the questions that matter most, beside the one verdict that they make up. */
export function glanceView(checks: readonly Check[]): TemplateResult {
  const { names, outcomes } = report().checks
  return html`<ul class="glance">
    ${asked.map((name) => {
      const outcome = checks.find((check) => check.name === name)?.outcome ?? 'skipped'
      return html`<li class=${outcome}>
        ${mark(outcome)} <span>${names[name][1]}</span> <strong>${outcomes[outcome]}</strong>
      </li>`
    })}
  </ul>`
}
