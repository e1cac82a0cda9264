import type { Report, Verdict } from '../core/report.ts'

/** What a verdict is at a glance: each looks and reads differently. */
export type Look =
  | Verdict
  | 'trial'
  | 'revoked'
  | 'suspended'
  | 'expired'
  | 'early'
  | 'altered'
  | 'unvouched'
  | 'refused'

const looks: Readonly<Record<string, Look>> = {
  revoked: 'revoked',
  superseded: 'revoked',
  withdrawn: 'revoked',
  suspended: 'suspended',
  expired: 'expired',
  not_yet_valid: 'early',
  tampered: 'altered',
  proof_mismatch: 'altered',
  signature_invalid: 'altered',
  issuer_unknown: 'unvouched',
}

/** The look of a report: that of its reason, where the reason has one of its own. */
export function lookOf({
  verdict,
  reason,
  anchor,
}: Pick<Report, 'verdict' | 'reason'> & {
  readonly anchor?: { readonly testNetwork: boolean } | undefined
}): Look {
  if (verdict === 'valid') return anchor?.testNetwork ? 'trial' : 'valid'
  if (verdict === 'indeterminate') return 'indeterminate'
  return Object.hasOwn(looks, reason) ? (looks[reason] ?? 'invalid') : 'invalid'
}
