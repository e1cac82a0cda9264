import type { AwardPolicy } from './pathway/policy.ts'
import type { Report } from './report.ts'
import type { Found } from './stack-verdict.ts'
import { parseTimestamp } from './time.ts'

/** What must not go unsaid about a stack, though it decides nothing. */
export function notesOf(found: Found): readonly string[] {
  return [...datingNotes(found), ...partNotes(found)]
}

/** A standing as a sentence names it. */
export function wordOf(code: string): string {
  return code.replace(/^award_/, '')
}

const consequences: Readonly<Record<AwardPolicy, string>> = {
  'award-stands': 'by its pathway the award stands nevertheless',
  'award-suspended': 'the award stands as long as the rule holds without it',
  'award-revoked': 'the award stands as long as the rule holds without it',
}

/** An award that dates itself back makes old components young again: no verdict hangs on it, but whoever reads the report shall know. */
const longDelayMs = 31 * 86_400_000

function datingNotes({ report: { anchor, credential }, awardedAt }: Found): readonly string[] {
  if (!anchor || !credential || awardedAt === undefined) return []
  const anchoredAt = parseTimestamp(anchor.anchoredAt, '')
  if (anchoredAt - awardedAt <= longDelayMs) return []
  return [
    `The award dates itself ${credential.validFrom}, as of which its rule was looked at; it was anchored later, at ${anchor.anchoredAt}.`,
  ]
}

function partNotes({
  bound: { policy },
  report: award,
  doubles,
  judged,
}: Found): readonly string[] {
  return judged.flatMap(
    ({ part: { id, state, code, holder, kind, report, endedAt, endedBefore } }) => [
      ...(state === 'ended'
        ? [
            endedBefore
              ? `${id} was ${wordOf(code)} already when the award was made, since ${endedAt}: it does not count.`
              : `${id} is ${wordOf(code)}${endedAt ? ` since ${endedAt}, after the award` : ''}; ${consequences[policy]}.`,
            ...(endedAt
              ? []
              : [
                  `Whether ${id} ended before the award or after it, its standing alone does not tell.`,
                ]),
          ]
        : []),
      ...(state === 'bound' ? [`${id} is only bound by its digest.`] : []),
      ...(report && isLater(report, award)
        ? [`${id} was anchored after the award, as happens where a batch is anchored anew.`]
        : []),
      ...(doubles.includes(id)
        ? [`Another document came under the id ${id}; the one that is bound counts.`]
        : []),
      ...(code === 'expired_since' ? [`${id} has expired since the award.`] : []),
      ...(holder === 'unproved'
        ? [`That ${id} is of the same holder is the word of the award's issuer.`]
        : []),
      ...(state === 'verified' && kind === 'component' && report && hasNoStatus(report)
        ? [`${id} names no status: whether it was revoked since, nobody can tell.`]
        : []),
    ],
  )
}

/** Content that the award binds was there before it, so this says little; whoever dates a component after the award finds it not counted. */
function isLater({ anchor }: Report, award: Report): boolean {
  return (
    anchor !== undefined &&
    award.anchor !== undefined &&
    anchor.anchoredAt > award.anchor.anchoredAt
  )
}

function hasNoStatus({ checks, anchor }: Report): boolean {
  const status = checks.find(({ name }) => name === 'status')
  return anchor === undefined && status?.outcome === 'skipped'
}
