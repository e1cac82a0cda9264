import { html, nothing, type TemplateResult } from 'lit'
import type { AccreditationEvidence, AnchorEvidence, Report } from '../core/report.ts'
import { visible } from './text.ts'
import { report as texts } from './words/report.ts'

const words = () => texts().evidence
type Row = readonly [term: string, value: string]

/** What an expert needs to repeat the check with other tools. */
export function evidenceView(
  report: Report,
  { command, onOpen }: { readonly command: string | undefined; readonly onOpen: () => void },
): TemplateResult {
  const { anchor, accreditation, credential } = report
  const rows: readonly Row[] = [
    ...(anchor ? anchorRows(anchor) : []),
    ...(accreditation ? accreditationRows(accreditation) : []),
    ...(credential?.id ? [[words().id, credential.id] as const] : []),
    [words().reason, report.reason],
    [words().checkedAt, report.checkedAt],
  ]
  return html`<details class="evidence" @toggle=${onOpen}>
    <summary>${words().title}</summary>
    <p>${anchor ? words().intro : words().none}</p>
    <dl>
      ${rows.map(
        ([term, value]) =>
          html`<div>
            <dt>${term}</dt>
            <dd>${visible(value).slice(0, 2_000)}</dd>
          </div>`,
      )}
      ${
        command === undefined
          ? nothing
          : html`<div>
              <dt>${words().call}<small>${words().callNote}</small></dt>
              <dd><code lang="en" dir="ltr">${command}</code></dd>
            </div>`
      }
    </dl>
  </details>`
}

function anchorRows(anchor: AnchorEvidence): readonly Row[] {
  const { block } = anchor
  return [
    [words().chain, `${anchor.chainName} (${anchor.chainId})`],
    [words().registry, anchor.registry],
    [words().account, anchor.issuer],
    [words().root, anchor.root],
    [words().leaf, anchor.leaf],
    [words().digest, anchor.digest],
    [words().statusIndex, words().ofSize(String(anchor.statusIndex), String(anchor.size))],
    [words().sequence, String(anchor.sequence)],
    [words().anchoredAt, anchor.anchoredAt],
    [words().finality, words().finalities[anchor.finality]],
    [words().block, `${block.number}, ${block.time}`],
    [words().blockHash, block.hash],
  ]
}

function accreditationRows({ accreditors, scope }: AccreditationEvidence): readonly Row[] {
  return [
    [
      words().accreditors,
      accreditors
        .map((each) => `${each.name} (${each.account})${each.scope ? `, ${each.scope}` : ''}`)
        .join(' → '),
    ],
    [words().scope, scope || words().noScope],
  ]
}
