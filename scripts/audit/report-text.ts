import { type Output, table } from '../output.ts'
import type { Finding } from './findings.ts'
import type { AuditedBatch, AuditReport } from './report.ts'
import { vouchedTexts } from './vouched.ts'

/** Tells an audit in lines for a terminal. */
export function describeAudit(report: AuditReport, { say }: Output): void {
  const { batches, block, count, findings, unread, notes } = report
  const batchCount = `${count} ${count === 1 ? 'batch' : 'batches'}`
  say(`${batchCount} anchored, as of block ${block.number} (${block.time}), ${basisText(report)}.`)
  if (batches.length > 0) {
    say(table(batches.map((batch) => [`${batch.sequence}`, describeBatch(batch)])))
  }
  for (const line of vouchedTexts(report)) say(line)
  const credentials = credentialsText(report)
  if (credentials !== undefined) say(credentials)
  for (const finding of findings) say(`✗ ${describeFinding(finding)}`)
  for (const each of unread) say(`? Could not be read: ${describeFinding(each)}`)
  for (const note of notes) say(`· Worth asking: ${describeFinding(note)}`)
  say(summaryOf(report))
}

/** Whose word all of it is. */
export function basisText({ basis: { endpoint, proved } }: AuditReport): string {
  if (!proved) return `reported by ${endpoint}`
  return `proved against block hash ${proved.blockHash}, ${proved.hashFrom}`
}

/** Which credentials were verified one by one, of how many, and how they stand; `undefined` where none was at hand. */
export function credentialsText({ credentials, batches }: AuditReport): string | undefined {
  const { ofHolders, inFiles, drawn, seed, standings } = credentials
  if (ofHolders + inFiles === 0) return undefined
  const anchored = batches.reduce((sum, { size }) => sum + size, 0)
  const parts = [
    ...(ofHolders > 0 ? [`${ofHolders} of holders`] : []),
    ...(inFiles > 0
      ? [
          seed === undefined
            ? `all ${inFiles} in the batch files`
            : `${drawn} of the ${inFiles} in the batch files, drawn from the seed ${seed}`,
        ]
      : []),
  ]
  const stand = Object.entries(standings).map(
    ([name, count]) => `${count} ${name.replaceAll('_', ' ')}`,
  )
  const found = stand.length > 0 ? `: ${stand.join(', ')}` : ''
  return `Credentials verified one by one, of ${anchored} anchored: ${parts.join('; ')}${found}.`
}

function describeBatch(batch: AuditedBatch): string {
  const { root, size, anchoredAt, withdrawnAt, revoked, suspended, statusLists } = batch
  const lists = statusLists ? Object.values(statusLists) : []
  return [
    `${root}  ${size} ${size === 1 ? 'credential' : 'credentials'}, ${anchoredAt}`,
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
  const gaps = `${unread.length} could not be read.`
  if (findings.length > 0) return `${found}.${unread.length > 0 ? ` ${gaps}` : ''}`
  if (unread.length > 0) return `No findings, but ${gaps}`
  const isChainAlone = batches.length > 0 && batches.every(({ rebuilt }) => !rebuilt)
  return `Nothing to object to${isChainAlone ? ' on the chain; no tree was rebuilt' : ''}.`
}
