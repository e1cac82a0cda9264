import { type Output, table } from '../output.ts'
import type { Finding } from './findings.ts'
import type { AuditedBatch, AuditReport } from './report.ts'

/** Tells an audit in lines for a terminal. */
export function describeAudit(report: AuditReport, { say }: Output): void {
  const { batches, block, count, findings, unread } = report
  say(`${count} batches anchored, as of block ${block.number} (${block.time}).`)
  if (batches.length > 0) {
    say(table(batches.map((batch) => [`${batch.sequence}`, describeBatch(batch)])))
  }
  for (const finding of findings) say(`✗ ${describeFinding(finding)}`)
  for (const each of unread) say(`? ${describeFinding(each)}`)
  say(summaryOf(report))
}

function describeBatch(batch: AuditedBatch): string {
  const { root, size, anchoredAt, withdrawnAt, revoked, suspended, statusLists } = batch
  const lists = statusLists ? Object.values(statusLists) : []
  return [
    `${root}  ${size} credentials, ${anchoredAt}`,
    ...(revoked > 0 ? [`${revoked} revoked`] : []),
    ...(suspended > 0 ? [`${suspended} suspended`] : []),
    ...(withdrawnAt ? [`withdrawn ${withdrawnAt}`] : []),
    ...(batch.rebuilt ? ['rebuilt: root matches'] : []),
    ...(lists.length > 0 && lists.every((state) => state === 'agrees')
      ? ['status lists agree']
      : []),
  ].join(', ')
}

function describeFinding({ code, message, file }: Finding): string {
  return `${file ? `${file}: ` : ''}${message} [${code}]`
}

/** The outcome in a sentence or two: what was not looked at is never passed off as in order. */
export function summaryOf({ findings, unread, batches }: AuditReport): string {
  const found = `${findings.length} ${findings.length === 1 ? 'finding' : 'findings'}`
  const gaps = `${unread.length} could not be looked at.`
  if (findings.length > 0) return `${found}.${unread.length > 0 ? ` ${gaps}` : ''}`
  if (unread.length > 0) return `No findings, but ${gaps}`
  const isChainAlone = batches.length > 0 && batches.every(({ rebuilt }) => !rebuilt)
  return `Nothing to object to${isChainAlone ? ' on the chain; no tree was rebuilt' : ''}.`
}
