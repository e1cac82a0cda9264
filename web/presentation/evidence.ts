import { html, type TemplateResult } from 'lit'
import { shown, visible } from '../text.ts'
import { presentationWords } from '../words/presentation.ts'
import type { Outcome } from './outcome.ts'

/** Leads to the evidence of one credential, by its place in the presentation. */
export type ShowEvidence = (at: number) => void

/** The name of a credential, which leads to its evidence. */
export function evidenceLink(
  { presented }: Outcome,
  at: number,
  show: ShowEvidence,
): TemplateResult {
  const name = nameAt(presented.credentials[at]?.told.name)
  const label = presentationWords().credentials.open(visible(name).slice(0, 120))
  return html`<button type="button" class="leads" aria-label=${label} @click=${() => show(at)}>${shown(name, 120)}</button>`
}

export function nameAt(name: string | undefined): string {
  return name === undefined || name.trim() === '' ? presentationWords().credentials.unnamed : name
}

/** Several, one after the other; of many the first. */
export function evidenceLinks(
  outcome: Outcome,
  places: readonly number[],
  show: ShowEvidence,
): TemplateResult {
  const shownPlaces = places.slice(0, 12).flatMap((place) => outcome.places[place] ?? [])
  return html`<span class="by">${shownPlaces.map((at) => evidenceLink(outcome, at, show))}</span>`
}
