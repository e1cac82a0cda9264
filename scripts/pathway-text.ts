import type { ClauseResult, Evaluation } from '../core/pathway/evaluate.ts'
import type { Pathway } from '../core/pathway/pathway.ts'
import type { Rule } from '../core/pathway/rule.ts'
import { describeRule } from '../core/pathway/words.ts'
import type { Qualification } from '../core/qualify.ts'
import type { StackReport } from '../core/stack.ts'
import { indent, table } from './output.ts'
import { oneLine } from './terminal-text.ts'

const marks = { met: '✓', unmet: '✗', spare: '–' } as const
const partMarks = {
  verified: '✓',
  ended: '!',
  bound: '?',
  differs: '✗',
  invalid: '✗',
  indeterminate: '?',
} as const
const outcomes = { met: 'FULFILLED', unmet: 'NOT FULFILLED', undecided: 'NOT DECIDED' } as const

/** What a rule asks for, a clause a line. */
export function describeClauses(rule: Rule, depth = 0): string {
  const rules = rule.kind === 'all' || rule.kind === 'any' ? rule.rules : []
  const said = headOf(rule.kind, describeRule(rule))
  const line = `${'  '.repeat(depth + 1)}• ${oneLine(said)}`
  return [line, ...rules.map((child) => describeClauses(child, depth + 1))].join('\n')
}

/** Of a clause that holds others, without them: they stand below it. */
function headOf(kind: Rule['kind'], asks: string): string {
  if (kind !== 'all' && kind !== 'any') return asks
  return /^(?:all|\d+) of(?=: )/.exec(asks)?.[0] ?? asks
}

/** Whether credentials fulfil a pathway, by which of them, or what is missing. */
export function describeQualification({ name }: Pathway, result: Qualification): string {
  const { outcome, clause, refused } = result
  return [
    `${outcomes[outcome]}: ${oneLine(name)}`,
    '',
    ...clauseLines(clause, 0),
    ...missingLines(result),
    ...asideLines([...result.asides, ...refused]),
  ].join('\n')
}

/** An award with its parts. */
export function describeStack(report: StackReport): string {
  const { verdict, reason, summary, parts, pathway, clause, notes } = report
  const rows = parts.map(
    ({ id, state, message, holder, report: own }) =>
      [
        `${partMarks[state]} ${oneLine(own?.credential?.name ?? id)}`,
        oneLine(`${message}${holder === 'other' ? ' Of another holder!' : ''}`),
      ] as const,
  )
  return [
    `${verdict.toUpperCase()}: ${oneLine(summary)} [${reason}]`,
    '',
    indent(
      table([
        ['award', report.award.credential?.name ?? 'not read'],
        ['pathway', `${pathway.name ?? pathway.id}: ${pathway.message}`],
        ['policy', pathway.policy],
        ['rule', `${report.rule}${report.rule === 'unchecked' ? '' : ', by what came along'}`],
      ]),
      2,
    ),
    '',
    ...(clause ? [...clauseLines(clause, 0), ''] : []),
    indent(table(rows), 2),
    ...(notes.length > 0 ? ['', ...notes.map((note) => `  note  ${oneLine(note)}`)] : []),
  ].join('\n')
}

function clauseLines(
  { outcome, asks, components, rules, kind }: ClauseResult,
  depth: number,
): readonly string[] {
  const pad = '  '.repeat(depth + 1)
  const head = headOf(kind, asks)
  const counted = components.map(({ name, credits, by }) => {
    const worth = credits === undefined ? '' : ` (${credits})`
    const word = by ? `, which counts by the word of ${by.by.name ?? by.by.id}` : ''
    return `${pad}    ${oneLine(`${name}${worth}${word}`)}`
  })
  return [
    `${pad}${marks[outcome]} ${oneLine(head)}`,
    ...counted,
    ...rules.flatMap((rule) => clauseLines(rule, depth + 1)),
  ]
}

function missingLines({ missing }: Evaluation): readonly string[] {
  return missing.length === 0 ? [] : ['', ...missing.map((one) => `  missing  ${oneLine(one)}`)]
}

function asideLines(asides: readonly { readonly id: string; readonly why: string }[]) {
  if (asides.length === 0) return []
  return ['', ...asides.map(({ id, why }) => `  aside  ${oneLine(`${id}: ${why}`)}`)]
}
