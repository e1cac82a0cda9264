import { html, nothing, type TemplateResult } from 'lit'
import { formatCredits, unitsOf } from '../../core/pathway/credits.ts'
import { coreText, shown } from '../text.ts'
import { presentationWords } from '../words/presentation.ts'
import { site } from '../words/site.ts'
import { evidenceLink, evidenceLinks, type ShowEvidence } from './evidence.ts'
import type { Outcome } from './outcome.ts'

/** Skills of one framework that are listed. */
const mostSkills = 100

/** What the credentials show together. Every claim leads to what it rests on. */
export function summaryView(outcome: Outcome, show: ShowEvidence): TemplateResult {
  const words = presentationWords().summary
  const { claims } = outcome.competencies
  if (!claims.some(({ discount }) => discount === undefined)) {
    return html`<p class="aside">${words.none}</p>`
  }
  return html`<p class="aside">${words.note}</p>
    ${outcome.isProved ? nothing : html`<p class="note">${words.unbound}</p>`}
    <div class="summary">
      ${skillsView(outcome, show)} ${creditsView(outcome, show)} ${levelsView(outcome, show)}
      ${timelineView(outcome, show)}
    </div>`
}

function skillsView(outcome: Outcome, show: ShowEvidence): TemplateResult {
  const words = presentationWords().summary
  const frameworks = outcome.competencies.frameworks.slice(0, 20)
  // Levels stand for themselves below.
  const shownFrameworks = frameworks
    .map((one) => ({ ...one, skills: one.skills.filter(({ url }) => !isLevel(url)) }))
    .filter(({ skills }) => skills.length > 0)
  return html`<section class="part" aria-labelledby="skills">
    <h3 id="skills">${words.skills}</h3>
    ${shownFrameworks.length === 0 ? html`<p class="aside">${words.noSkills}</p>` : nothing}
    ${shownFrameworks.map(
      ({ framework, recognised, skills }) =>
        html`<h4>${framework === undefined ? words.noFramework : shown(framework, 80)}${recognised ? nothing : html` <small>(${words.unrecognised})</small>`}</h4>
          <ul class="rows">
            ${skills.slice(0, mostSkills).map(
              ({ name, by, eqf }) =>
                html`<li><span>${shown(name, 160)} ${eqf === undefined ? nothing : html`<small>${words.upTo(String(eqf))}</small>`}</span>
                  ${evidenceLinks(outcome, by, show)}</li>`,
            )}
          </ul>`,
    )}
  </section>`
}

function creditsView(outcome: Outcome, show: ShowEvidence): TemplateResult {
  const words = presentationWords().summary
  const { total, counted, uncounted, unstated } = outcome.competencies.credits
  const at = (place: number) => outcome.places[place] ?? 0
  return html`<section class="part" aria-labelledby="credits">
    <h3 id="credits">${words.credits}</h3>
    <p class="total">${words.total(creditText(total))}</p>
    <ul class="rows">
      ${counted.map(
        (one) =>
          html`<li><span>${words.counted(creditText(one.credits))} ${one.standsFor.length > 0 ? html`<small>${words.standsFor}</small>` : nothing}</span>
            <span class="by">${evidenceLink(outcome, at(one.at), show)}</span></li>`,
      )}
      ${uncounted.map(
        (one) =>
          html`<li class="out"><span>${words.counted(creditText(one.credits))} <small>${words.uncounted[one.why]}</small></span>
            <span class="by">${evidenceLink(outcome, at(one.at), show)}</span></li>`,
      )}
      ${unstated.map(
        (one) =>
          html`<li class="out"><span>${words.unstated} <small>${coreText(one.why)}</small></span>
            <span class="by">${evidenceLink(outcome, at(one.at), show)}</span></li>`,
      )}
    </ul>
  </section>`
}

function levelsView(outcome: Outcome, show: ShowEvidence): TemplateResult | typeof nothing {
  const words = presentationWords().summary
  const { levels } = outcome.competencies
  if (levels.length === 0) return nothing
  return html`<section class="part" aria-labelledby="levels">
    <h3 id="levels">${words.levels}</h3>
    <ul class="rows">
      ${levels.map(
        ({ eqf, by }) =>
          html`<li><span>${words.level(String(eqf))}</span> ${evidenceLinks(outcome, by, show)}</li>`,
      )}
    </ul>
  </section>`
}

type Moment = { readonly time: number; readonly view: TemplateResult }

function timelineView(outcome: Outcome, show: ShowEvidence): TemplateResult {
  const words = presentationWords().summary
  const { entries, gaps, lapses } = outcome.competencies.timeline
  const at = (place: number) => outcome.places[place] ?? 0
  const lines: readonly Moment[] = [
    ...entries.map((one) => ({
      time: one.startedAt,
      view: html`<li><span>${words.earned(dayOf(one.awardedAt))}${one.endsAt === undefined ? nothing : html`, ${words.ends(dayOf(one.endsAt))}`}</span>
        <span class="by">${evidenceLink(outcome, at(one.at), show)}</span></li>`,
    })),
    ...gaps.map(({ from, until }) => ({
      time: from,
      view: html`<li class="gap">${words.gap(dayOf(from), dayOf(until))}</li>`,
    })),
    ...lapses.map((one) => ({
      time: one.from,
      view: html`<li class="gap"><span>${words.lapse(dayOf(one.from), dayOf(one.until))}</span>
        <span class="by">${evidenceLink(outcome, at(one.at), show)}</span></li>`,
    })),
  ]
  return html`<section class="part" aria-labelledby="when">
    <h3 id="when">${words.timeline}</h3>
    <ol class="rows time">${lines.toSorted((a, b) => a.time - b.time).map(({ view }) => view)}</ol>
  </section>`
}

function isLevel(url: string): boolean {
  return /^https?:\/\/data\.europa\.eu\/snb\/eqf\/[1-8]$/.test(url)
}

function creditText(credits: number): string {
  return formatCredits(unitsOf(credits) ?? 0)
}

function dayOf(time: number): string {
  const date = new Date(time)
  if (Number.isNaN(date.getTime())) return '–'
  return new Intl.DateTimeFormat(site().locale, { dateStyle: 'medium', timeZone: 'UTC' }).format(
    date,
  )
}
