import { type Markup, markup, nothing } from '../../core/markup.ts'
import { shownText } from './page-text.ts'
import type { AuditReport } from './report.ts'
import { basisText, credentialsText } from './report-text.ts'
import { inWords } from './timeline.ts'
import { spanText, type Vouched, vouchedFor } from './vouched.ts'

/** What an audit stands on: what is proved, whose word the rest is, and how much of what there is was looked at. */
export function evidenceSection(report: AuditReport): Markup {
  const rows = evidenceOf(report)
  return markup`<section id="evidence"><h2>What this stands on</h2><dl class="evidence">${rows.map(
    ([term, texts]) =>
      markup`<div><dt>${term}</dt><dd>${texts.map((text) => markup`<p>${text}</p>`)}</dd></div>`,
  )}</dl></section>`
}

function evidenceOf(report: AuditReport): readonly (readonly [string, readonly string[]])[] {
  const { basis, block, batches, count, registry } = report
  const { proved } = basis
  const endpoint = shownText(basis.endpoint)
  const stated = shownText(basisText(report))
  const published = batches.filter((batch) => batch.published !== undefined).length
  const rebuilt = batches.filter((batch) => batch.rebuilt).length
  return [
    [
      'The registry’s state',
      proved
        ? [
            `${capitalised(stated)}.`,
            'The counter of batches, each record and every status, what operators may do, and accreditations were read out of the contracts’ storage with eth_getProof against the state root of that block. Nobody could have answered otherwise without that hash being another.',
          ]
        : [
            `${capitalised(stated)}. Nothing of it is proved: who runs the endpoint could have hidden a batch or a revocation. Audit with --proof, or with an endpoint of your own.`,
            `It was read at block ${block.number}, ${block.hash}.`,
          ],
    ],
    [
      'By word of the endpoint',
      [
        proved
          ? `The time of the block of each anchor, who sent it, when statuses changed, and what operators were let do in between: reported by ${endpoint}.`
          : `All that is on chain: reported by ${endpoint}.`,
      ],
    ],
    [
      'Batches',
      [
        `The registry ${registry} numbers them without gaps. It counts ${count}, and ${batches.length} ${batches.length === 1 ? 'was' : 'were'} found in its log and in its state.`,
      ],
    ],
    [
      'Trees',
      [
        `${rebuilt} of ${batches.length} rebuilt with merkletreejs, an implementation that is not Rootmark’s: from leaves that services publish (${published} ${published === 1 ? 'batch' : 'batches'}) and from batch files.`,
      ],
    ],
    ['Credentials', [shownText(credentialsText(report) ?? 'None was at hand.')]],
    [
      'What it does not say',
      [
        'It says what was anchored, by whom and when, and not that what a credential claims is true.',
      ],
    ],
  ]
}

const mostOfName = 100

/** Who vouched for the issuer when its batches were anchored. */
export function accreditationSection(report: AuditReport): Markup {
  if (report.batches.length === 0) return nothing
  const runs = vouchedFor(report)
  const body =
    runs.length === 0
      ? markup`<p>It was not asked for: no trust file names accreditors (<code>--trust</code>).</p>`
      : markup`<p>As of each batch’s anchor, from the root accreditors of the trust file down.</p><div class="scroll" tabindex="0" role="region" aria-label="Accreditation"><table class="vouched">
<thead><tr><th scope="col">For</th><th scope="col">Accredited as</th><th scope="col">By</th><th scope="col">For what</th><th scope="col">From</th><th scope="col">Until</th></tr></thead>
${runs.map(vouchedRow)}</table></div>`
  return markup`<section><h2>Accreditation</h2>${body}</section>`
}

function vouchedRow(run: Vouched): Markup {
  const { accreditation } = run
  const head = markup`<th scope="row"><a href="#batch-${run.first}">${capitalised(spanText(run))}</a></th>`
  if (!accreditation) {
    return markup`<tbody class="found"><tr>${head}<td colspan="5"><strong>Nobody whom the trust file names vouched.</strong></td></tr></tbody>`
  }
  const { accreditors, scope, validFrom, validUntil, withdrawnAt } = accreditation
  const name = shownText(accreditation.name, mostOfName)
  const did = shownText(accreditation.did, mostOfName)
  const by = accreditors.map((each) => shownText(each, mostOfName)).join(', then ')
  const end = validUntil === undefined ? 'no end' : inWords(validUntil)
  const withdrawn =
    withdrawnAt === undefined
      ? nothing
      : markup`<br><span class="mind">withdrawn ${inWords(withdrawnAt)}, <br>after the anchor</span>`
  return markup`<tbody><tr>${head}<td class="text">${name}<br><code>${did}</code></td><td class="text">${by}</td><td class="text">${scope === '' ? 'anything' : shownText(scope)}</td><td class="when">${inWords(validFrom)}</td><td class="when">${end}${withdrawn}</td></tr></tbody>`
}

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
