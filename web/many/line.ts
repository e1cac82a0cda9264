import { visible } from '../text.ts'
import { many as words } from '../words/many.ts'
import { explain, report, wordOf } from '../words/report.ts'
import { columns, type Line } from './order.ts'
import type { Row } from './row.ts'

/** A trial is valid, and told apart. */
export function nameOf(look: Row['look']): string {
  return look === 'trial' ? `${wordOf(look)} · ${report().notes.testLabel}` : wordOf(look)
}

/** A row in the words of the page. */
export function lineOf(row: Row): Line {
  const { verdict, reason } = row
  const archive: Readonly<Record<string, string>> = words().archive
  const headline = archive[reason] ?? explain(reason)?.headline
  const cells = {
    result: nameOf(row.look),
    reason: headline ?? report().fallbackHeadlines[verdict],
    achievement: visible(row.achievement),
    holder: visible(row.holder),
    issuer: visible(row.issuer),
    name: visible(row.name),
  }
  return { row, cells, sought: Object.values(cells).join('\n').toLowerCase() }
}

/** The lines as they are saved: what the table shows, and what a program needs besides. */
export function csvRows(lines: readonly Line[]): readonly (readonly string[])[] {
  const { columns: names, until, confirmed, id, code, yes, no } = words()
  const head = [...columns.map((column) => names[column]), until, confirmed, id, code]
  const body = lines.map(({ row, cells }) => [
    ...columns.map((column) => cells[column]),
    row.validUntil,
    row.isConfirmed ? yes : no,
    row.id,
    row.reason,
  ])
  return [head, ...body]
}
