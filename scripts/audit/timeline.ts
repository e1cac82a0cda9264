import { type Markup, markup, nothing } from '../../core/markup.ts'
import type { AuditedBatch, AuditReport } from './report.ts'
import { ticksBetween } from './time-axis.ts'

const width = 1000
const left = 64
const top = 44
/** Lower rows have no room for words: then a few numbers stand for all. */
const wordRow = 14
/** Room of a letter beside a row. */
const letter = 7.5

/** How a batch stands: what an auditor objects to, what could not be looked at, or neither. */
export type Mark = 'found' | 'unread' | 'clear'

export function markOf(report: AuditReport, root: string): Mark {
  if (report.findings.some((finding) => finding.root === root)) return 'found'
  return report.unread.some((each) => each.root === root) ? 'unread' : 'clear'
}

/** Every batch as a line from its anchor to the audited block, with what was revoked, suspended or withdrawn on the way. */
export function timeline(report: AuditReport): Markup {
  const { batches, block } = report
  if (batches.length === 0) return nothing
  const end = Date.parse(block.time)
  const times = [...batches, ...report.changes].map((each) =>
    Date.parse('blockTime' in each ? each.blockTime : each.time),
  )
  const from = Math.min(...bounded(times), end - 60_000)
  const to = Math.max(...bounded(times), end)
  const row = Math.min(26, Math.max(2.5, 1600 / batches.length))
  const hasWords = row >= wordRow
  const longest = batches.reduce((most, batch) => Math.max(most, endedOf(batch).length), 0)
  const right = width - (hasWords ? Math.max(236, 96 + longest * letter) : 32)
  const x = (time: number) => left + ((time - from) / (to - from)) * (right - left)
  const height = top + batches.length * row + 40
  const shape = { x, end: x(to), row, right, hasWords }
  const marks = batches.map(({ root }) => markOf(report, root))
  const numbered = numberedRows(marks, row)
  const changes = Map.groupBy(report.changes, ({ root }) => root)
  const lanes = batches.map((batch, i) =>
    lane(batch, changes.get(batch.root) ?? [], {
      ...shape,
      y: top + (i + 0.5) * row,
      mark: marks[i] as Mark,
      isNumbered: numbered.has(i),
    }),
  )
  const heads = hasWords
    ? markup`<text class="size" x="${right + 72}" y="${top - 20}">credentials</text><text class="ended" x="${right + 88}" y="${top - 20}">ended</text>`
    : nothing
  return markup`<svg class="timeline${hasWords ? '' : ' dense'}" viewBox="0 0 ${width} ${round(height)}" role="img" aria-labelledby="timeline-title">
<title id="timeline-title">${batches.length} batches, from ${batches[0]?.blockTime ?? ''} to ${block.time}</title>
${ticksBetween(from, to).map(
  ({
    time,
    label,
  }) => markup`<g class="tick"><line x1="${round(x(time))}" x2="${round(x(time))}" y1="${top - 12}" y2="${round(height - 28)}"/>
<text x="${round(x(time))}" y="${top - 20}">${label}</text></g>`,
)}
<g class="head"><text x="${left - 14}" y="${top - 20}">No.</text>${heads}</g>
${lanes}
<g class="end"><line x1="${round(x(end))}" x2="${round(x(end))}" y1="${top - 12}" y2="${round(height - 24)}"/>
<text x="${round(x(end))}" y="${round(height - 8)}">block ${block.number}, ${inWords(block.time)}</text></g>
</svg>`
}

/** Rows that have room for their number: batches with findings first, then round numbers. */
function numberedRows(marks: readonly Mark[], row: number): ReadonlySet<number> {
  const apart = Math.ceil(wordRow / row)
  const step = [1, 5, 10, 25, 50, 100, 250].find((each) => each >= apart) ?? 1000
  const rows = new Set<number>()
  const add = (at: number) => {
    for (let near = 1; near < apart; near++) if (rows.has(at - near) || rows.has(at + near)) return
    rows.add(at)
  }
  for (const [at, mark] of marks.entries()) if (mark !== 'clear') add(at)
  for (const at of marks.keys()) if (at === 0 || (at + 1) % step === 0) add(at)
  return rows
}

/** Arguments of a call are limited: of very many times the extremes do. */
function bounded(times: readonly number[]): readonly number[] {
  return [times.reduce((a, b) => Math.min(a, b)), times.reduce((a, b) => Math.max(a, b))]
}

interface Lane {
  readonly x: (time: number) => number
  readonly y: number
  readonly end: number
  readonly row: number
  readonly right: number
  readonly mark: Mark
  readonly hasWords: boolean
  readonly isNumbered: boolean
}

