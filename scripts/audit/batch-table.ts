import { type Markup, markup, nothing } from '../../core/markup.ts'
import type { Finding } from './findings.ts'
import { shownText } from './page-text.ts'
import type { AuditedBatch, AuditReport } from './report.ts'
import { grouped, inWords, markOf } from './timeline.ts'

/** Every batch with what is known of it. */
export function batchTable(report: AuditReport): Markup {
  const { batches } = report
  if (batches.length === 0) return nothing
  return markup`<section><h2>Every batch</h2><div class="scroll" tabindex="0" role="region" aria-label="Every batch"><table>
<thead><tr><th scope="col">No.</th><th scope="col">Anchored</th><th scope="col" class="count">Credentials</th><th scope="col" class="count">Revoked</th><th scope="col" class="count">Suspended</th><th scope="col">Sent by</th><th scope="col">Tree</th><th scope="col">Status lists</th></tr></thead>
${batches.map((batch) => batchRows(report, batch))}</table></div></section>`
}

const lists = {
  agrees: 'agree with the chain',
  differs: 'differ',
  absent: 'none published',
  unread: 'could not be read',
} as const

function batchRows(report: AuditReport, batch: AuditedBatch): Markup {
  const { sequence, root, size, revoked, suspended, anchoredAt, withdrawnAt, sender } = batch
  const states = Object.values(batch.statusLists ?? {})
  const worst = (['differs', 'unread', 'agrees', 'absent'] as const).find((state) =>
    states.includes(state),
  )
  return markup`<tbody id="batch-${sequence}" class="${markOf(report, root)}">
<tr><th scope="row" rowspan="2">${sequence}</th><td>${inWords(anchoredAt)}${
    withdrawnAt === undefined
      ? nothing
      : markup`<br><span class="mind">withdrawn ${inWords(withdrawnAt)}</span>`
  }</td><td class="count">${grouped(size)}</td><td class="count">${grouped(revoked)}</td><td class="count">${grouped(suspended)}</td><td>${senders[sender.kind]}</td><td>${batch.rebuilt ? 'rebuilt, root matches' : 'not rebuilt'}</td><td>${worst === undefined ? 'not asked' : lists[worst]}</td></tr>
<tr><td colspan="7" class="root"><code>${root}</code>${faultsOf(report, root)}</td></tr></tbody>`
}

/** Where the findings of a batch stand on the page. */
function faultsOf({ findings, unread }: AuditReport, root: string): readonly Markup[] {
  const links = (list: readonly Finding[], kind: string) =>
    list.flatMap((each, i) =>
      each.root === root
        ? [markup` <a class="faults" href="#${kind}-${i + 1}">${shownText(each.code)}</a>`]
        : [],
    )
  return [...links(findings, 'finding'), ...links(unread, 'unread')]
}

const senders = {
  issuer: 'the issuer',
  operator: 'an operator',
  signature: 'a relayer, signed by the issuer',
  contract: 'a contract',
  unknown: 'not known',
} as const
