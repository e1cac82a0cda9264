import type { Check, Report } from '../core/report.ts'
import { table } from './output.ts'

const marks: Readonly<Record<Check['outcome'], string>> = {
  valid: '✓',
  invalid: '✗',
  indeterminate: '?',
  skipped: '–',
}

/** A report as a person reads it: the verdict and its reason first, then each check, then what was read from where. */
export function describeReport(report: Report): string {
  const { verdict, reason, summary, checks } = report
  const read = checks.flatMap((check) =>
    check.read.map(({ what, from, proved }) =>
      proved ? `${what}, proved against ${proved}` : `${what}, from ${from}`,
    ),
  )
  return [
    `${verdict.toUpperCase()}: ${summary} [${reason}]`,
    '',
    indent(table(factsOf(report))),
    '',
    indent(table(checks.map((check) => [`${marks[check.outcome]} ${check.name}`, check.message]))),
    ...(read.length > 0
      ? ['', indent(table([...new Set(read)].map((each) => ['read', each])))]
      : []),
  ]
    .filter((line, i, lines) => line !== '' || lines[i - 1] !== '')
    .join('\n')
}

/** What the credential says of itself is told as that; a name that an accreditor vouches for stands beside it. */
function factsOf({
  credential,
  anchor,
  accreditation,
  endorsements,
  checkedAt,
}: Report): readonly (readonly [string, string])[] {
  if (!credential) return [['checked at', checkedAt]]
  return [
    ['achievement', credential.name],
    ['holder', credential.holder ?? 'not named'],
    ['issuer says', credential.issuer.name ?? credential.issuer.id],
    ...(accreditation ? [['accredited as', accreditation.issuerName] as const] : []),
    ...(anchor
      ? [
          [
            'anchored at',
            `${anchor.anchoredAt} on ${anchor.chainName}, ${anchor.finality}`,
          ] as const,
        ]
      : []),
    ...endorsements.map(
      ({ endorser, verdict, reason }) =>
        [
          'endorsed by',
          `${endorser.name ?? endorser.id ?? 'somebody unnamed'}, as it says: ${verdict} [${reason}]`,
        ] as const,
    ),
    ['checked at', checkedAt],
  ]
}

function indent(text: string): string {
  return text.replace(/^/gm, '  ')
}