function lane(batch: AuditedBatch, changes: AuditReport['changes'], shape: Lane): Markup {
  const { x, y, end, row, right, mark, hasWords, isNumbered } = shape
  const { sequence, size, blockTime, withdrawnAt } = batch
  const start = round(x(Date.parse(blockTime)))
  const stop = withdrawnAt === undefined ? end : Math.min(end, x(Date.parse(withdrawnAt)))
  const ended = endedOf(batch)
  const radius = Math.min(row * 0.42, 3 + 1.7 * Math.log10(size))
  const words = hasWords
    ? markup`<text class="size" x="${right + 72}" y="${round(y + 4)}">${grouped(size)}</text><text class="ended" x="${right + 88}" y="${round(y + 4)}">${ended}</text>`
    : nothing
  return markup`<a href="#batch-${sequence}" class="lane ${mark}">
<title>Batch ${sequence}: ${grouped(size)} credentials, ${inWords(blockTime)}${ended === '' ? '' : `, ${ended}`}</title>
<rect class="hit" x="0" y="${round(y - row / 2)}" width="${width}" height="${round(row)}"/>
<line class="life" x1="${start}" x2="${round(stop)}" y1="${round(y)}" y2="${round(y)}"/>
${stop < end ? markup`<line class="after" x1="${round(stop)}" x2="${round(end)}" y1="${round(y)}" y2="${round(y)}"/>` : nothing}
${spotsOf(changes, x).map(({ at, kind, count }) => change(at, y, row, kind, count))}
${anchorSign(mark, start, round(y), { radius, row })}
${isNumbered ? markup`<text class="number" x="${left - 14}" y="${round(y + 4)}">${sequence}</text>` : nothing}${words}
</a>`
}

/** What of a batch holds no more, in words. */
function endedOf({ withdrawnAt, revoked, suspended }: AuditedBatch): string {
  return [
    ...(withdrawnAt === undefined ? [] : ['withdrawn']),
    ...(revoked > 0 ? [`${grouped(revoked)} revoked`] : []),
    ...(suspended > 0 ? [`${grouped(suspended)} suspended`] : []),
  ].join(', ')
}

/** A dot, the stop sign of a finding, or the open diamond of what could not be looked at: told by shape, not by colour alone. */
function anchorSign(
  mark: Mark,
  x: number,
  y: number,
  { radius, row }: { readonly radius: number; readonly row: number },
): Markup {
  if (mark === 'clear')
    return markup`<circle class="sign" cx="${x}" cy="${y}" r="${round(radius)}"/>`
  const corners = mark === 'found' ? 8 : 4
  const turn = mark === 'found' ? 0.5 : 0
  const points = Array.from({ length: corners }, (_, corner) => {
    const angle = ((corner + turn) / corners) * 2 * Math.PI
    // Seen among hundreds, and more than the row is high.
    const reach = Math.max(radius * 1.25, Math.min(6.5, row * 0.4), 5)
    return `${round(x + reach * Math.cos(angle))},${round(y + reach * Math.sin(angle))}`
  })
  return markup`<polygon class="sign" points="${points.join(' ')}"/>`
}

type Kind = AuditReport['changes'][number]['kind']

/** Changes of a batch; those that would be drawn on the same spot are one. */
function spotsOf(changes: AuditReport['changes'], x: (time: number) => number) {
  const spots = new Map<string, { at: number; kind: Kind; count: number }>()
  for (const { kind, time, count } of changes) {
    const at = Math.round(x(Date.parse(time)) / 2) * 2
    const spot = spots.get(`${at} ${kind}`)
    spots.set(`${at} ${kind}`, { at, kind, count: count + (spot?.count ?? 0) })
  }
  return [...spots.values()]
}

function change(at: number, y: number, row: number, kind: Kind, count: number): Markup {
  const reach = Math.max(2.5, Math.min(row * 0.36, 4 + 2 * Math.log10(count)))
  const title = markup`<title>${count} ${kind}</title>`
  if (kind !== 'withdrawn') {
    const [from, to] = [round(y - reach), round(y + reach)]
    return markup`<line class="change ${kind}" x1="${at}" x2="${at}" y1="${from}" y2="${to}">${title}</line>`
  }
  const arm = Math.max(2.5, Math.min(5, row * 0.3))
  const path = `M${at - arm} ${round(y - arm)}l${arm * 2} ${arm * 2}m0 ${-arm * 2}l${-arm * 2} ${arm * 2}`
  return markup`<path class="change withdrawn" d="${path}">${title}</path>`
}

export function grouped(count: number): string {
  return count.toLocaleString('en-GB')
}

/** A time as people read it: `23 Nov 2026, 17:35 UTC`. */
export function inWords(time: string): string {
  const date = new Date(time)
  const day = { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' } as const
  return `${date.toLocaleDateString('en-GB', day)}, ${date.toISOString().slice(11, 16)} UTC`
}

function round(value: number): number {
  return Math.round(value * 10) / 10
}
