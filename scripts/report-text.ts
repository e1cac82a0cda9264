import type { AccreditationEvidence, AwardSummary, Check, Report } from '../core/report.ts'
import { table } from './output.ts'
import { oneLine } from './terminal-text.ts'

const marks: Readonly<Record<Check['outcome'], string>> = {
  valid: '✓',
  invalid: '✗',
  indeterminate: '?',
  skipped: '–',
}

const whoVouches =
  'nobody was asked who the issuer is. Name accreditors that you trust in trust.json (docs/trust.md); npx hardhat accreditations shows whom they accredit.'

/** A report as a person reads it: the verdict and its reason first, then each check, then what was read from where. */
export function describeReport(report: Report): string {
  const { verdict, reason, summary, checks } = report
  const read = checks.flatMap((check) =>
    check.read.map(({ what, from, proved }) =>
      proved ? `${what}, proved against ${proved}` : `${what}, from ${from}`,
    ),
  )
  return [
    `${verdict.toUpperCase()}: ${oneLine(summary)} [${reason}]`,
    '',
    indent(table(factsOf(report))),
    '',
    indent(table(checks.map((check) => [`${marks[check.outcome]} ${check.name}`, check.message]))),
    ...(read.length > 0
      ? ['', indent(table([...new Set(read)].map((each) => ['read', each])))]
      : []),
    ...(checks.some(({ code }) => code === 'accreditation_not_asked')
      ? ['', indent(table([['note', whoVouches]]))]
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
  award,
  checkedAt,
}: Report): readonly (readonly [string, string])[] {
  if (!credential) return [['checked at', checkedAt]]
  return [
    ['achievement', credential.name],
    ['holder', credential.holder ?? 'not named'],
    ['issuer says', credential.issuer.name ?? credential.issuer.id],
    ...(accreditation ? accreditationFacts(accreditation) : []),
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
    ...(award ? [['award', awardFact(award)] as const] : []),
    ['checked at', checkedAt],
  ]
}

/** Checked alone an award is its issuer's word: that it follows from its parts is another question. */
function awardFact(award: AwardSummary): string {
  if ('problem' in award) return award.problem
  const { pathway, policy, parts } = award
  return `of pathway ${pathway} (${policy}), made of ${parts.length} credentials that were not looked at: npx hardhat pathway check <pathway> --award <this> <credential> …`
}

/** The way from the root to the issuer, with the scope of each step. */
function accreditationFacts({
  issuerName,
  accreditors,
  scope,
}: AccreditationEvidence): readonly (readonly [string, string])[] {
  const scopeOf = (text: string | undefined) => (text ? `, scope “${text}”` : '')
  return [
    ['accredited as', `${issuerName}${scopeOf(scope)}`],
    ...accreditors
      .toReversed()
      .map((each) => ['by', `${each.name} (${each.account})${scopeOf(each.scope)}`] as const),
  ]
}

function indent(text: string): string {
  return text.replace(/^/gm, '  ')
}
