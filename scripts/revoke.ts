import { statusChange } from './status-change.ts'

/** Revokes credentials, for good. */
export default statusChange({
  verb: 'revoke',
  status: 'revocations',
  sets: true,
  done: 'all of them are revoked',
  warning: 'for good: a revocation cannot be undone',
})
