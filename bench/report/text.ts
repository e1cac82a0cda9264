import type { Finding } from '../part.ts'
import type { Row } from '../row.ts'
import { numberText } from './number.ts'
import type { Run } from './run.ts'

/** The results for people, in Markdown. */
export function resultsText(run: Run): string {
  const rows = run.parts.flatMap(({ outcome }) => outcome.rows)
  const findings = run.parts.flatMap(({ outcome }) => outcome.findings ?? [])
  return [
    '# Rootmark measured',
    '',
    `Written by \`npm run bench${run.isQuick ? ' -- --quick' : ''}\` on ${run.date} in ${run.minutes.toFixed(1)} minutes. ${run.machine}.`,
    ...(run.isQuick
      ? [
          '',
          '**A quick run: sizes are smaller than the goals name, so the ratios only show the direction.**',
        ]
      : []),
    '',
    'Both sides of a row were measured in this run, in turns, each in a process of its own after a warm-up; numbers are medians. Read the ratios: the',
    'absolute numbers are those of the machine. Memory is what the operating system counts for a whole process.',
    '',
    '## Goals',
    '',
    ...tableOf(
      ['what', 'against, or which', 'ours', 'peer', 'ratio', 'goal', 'met', 'note'],
      rows.map(goalLine),
    ),
    '',
    ...findings.flatMap(findingText),
    '## How quiet the machine was',
    '',
    'Before and after each part a fixed loop was timed and the load of others read.',
    '',
    ...run.parts.map(
      ({ name, seconds, disturbance }) =>
        `- ${name} (${numberText(seconds)} s): ${disturbance ? `**noisy**: ${disturbance}` : 'quiet'}`,
    ),
    '',
  ].join('\n')
}

function goalLine(row: Row): readonly string[] {
  const { name, what, ours, peer, unit, ratio, goal, met, note, why } = row
  if (why !== undefined) return [name, what, '', '', '', goal, `not measured: ${why}`, note]
  const amount = (value: number | undefined) =>
    value === undefined ? '' : `${numberText(value)} ${unit}`.trim()
  return [
    name,
    what,
    amount(ours),
    amount(peer),
    peer === undefined || ratio === undefined ? '' : `${numberText(ratio)} ×`,
    goal,
    met ? 'yes' : '**no**',
    note,
  ]
}

function findingText({ title, notes, head, lines }: Finding): readonly string[] {
  return [`## ${title}`, '', ...(notes === '' ? [] : [notes, '']), ...tableOf(head, lines), '']
}

export function tableOf(
  head: readonly string[],
  lines: readonly (readonly string[])[],
): readonly string[] {
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|').replaceAll('\n', ' ')).join(' | ')} |`
  return [line(head), `|${head.map(() => '---|').join('')}`, ...lines.map(line)]
}
