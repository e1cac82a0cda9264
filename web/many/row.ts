import type { Report, Verdict } from '../../core/report.ts'
import { type Look, lookOf } from '../look.ts'

/** One credential of many: what the table shows of its report. All texts are untrusted. */
export interface Row {
  readonly index: number
  /** The file, and where it is in it. */
  readonly name: string
  readonly verdict: Verdict | 'refused'
  readonly look: Look
  /** Code of the check that decides, or of the refusal. */
  readonly reason: string
  readonly achievement: string
  readonly holder: string
  readonly issuer: string
  /** Whether the issuer's name is that of its accreditation. */
  readonly isConfirmed: boolean
  readonly validUntil: string
  readonly id: string
}

/** Nobody reads more of it in a table. */
const longest = 200

/** The row of a credential that was checked. */
export function rowOf(index: number, name: string, report: Report): Row {
  const { verdict, reason, credential, accreditation } = report
  const issuer = accreditation?.issuerName ?? credential?.issuer.name ?? credential?.issuer.id ?? ''
  return {
    index,
    name: name.slice(-longest),
    verdict,
    look: lookOf(report),
    reason,
    achievement: (credential?.name ?? '').slice(0, longest),
    holder: (credential?.holder ?? '').slice(0, longest),
    issuer: issuer.slice(0, longest),
    isConfirmed: accreditation !== undefined,
    validUntil: credential?.validUntil ?? '',
    id: (credential?.id ?? '').slice(0, longest),
  }
}

/** The row of something in which there was no credential. */
export function refusedRow(index: number, name: string, reason: string): Row {
  return {
    index,
    name: name.slice(-longest),
    verdict: 'refused',
    look: 'refused',
    reason,
    achievement: '',
    holder: '',
    issuer: '',
    isConfirmed: false,
    validUntil: '',
    id: '',
  }
}
