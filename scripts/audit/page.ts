import { type Markup, markup, nothing, trusted } from '../../core/markup.ts'
import { batchTable } from './batch-table.ts'
import { accreditationSection, evidenceSection } from './evidence.ts'
import type { Finding } from './findings.ts'
import { pageStyle } from './page-style.ts'
import { shownText } from './page-text.ts'
import type { AuditedBatch, AuditReport } from './report.ts'
import { basisText, summaryOf } from './report-text.ts'
import { grouped, inWords, timeline } from './timeline.ts'

/** An audit as one HTML file that needs nothing else: no script, no font, no image, no network. */
export function auditPage(told: AuditReport): string {
  const report = { ...told, findings: bySequence(told.findings), unread: bySequence(told.unread) }
  const { issuer, block, findings, unread, notes } = report
  return markup`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>Audit of ${issuer}</title>
<style>${trusted(pageStyle)}</style>
</head>
<body>
<header>
<p class="brand">${brandMark}Rootmark audit</p>
${verdict(report)}
<p class="whose">Issuer <code>${issuer}</code></p>
<p class="aside">As of block ${block.number}, ${inWords(block.time)}, on chain ${report.chainId}, <a href="#evidence">${shownText(basisText(report))}</a></p>
</header>
<main>
<dl class="figures">${figures(report).map(
    ([name, value]) => markup`<div><dt>${name}</dt><dd>${value}</dd></div>`,
  )}</dl>
${timelineSection(report)}
${findingsSection('Findings', 'The issuer, or whoever runs the endpoint, has to answer these.', findings, 'found')}
${findingsSection('Could not be read', 'This says nothing against the issuer: it was neither found in order nor at fault.', unread, 'unread')}
${findingsSection('Worth asking', 'No fault by itself.', notes, 'note')}
${batchTable(report)}
${accreditationSection(report)}
${evidenceSection(report)}
</main>
</body>
</html>
`.markup
}

/** In the order of the time line; what is of no batch comes last. */
function bySequence(found: readonly Finding[]): readonly Finding[] {
  const last = Number.MAX_SAFE_INTEGER
  return found.toSorted((a, b) => (a.sequence ?? last) - (b.sequence ?? last))
}

function verdict(report: AuditReport): Markup {
  const { findings, unread, count } = report
  const [look, sign] =
    findings.length > 0
      ? [
          'found',
          markup`<polygon class="solid" points="20,8 44,8 56,20 56,44 44,56 20,56 8,44 8,20"/><path class="stroke" d="M23 23 41 41M41 23 23 41"/>`,
        ]
      : unread.length > 0
        ? [
            'unread',
            markup`<path class="ring" d="M32 5 59 32 32 59 5 32Z"/><path class="stroke dark" d="M32 20V35M32 43V43.5"/>`,
          ]
        : [
            'clear',
            markup`<circle class="ring" cx="32" cy="32" r="29"/><circle class="solid" cx="32" cy="32" r="24"/><path class="stroke" d="M21 33 29 41 43 24"/>`,
          ]
  const isEmpty = count === 0
  return markup`<div class="verdict ${look as string}"><svg viewBox="0 0 64 64" aria-hidden="true">${sign as Markup}</svg><h1>${isEmpty && findings.length === 0 ? 'This account never anchored a batch.' : summaryOf(report)}</h1></div>`
}

function figures({ batches, count, changes }: AuditReport): readonly (readonly [string, string])[] {
  const sum = (of: (batch: AuditedBatch) => number) =>
    grouped(batches.reduce((total, batch) => total + of(batch), 0))
  return [
    ['batches, by the registry’s own count', grouped(count)],
    ['credentials', sum(({ size }) => size)],
    ['trees rebuilt', `${batches.filter(({ rebuilt }) => rebuilt).length} of ${batches.length}`],
    ['revoked', sum(({ revoked }) => revoked)],
    ['suspended', sum(({ suspended }) => suspended)],
    ['changes of status on record', grouped(changes.length)],
  ]
}

function timelineSection(report: AuditReport): Markup {
  if (report.batches.length === 0) return nothing
  return markup`<section><h2>Batches in time</h2>${legend}<div class="scroll" tabindex="0" role="region" aria-label="Batches in time">${timeline(report)}</div></section>`
}

function findingsSection(
  title: string,
  intro: string,
  found: readonly Finding[],
  look: string,
): Markup {
  if (found.length === 0) return nothing
  return markup`<section><h2>${title}</h2><p>${intro}</p><ol class="findings">${found.map((each, i) => findingItem(each, look, i + 1))}</ol></section>`
}

function findingItem(
  { code, message, file, sequence }: Finding,
  look: string,
  place: number,
): Markup {
  const batch =
    sequence === undefined ? nothing : markup`<a href="#batch-${sequence}">Batch ${sequence}</a>`
  return markup`<li id="${look === 'found' ? 'finding' : look}-${place}" class="${look}"><p>${shownText(message)}</p><p class="aside">${batch}<code>${shownText(code)}</code>${
    file === undefined ? nothing : markup`<span>${shownText(file)}</span>`
  }</p></li>`
}

const legend = markup`<ul class="legend">
<li><svg viewBox="0 0 36 16" class="lane clear" aria-hidden="true"><line class="life" x1="8" x2="36" y1="8" y2="8"/><circle class="sign" cx="8" cy="8" r="5"/></svg>anchored; larger for more credentials</li>
<li><svg viewBox="0 0 16 16" aria-hidden="true"><line class="change revoked" x1="8" x2="8" y1="2" y2="14"/></svg>revoked</li>
<li><svg viewBox="0 0 16 16" aria-hidden="true"><line class="change suspended" x1="8" x2="8" y1="2" y2="14"/></svg>suspended</li>
<li><svg viewBox="0 0 16 16" aria-hidden="true"><line class="change reinstated" x1="8" x2="8" y1="2" y2="14"/></svg>reinstated</li>
<li><svg viewBox="0 0 16 16" aria-hidden="true"><path class="change withdrawn" d="M4 4l8 8m0 -8l-8 8"/></svg>withdrawn</li>
<li><svg viewBox="0 0 16 16" class="lane found" aria-hidden="true"><polygon class="sign" points="5,1 11,1 15,5 15,11 11,15 5,15 1,11 1,5"/></svg>has a finding</li>
<li><svg viewBox="0 0 16 16" class="lane unread" aria-hidden="true"><polygon class="sign" points="8,1 15,8 8,15 1,8"/></svg>not looked at</li>
</ul>`

/** A root that branches to leaves, one way down it marked. */
const brandMark = markup`<svg viewBox="0 0 32 32" aria-hidden="true"><path class="twigs" d="M16 6 24 15M24 15V26M24 15 29 26M8 15 3 26"/><path class="way" d="M16 6 8 15 13 26"/><circle cx="16" cy="6" r="4"/><circle cx="13" cy="26" r="3"/></svg>`
