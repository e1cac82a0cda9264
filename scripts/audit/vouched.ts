import type { BatchAccreditation } from './accreditations.ts'
import type { AuditReport } from './report.ts'

/** Batches that follow each other under one accreditation; `undefined` where nobody vouched. */
export interface Vouched {
  readonly first: number
  readonly last: number
  readonly accreditation: BatchAccreditation | undefined
}

/** Who vouched for the issuer when, batch by batch and told once where it stays the same. Empty where it was not asked for. */
export function vouchedFor({ batches, trusted }: AuditReport): readonly Vouched[] {
  if (trusted.length === 0) return []
  const runs: Vouched[] = []
  for (const { sequence, accreditation } of batches) {
    const run = runs.at(-1)
    if (run && run.last === sequence - 1 && isSame(run.accreditation, accreditation)) {
      runs[runs.length - 1] = { ...run, last: sequence }
    } else {
      runs.push({ first: sequence, last: sequence, accreditation })
    }
  }
  return runs
}

function isSame(one: Vouched['accreditation'], other: Vouched['accreditation']): boolean {
  return JSON.stringify(one) === JSON.stringify(other)
}

export function spanText({ first, last }: Vouched): string {
  return first === last ? `batch ${first}` : `batches ${first} to ${last}`
}

/** The same in a line for each run of batches. */
export function vouchedTexts(report: AuditReport): readonly string[] {
  return vouchedFor(report).map((run) => {
    const { accreditation } = run
    if (!accreditation) return `Accreditation of ${spanText(run)}: none.`
    const { name, did, accreditors, scope, validFrom, validUntil, withdrawnAt } = accreditation
    const end = validUntil === undefined ? 'without an end' : `until ${validUntil}`
    return [
      `Accreditation of ${spanText(run)}: ${name}${did === '' ? '' : ` (${did})`}`,
      `by ${accreditors.join(', then ')}`,
      scope === '' ? 'for anything' : `for ${scope}`,
      `from ${validFrom} ${end}${withdrawnAt === undefined ? '' : `, withdrawn ${withdrawnAt}, which was later`}.`,
    ].join(', ')
  })
}
